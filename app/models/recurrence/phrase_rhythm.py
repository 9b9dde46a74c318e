"""A phrase as a rhythm: how often and on which days, when nothing of it is left over."""

import re
from dataclasses import dataclass
from itertools import pairwise

from app.models.recurrence import data_window as windows
from app.models.recurrence.day_rule import DayRule
from app.models.recurrence.phrase_days import NO_PLACE, Day, days
from app.models.recurrence.phrase_heads import Head, heads, take_since
from app.models.recurrence.rule import MONTHS, Recurrence

_FLAGS = re.IGNORECASE
_TAKEN = "\x00"

_AFTER_END = re.compile(
    r"(?:(?:trong|thời hạn|vòng|chậm nhất|không quá|là) )*"
    r"(?<![0-9])(?P<n>[0-9]{1,3}) ngày(?P<working> làm việc)?,?"
    r" (?:sau|kể từ|tính từ|từ)(?: khi| ngày)? (?:kết thúc|hết) "
    r"(?:kỳ(?: báo cáo)?|tháng|quý|năm)\b(?! tài chính| ngân sách)",
    _FLAGS,
)
_OWN_WINDOW = re.compile(
    r"\(?(?:(?:thời gian |thời điểm )?(?:chốt |lấy )?số liệu (?:báo cáo )?(?:hằng năm |năm )?)?"
    r"(?:được )?(?:tính |lấy )?từ ngày (?P<d1>[0-9]{1,2})(?:/| tháng )(?P<m1>[0-9]{1,2})"
    r"(?: (?:của )?năm trước(?: kỳ báo cáo| liền kề)?)?"
    r" đến (?:hết )?ngày (?P<d2>[0-9]{1,2})(?:/| tháng )(?P<m2>[0-9]{1,2})"
    r"(?: (?:của )?(?:kỳ|năm) báo cáo| năm (?:sau|tiếp theo))?\)?",
    _FLAGS,
)
_FIGURES = re.compile(r"tính từ|chốt|lấy số liệu", _FLAGS)
# The names of reports: "báo cáo 6 tháng", "6 tháng đầu năm" say what is sent, not how often.
_LABEL = re.compile(
    r"(?:đối với )?(?:(?:báo cáo|kỳ báo cáo)(?: định kỳ)?"
    r" (?:[0-9]{1,2} tháng(?: (?:đầu|cuối) năm)?|năm|quý|tháng)\b"
    r"|(?<!kỳ )[0-9]{1,2} tháng (?:đầu|cuối) năm)",
    _FLAGS,
)
_YEARLY = re.compile(
    r"báo cáo (?:[0-9]{1,2} tháng|năm|hằng năm)\b|(?:6|9) tháng đầu năm|thường niên", _FLAGS
)
_LED = re.compile(rf"(?:trước|chậm nhất|muộn nhất)(?: là| vào| trước)*\s*\(?(?={_TAKEN})", _FLAGS)
# What looks like a time and was not read.
_UNREAD = re.compile(
    r"\bngày (?:thứ )?[0-9]|[0-9] (?:ngày|tuần|tháng|quý|năm|giờ|phút|lần)\b"
    r"|(?<![0-9])[0-9]{1,2}/[0-9]{1,2}(?![0-9])|\btháng [0-9]|[0-9] ?h[0-9]{2}"
    r"|\b(?:trước|chậm nhất|muộn nhất)(?: là| vào)? (?:ngày|tháng|quý|năm|khi|[0-9])"
    r"|(?:đầu|cuối|giữa) (?:tháng|quý|năm|kỳ|nhiệm kỳ)\b|tuần (?:đầu|cuối|thứ)"
    r"|\bquý (?:[1-4]|iv|i{1,3})\b|\bngày (?:làm việc|cuối|đầu)|(?:sáng|chiều) (?:thứ|chủ)"
    r"|\btừ ngày\b|giữa kỳ|chốt số liệu|\bkể từ\b|tính từ|(?:và|hoặc) (?:sau khi )?kết thúc"
    r"|thứ (?:(?:hai|ba|tư|năm|sáu|bảy)\b|[0-9])|chủ nhật|\bnhiệm kỳ|(?:sơ kết|tổng kết) [0-9]"
    r"|(?:,|\bvà|\bhoặc) [0-9]{1,2}\b|\bcả năm\b|giai đoạn [0-9]"
    r"|\b(?:từ|đến|hết|trong) (?:năm|quý|tháng) [0-9]|\btheo (?:đúng )?(?:thời hạn|thời điểm)\b",
    _FLAGS,
)
_OR = re.compile(r"^,? (?:hoặc|hay)\b", _FLAGS)
_IN_YEAR = {(1, "half"), (1, "quarter"), (1, "year")}

Length = tuple[int, str]


@dataclass(frozen=True, slots=True)
class _Found:
    """What one sentence says of time, gathered before it is put together."""

    heads: list[Head]
    days: list[Day]
    after: DayRule | None
    window: str
    since: str
    yearly: bool

    def lengths(self) -> set[Length]:
        """The lengths of the rhythms named, in their largest unit."""
        return {_length(head) for head in self.heads}


def read_rhythm(text: str) -> Recurrence | None:
    """The rhythm that *text* (plain text) says, or None; ValueError when it contradicts itself."""
    found = _gather(text)
    rules = _grouped(found) if found is not None else []
    if found is None or not rules:
        return None
    if len(rules) > 1:
        return Recurrence.several(rules)
    (rule,) = rules
    # With several days in the year each would have figures of its own.
    if found.window and (rule.count, rule.unit) == (1, "year") and len(rule.days) < 2:
        return Recurrence.from_json(rule.to_json() | {"data_window": found.window})
    return rule


def _gather(text: str) -> _Found | None:
    """Everything in *text* that tells a time; None when something is left that was not read."""
    yearly = bool(_YEARLY.search(text))
    reports_figures = bool(_FIGURES.search(text))
    window, text = _take_window(text)
    since, text = take_since(text)
    after, text = _take_after_end(text)
    said_heads = heads(text, staged=bool(since))
    labelled = _LABEL.sub(lambda found: _TAKEN * len(found[0]), text)
    said_days = days(labelled.replace(_TAKEN, " "))
    if any(_OR.search(text[a.end : b.start]) for a, b in pairwise(said_heads)):
        return None  # "hằng tháng hoặc hằng quý": one of them, and who knows which
    if said_days is None or (window and reports_figures and not said_days):
        return None  # a day that is no deadline; or which figures to report, but not when
    rest = list(labelled)
    spans = [(each.start, each.end) for each in said_heads]
    spans += [(each.start, each.end) for each in said_days]
    for start, end in spans:
        rest[start:end] = _TAKEN * (end - start)
    if _UNREAD.search(_LED.sub("", "".join(rest)).replace(_TAKEN, "|")):
        return None
    yearly = yearly or any(day.yearly for day in said_days)
    return _Found(said_heads, said_days, after, window, since, yearly)


def _take_window(text: str) -> tuple[str, str]:
    found = _OWN_WINDOW.search(text)
    if found is None:
        return windows.NONE, text
    d1, m1, d2, m2 = (int(found[name]) for name in ("d1", "m1", "d2", "m2"))
    decree = (d1, m1, d2, m2) == (15, 12, 14, 12)
    code = windows.DECREE_09 if decree else windows.custom((d1, m1), (d2, m2))
    return code, _without(text, found)


def _take_after_end(text: str) -> tuple[DayRule | None, str]:
    found = _AFTER_END.search(text)
    if found is None:
        return None, text
    rule = DayRule(after=int(found["n"]), working=bool(found["working"]))
    return rule, _without(text, found)


def _without(text: str, found: re.Match[str]) -> str:
    return f"{text[: found.start()]} {text[found.end() :]}".strip()


def _grouped(found: _Found) -> list[Recurrence]:
    """One rule for each rhythm; none when days and rhythms do not fit."""
    if found.since and (found.days or found.after):
        return []
    if found.after is not None:
        return _after_end(found, found.after)
    if not found.days:
        bare = {(head.count, head.unit): head for head in found.heads}
        return [head.rule(found.since) for head in bare.values()]
    by_unit = _by_unit(found)
    if by_unit is None or ("year" in by_unit and not _year_fits(found, by_unit["year"])):
        return []
    rules = [Recurrence.every(1, unit, *chosen) for unit, chosen in by_unit.items()]
    covered = {(rule.count, rule.unit) for rule in rules}
    covered |= _IN_YEAR if "year" in by_unit else set()
    counted = all(head.times in (1, len(found.days)) for head in found.heads)
    return rules if counted and found.lengths() <= covered else []


def _after_end(found: _Found, after: DayRule) -> list[Recurrence]:
    if found.days or len(found.heads) != 1 or found.heads[0].times > 1:
        return []
    (head,) = found.heads
    return [Recurrence.every(head.count, head.unit, after)]


def _by_unit(found: _Found) -> dict[str, list[DayRule]] | None:
    """The days by the unit of their period; None when a day's period is not told."""
    groups: dict[str, list[DayRule]] = {}
    for day in found.days:
        unit, part = day.unit, day.part
        if unit in ("", NO_PLACE):
            placed = _own_period(found, day)
            if placed is None:
                return None
            unit, part = placed
        groups.setdefault(unit, []).append(day.rule(part))
    return groups


def _own_period(found: _Found, day: Day) -> tuple[str, int] | None:
    """Which month "tháng sau" or "tháng cuối kỳ" is: that depends on the one rhythm named."""
    lengths = found.lengths() or ({(1, "month")} if day.part == 2 else set())
    if day.unit == NO_PLACE:
        return ("month", 1) if lengths == {(1, "month")} else None
    if len(lengths) != 1:
        return None
    ((count, unit),) = lengths
    if count != 1 or unit not in MONTHS:
        return None
    return unit, {1: 1, 2: MONTHS[unit] + 1, -1: MONTHS[unit]}[day.part]


def _year_fits(found: _Found, chosen: list[DayRule]) -> bool:
    """Whether dates like 15/6 are meant for every year, and are all that the rhythm needs."""
    lengths = found.lengths()
    if not found.yearly and not lengths & _IN_YEAR:
        return False
    needed = {(1, "quarter"): 4, (1, "half"): 2}
    if (1, "year") in lengths:
        return True
    return all(len(chosen) == needed[each] for each in lengths if each in needed)


def _length(head: Head) -> Length:
    rule = Recurrence.every(head.count, head.unit)
    return rule.count, rule.unit
