"""Phrases that name one date, as trackers do: "15/6/2026", "Tháng 5/2026", "Quý II/2026"."""

import re
from calendar import monthrange
from datetime import date

from app.models.recurrence.rule import Recurrence

_FLAGS = re.IGNORECASE
_DAY = r"(?:ngày )?([0-9]{1,2}) ?(?:/|-|\.| tháng) ?([0-9]{1,2}) ?(?:/|-|\.| năm) ?([0-9]{4})"
_ISO = re.compile(r"([0-9]{4})-([0-9]{2})-([0-9]{2})")
_LEAD = (
    r"(?:(?:hoàn thành|xong|thời hạn|hạn|đến hạn|hạn cuối|phải|gửi|báo cáo|nộp)[: ]+)*"
    r"(?:(?P<by>chậm nhất|muộn nhất|vào|trong|đến|đến hết|không muộn hơn)"
    r"(?: là| đến| vào| trong)* )?"
    r"(?P<before>trước )?(?:hết )?"
)
_ON = re.compile(rf"{_LEAD}{_DAY}", _FLAGS)
_FROM_TO = re.compile(
    rf"(?:trong )?(?:thời gian )?từ {_DAY} đến (?:hết )?(?P<before>trước )?{_DAY}", _FLAGS
)
_MONTH = re.compile(rf"{_LEAD}(?:tháng )?([0-9]{{1,2}}) ?(?:/|-|năm) ?([0-9]{{4}})", _FLAGS)
_QUARTER = re.compile(rf"{_LEAD}quý (iv|iii|ii|i|[1-4]) ?(?:/|-|năm)? ?([0-9]{{4}})", _FLAGS)
_HALF = re.compile(rf"{_LEAD}6 tháng (đầu|cuối) năm ([0-9]{{4}})", _FLAGS)
_YEAR = re.compile(rf"{_LEAD}năm ([0-9]{{4}})", _FLAGS)
# What follows a date when the sentence goes on to say the obligation, not a condition.
_OBLIGATION = re.compile(
    r"[,)]|(?:gửi|báo cáo|hoàn thành|nộp|tổ chức|trình|xây dựng|tổng hợp|ban hành|triển khai)\b",
    _FLAGS,
)
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


def read_once(said: str) -> Recurrence | None:
    """The single deadline that *said* (plain text) names, or None. ValueError for 31/02."""
    return _spelled_out(said) or _span(said)


def _spelled_out(said: str) -> Recurrence | None:
    iso = _ISO.fullmatch(said)
    if iso:
        year, month, day = iso.groups()
        return Recurrence.once(_date(day, month, year))
    between = _FROM_TO.fullmatch(said)
    if between:
        d1, m1, y1, _, d2, m2, y2 = between.groups()
        before = bool(between["before"])
        return Recurrence.once(_date(d2, m2, y2), opens=_date(d1, m1, y1), before=before)
    found = _ON.match(said)
    if found is None:
        return None
    rest = said[found.end() :].strip()
    led = found["by"] or found["before"]
    if rest.strip(" .;") and not (led and _OBLIGATION.match(rest) and not _DATED.search(rest)):
        return None
    return Recurrence.once(_date(*found.groups()[2:]), before=bool(found["before"]))


_DATED = re.compile(r"[0-9]{1,2}(?:/| tháng )[0-9]{1,2}|[0-9] (?:ngày|tháng|năm|giờ)", _FLAGS)


def _span(said: str) -> Recurrence | None:
    """A month, quarter, half or year: any day of it will do, the last is the deadline."""
    said = said.strip(" .;")
    for pattern, months in ((_MONTH, 1), (_QUARTER, 3), (_HALF, 6), (_YEAR, 12)):
        found = pattern.fullmatch(said)
        if found is None:
            continue
        *which, year = found.groups()[2:]
        nth = _nth(which[0]) if which else 1
        first = date(int(year), (nth - 1) * months + 1, 1)
        if found["before"]:
            return Recurrence.once(first, before=True)
        month = first.month + months - 1
        last = first.replace(month=month, day=monthrange(first.year, month)[1])
        ends_only = (found["by"] or "").casefold() in _ENDS
        return Recurrence.once(last, opens=None if ends_only else first)
    return None


_ENDS = {"chậm nhất", "muộn nhất", "đến", "đến hết", "không muộn hơn"}


def _nth(word: str) -> int:
    word = word.casefold()
    if word in ("đầu", "cuối"):
        return 1 if word == "đầu" else 2
    return _ROMAN.get(word) or int(word)


def _date(day: str, month: str, year: str) -> date:
    return date(int(year), int(month), int(day))
