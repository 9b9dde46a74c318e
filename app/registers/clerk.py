"""The register of clerks: who may be named as the one who writes."""

from __future__ import annotations

from dataclasses import dataclass
from uuid import UUID

from app.models.states import ClerkState
from app.registers.column import Column
from app.registers.register import Register, View
from app.words import QT_TRANSLATE_NOOP

_AT_WORK = (ClerkState.WRITING, ClerkState.WORKING)


@dataclass(frozen=True)
class ClerkRow:
    """A line of the register of clerks."""

    id: UUID
    position: str
    unit: str
    state: ClerkState


REGISTER: Register[ClerkRow] = Register(
    key="clerk",
    title=QT_TRANSLATE_NOOP("Register", "Cán bộ"),
    noun=QT_TRANSLATE_NOOP("Register", "cán bộ"),
    columns=(
        Column("position", QT_TRANSLATE_NOOP("Column", "Chức danh"), lambda r: r.position, width=0),
        Column(
            "unit", QT_TRANSLATE_NOOP("Column", "Đơn vị"), lambda r: r.unit, kind="muted", width=28
        ),
        Column(
            "state",
            QT_TRANSLATE_NOOP("Column", "Tình trạng"),
            lambda r: r.state,
            kind="state",
            width=16,
        ),
    ),
    views=(
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
        View("working", QT_TRANSLATE_NOOP("View", "Đang làm việc"), lambda r: r.state in _AT_WORK),
    ),
    order="position",
)
