"""Dates as a clerk types them: short, without leading zeros, without a year."""

import re
from collections.abc import Callable
from datetime import date, timedelta

from app.text import clean, folded
from app.words import marked, told

_EARLIEST, _LATEST = 1900, 2199
_CENTURY_TURN = 70  # "5/3/69" is 2069, "5/3/70" is 1970: regulations in force go back that far
_HINT = marked("Nhập dạng ngày/tháng/năm, ví dụ 05/03/2026.")

_WORDS = {";": 0, "hom nay": 0, "nay": 0, "hom qua": -1, "ngay mai": 1}
_SPLIT = re.compile(r"([0-9]{1,2})\s*[/.\-]\s*([0-9]{1,2})(?:\s*[/.\-]\s*([0-9]{4}|[0-9]{2}))?")
_ISO = re.compile(r"([0-9]{4})-([0-9]{1,2})-([0-9]{1,2})")
_RUN = re.compile(r"([0-9]{2})([0-9]{2})([0-9]{4}|[0-9]{2})?")
_SPOKEN = re.compile(r"(?:ngay )?(?:mung )?([0-9]{1,2}) thang ([0-9]{1,2})(?: nam ([0-9]{4}))?")


def read_date(text: str, today: date) -> date:
    """The date that *text* means to a clerk working on *today*.

    Reads 5/3, 5/3/26, 05/03/2026, 5.3.2026, 5-3-2026, 050326, 05032026, 0503, 2026-03-05,
    "ngày 5 tháng 3 năm 2026", "hôm nay", "hôm qua", "ngày mai" and ";" for today. Without a year
    it is the year of *today*. Raises ValueError with a sentence for the clerk, also for no text.
    """
    typed = clean(text)
    if not typed:
        raise ValueError(told("Chưa nhập ngày. {hint}", hint=told(_HINT)))
    plain = folded(typed)
    if plain in _WORDS:
        return today + timedelta(days=_WORDS[plain])
    for pattern, order in _FORMS:
        found = pattern.fullmatch(plain)
        if found:
            return _checked(typed, today, *order(found))
    raise ValueError(told("“{typed}” không phải là ngày. {hint}", typed=typed, hint=told(_HINT)))


Parts = tuple[str, str, str | None]


def _as_written(found: re.Match[str]) -> Parts:
    return found[1], found[2], found[3]


def _year_first(found: re.Match[str]) -> Parts:
    return found[3], found[2], found[1]


_FORMS: tuple[tuple[re.Pattern[str], Callable[[re.Match[str]], Parts]], ...] = (
    (_ISO, _year_first),
    (_SPLIT, _as_written),
    (_RUN, _as_written),
    (_SPOKEN, _as_written),
)


def _checked(typed: str, today: date, day: str, month: str, year: str | None) -> date:
    number = _full_year(year, today)
    try:
        found = date(number, int(month), int(day))
    except ValueError:
        raise ValueError(
            told("Ngày “{typed}” không có trong lịch. {hint}", typed=typed, hint=told(_HINT))
        ) from None
    if not _EARLIEST <= found.year <= _LATEST:
        raise ValueError(
            told(
                "Năm {year} trong “{typed}” ngoài khoảng dùng được. {hint}",
                year=found.year,
                typed=typed,
                hint=told(_HINT),
            )
        )
    return found


def _full_year(year: str | None, today: date) -> int:
    if year is None:
        return today.year
    number = int(year)
    if len(year) == 2:
        return number + (2000 if number < _CENTURY_TURN else 1900)
    return number
