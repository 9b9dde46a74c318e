"""Which days the office works: Monday to Friday, less holidays, plus the days worked instead.

The announced days come from `resources/catalogues/holidays.toml`. For a year nobody has announced
yet, the holidays of Bộ luật Lao động, Điều 112 are computed, so that a guess is a good one; the
office is told that it is a guess (`knows`).
"""

import tomllib
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from enum import StrEnum
from functools import lru_cache
from pathlib import Path

from app.models.lunar import solar_date
from app.paths import resources
from app.words import marked, told

_ONE = timedelta(days=1)
_EARLIEST, _LATEST = date(1900, 1, 1), date(2198, 12, 31)  # what the lunar calendar is good for
_MOST = 3660  # days to count: ten years; more is a slip of the hand


class DayKind(StrEnum):
    """What an announced day is. The values are written in the table; never rename one."""

    HOLIDAY = "holiday"  # nghỉ lễ
    SUBSTITUTE = "substitute"  # nghỉ bù, or a day off swapped with a worked Saturday
    WORKED = "worked"  # làm bù


DAY_KIND_WORDS = marked(
    {
        DayKind.HOLIDAY: "Nghỉ lễ",
        DayKind.SUBSTITUTE: "Nghỉ bù",
        DayKind.WORKED: "Làm bù",
    }
)


@dataclass(frozen=True, slots=True)
class SpecialDay:
    """One announced day, what it is for, and where it was announced."""

    day: date
    kind: DayKind
    name: str = ""
    source: str = ""


class WorkingDays:
    """The office's calendar.

    *announced* are the special days; a later row for the same date replaces an earlier one, so
    that an office's own rows may follow the shipped ones. *years* are the years announced in
    full; a year not among them is computed.
    """

    def __init__(self, announced: Iterable[SpecialDay], years: Iterable[int]) -> None:
        self._special = {each.day: each for each in announced}
        self._years = frozenset(years)
        self._last_year = max(self._years, default=0)
        self._computed: dict[int, dict[date, SpecialDay]] = {}

    @classmethod
    def load(cls, path: Path) -> "WorkingDays":
        """The calendar written in the TOML file at *path*; raises ValueError when it is wrong."""
        try:
            table = tomllib.loads(path.read_text(encoding="utf-8"))
        except (tomllib.TOMLDecodeError, UnicodeDecodeError) as error:
            raise ValueError(
                told("Bảng ngày nghỉ {name} không đọc được: {error}.", name=path.name, error=error)
            ) from error
        days = [day for row in table.get("day", []) for day in _read_row(row)]
        return cls(days, table.get("years", []))

    @property
    def last_known_year(self) -> int:
        """The last year announced in full; 0 when none is."""
        return self._last_year

    def special_days(self, year: int) -> list[SpecialDay]:
        """The announced or computed special days of *year*, in order."""
        found = dict(self._computed_in(year)) if year not in self._years else {}
        found |= {day: each for day, each in self._special.items() if day.year == year}
        return [found[day] for day in sorted(found)]

    def is_working(self, day: date) -> bool:
        """Whether the office works on *day*."""
        special = self._special.get(day)
        if special is None and day.year not in self._years:
            special = self._computed_in(day.year).get(day)
        if special is not None:
            return special.kind is DayKind.WORKED
        return day.weekday() < 5

    def on_or_before(self, day: date) -> date:
        """*day* itself when it is worked, else the last worked day before it."""
        while not self.is_working(day):
            day -= _ONE
        return day

    def on_or_after(self, day: date) -> date:
        """*day* itself when it is worked, else the first worked day after it."""
        while not self.is_working(day):
            day += _ONE
        return day

    def next_working_day(self, day: date) -> date:
        """The first worked day after *day*."""
        return self.on_or_after(day + _ONE)

    def previous_working_day(self, day: date) -> date:
        """The last worked day before *day*."""
        return self.on_or_before(day - _ONE)

    def add(self, day: date, count: int) -> date:
        """*count* working days after *day*, or before it when negative; *day* is not counted.

        With 0 it is *day* itself. Raises ValueError beyond ten years of days.
        """
        if abs(count) > _MOST:
            raise ValueError(told("Số ngày làm việc {count} quá lớn.", count=count))
        step = self.next_working_day if count > 0 else self.previous_working_day
        for _ in range(abs(count)):
            day = step(day)
        return day

    def count(self, first: date, last: date) -> int:
        """How many working days lie after *first* up to and with *last*."""
        span = (last - first).days
        return sum(self.is_working(first + timedelta(days=n)) for n in range(1, span + 1))

    def _computed_in(self, year: int) -> dict[date, SpecialDay]:
        if year not in self._computed:
            known = _EARLIEST.year < year <= _LATEST.year
            self._computed[year] = {d.day: d for d in statutory_days(year)} if known else {}
        return self._computed[year]


@lru_cache(maxsize=1)
def default_working_days() -> WorkingDays:
    """The calendar shipped with the program."""
    return WorkingDays.load(resources() / "catalogues" / "holidays.toml")


def statutory_days(year: int) -> list[SpecialDay]:
    """The holidays of *year* by law, with the days off in lieu, for a year not yet announced.

    Bộ luật Lao động 2019, Điều 112 (1): 01/01; five days of Tết (here: the last day of the old
    year and the first four of the new); 10 tháng Ba âm lịch; 30/4; 01/5; 02/9 and the day after
    or before it (here: the day before); 24/11 from 2026 (NQ 28/2026/QH16). Điều 111 (3): a
    holiday on a weekly day off is made up on the next working day.
    """
    tet = solar_date(1, 1, year)
    named = [
        (date(year, 1, 1), "Tết Dương lịch"),
        *((tet + timedelta(days=n), "Tết Âm lịch") for n in range(-1, 4)),
        (solar_date(10, 3, year), "Giỗ Tổ Hùng Vương"),
        (date(year, 4, 30), "Ngày Chiến thắng"),
        (date(year, 5, 1), "Ngày Quốc tế lao động"),
        (date(year, 9, 1), "Quốc khánh"),
        (date(year, 9, 2), "Quốc khánh"),
    ]
    if year >= 2026:
        named.append((date(year, 11, 24), "Ngày Văn hóa Việt Nam"))
    days = {day: SpecialDay(day, DayKind.HOLIDAY, name, _LAW) for day, name in named}
    for day, name in named:
        if day.weekday() >= 5:
            made_up = _next_free(day, days)
            days[made_up] = SpecialDay(made_up, DayKind.SUBSTITUTE, f"Nghỉ bù {name}", _LAW)
    return [days[day] for day in sorted(days)]


_LAW = "Tính theo Bộ luật Lao động 2019, Điều 111 và 112; chưa có thông báo"


def _next_free(day: date, taken: dict[date, SpecialDay]) -> date:
    while day in taken or day.weekday() >= 5:
        day += _ONE
    return day


def _read_row(row: Mapping[str, str | date]) -> list[SpecialDay]:
    """The days of one table of the file: one `on`, or each day `from` … `to`."""
    try:
        kind = DayKind(str(row["kind"]))
        first, last = (row["on"], row["on"]) if "on" in row else (row["from"], row["to"])
        name, source = str(row["name"]), str(row["source"])
    except (KeyError, TypeError, ValueError) as error:
        raise ValueError(
            told("Bảng ngày nghỉ có dòng không dùng được: {error}.", error=error)
        ) from error
    wrong = ValueError(
        told("Bảng ngày nghỉ có dòng không dùng được: {first} đến {last}.", first=first, last=last)
    )
    if not isinstance(first, date) or not isinstance(last, date):
        raise wrong
    span = range((last - first).days + 1)
    if type(first) is not date or type(last) is not date or not 0 < len(span) <= 31:
        raise wrong
    return [SpecialDay(first + timedelta(days=n), kind, name, source) for n in span]
