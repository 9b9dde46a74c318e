"""The register of packages made and received."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class PackageLine:
    """A package made or received, in words. `path` is its copy in the outbox while it lies there.

    `id` is the package's id as hex.
    """

    id: str
    is_ours: bool
    direction: str
    office: str
    number: int
    at: datetime
    day: date
    time: str
    name: str
    sets: int
    state: str
    code: str
    path: Path | None
    may_withdraw: bool


REGISTER: Register[PackageLine] = Register(
    key="package",
    title=QT_TRANSLATE_NOOP("Room", "Gói đã gửi và đã nhận"),
    noun=QT_TRANSLATE_NOOP("Register", "gói"),
    columns=(
        Column("time", QT_TRANSLATE_NOOP("Column", "Thời gian"), lambda r: r.time, "muted",
               order=lambda r: r.at.isoformat(), width=17),
        Column("direction", QT_TRANSLATE_NOOP("Column", "Chiều"),
               lambda r: r.direction, width=7, is_word=True),
        Column("office", QT_TRANSLATE_NOOP("Column", "Văn phòng"), lambda r: r.office, width=0),
        Column("number", QT_TRANSLATE_NOOP("Column", "Gói số"), lambda r: r.number, "number",
               width=8),
        Column("sets", QT_TRANSLATE_NOOP("Column", "Thay đổi"), lambda r: r.sets, "number",
               width=9),
        Column("state", QT_TRANSLATE_NOOP("Column", "Tình trạng"), lambda r: r.state, "state",
               width=17),
        Column("name", QT_TRANSLATE_NOOP("Column", "Tên tệp"), lambda r: r.name, "muted",
               width=30, shown=False),
    ),
    facets=(
        Facet("office", QT_TRANSLATE_NOOP("Facet", "Văn phòng"), lambda r: (r.office,)),
        Facet("state", QT_TRANSLATE_NOOP("Facet", "Tình trạng"),
              lambda r: (r.state,), is_word=True),
        Facet("day", QT_TRANSLATE_NOOP("Facet", "Ngày"), lambda r: r.day, is_period=True),
    ),
    views=(
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
        View("outbox", QT_TRANSLATE_NOOP("View", "Hộp gửi đi"),
             lambda r: r.is_ours and r.path is not None, counted=True),
        View("sent", QT_TRANSLATE_NOOP("View", "Đã gửi"), lambda r: r.is_ours),
        View("received", QT_TRANSLATE_NOOP("View", "Đã nhận"), lambda r: not r.is_ours),
    ),
    order="-time",
)  # fmt: skip
