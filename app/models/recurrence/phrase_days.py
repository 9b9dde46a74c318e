"""Which days, in a phrase: "trước ngày 20 tháng cuối quý", "ngày 15/6 và ngày 15/12 hằng năm"."""

import re
from dataclasses import dataclass, replace
from itertools import pairwise

from app.models.recurrence.day_rule import LAST_DAY, DayRule

_FLAGS = re.IGNORECASE
_NEXT = r"sau|tiếp theo|kế tiếp|liền kề|liền sau|tới"
_NEXT_YEAR = rf"(?: của)? năm (?:{_NEXT})(?: liền kề)?(?: năm báo cáo)?(?! khi| ngày)"
_SAME_YEAR = r"(?: của)? (?:năm|kỳ) (?:báo cáo|thực hiện|thông báo|dương lịch)"
_DAY = r"(?:ngày (?:thứ |m[ùồ]ng )?|m[ùồ]ng )"
_NUMBER = r"(?P<day>[0-9]{1,2})"

_DATE = re.compile(
    rf"(?:{_DAY})?{_NUMBER} ?(?:/|-|tháng) ?(?P<month>[0-9]{{1,2}})"
    r"(?![0-9/-]|\.[0-9]| năm [0-9]| ?l[ầà]n)"
    rf"(?:(?P<next>{_NEXT_YEAR})|(?P<same>{_SAME_YEAR})| (?=của năm)(?P<odd>))?",
    _FLAGS,
)
_IN_QUARTER = re.compile(
    rf"(?:{_DAY}(?P<day>[0-9]{{1,2}}|cuối cùng|cuối|đầu tiên)|(?P<week>tuần đầu(?: tiên)?))"
    r"(?: của)?(?: tháng (?P<month>đầu tiên|đầu|thứ nhất|1|thứ hai|thứ 2|giữa|cuối cùng|cuối))?"
    rf"(?: của)?(?: mỗi| hằng)? quý(?: (?P<next>{_NEXT}))?(?: (?:thuộc )?(?:kỳ|quý) báo cáo)?\b",
    _FLAGS,
)
_IN_PERIOD = re.compile(
    rf"{_DAY}(?P<day>[0-9]{{1,2}}|cuối cùng)(?: của)? tháng (?P<month>đầu|cuối)(?: của)? kỳ"
    rf"(?: báo cáo)?(?: (?P<next>{_NEXT}))?\b",
    _FLAGS,
)
_NEXT_MONTH = re.compile(
    rf"(?:{_DAY}(?P<day>[0-9]{{1,2}}|cuối cùng|đầu tiên)|(?P<week>tuần đầu(?: tiên)?))(?: của)?"
    rf" tháng (?:{_NEXT})(?: tháng báo cáo)?\b",
    _FLAGS,
)
_IN_MONTH = re.compile(
    rf"(?:(?:{_DAY})(?P<day>[0-9]{{1,2}}|cuối cùng|cuối|đầu tiên)|(?P<week>tuần đầu(?: tiên)?))"
    r"(?:(?: của)? (?:hằng|mỗi) tháng| của tháng(?: báo cáo)?| trong tháng| tháng)"
    r"(?=\s*(?:[,;.()]|$|và\b|hoặc\b|báo cáo\b|gửi\b))",
    _FLAGS,
)
_LIST_IN_MONTH = re.compile(
    rf"(?:các )?{_DAY}(?P<days>[0-9]{{1,2}}(?:(?:, | và |, và )[0-9]{{1,2}})+)"
    r"(?=(?: của)? (?:hằng|mỗi) tháng|\s*$)",
    _FLAGS,
)
_YEAR_END = re.compile(r"ngày cuối(?: cùng)?(?: của)? (?:hằng )?năm(?: báo cáo)?\b", _FLAGS)
_BARE = re.compile(
    # "ngày thứ 6 đầu tiên" is a Friday.
    rf"(?<!từ ){_DAY}{_NUMBER}(?![0-9/.-]| ?tháng| của| quý| ?lần| đầu| cuối)",
    _FLAGS,
)
_RANGE = re.compile(
    rf"từ {_DAY}(?P<opens>[0-9]{{1,2}}) đến (?:hết )?(?P<before>trước )?(?={_DAY})", _FLAGS
)
_WEEKDAY = re.compile(
    r"(?:thứ (?P<day>hai|ba|tư|năm|sáu|bảy|[2-7])|(?P<sunday>chủ nhật))(?: của)?"
    r"(?= (?:hằng|mỗi) tuần|,? (?:và|hoặc) (?:thứ|chủ)|\s*$|,)",
    _FLAGS,
)
_MONTHS_OF_YEAR = re.compile(
    r"(?:(?:vào|trong|định kỳ|các)(?: các)? )?tháng"
    r" (?P<months>[0-9]{1,2}(?:(?:, | và |, và )(?:tháng )?[0-9]{1,2})*)"
    r"(?= (?:hằng|mỗi) năm|\s*(?:[,;)]|$))",
    _FLAGS,
)
# "vào cuối năm" leaves until the year's last day; only a rhythm beside it makes that a deadline.
_AT_END = re.compile(
    r"\b(?:vào|dịp|đến) (?:dịp )?cuối (?:mỗi |hằng )?(?P<unit>năm|quý|tháng)\b(?! [0-9])", _FLAGS
)
_QUARTER_OF_YEAR = re.compile(
    r"(?:(?:vào|trong|hết) )*quý (?P<quarter>iv|iii|ii|i|[1-4])(?= (?:hằng|mỗi) năm|\s*$)", _FLAGS
)

_BEFORE = re.compile(r"\btrước\s*(?:\(|)\s*$", _FLAGS)
_BY = re.compile(
    r"(?:chậm nhất|muộn nhất|không muộn hơn|không chậm hơn|không quá|vào|định kỳ|hạn|trong|là|kỳ"
    r"|năm|tháng|quý|gửi|tuần|lần|[,;(:]|^)\s*(?:(?:là|vào|đến|trong|hết)\s*)*$",
    _FLAGS,
)
_FIRM = re.compile(
    r"(?:chậm nhất|muộn nhất|không muộn hơn|không chậm hơn|không quá|vào|định kỳ|hạn|trước)\s*\(?"
    r"(?:(?:là|vào|đến|trong|hết)\s*)*$",
    _FLAGS,
)
_NOT_DUE = re.compile(r"\b(?:từ|kể từ|tính từ|sau|của|khóa|đầu|cuối|giữa)\s*$", _FLAGS)
# Between two deadlines of one; "để tổng hợp, gửi … trước ngày" is a second body's duty.
_APART = re.compile(r"\b(?:để|phải|gửi (?:bộ|ủy ban|cơ quan|về))\b", _FLAGS)
_JOIN = re.compile(
    r"\s*(?:,|và|, và|\([^()]*\),?(?: và)?"
    r"|đối với [^,;()0-9]*(?:[0-9]+ tháng[^,;()0-9]*)?(?:và|,))\s*(?:ngày\s*)?",
    _FLAGS,
)
_WEEKDAYS = {"hai": 1, "ba": 2, "tư": 3, "năm": 4, "sáu": 5, "bảy": 6}
_ENDS = {"năm": ("year", 12), "quý": ("quarter", 3), "tháng": ("month", 1)}
_ROMAN = {"i": 1, "ii": 2, "iii": 3, "iv": 4}


_NO_DAY = re.compile(r"(?<![0-9])00?(?![0-9])")  # 0 would pass for LAST_DAY
_LONGEST = (31, 29, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)

NO_PLACE = "?"
"""`Day.unit` of "ngày 20" alone, which only "hằng tháng" makes a day of."""


@dataclass(frozen=True, slots=True)
class Day:
    """One day found in a phrase, the unit of the period it belongs to, and where.

    `unit` is empty for a day that takes the rhythm's own period ("tháng cuối kỳ báo cáo"); then
    `rule.part` is 1 for its first month, -1 for its last, 2 for the first of the next period.
    """

    unit: str
    part: int
    day: int
    start: int
    end: int
    before: bool = False
    opens: int = 0
    yearly: bool = False  # the phrase itself says "năm sau" or "năm báo cáo"
    months: int = 0  # for "tháng 12", "quý I": how many months it covers, `part` being the last
    firm: bool = True  # said to be a deadline, by "trước", "chậm nhất", "vào"…

    def rule(self, part: int | None = None) -> DayRule:
        """The day as part of a rule."""
        return DayRule(part or self.part, self.day, self.before, self.opens)


def days(said: str) -> list[Day] | None:
    """The days of *said* (plain text) in order; None when one of them cannot be a deadline."""
    found: list[Day] = []
    for pattern, read in _PATTERNS:
        for match in pattern.finditer(said):
            if any(match.start() < day.end and day.start < match.end() for day in found):
                continue
            read_here = None if _NO_DAY.search(match[0]) else read(match)
            if read_here is None:
                return None
            found += read_here
    return _qualified(said, sorted(found, key=lambda day: (day.start, day.part)))


def _qualified(said: str, found: list[Day]) -> list[Day] | None:
    """Each day with its "trước" or "từ ngày"; a day joined to the last one takes what it had."""
    done: list[Day] = []
    for day in found:
        ranged = next((m for m in _RANGE.finditer(said) if m.end() == day.start), None)
        lead = said[: day.start]
        if ranged:
            opens, before = int(ranged["opens"]), bool(ranged["before"])
            done.append(replace(day, start=ranged.start(), opens=opens, before=before))
        elif _BEFORE.search(lead):
            done.append(_before(day))
        elif done and _joined(said, done[-1], day):
            alike = _before(day) if done[-1].before else day
            done.append(replace(alike, firm=done[-1].firm))
        elif _NOT_DUE.search(lead) or not _BY.search(lead):
            return None
        else:
            done.append(replace(day, firm=bool(_FIRM.search(lead))))
    if len({day.firm for day in done}) > 1 or not _of_one_obligation(said, done):
        return None
    return _with_places(done)


def _joined(said: str, one: Day, following: Day) -> bool:
    """Whether the second day only continues the first, and so takes its "trước"."""
    same = one.start == following.start
    return same or _JOIN.fullmatch(said, one.end, following.start) is not None


def _before(day: Day) -> Day:
    """The day with "trước"; "trước tháng 12" is before the month's first day."""
    if day.months:
        return replace(day, part=day.part - day.months + 1, day=1, before=True)
    return replace(day, before=True)


def _of_one_obligation(said: str, found: list[Day]) -> bool:
    """Whether nothing but a list stands between the days."""
    for one, following in pairwise(found):
        between = said[one.end : following.start]
        if len(between) > 90 or _APART.search(between):
            return False
    return True


def _with_places(found: list[Day]) -> list[Day]:
    """Give a bare day the place of the day after it: "ngày 01 và ngày 15 hằng tháng"."""
    for at in range(len(found) - 2, -1, -1):
        following = found[at + 1]
        if found[at].unit == NO_PLACE and following.unit in ("month", "quarter"):
            found[at] = replace(found[at], unit=following.unit, part=following.part)
    return found


def _day_number(match: re.Match[str]) -> tuple[int, int]:
    """The day and the first day on which to act: a week is its seven days."""
    groups = match.groupdict()
    if groups.get("week"):
        return 7, 1
    word = match["day"].casefold()
    if word.startswith("cuối"):
        return LAST_DAY, 0
    return (1 if word == "đầu tiên" else int(word)), 0


def _date(match: re.Match[str]) -> list[Day] | None:
    day, month = int(match["day"]), int(match["month"])
    if not 1 <= month <= 12 or not 1 <= day <= _LONGEST[month - 1] or match["odd"] is not None:
        return None  # 31/02 is a slip, and who knows of what
    part = month + (12 if match["next"] else 0)
    said = bool(match["next"] or match["same"])
    return [Day("year", part, day, match.start(), match.end(), yearly=said)]


def _in_quarter(match: re.Match[str]) -> list[Day] | None:
    day, opens = _day_number(match)
    word = (match["month"] or "").casefold()
    if not word:
        part = 3 if day == LAST_DAY else 1
        if not match["next"] and day != LAST_DAY and not match["week"]:
            return None  # "ngày 15 của quý" names no month
    else:
        part = 1 if word in ("đầu", "đầu tiên", "thứ nhất", "1") else 3 if "cuối" in word else 2
    part += 3 if match["next"] else 0
    return [Day("quarter", part, day, match.start(), match.end(), opens=opens)]


def _in_period(match: re.Match[str]) -> list[Day] | None:
    day, _ = _day_number(match)
    last = match["month"].casefold() == "cuối"
    if last and match["next"]:
        return None
    part = -1 if last else 2 if match["next"] else 1
    return [Day("", part, day, match.start(), match.end())]


def _next_month(match: re.Match[str]) -> list[Day] | None:
    day, opens = _day_number(match)
    return [Day("", 2, day, match.start(), match.end(), opens=opens)]


def _in_month(match: re.Match[str]) -> list[Day] | None:
    day, opens = _day_number(match)
    return [Day("month", 1, day, match.start(), match.end(), opens=opens)]


def _list_in_month(match: re.Match[str]) -> list[Day] | None:
    listed = [int(number) for number in re.findall("[0-9]+", match["days"])]
    return [Day(NO_PLACE, 1, day, match.start(), match.end()) for day in sorted(listed)]


def _year_end(match: re.Match[str]) -> list[Day] | None:
    return [Day("year", 12, LAST_DAY, match.start(), match.end(), yearly=True)]


def _bare(match: re.Match[str]) -> list[Day] | None:
    return [Day(NO_PLACE, 1, int(match["day"]), match.start(), match.end())]


def _weekday(match: re.Match[str]) -> list[Day] | None:
    if match["sunday"]:
        day = 7
    else:
        word = match["day"].casefold()
        day = _WEEKDAYS.get(word) or int(word) - 1
    return [Day("week", 1, day, match.start(), match.end())]


def _months_of_year(match: re.Match[str]) -> list[Day] | None:
    months = [int(number) for number in re.findall("[0-9]+", match["months"])]
    if not all(1 <= month <= 12 for month in months):
        return None
    # "vào tháng 3, tháng 9": that two are named says that it is so every year.
    where, yearly = (match.start(), match.end()), len(months) > 1
    return [Day("year", month, LAST_DAY, *where, yearly=yearly, months=1) for month in months]


def _at_end(match: re.Match[str]) -> list[Day] | None:
    unit, part = _ENDS[match["unit"].casefold()]
    return [Day(unit, part, LAST_DAY, match.start(), match.end())]


def _quarter_of_year(match: re.Match[str]) -> list[Day] | None:
    word = match["quarter"].casefold()
    part = 3 * (_ROMAN.get(word) or int(word))
    return [Day("year", part, LAST_DAY, match.start(), match.end(), yearly=True, months=3)]


_PATTERNS = (
    (_IN_QUARTER, _in_quarter),
    (_IN_PERIOD, _in_period),
    (_NEXT_MONTH, _next_month),
    (_LIST_IN_MONTH, _list_in_month),
    (_DATE, _date),
    (_IN_MONTH, _in_month),
    (_YEAR_END, _year_end),
    (_AT_END, _at_end),
    (_MONTHS_OF_YEAR, _months_of_year),
    (_QUARTER_OF_YEAR, _quarter_of_year),
    (_WEEKDAY, _weekday),
    (_BARE, _bare),
)
