"""The register of regulations: columns, conditions, views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.models.states import BINDING
from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class RegulationRow:
    """A line of the register of regulations."""

    id: UUID
    number: str
    form: str
    abstract: str
    field_of_work: str
    lead: str
    partners: str
    agencies: tuple[str, ...]
    signed_on: date | None
    effective_on: date | None
    expires_on: date | None
    state: str
    reasons: int
    is_ending: bool
    is_mine: bool
    is_secret: bool


REGISTER: Register[RegulationRow] = Register(
    key="regulation",
    title=QT_TRANSLATE_NOOP("Register", "Quy chế"),
    noun=QT_TRANSLATE_NOOP("Register", "quy chế"),
    columns=(
        Column("number", QT_TRANSLATE_NOOP("Column", "Số, ký hiệu"), lambda r: r.number, width=20),
        Column("abstract", QT_TRANSLATE_NOOP("Column", "Trích yếu"), lambda r: r.abstract, width=0),
        Column(
            "partners",
            QT_TRANSLATE_NOOP("Column", "Bên phối hợp"),
            lambda r: r.partners,
            kind="muted",
            width=14,
        ),
        Column(
            "signed_on",
            QT_TRANSLATE_NOOP("Column", "Ngày ký"),
            lambda r: r.signed_on,
            kind="date",
            width=10,
        ),
        Column(
            "state",
            QT_TRANSLATE_NOOP("Column", "Tình trạng"),
            lambda r: r.state,
            kind="state",
            width=13,
        ),
        Column(
            "lead",
            QT_TRANSLATE_NOOP("Column", "Chủ trì"),
            lambda r: r.lead,
            kind="muted",
            width=16,
            shown=False,
        ),
        Column(
            "form",
            QT_TRANSLATE_NOOP("Column", "Loại văn bản"),
            lambda r: r.form,
            kind="muted",
            width=20,
            shown=False,
            is_word=True,
        ),
        Column(
            "field_of_work",
            QT_TRANSLATE_NOOP("Column", "Lĩnh vực"),
            lambda r: r.field_of_work,
            kind="muted",
            width=20,
            shown=False,
        ),
        Column(
            "effective_on",
            QT_TRANSLATE_NOOP("Column", "Ngày hiệu lực"),
            lambda r: r.effective_on,
            kind="date",
            width=12,
            shown=False,
        ),
        Column(
            "expires_on",
            QT_TRANSLATE_NOOP("Column", "Hết thời hạn"),
            lambda r: r.expires_on,
            kind="date",
            width=12,
            shown=False,
        ),
        Column(
            "reasons",
            QT_TRANSLATE_NOOP("Column", "Lý do rà soát"),
            lambda r: r.reasons or None,
            kind="number",
            width=12,
            shown=False,
        ),
    ),
    facets=(
        Facet(
            "state", QT_TRANSLATE_NOOP("Facet", "Tình trạng"), lambda r: (r.state,), is_word=True
        ),
        Facet("agency", QT_TRANSLATE_NOOP("Facet", "Cơ quan"), lambda r: r.agencies),
        Facet(
            "field",
            QT_TRANSLATE_NOOP("Facet", "Lĩnh vực"),
            lambda r: (r.field_of_work,) if r.field_of_work else (),
        ),
        Facet(
            "form", QT_TRANSLATE_NOOP("Facet", "Loại văn bản"), lambda r: (r.form,), is_word=True
        ),
        Facet(
            "signed", QT_TRANSLATE_NOOP("Facet", "Ngày ký"), lambda r: r.signed_on, is_period=True
        ),
    ),
    views=(
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
        View("mine", QT_TRANSLATE_NOOP("View", "Của cơ quan tôi"), lambda r: r.is_mine),
        View(
            "stale", QT_TRANSLATE_NOOP("View", "Cần rà soát"), lambda r: r.reasons > 0, counted=True
        ),
        View(
            "ending",
            QT_TRANSLATE_NOOP("View", "Sắp hết thời hạn"),
            lambda r: r.is_ending,
            counted=True,
        ),
        View(
            "in_force",
            QT_TRANSLATE_NOOP("View", "Còn hiệu lực"),
            lambda r: r.state in BINDING,
        ),
    ),
    order="-signed_on",
)
