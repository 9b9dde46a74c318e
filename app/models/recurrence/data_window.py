"""Kỳ số liệu: the days whose figures a report covers, which are not the days of its deadline."""

import re
from calendar import monthrange
from datetime import date, timedelta

from app.words import QT_TRANSLATE_NOOP, told

NONE = ""
CALENDAR = "calendar"
"""From the first day of the period to its last."""
DECREE_09 = "nd09"
"""Nghị định 09/2019/NĐ-CP, Điều 12: from the 15th of the month before the period to the 14th of
its last month. The decree says it for months, quarters, half-years and years."""

_DAY = "([0-9]{2})/([0-9]{2})"
_CUSTOM = re.compile(f"{_DAY}-{_DAY}")
_WORDS = {
    NONE: "",
    CALENDAR: QT_TRANSLATE_NOOP("DataWindow", "số liệu từ đầu kỳ đến hết kỳ"),
    DECREE_09: QT_TRANSLATE_NOOP("DataWindow", "số liệu theo Nghị định 09/2019/NĐ-CP"),
}
_BY_WORDS = {words.casefold(): code for code, words in _WORDS.items() if words}
_CUSTOM_WORDS = re.compile(f"số liệu từ ngày {_DAY} đến ngày {_DAY}", re.IGNORECASE)

Days = tuple[date | None, date | None]


def custom(opens: tuple[int, int], closes: tuple[int, int]) -> str:
    """The code of a yearly window between two (day, month) pairs, such as 01/11-31/10.

    A window whose start is not before its end begins the year before. Raises ValueError for a
    day no year has.
    """
    code = "{:02}/{:02}-{:02}/{:02}".format(*opens, *closes)
    check(code, yearly=True)
    return code


def check(code: str, *, yearly: bool) -> None:
    """Raise ValueError unless *code* is a window; own dates make sense for a year only."""
    if code in _WORDS:
        return
    if not yearly:
        raise ValueError(told("Kỳ số liệu “{code}” chỉ dùng cho chu kỳ năm.", code=code))
    d1, m1, d2, m2 = _own_days(code)
    try:
        date(2024, m1, d1), date(2024, m2, d2)  # a leap year: 29/02 is a day, 31/02 is not
    except ValueError:
        raise ValueError(
            told("Kỳ số liệu “{code}” có ngày không có trong lịch.", code=code)
        ) from None


def words(code: str) -> str:
    """*code* as the office writes it; empty for no window."""
    if code in _WORDS:
        return _WORDS[code]
    d1, m1, d2, m2 = _own_days(code)
    return f"số liệu từ ngày {d1:02}/{m1:02} đến ngày {d2:02}/{m2:02}"


def from_words(text: str) -> str | None:
    """The code that `words` wrote as *text*, or None."""
    found = _CUSTOM_WORDS.fullmatch(text)
    if found:
        d1, m1, d2, m2 = map(int, found.groups())
        return custom((d1, m1), (d2, m2))
    return _BY_WORDS.get(text.casefold())


def days(code: str, first: date, last: date) -> Days:
    """The window of the period from *first* to *last*."""
    if code == NONE:
        return None, None
    if code == CALENDAR:
        return first, last
    if code == DECREE_09:
        return (first - timedelta(days=1)).replace(day=15), last.replace(day=14)
    d1, m1, d2, m2 = _own_days(code)
    opens_year = first.year - (1 if (m1, d1) >= (m2, d2) else 0)
    return _clamped(opens_year, m1, d1), _clamped(last.year, m2, d2)


def _own_days(code: str) -> tuple[int, int, int, int]:
    """Day and month of both ends of an own window."""
    found = _CUSTOM.fullmatch(code)
    if found is None:
        raise ValueError(told("Kỳ số liệu “{code}” không dùng được.", code=code))
    d1, m1, d2, m2 = map(int, found.groups())
    return d1, m1, d2, m2


def _clamped(year: int, month: int, day: int) -> date:
    return date(year, month, min(day, monthrange(year, month)[1]))
