"""Which day of a period an obligation falls due on."""

from collections.abc import Mapping
from dataclasses import dataclass, fields
from datetime import date

from app.json_tree import Json
from app.words import told

LAST_DAY = 0
"""`DayRule.day` for the last day of the month, whatever its number."""


@dataclass(frozen=True, slots=True)
class DayRule:
    """One day of a period, or a number of days after the period's end.

    `part` is the month of the period (1 = its first), or the week for weekly rhythms; a part
    beyond the period's length lies in the following one ("tháng sau", "năm sau").
    `day` is the day of that month, LAST_DAY, or the weekday (1 = Monday) for weekly rhythms. A
    month too short for the day takes its last day, and the next month is not affected.
    `before`: "trước ngày" excludes the day itself, so the last day to act is the day before.
    `opens`: "từ ngày … đến ngày …", the first day of that month on which to act; 0 is none.
    `after`: n days after the period's end ("trong 10 ngày sau khi kết thúc kỳ"), counted in
    working days when `working`; then `part` and `day` mean nothing and stay as they are made.
    """

    part: int = 1
    day: int = LAST_DAY
    before: bool = False
    opens: int = 0
    after: int = 0
    working: bool = False

    def __post_init__(self) -> None:
        for each in fields(self):
            check_type(getattr(self, each.name), bool if each.type is bool else int, each.name)
        if not 0 <= self.after <= 400 or (self.working and not self.after):
            raise ValueError(
                told("Số ngày sau khi hết kỳ không dùng được: {after}.", after=self.after)
            )
        plain = (self.part, self.day, self.before, self.opens) == (1, LAST_DAY, False, 0)
        if self.after and not plain:
            raise ValueError("Đã đếm ngày sau khi hết kỳ thì không nêu thêm ngày trong tháng.")
        if not 1 <= self.part <= 999 or not 0 <= self.day <= 31:
            raise ValueError(
                told(
                    "Ngày {day} của tháng thứ {part} trong kỳ không dùng được.",
                    day=self.day,
                    part=self.part,
                )
            )
        if self.opens and not 1 <= self.opens < (self.day or 32):
            raise ValueError(
                told(
                    "Ngày bắt đầu {opens} phải trước ngày đến hạn {day}.",
                    opens=self.opens,
                    day=self.day,
                )
            )

    def to_json(self) -> dict[str, Json]:
        """The fields that differ from their defaults."""
        return {
            each.name: getattr(self, each.name)
            for each in fields(self)
            if getattr(self, each.name) != each.default
        }

    @classmethod
    def from_json(cls, given: Json) -> "DayRule":
        """The rule written by `to_json`; raises ValueError when it is not one."""
        said = without_strangers(given, {each.name for each in fields(cls)})
        return cls(
            part=number_in(said, "part", 1),
            day=number_in(said, "day", LAST_DAY),
            before=flag_in(said, "before"),
            opens=number_in(said, "opens", 0),
            after=number_in(said, "after", 0),
            working=flag_in(said, "working"),
        )

    def order(self) -> tuple[int, int, int, bool]:
        """Where the day stands among the days of one period; two rules may not share it."""
        return self.after, self.part, self.day or 32, self.working


def without_strangers(given: Json, known: set[str]) -> Mapping[str, Json]:
    """*given*; raises ValueError unless it is a mapping with no key outside *known*."""
    if not isinstance(given, Mapping):
        raise ValueError("Quy tắc lặp lại không đúng dạng.")  # noqa: TRY004 - bad data, not a bug
    strange = sorted(str(key) for key in given if key not in known)
    if strange:
        raise ValueError(told("Quy tắc lặp lại có mục lạ: {strange}.", strange=", ".join(strange)))
    return given


def number_in(said: Mapping[str, Json], name: str, default: int) -> int:
    """The number *said* gives for *name*; raises ValueError where that is none."""
    value = said.get(name, default)
    if type(value) is int:
        return value
    raise _wrong(name)


def flag_in(said: Mapping[str, Json], name: str) -> bool:
    """Whether *said* says *name*; raises ValueError where that is no yes or no."""
    value = said.get(name, False)
    if isinstance(value, bool):
        return value
    raise _wrong(name)


def text_in(said: Mapping[str, Json], name: str) -> str:
    """The text of *name*; raises ValueError where that is none."""
    value = said.get(name, "")
    if isinstance(value, str):
        return value
    raise _wrong(name)


def date_in(said: Mapping[str, Json], name: str) -> date | None:
    """The day of *name*, written YYYY-MM-DD; raises ValueError where that is none."""
    return iso_date(said[name]) if name in said else None


def list_in(said: Mapping[str, Json], name: str) -> list[Json]:
    """The list of *name*; raises ValueError where that is none."""
    value = said.get(name, [])
    if not isinstance(value, list):
        raise ValueError("Quy tắc lặp lại không đúng dạng.")  # noqa: TRY004 - bad data
    return value


def _wrong(name: str) -> ValueError:
    return ValueError(told("Quy tắc lặp lại: “{name}” không đúng kiểu.", name=name))


def check_type(value: object, kind: type, name: str) -> None:
    """Raise ValueError unless *value* is exactly a *kind*.

    bool is an int in Python and a datetime a date: what passes for another would go unseen.
    """
    if type(value) is not kind:
        raise _wrong(name)


def iso_date(value: Json) -> date:
    """The date written YYYY-MM-DD; raises ValueError otherwise."""
    if not isinstance(value, str):
        raise ValueError("Ngày phải viết dạng YYYY-MM-DD.")  # noqa: TRY004 - bad data
    try:
        return date.fromisoformat(value)
    except ValueError:
        raise ValueError(
            told("Ngày “{value}” không có trong lịch, hoặc không dạng YYYY-MM-DD.", value=value)
        ) from None
