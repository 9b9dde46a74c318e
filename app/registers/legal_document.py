"""The register of basis documents: columns, conditions, views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.models.states import HOLDING_NO_MORE
from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class LegalDocumentRow:
    """A line of the register of basis documents."""

    id: UUID
    number: str
    kind: str
    abstract: str
    issuer: str
    issued_on: date | None
    expires_on: date | None
    state: str
    replaced_by: str
    regulations: int
    is_secret: bool


REGISTER: Register[LegalDocumentRow] = Register(
    key="legal_document",
    title=QT_TRANSLATE_NOOP("Register", "Văn bản căn cứ"),
    noun=QT_TRANSLATE_NOOP("Register", "văn bản"),
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Column", "Số, ký hiệu"), lambda r: r.number, width=20),
        Column("abstract", QT_TRANSLATE_NOOP("Column", "Trích yếu"), lambda r: r.abstract, width=0),
        Column(
            "issuer",
            QT_TRANSLATE_NOOP("Column", "Cơ quan ban hành"),
            lambda r: r.issuer,
            kind="muted",
            width=16,
        ),
        Column(
            "issued_on",
            QT_TRANSLATE_NOOP("Column", "Ngày ban hành"),
            lambda r: r.issued_on,
            kind="date",
            width=13,
        ),
        Column(
            "state",
            QT_TRANSLATE_NOOP("Column", "Tình trạng"),
            lambda r: r.state,
            kind="state",
            width=17,
        ),
        Column(
            "kind",
            QT_TRANSLATE_NOOP("Column", "Loại văn bản"),
            lambda r: r.kind,
            kind="muted",
            width=16,
            shown=False,
            is_word=True,
        ),
        Column(
            "expires_on",
            QT_TRANSLATE_NOOP("Column", "Hết hiệu lực từ"),
            lambda r: r.expires_on,
            kind="date",
            width=13,
            shown=False,
        ),
        Column(
            "replaced_by",
            QT_TRANSLATE_NOOP("Column", "Được thay bằng"),
            lambda r: r.replaced_by,
            kind="muted",
            width=18,
            shown=False,
        ),
        Column(
            "regulations",
            QT_TRANSLATE_NOOP("Column", "Quy chế viện dẫn"),
            lambda r: r.regulations or None,
            kind="number",
            width=14,
            shown=False,
        ),
    ),
    facets=(
        Facet(
            "state", QT_TRANSLATE_NOOP("Facet", "Tình trạng"), lambda r: (r.state,), is_word=True
        ),
        Facet(
            "kind", QT_TRANSLATE_NOOP("Facet", "Loại văn bản"), lambda r: (r.kind,), is_word=True
        ),
        Facet(
            "issuer",
            QT_TRANSLATE_NOOP("Facet", "Cơ quan ban hành"),
            lambda r: (r.issuer,) if r.issuer else (),
        ),
        Facet(
            "issued",
            QT_TRANSLATE_NOOP("Facet", "Ngày ban hành"),
            lambda r: r.issued_on,
            is_period=True,
        ),
    ),
    views=(
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
        View(
            "ended",
            QT_TRANSLATE_NOOP("View", "Không còn hiệu lực"),
            lambda r: r.state in HOLDING_NO_MORE,
            counted=True,
        ),
        View("used", QT_TRANSLATE_NOOP("View", "Đang được viện dẫn"), lambda r: r.regulations > 0),
    ),
    order="-issued_on",
)
