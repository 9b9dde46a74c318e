"""The register Nhật ký: who did what, when."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class JournalRow:
    """A line of the register Nhật ký: one action, however many records it touched."""

    id: str
    n: int
    at: datetime
    day: date
    time: str
    clerk: str
    label: str
    kinds: str
    records: int
    opens_kind: str
    opens_id: UUID


REGISTER: Register[JournalRow] = Register(
    key="journal",
    title=QT_TRANSLATE_NOOP("Register", "Nhật ký"),
    noun=QT_TRANSLATE_NOOP("Register", "thao tác"),
    columns=(
        Column(
            "time",
            QT_TRANSLATE_NOOP("Column", "Thời gian"),
            lambda r: r.time,
            kind="muted",
            order=lambda r: r.n,
            width=16,
        ),
        Column("label", QT_TRANSLATE_NOOP("Column", "Thao tác"), lambda r: r.label, width=0),
        Column(
            "kinds",
            QT_TRANSLATE_NOOP("Column", "Loại bản ghi"),
            lambda r: r.kinds,
            is_word=True,
            kind="muted",
            width=15,
        ),
        Column(
            "records",
            QT_TRANSLATE_NOOP("Column", "Bản ghi"),
            lambda r: r.records,
            kind="number",
            width=8,
        ),
        Column(
            "clerk",
            QT_TRANSLATE_NOOP("Column", "Cán bộ"),
            lambda r: r.clerk,
            kind="muted",
            width=21,
        ),
    ),
    facets=(
        Facet(
            "clerk",
            QT_TRANSLATE_NOOP("Facet", "Cán bộ"),
            lambda r: (r.clerk,) if r.clerk else (),
        ),
        Facet(
            "kind",
            QT_TRANSLATE_NOOP("Facet", "Loại bản ghi"),
            lambda r: tuple(r.kinds.split(", ")),
            is_word=True,
        ),
        Facet("day", QT_TRANSLATE_NOOP("Facet", "Ngày"), lambda r: r.day, is_period=True),
    ),
    views=(View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),),
    order="-time",
)
