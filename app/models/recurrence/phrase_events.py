"""Phrases that count from an event: "trong 05 ngày làm việc kể từ ngày nhận đủ hồ sơ"."""

import re

from app.models.recurrence.rule import OBLIGATION_BEGINS, Recurrence

SOME_EVENT = "ngày phát sinh việc"
"""The event of a phrase that names none."""

_FLAGS = re.IGNORECASE
_UNIT = r"(?P<unit>ngày làm việc|giờ làm việc|ngày|giờ|tuần|tháng|năm)"
_UNITS = {
    "ngày làm việc": "working_day",
    "giờ làm việc": "working_hour",
    "ngày": "day",
    "giờ": "hour",
    "tuần": "week",
    "tháng": "month",
    "năm": "year",
}
# "ít nhất 20 ngày kể từ ngày" is a time to wait, not a deadline: those words lead only "trước".
_WITHIN = (
    r"(?:^|(?<!lần )(?<!thêm )(?<!nhưng )(?:(?:trong|chậm nhất|muộn nhất|không quá"
    r"|không chậm hơn|sau|tối đa|thời hạn|vòng|thời gian|là) )+)"
)
_AHEAD = r"(?:(?:ít nhất|tối thiểu|chậm nhất|muộn nhất|không muộn hơn|trong|thời hạn|trước|là) )+"
# An event runs over commas ("sửa đổi, bổ sung") up to where the obligation begins.
_CUT = rf"(?:[^;,.()]|, (?!{OBLIGATION_BEGINS})){{2,200}}"

_AFTER = re.compile(
    rf"{_WITHIN}(?P<n>[0-9]{{1,4}}) {_UNIT},? (?:kể từ|tính từ|từ|sau)"
    rf" (?P<event>(?:ngày|khi|thời điểm|lúc) {_CUT})",
    _FLAGS,
)
_BARE = re.compile(
    r"(?:(?:trong|trong thời hạn|trong vòng|chậm nhất|không quá|thời hạn) "
    r"|(?=[0-9]+ (?:ngày làm|giờ)))"
    rf"(?P<n>[0-9]{{1,4}}) {_UNIT}",
    _FLAGS,
)
_NEXT_DAY = re.compile(
    r"(?:(?:chậm nhất|muộn nhất|trước|trong|vào|là) )*(?:[0-9]{1,2} ?(?:giờ|h)(?: ?[0-9]{2})?"
    r"(?: phút)? (?:của )?)?ngày làm việc (?:tiếp theo|kế tiếp|liền kề|sau)",
    _FLAGS,
)
_BEFORE = re.compile(rf"{_AHEAD}(?P<n>[0-9]{{1,4}}) {_UNIT},? trước (?P<event>{_CUT})", _FLAGS)
_BEFORE_TURNED = re.compile(
    rf"trước (?P<event>hội nghị|(?:khi|ngày|phiên|cuộc|hội nghị|kỳ) [^;,.()]{{2,80}}?),?"
    rf" (?:ít nhất|tối thiểu|chậm nhất)(?: là)? (?P<n>[0-9]{{1,4}}) {_UNIT}",
    _FLAGS,
)
_BEFORE_BARE = re.compile(
    rf"(?P<n>[0-9]{{1,4}}) {_UNIT} trước (?P<event>(?:khi|ngày|phiên|cuộc|hội nghị|kỳ họp) {_CUT})",
    _FLAGS,
)
# A figure, a date or a rhythm left over means that the sentence says more than was read.
_MORE = re.compile(
    r"[0-9]+ (?:ngày|giờ|tuần|tháng|năm|lần)\b|[0-9]/[0-9]|định kỳ"
    r"|\bhằng (?:ngày|tuần|tháng|quý|năm)\b|(?:trước|chậm nhất|muộn nhất) (?:là )?ngày",
    _FLAGS,
)


def read_event(said: str) -> Recurrence | None:
    """The deadline that *said* (plain text) counts from an event, or None."""
    alone = _BARE.fullmatch(said.strip(" ."))
    if alone is not None:
        return _rule(alone, SOME_EVENT, ahead=False)
    if _NEXT_DAY.fullmatch(said.strip(" .")):
        return Recurrence.after_event(1, "working_day", SOME_EVENT)
    whole = _BEFORE_BARE.fullmatch(said.strip(" ."))
    if whole is not None:
        return _rule(whole, whole["event"], ahead=True)
    for pattern, ahead in ((_BEFORE_TURNED, True), (_BEFORE, True), (_AFTER, False)):
        found = pattern.search(said)
        if found is not None and not _MORE.search(
            f"{said[: found.start()]} ; {said[found.end() :]}"
        ):
            return _rule(found, found["event"], ahead=ahead)
    return None


def _rule(found: re.Match[str], event: str, *, ahead: bool) -> Recurrence | None:
    if _MORE.search(event):
        return None
    unit, count = _UNITS[found["unit"].casefold()], int(found["n"])
    if ahead:
        return Recurrence.before_event(count, unit, event)
    return Recurrence.after_event(count, unit, event)
