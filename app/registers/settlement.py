"""The register of decisions on conflicts."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class Settled:
    """A decision: what was chosen, what was not, who, when, why. `id` is that of its op, as hex."""

    id: str
    at: datetime
    time: str
    office: str
    clerk: str
    entity: str
    record: UUID
    kind: str
    name: str
    label: str
    chosen: str
    left: str
    reason: str
    opens_kind: str
    opens_id: UUID


REGISTER: Register[Settled] = Register(
    key="settlement",
    title=QT_TRANSLATE_NOOP("Room", "Xung đột đã giải quyết"),
    noun=QT_TRANSLATE_NOOP("Register", "lựa chọn"),
    columns=(
        Column("time", QT_TRANSLATE_NOOP("Column", "Ngày"), lambda r: r.at.date(), "date",
               order=lambda r: r.at.isoformat(), width=11),
        Column("name", QT_TRANSLATE_NOOP("Column", "Bản ghi"), lambda r: r.name, width=0),
        Column("label", QT_TRANSLATE_NOOP("Column", "Ô"), lambda r: r.label, width=15),
        Column("chosen", QT_TRANSLATE_NOOP("Column", "Đã chọn"), lambda r: r.chosen, width=22),
        Column("left", QT_TRANSLATE_NOOP("Column", "Không chọn"), lambda r: r.left, "muted",
               width=22),
        Column("reason", QT_TRANSLATE_NOOP("Column", "Lý do"), lambda r: r.reason, "muted",
               width=22),
        Column("office", QT_TRANSLATE_NOOP("Column", "Văn phòng"), lambda r: r.office, "muted",
               width=16, shown=False),
        Column("clerk", QT_TRANSLATE_NOOP("Column", "Người chọn"), lambda r: r.clerk, "muted",
               width=18, shown=False),
    ),
    facets=(
        Facet("kind", QT_TRANSLATE_NOOP("Facet", "Loại bản ghi"),
              lambda r: (r.kind,), is_word=True),
        Facet("office", QT_TRANSLATE_NOOP("Facet", "Văn phòng"),
              lambda r: (r.office,) if r.office else ()),
    ),
    views=(View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),),
    order="-time",
)  # fmt: skip
