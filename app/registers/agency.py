"""The register of bodies: columns, conditions, views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.models.states import AgencyState
from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class AgencyRow:
    """A line of the register of bodies."""

    id: UUID
    name: str
    short_name: str
    code: str
    kind: str
    superior: str
    valid_from: date | None
    valid_to: date | None
    state: AgencyState
    successor: str
    regulations: int
    obligations: int
    is_mine: bool = False


REGISTER: Register[AgencyRow] = Register(
    key="agency",
    title=QT_TRANSLATE_NOOP("Register", "Cơ quan"),
    noun=QT_TRANSLATE_NOOP("Register", "cơ quan"),
    columns=(
        Column("name", QT_TRANSLATE_NOOP("Column", "Tên cơ quan"), lambda r: r.name, width=0),
        Column(
            "short_name",
            QT_TRANSLATE_NOOP("Column", "Tên viết gọn"),
            lambda r: r.short_name,
            kind="muted",
            width=19,
        ),
        Column(
            "kind",
            QT_TRANSLATE_NOOP("Column", "Khối"),
            lambda r: r.kind,
            kind="muted",
            width=18,
            shown=False,
            is_word=True,
        ),
        Column(
            "regulations",
            QT_TRANSLATE_NOOP("Column", "Quy chế"),
            lambda r: r.regulations or None,
            kind="number",
            width=8,
        ),
        Column(
            "state",
            QT_TRANSLATE_NOOP("Column", "Tình trạng"),
            lambda r: r.state,
            kind="state",
            width=19,
        ),
        Column(
            "obligations",
            QT_TRANSLATE_NOOP("Column", "Nghĩa vụ chủ trì"),
            lambda r: r.obligations or None,
            kind="number",
            width=14,
            shown=False,
        ),
        Column(
            "code",
            QT_TRANSLATE_NOOP("Column", "Chữ viết tắt"),
            lambda r: r.code,
            kind="muted",
            width=11,
            shown=False,
        ),
        Column(
            "superior",
            QT_TRANSLATE_NOOP("Column", "Cấp trên"),
            lambda r: r.superior,
            kind="muted",
            width=18,
            shown=False,
        ),
        Column(
            "successor",
            QT_TRANSLATE_NOOP("Column", "Cơ quan kế thừa"),
            lambda r: r.successor,
            kind="muted",
            width=18,
            shown=False,
        ),
        Column(
            "valid_from",
            QT_TRANSLATE_NOOP("Column", "Hoạt động từ"),
            lambda r: r.valid_from,
            kind="date",
            width=12,
            shown=False,
        ),
        Column(
            "valid_to",
            QT_TRANSLATE_NOOP("Column", "Kết thúc"),
            lambda r: r.valid_to,
            kind="date",
            width=11,
            shown=False,
        ),
    ),
    facets=(
        Facet(
            "state", QT_TRANSLATE_NOOP("Facet", "Tình trạng"), lambda r: (r.state,), is_word=True
        ),
        Facet("kind", QT_TRANSLATE_NOOP("Facet", "Khối"), lambda r: (r.kind,), is_word=True),
    ),
    views=(
        View(
            "working",
            QT_TRANSLATE_NOOP("View", "Đang hoạt động"),
            lambda r: r.state == AgencyState.ACTIVE,
        ),
        View(
            "ended",
            QT_TRANSLATE_NOOP("View", "Đã kết thúc"),
            lambda r: r.state == AgencyState.ENDED,
        ),
        View("mine", QT_TRANSLATE_NOOP("View", "Văn phòng này"), lambda r: r.is_mine),
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
    ),
    order="name",
)
