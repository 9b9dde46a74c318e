"""The register of changes that were set aside at the door."""

from __future__ import annotations

from dataclasses import dataclass

from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP

WAITING = QT_TRANSLATE_NOOP("Quarantine", "Chờ xem xét")
VERDICTS = {
    "": WAITING,
    "let_in": QT_TRANSLATE_NOOP("Quarantine", "Đã nhận vào sổ"),
    "left_out": QT_TRANSLATE_NOOP("Quarantine", "Đã để ngoài sổ"),
}


@dataclass(frozen=True)
class QuarantineRow:
    """A change set at the door, in words; `id` is its id as hex."""

    id: str
    label: str
    reason: str
    office: str
    at: str
    time: str
    state: str


REGISTER: Register[QuarantineRow] = Register(
    key="quarantine",
    title=QT_TRANSLATE_NOOP("Room", "Thay đổi bị giữ lại"),
    noun=QT_TRANSLATE_NOOP("Register", "thay đổi"),
    columns=(
        Column("label", QT_TRANSLATE_NOOP("Column", "Thao tác"), lambda r: r.label, width=0),
        Column("reason", QT_TRANSLATE_NOOP("Column", "Vì sao giữ lại"), lambda r: r.reason,
               "muted", width=30, is_word=True),
        Column("office", QT_TRANSLATE_NOOP("Column", "Văn phòng"), lambda r: r.office, "muted",
               width=16),
        Column("time", QT_TRANSLATE_NOOP("Column", "Đến lúc"), lambda r: r.time, "muted",
               order=lambda r: r.at, width=17),
        Column("state", QT_TRANSLATE_NOOP("Column", "Tình trạng"), lambda r: r.state, "state",
               width=15),
    ),
    facets=(
        Facet("reason", QT_TRANSLATE_NOOP("Facet", "Vì sao giữ lại"),
              lambda r: (r.reason,), is_word=True),
        Facet("state", QT_TRANSLATE_NOOP("Facet", "Tình trạng"),
              lambda r: (r.state,), is_word=True),
    ),
    views=(
        View("waiting", WAITING, lambda r: r.state == WAITING, counted=True),
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
    ),
    order="-time",
)  # fmt: skip
