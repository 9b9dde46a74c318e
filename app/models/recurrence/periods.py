"""The grid of periods a rhythm runs on: which days each one holds, its key and its name.

Days, weeks and months are numbered along one line (a month is year x 12 + month - 1, a week the
count of Mondays since year 1), so the n-th period is arithmetic and cannot drift: the month after
31/1 that is too short does not shorten those that follow.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta

from app.models.recurrence.rule import MONTHS, Recurrence

_ROMAN = ("I", "II", "III", "IV")
_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y"}


@dataclass(frozen=True, slots=True)
class Grid:
    """The periods of one `every` rule not counted from an event: each *size* numbers from *base*.

    *open_ended*: rhythms of one unit fall on the calendar's own periods and need no first one;
    longer rhythms begin with the unit that holds the first day of the duty.
    """

    unit: str
    size: int
    base: int
    open_ended: bool

    def index(self, day: date) -> int:
        """Which period holds *day*; negative before the first."""
        return (number_of(self.unit, day) - self.base) // self.size

    def start(self, index: int) -> int:
        """The number of the period's first day, week or month."""
        return self.base + index * self.size

    def first_day(self, index: int) -> date:
        """The first day of the period."""
        return first_day_of(self.unit, self.start(index))

    def last_day(self, index: int) -> date:
        """The last day of the period."""
        return self.first_day(index + 1) - timedelta(days=1)


def grid_of(rule: Recurrence, starts_on: date) -> Grid:
    """The grid of *rule* for a duty that begins on *starts_on*."""
    unit_size = MONTHS.get(rule.unit, 1)
    size = unit_size * rule.count
    if rule.count == 1:
        return Grid(rule.unit, size, 0, open_ended=True)
    base = number_of(rule.unit, starts_on) // unit_size * unit_size
    return Grid(rule.unit, size, base, open_ended=False)


def number_of(unit: str, day: date) -> int:
    """The number of the day, week or month that holds *day*."""
    if unit == "day":
        return day.toordinal()
    if unit == "week":
        return (day.toordinal() - 1) // 7
    return day.year * 12 + day.month - 1


def first_day_of(unit: str, number: int) -> date:
    """The first day of the day, week or month of that *number*."""
    if unit == "day":
        return date.fromordinal(number)
    if unit == "week":
        return date.fromordinal(number * 7 + 1)
    return date(number // 12, number % 12 + 1, 1)


def day_in_month(number: int, day: int) -> date:
    """Day *day* of month *number*, or its last day when it is too short."""
    year, month = divmod(number, 12)
    return date(year, month + 1, day if day <= 28 else min(day, monthrange(year, month + 1)[1]))


def counted_from(start: date, unit: str, count: int) -> date:
    """*count* units after *start* (before it when negative), on the same day of the month.

    A month too short for the day takes its last (Bộ luật Dân sự 2015, Điều 148).
    """
    if unit in ("day", "week"):
        return start + timedelta(days=count * (7 if unit == "week" else 1))
    return day_in_month(number_of("month", start) + count * MONTHS[unit], start.day)


def key_of(rule: Recurrence, grid: Grid, index: int) -> str:
    """The stable name of a period: 2026-Q3, 2026-09, 2026-H1, 2026, 2026-W05, 2026-01-05."""
    first = grid.first_day(index)
    key = _key(rule.unit, first, single=rule.count == 1)
    dated = rule.unit in ("day", "week")
    return key if rule.count == 1 or dated else f"{key}x{rule.count}"


def label_of(rule: Recurrence, grid: Grid, index: int) -> str:
    """The period as a clerk says it: "quý III năm 2026", "tháng 9/2026"."""
    first = grid.first_day(index)
    if rule.count == 1:
        return _LABELS[rule.unit](first)
    last = grid.last_day(index)
    if rule.unit == "year":
        return f"năm {first.year}–{last.year}"
    if rule.unit in MONTHS:
        return f"tháng {first.month}/{first.year} – tháng {last.month}/{last.year}"
    return f"từ {first:%d/%m/%Y} đến {last:%d/%m/%Y}"


def cycle_key(rule: Recurrence, nth: int) -> str:
    """The stable name of the *nth* cycle counted from the signing: 5Y-1."""
    return f"{rule.count}{_LETTERS[rule.unit]}-{nth}"


def _key(unit: str, first: date, *, single: bool) -> str:
    year, month = first.year, first.month
    if unit == "month":
        return f"{year}-{month:02}"
    if unit == "quarter":
        return f"{year}-Q{month // 3 + 1}"
    if unit == "half":
        return f"{year}-H{month // 6 + 1}"
    if unit == "year":
        return str(year)
    if unit == "week" and single:
        iso = first.isocalendar()
        return f"{iso.year}-W{iso.week:02}"
    return first.isoformat()


def _week_label(first: date) -> str:
    iso = first.isocalendar()
    return f"tuần {iso.week:02} năm {iso.year}"


_LABELS: dict[str, Callable[[date], str]] = {
    "day": lambda first: f"ngày {first:%d/%m/%Y}",
    "week": _week_label,
    "month": lambda first: f"tháng {first.month}/{first.year}",
    "quarter": lambda first: f"quý {_ROMAN[first.month // 3]} năm {first.year}",
    "half": lambda first: f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}",
    "year": lambda first: f"năm {first.year}",
}
