"""The grid of periods a rhythm runs on: which days each one holds, its key and its name.

Days, weeks and months are numbered along one line (a month is year x 12 + month - 1, a week the
count of Mondays since year 1), so the n-th period is arithmetic and cannot drift: the month after
31/1 that is too short does not shorten those that follow.
"""

from calendar import monthrange
from collections.abc import Callable
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import NamedTuple

from app.models.recurrence.rule import MONTHS, Recurrence
from app.text import date_words

_ROMAN = ("I", "II", "III", "IV")
_LETTERS = {"day": "D", "week": "W", "month": "M", "year": "Y"}


@dataclass(frozen=True, slots=True)
class Grid:
    """The periods of *count* units each: *size* numbers of the line, from *base*.

    Rhythms of one unit fall on the calendar's own periods and have no first one; longer rhythms
    begin with the unit that holds the first day of the obligation.
    """

    unit: str
    count: int
    size: int
    base: int

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
    """The grid of *rule* for an obligation that begins on *starts_on*."""
    unit_size = MONTHS.get(rule.unit, 1)
    size = unit_size * rule.count
    if rule.count == 1:
        return Grid(rule.unit, 1, size, 0)
    base = number_of(rule.unit, starts_on) // unit_size * unit_size
    return Grid(rule.unit, rule.count, size, base)


class Period(NamedTuple):
    """One period: its days, its stable key and its name."""

    first: date
    last: date
    key: str
    label: str


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


@lru_cache(maxsize=8192)
def period_of(grid: Grid, index: int) -> Period:
    """The days, key and name of a period. Thousands share the calendar's own periods."""
    first, last = grid.first_day(index), grid.last_day(index)
    return Period(first, last, _key(grid, first), _label(grid, first, last))


def cycle_key(rule: Recurrence, nth: int) -> str:
    """The stable name of the *nth* cycle counted from the signing: 5Y-1."""
    return f"{rule.count}{_LETTERS[rule.unit]}-{nth}"


def _key(grid: Grid, first: date) -> str:
    """2026-Q3, 2026-09, 2026-H1, 2026, 2026-W05; longer ones 2026-05x2, 2021x5, 2026-01-05."""
    if grid.unit == "day" or (grid.unit == "week" and grid.count > 1):
        return first.isoformat()
    key = _KEYS[grid.unit](first)
    return key if grid.count == 1 else f"{key}x{grid.count}"


def _label(grid: Grid, first: date, last: date) -> str:
    """The period as a clerk says it: "quý III năm 2026", "tháng 9/2026"."""
    if grid.count == 1:
        return _LABELS[grid.unit](first)
    if grid.unit == "year":
        return f"năm {first.year}–{last.year}"
    if grid.unit in MONTHS:
        return f"tháng {first.month}/{first.year} – tháng {last.month}/{last.year}"
    return f"từ {date_words(first)} đến {date_words(last)}"


def _week_key(first: date) -> str:
    iso = first.isocalendar()
    return f"{iso.year}-W{iso.week:02}"


def _week_label(first: date) -> str:
    iso = first.isocalendar()
    return f"tuần {iso.week:02} năm {iso.year}"


_KEYS: dict[str, Callable[[date], str]] = {
    "week": _week_key,
    "month": lambda first: f"{first.year}-{first.month:02}",
    "quarter": lambda first: f"{first.year}-Q{first.month // 3 + 1}",
    "half": lambda first: f"{first.year}-H{first.month // 6 + 1}",
    "year": lambda first: str(first.year),
}
_LABELS: dict[str, Callable[[date], str]] = {
    "day": lambda first: f"ngày {first.day:02}/{first.month:02}/{first.year:04}",
    "week": _week_label,
    "month": lambda first: f"tháng {first.month}/{first.year}",
    "quarter": lambda first: f"quý {_ROMAN[first.month // 3]} năm {first.year}",
    "half": lambda first: f"6 tháng {'đầu' if first.month == 1 else 'cuối'} năm {first.year}",
    "year": lambda first: f"năm {first.year}",
}
