"""How often, in a phrase: "hằng tháng, quý, năm", "06 tháng một lần", "ít nhất 01 lần/năm"."""

import re
from collections.abc import Iterator
from dataclasses import dataclass

from app.models.recurrence.rule import Recurrence

_FLAGS = re.IGNORECASE
_UNIT = "ngày|tuần|tháng|quý|năm"
_UNITS = {"ngày": "day", "tuần": "week", "tháng": "month", "quý": "quarter", "năm": "year"}
# A number longer than that is not cut on the left: "1500 ngày" is neither 500 days nor each day.
_COUNT = r"(?:(?<![0-9])(?P<n>[0-9]{1,3}) |(?<![0-9] ))"
_LEAST = r"(?:ít nhất |tối thiểu |không quá )?"
_END = (
    r"(?=\s*(?:[,;.):]|$|và\b|hoặc\b|hay\b|[0-9]+ lần|báo cáo|gửi|có trách nhiệm|tổ chức|tổng hợp))"
)

_ONE_IN = re.compile(
    rf"(?<!nửa )(?<!vài )(?<!mấy )(?<!nhiều )(?<!các )(?:định kỳ )?{_LEAST}"
    rf"(?:mỗi |từng |trong )?{_COUNT}(?P<unit>{_UNIT})"
    rf"(?: ?/ ?| ){_LEAST}(?:(?P<times>[0-9]{{1,2}}) ?)?(?:lần|làn)\b",
    _FLAGS,
)
_TIMES_IN = re.compile(
    rf"(?:định kỳ )?{_LEAST}(?P<times>[0-9]{{1,2}}) lần ?(?:/|trong|mỗi|một| )+ ?"
    rf"{_COUNT}(?P<unit>{_UNIT})\b(?! [0-9])",
    _FLAGS,
)
_EACH = re.compile(
    rf"(?P<lead>định kỳ |theo định kỳ )?(?:hằng|mỗi|từng) (?P<unit>{_UNIT})\b"
    rf"(?: {_LEAST}(?P<times>[0-9]{{1,2}}) lần\b)?",
    _FLAGS,
)
_EACH_DOES = re.compile(
    rf"(?:hằng|mỗi) (?P<unit>{_UNIT})(?: [^\W\d_]+){{1,4}} {_LEAST}(?P<times>[0-9]{{1,2}}) lần\b",
    _FLAGS,
)
_PERIODIC = re.compile(
    rf"(?:định kỳ|mỗi|cứ) (?:vào )?(?:mỗi )?(?P<n>[0-9]{{1,3}}) (?P<unit>{_UNIT})\b"
    r"(?! (?:đầu|cuối|làm việc|trước|sau))",
    _FLAGS,
)
_HALF_AND_YEAR = re.compile(
    r"(?<![0-9] )(?P<n>6|06) (?P<unit>tháng)\b(?=(?:,| và| hoặc|, và) (?:hằng năm|(?:0?1 )?năm\b))",
    _FLAGS,
)
_LISTED = re.compile(
    rf"(?:, | và | hoặc |, và )(?:định kỳ )?(?:hằng )?{_COUNT}"
    rf"(?P<unit>{_UNIT})\b{_END}",
    _FLAGS,
)
_SINCE = re.compile(
    r",? (?:kể từ|tính từ) (?:ngày|khi|thời điểm) (?:(?P<signing>ký(?: kết| ban hành)?)"
    r"|(?:\w+ ){0,4}?(?P<effect>có hiệu lực)(?: thi hành)?)(?=\s*(?:[,;.)]|$))",
    _FLAGS,
)
_STAGE = re.compile(r"(?:sơ kết|tổng kết) (?P<n>[0-9]{1,2}) (?P<unit>năm)\b(?! [0-9])", _FLAGS)

# Before a bare "hằng năm" these make it a rhythm; after other words it describes a noun, as in
# "kế hoạch hằng năm", and says nothing of when.
_RHYTHM_AFTER = re.compile(
    r"(?:^|[,;(:/-]|\b(?:và|hoặc|hay|kỳ|định kỳ|sơ kết|tổng kết|họp|giao ban|báo cáo|đánh giá"
    r"|kiểm tra|gửi|thực hiện|tổ chức|trước|vào|trong|rà soát|thông báo|tập huấn"
    r"|phối hợp|đối thoại)"
    r"|[0-9]|cuối cùng|quý i{1,3}|quý iv|thứ \w+|chủ nhật|nhật)\s*$",
    _FLAGS,
)


@dataclass(frozen=True, slots=True)
class Head:
    """One rhythm found in a phrase, and where."""

    count: int
    unit: str
    times: int
    start: int
    end: int

    def rule(self, since: str = "") -> Recurrence:
        """The bare rhythm as a rule."""
        return Recurrence.every(self.count, self.unit, times=self.times, since=since)


def take_since(said: str) -> tuple[str, str]:
    """What the cycles are counted from, and *said* without it."""
    found = _SINCE.search(said)
    if found is None:
        return "", said
    anchor = "signing" if found["signing"] else "effect"
    return anchor, f"{said[: found.start()]} {said[found.end() :]}".strip()


def heads(said: str, *, staged: bool = False) -> list[Head]:
    """The rhythms of *said* (plain text) in order.

    *staged*: "sơ kết 5 năm, tổng kết 10 năm" are rhythms too, once it is told what they count from.
    """
    found: list[Head] = []
    for pattern in (
        _ONE_IN,
        _TIMES_IN,
        _EACH_DOES,
        _PERIODIC,
        _EACH,
        _HALF_AND_YEAR,
        *((_STAGE,) * staged),
    ):
        for match in pattern.finditer(said):
            taken = any(match.start() < each.end and each.start < match.end() for each in found)
            if not taken and _is_rhythm(match, said):
                found.append(_head(match))
    found += list(_listed(said, found))
    return sorted(found, key=lambda head: head.start)


def _is_rhythm(match: re.Match[str], said: str) -> bool:
    if match.re is not _EACH or match["lead"]:
        return True
    return bool(_RHYTHM_AFTER.search(said[: match.start()]))


def _head(match: re.Match[str]) -> Head:
    groups = match.groupdict()
    count, unit = int(groups.get("n") or 1), _UNITS[match["unit"].casefold()]
    return Head(count, unit, int(groups.get("times") or 1), match.start(), match.end())


def _listed(said: str, found: list[Head]) -> Iterator[Head]:
    """What a list adds after a rhythm: "hằng tháng, quý, 6 tháng, năm"."""
    starts = {head.start for head in found}
    ends = [head.end for head in found]
    while ends:
        match = _LISTED.match(said, ends.pop())
        if match is None:
            continue
        begins = match.start("n") if match["n"] else match.start("unit")
        inside = any(head.start <= begins < head.end for head in found)
        if begins in starts or inside:
            continue
        unit = _UNITS[match["unit"].casefold()]
        yield Head(int(match["n"] or 1), unit, 1, match.start(), match.end())
        ends.append(match.end())
