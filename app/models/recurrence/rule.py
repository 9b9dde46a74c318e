"""A recurrence: when an obligation falls due, as a value.

once                    one date, or from one date to another
every                   n days, weeks, months, quarters, half-years or years, with the days of
                        the period; or counted from the signing ("5 năm một lần kể từ ngày ký")
after, before           n days, working days, hours … after or before an event
several                 more than one rhythm in one sentence ("hằng tháng, 6 tháng, hằng năm")
unscheduled             no date can be told: the text is kept word for word, never overdue
"""

import re
from collections.abc import Callable, Iterable
from dataclasses import MISSING, dataclass, fields
from datetime import date
from enum import StrEnum

from app.json_tree import Json
from app.models.recurrence import data_window as windows
from app.models.recurrence.day_rule import (
    DayRule,
    check_type,
    date_in,
    flag_in,
    list_in,
    number_in,
    text_in,
    without_strangers,
)
from app.text import clean
from app.words import told

MONTHS = {"month": 1, "quarter": 3, "half": 6, "year": 12}
"""The month-like units of a rhythm and their length."""
UNITS = ("day", "week", *MONTHS)
EVENT_UNITS = ("day", "working_day", "hour", "working_hour", "week", "month", "year")
SINCE = ("", "signing", "effect")
"""What a cycle is counted from: the calendar, the day of signing or of effect."""


class Kind(StrEnum):
    """The families of rules. The values are stored; never rename one."""

    ONCE = "once"
    EVERY = "every"
    AFTER = "after"
    BEFORE = "before"
    SEVERAL = "several"
    UNSCHEDULED = "unscheduled"


class Reason(StrEnum):
    """Why an obligation has no date. The values are stored; never rename one."""

    CONTINUOUS = "continuous"  # thường xuyên
    ON_REQUEST = "on_request"  # khi có yêu cầu, đột xuất
    ON_EVENT = "on_event"  # ngay khi, trường hợp
    BY_REFERENCE = "by_reference"  # theo chế độ báo cáo, theo quy định tại
    VAGUE = "vague"  # anything else


@dataclass(frozen=True, slots=True)
class Recurrence:
    """When an obligation falls due. Make one with the constructors below or `read_phrase`.

    `count` is the n of every n units, or of n units after or before the event. `times` above 1
    is "n lần trong kỳ" without days. `days` empty means by the period's last day. With `since`,
    the first due is one cycle after the day that `expand` is given as *starts_on*. `also` keeps
    what the sentence adds besides the rhythm ("đột xuất khi có yêu cầu").
    Raises ValueError, in Vietnamese, for a rule that says nothing or contradicts itself.
    """

    kind: Kind
    unit: str = ""
    count: int = 1
    times: int = 1
    days: tuple[DayRule, ...] = ()
    since: str = ""
    data_window: str = ""
    due: date | None = None
    opens: date | None = None
    before: bool = False
    event: str = ""
    parts: tuple["Recurrence", ...] = ()
    reason: str = ""
    text: str = ""
    also: str = ""

    def __post_init__(self) -> None:
        _check_types(self)
        used = _USED[self.kind]
        for name, default in _DEFAULTS.items():
            if name not in used and getattr(self, name) != default:
                raise ValueError(
                    told(
                        "Quy tắc “{value}” không dùng mục “{name}”.",
                        value=self.kind.value,
                        name=name,
                    )
                )
        _CHECKS[self.kind](self)

    @classmethod
    def once(
        cls, due: date, *, opens: date | None = None, before: bool = False, also: str = ""
    ) -> "Recurrence":
        """One deadline; *before* excludes the day itself."""
        return cls(Kind.ONCE, due=due, opens=opens, before=before, also=clean(also))

    @classmethod
    def every(
        cls,
        count: int,
        unit: str,
        *days: DayRule,
        times: int = 1,
        since: str = "",
        data_window: str = "",
        also: str = "",
    ) -> "Recurrence":
        """Every *count* units, on *days*; 3 months are a quarter, 6 a half-year, 12 a year."""
        count, unit = _canonical(count, unit, since)
        ordered = tuple(sorted(days, key=DayRule.order))
        return cls(Kind.EVERY, unit, count, times, ordered, since, data_window, also=clean(also))

    @classmethod
    def after_event(cls, count: int, unit: str, event: str, *, also: str = "") -> "Recurrence":
        """Within *count* units after *event*, a phrase such as "ngày nhận đủ hồ sơ"."""
        return cls(Kind.AFTER, unit, count, event=_event(event), also=clean(also))

    @classmethod
    def before_event(cls, count: int, unit: str, event: str, *, also: str = "") -> "Recurrence":
        """At least *count* units before *event*, a phrase such as "phiên họp"."""
        return cls(Kind.BEFORE, unit, count, event=_event(event), also=clean(also))

    @classmethod
    def several(cls, parts: Iterable["Recurrence"], *, also: str = "") -> "Recurrence":
        """More than one rhythm; no two may have the same length."""
        return cls(Kind.SEVERAL, parts=tuple(parts), also=clean(also))

    @classmethod
    def unscheduled(cls, text: str, reason: str = Reason.VAGUE) -> "Recurrence":
        """No date can be told; *text* is kept word for word."""
        return cls(Kind.UNSCHEDULED, reason=Reason(reason).value, text=clean(text))

    @property
    def is_scheduled(self) -> bool:
        """Whether dates follow from the rule, by the calendar or from an event."""
        return self.kind is not Kind.UNSCHEDULED

    @property
    def needs_event(self) -> bool:
        """Whether dates follow only once an event has happened."""
        return self.kind in (Kind.AFTER, Kind.BEFORE)

    def words(self) -> str:
        """The rule as a clerk reads it; `read_phrase` reads it back to an equal rule."""
        from app.models.recurrence.wording import words

        return words(self)

    def to_json(self) -> dict[str, Json]:
        """The fields that differ from their defaults; equal rules give equal objects."""
        found: dict[str, Json] = {"kind": self.kind.value}
        for name, default in _DEFAULTS.items():
            value = getattr(self, name)
            if value != default:
                found[name] = _json(value)
        return found

    @classmethod
    def from_json(cls, given: Json) -> "Recurrence":
        """The rule written by `to_json`; raises ValueError, also for a key it does not know."""
        said = without_strangers(given, {"kind", *_DEFAULTS})
        return cls(
            kind=_kind(said.get("kind", "")),
            unit=text_in(said, "unit"),
            count=number_in(said, "count", 1),
            times=number_in(said, "times", 1),
            days=tuple(DayRule.from_json(each) for each in list_in(said, "days")),
            since=text_in(said, "since"),
            data_window=text_in(said, "data_window"),
            due=date_in(said, "due"),
            opens=date_in(said, "opens"),
            before=flag_in(said, "before"),
            event=text_in(said, "event"),
            parts=tuple(cls.from_json(each) for each in list_in(said, "parts")),
            reason=text_in(said, "reason"),
            text=text_in(said, "text"),
            also=text_in(said, "also"),
        )


def _kind(value: Json) -> Kind:
    if value not in tuple(Kind):
        raise ValueError(told("Không có loại quy tắc “{value}”.", value=value))
    return Kind(value)


def _json(value: str | int | date | tuple[DayRule | Recurrence, ...]) -> Json:
    if isinstance(value, tuple):
        return [each.to_json() for each in value]
    return value.isoformat() if isinstance(value, date) else value


_DEFAULTS = {each.name: each.default for each in fields(Recurrence) if each.default is not MISSING}
_TYPES: dict[str, type] = {
    name: date if default is None else type(default) for name, default in _DEFAULTS.items()
}
_USED = {
    Kind.ONCE: {"due", "opens", "before", "also"},
    Kind.EVERY: {"unit", "count", "times", "days", "since", "data_window", "also"},
    Kind.AFTER: {"unit", "count", "event", "also"},
    Kind.BEFORE: {"unit", "count", "event", "also"},
    Kind.SEVERAL: {"parts", "also"},
    Kind.UNSCHEDULED: {"reason", "text"},
}


def _check_types(rule: Recurrence) -> None:
    check_type(rule.kind, Kind, "kind")
    for name, kind in _TYPES.items():
        value = getattr(rule, name)
        if value is not None or kind is not date:
            check_type(value, kind, name)
        if kind is str and value != clean(value):
            raise ValueError(told("Quy tắc lặp lại: “{name}” có ký tự thừa.", name=name))


def _check_once(rule: Recurrence) -> None:
    if rule.due is None:
        raise ValueError("Quy tắc một lần phải có ngày đến hạn.")
    if not 1900 <= rule.due.year <= 2199:
        raise ValueError(told("Năm {year} ngoài khoảng dùng được.", year=rule.due.year))
    if rule.opens is not None and rule.opens >= rule.due:
        raise ValueError("Ngày bắt đầu phải trước ngày đến hạn.")


def _check_every(rule: Recurrence) -> None:
    if rule.unit not in UNITS or rule.since not in SINCE:
        raise ValueError(told("Không có chu kỳ “{unit}{since}”.", unit=rule.unit, since=rule.since))
    if not 1 <= rule.count <= 999 or not 1 <= rule.times <= 31:
        raise ValueError("Số chu kỳ phải từ 1 đến 999, số lần trong kỳ từ 1 đến 31.")
    if (rule.count, rule.unit) != _canonical(rule.count, rule.unit, rule.since):
        raise ValueError("Chu kỳ phải viết gọn: 3 tháng là quý, 12 tháng là năm.")
    if rule.days and (rule.times > 1 or rule.since or rule.unit == "day"):
        raise ValueError("Quy tắc này không nêu thêm được ngày trong kỳ.")
    orders = [day.order() for day in rule.days]
    if orders != sorted(set(orders)):
        raise ValueError("Các ngày trong kỳ phải khác nhau và theo thứ tự.")
    for day in rule.days:
        _check_day(rule, day)
    windows.check(rule.data_window, yearly=rule.unit == "year" and not rule.since)
    if rule.data_window == windows.DECREE_09 and (rule.unit not in MONTHS or rule.since):
        raise ValueError("Nghị định 09/2019 chỉ định kỳ số liệu theo tháng, quý, 6 tháng, năm.")


def _check_day(rule: Recurrence, day: DayRule) -> None:
    if rule.unit == "week":
        if not day.after and (not 1 <= day.day <= 7 or day.opens):
            raise ValueError("Chu kỳ tuần phải nêu thứ trong tuần.")
        longest = rule.count + 1
    else:
        longest = rule.count * MONTHS[rule.unit] + 12
    if day.part > longest:
        raise ValueError("Ngày đến hạn ở quá xa sau khi hết kỳ.")


def _check_event(rule: Recurrence) -> None:
    if rule.unit not in EVENT_UNITS or not 0 <= rule.count <= 3650:
        raise ValueError(
            told(
                "Không đếm được {count} “{unit}” từ một sự việc.", count=rule.count, unit=rule.unit
            )
        )
    if not rule.event or rule.event != _event(rule.event):
        raise ValueError("Phải nêu sự việc để đếm ngày, bằng một cụm từ ngắn.")
    if _SECOND_TIME.search(rule.event):
        raise ValueError(told("Sự việc “{event}” không được chứa thời hạn khác.", event=rule.event))


def _check_several(rule: Recurrence) -> None:
    if len(rule.parts) < 2:
        raise ValueError("Nhiều chu kỳ thì phải có ít nhất hai.")
    if any(type(each) is not Recurrence or each.kind is not Kind.EVERY for each in rule.parts):
        raise ValueError("Nhiều chu kỳ chỉ gộp các chu kỳ theo lịch.")
    if any(each.also for each in rule.parts):
        raise ValueError("Phần nêu thêm phải ghi chung cho cả quy tắc.")
    # Periods are told apart by the length of their rhythm, so no two parts may share one; days
    # and fortnights are both named by the date they begin on.
    lengths = {
        (
            "dated"
            if each.unit == "day" or (each.unit, each.count > 1) == ("week", True)
            else (each.unit, each.count, bool(each.since))
        )
        for each in rule.parts
    }
    if len(lengths) < len(rule.parts):
        raise ValueError("Các chu kỳ trong một quy tắc phải dài khác nhau.")


def _check_unscheduled(rule: Recurrence) -> None:
    if rule.reason not in tuple(Reason):
        raise ValueError(told("Không có lý do “{reason}”.", reason=rule.reason))


_CHECKS: dict[Kind, Callable[[Recurrence], None]] = {
    Kind.ONCE: _check_once,
    Kind.EVERY: _check_every,
    Kind.AFTER: _check_event,
    Kind.BEFORE: _check_event,
    Kind.SEVERAL: _check_several,
    Kind.UNSCHEDULED: _check_unscheduled,
}


def _canonical(count: int, unit: str, since: str) -> tuple[int, str]:
    """The same length in the largest unit that holds it; counted cycles know no quarters."""
    if unit not in MONTHS or type(count) is not int:
        return count, unit
    months = count * MONTHS[unit]
    sizes = ("year",) if since else ("year", "half", "quarter")
    for size in sizes:
        if months and months % MONTHS[size] == 0:
            return months // MONTHS[size], size
    return months, "month"


# An event is a phrase, not a sentence: it ends where the task begins ("…, cơ quan gửi …"), and
# holds no second deadline or rhythm.
OBLIGATION_BEGINS = (
    r"(?:cơ quan|đơn vị|tổ chức|cá nhân|người|doanh nghiệp|công ty|phải|thì|gửi|báo cáo"
    r"|đồng thời|các|chủ|nếu|trường|hai bên|bên|(?-i:[A-ZĐÀ-Ỵ]))"
)
_OBLIGATION = re.compile(rf",\s*{OBLIGATION_BEGINS}.*", re.IGNORECASE)
_SECOND_TIME = re.compile(
    r"[0-9] (?:ngày|giờ|tuần|tháng|năm)(?: làm việc)?,? (?:kể từ|tính từ|trước|sau)\b"
    r"|(?:chậm nhất|muộn nhất|ít nhất|trong|trước)(?: là)? [0-9]"
    r"|\b(?:hằng|hàng|mỗi) (?:ngày|tuần|tháng|quý|năm)\b|định kỳ",
    re.IGNORECASE,
)


def _event(text: str) -> str:
    said = clean(text.replace(";", ",")).strip(" ,.:")
    return _OBLIGATION.sub("", said).strip(" ,.:")
