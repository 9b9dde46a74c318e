"""Who stands over which column, and what will follow from the choices."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from PySide6.QtCore import QCoreApplication

from app.services.agreement.conflicts import Conflict, Disputed, Side
from app.text import moment_words
from app.ui.sync.field_row import Pick, Shown

_DEADLINES = {("occurrence", "due_on"), ("occurrence", "@extension")}


@dataclass(frozen=True)
class Head:
    """What stands over a column: an office, and who wrote when, if one save wrote all of it."""

    office: bytes
    name: str
    about: str


def heads_of(disputed: Disputed, names: Mapping[bytes, str]) -> list[Head]:
    """The two columns: this office first; where there are more offices, the rest share one."""
    sides = [side for conflict in disputed.conflicts for side in conflict.sides]
    ours = [side for side in sides if side.is_ours]
    first = ours or [side for side in sides if side.office == sides[0].office]
    rest = [side for side in sides if side not in first]
    return [_head(group, names, is_rest=at == 1) for at, group in enumerate((first, rest)) if group]


def placed(conflict: Conflict, heads: Sequence[Head], names: Mapping[bytes, str]) -> list[Shown]:
    """Each side of *conflict* in its column."""
    return [
        Shown(number, side, at, _note(side, heads[min(at, len(heads)) - 1], names))
        for number, side in enumerate(conflict.sides)
        for at in [1 if side.office == heads[0].office else 2]
    ]


def who(side: Side) -> str:
    """The clerk and when, as "Chuyên viên Văn phòng Sở, 20/11/2026 09:05"."""
    return ", ".join(filter(None, (side.clerk, moment_words(side.at))))


def consequences(
    picks: Sequence[tuple[Conflict, Pick | None, str]], names: Mapping[bytes, str]
) -> list[str]:
    """What the choices made so far will do, a sentence each; (conflict, choice, typed words)."""
    told = [_one(conflict, pick, typed, names) for conflict, pick, typed in picks if pick]
    others = {
        names.get(side.office, "")
        for conflict, _, _ in picks
        for side in conflict.sides
        if not side.is_ours
    }
    reach = _tr("Lựa chọn này đi cùng gói gửi lần sau cho {}. Hoàn tác được bằng Ctrl+Z.")
    if not told:
        return [_tr("Chưa chọn giá trị nào. Bản ghi vẫn dùng được, cả hai giá trị vẫn hiện.")]
    return [*told, reach.format(", ".join(sorted(filter(None, others))) or _tr("các văn phòng"))]


def _one(conflict: Conflict, pick: Pick, typed: str, names: Mapping[bytes, str]) -> str:
    label = conflict.label
    if pick.is_joined:
        return _tr("{} giữ cả hai nội dung.").format(label)
    if pick.side is None:
        return (
            _tr("{} ghi “{}”.").format(label, typed)
            if typed
            else _tr("{}: chưa nhập.").format(label)
        )
    side = conflict.sides[pick.side]
    told = _tr("{} giữ như văn phòng này").format(label)
    if not side.is_ours:
        told = _tr("{} đổi theo {}").format(label, names.get(side.office, ""))
    if (conflict.entity, conflict.field) in _DEADLINES:
        told += _tr("; từ nay nhắc việc theo hạn này")
    return f"{told}."


def _head(sides: Sequence[Side], names: Mapping[bytes, str], *, is_rest: bool) -> Head:
    offices = list(dict.fromkeys(side.office for side in sides))
    said = {who(side) for side in sides}
    about = said.pop() if len(said) == 1 and len(offices) == 1 else ""
    name = names.get(offices[0], "")
    if len(offices) > 1:
        name = _tr("{n} văn phòng khác").format(n=len(offices))
    elif sides[0].is_ours:
        name = _tr("{} (văn phòng này)").format(name)
    return Head(b"" if is_rest and len(offices) > 1 else offices[0], name, about)


def _note(side: Side, head: Head, names: Mapping[bytes, str]) -> str:
    """What stands under a value whose column's head does not say it already."""
    if not head.office:
        return f"{names.get(side.office, '')}. {who(side)}"
    return "" if head.about else who(side)


def _tr(words: str) -> str:
    return QCoreApplication.translate("ConflictWords", words)
