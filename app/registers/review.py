"""The register of reviews: columns, conditions, views."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from app.models.review import REVIEW_STEPS, UNDER_WAY
from app.models.states import word_of
from app.registers.column import Column
from app.registers.register import Facet, Register, View
from app.words import QT_TRANSLATE_NOOP


@dataclass(frozen=True)
class ReviewRow:
    """A line of the register of reviews."""

    id: UUID
    title: str
    kind: str
    period: str
    period_from: date
    period_to: date
    held_on: date | None
    host: str
    step: str  # the code, as in REVIEW_STEPS
    regulations: int
    participants: int
    received: int
    conclusions: int
    is_mine: bool

    @property
    def step_words(self) -> str:
        """How far it has come, as it is shown."""
        return word_of(REVIEW_STEPS, self.step)


REGISTER: Register[ReviewRow] = Register(
    key="review",
    title=QT_TRANSLATE_NOOP("Register", "Hội nghị"),
    noun=QT_TRANSLATE_NOOP("Register", "hội nghị"),
    columns=(
        Column("title", QT_TRANSLATE_NOOP("Column", "Hội nghị"), lambda r: r.title, width=0),
        Column(
            "kind",
            QT_TRANSLATE_NOOP("Column", "Loại"),
            lambda r: r.kind,
            "muted",
            width=9,
            shown=False,
            is_word=True,
        ),
        Column(
            "period",
            QT_TRANSLATE_NOOP("Column", "Kỳ"),
            lambda r: r.period,
            kind="muted",
            order=lambda r: r.period_from,
            width=22,
        ),
        Column(
            "held_on",
            QT_TRANSLATE_NOOP("Column", "Ngày họp"),
            lambda r: r.held_on,
            kind="date",
            width=10,
        ),
        Column(
            "received",
            QT_TRANSLATE_NOOP("Column", "Báo cáo"),
            lambda r: f"{r.received} / {r.participants}" if r.participants else "",
            order=lambda r: r.received,
            width=8,
        ),
        Column(
            "step",
            QT_TRANSLATE_NOOP("Column", "Bước"),
            lambda r: r.step_words,
            width=12,
            is_word=True,
        ),
        Column(
            "host",
            QT_TRANSLATE_NOOP("Column", "Chủ trì"),
            lambda r: r.host,
            kind="muted",
            width=18,
            shown=False,
        ),
        Column(
            "regulations",
            QT_TRANSLATE_NOOP("Column", "Quy chế"),
            lambda r: r.regulations or None,
            kind="number",
            width=9,
            shown=False,
        ),
        Column(
            "conclusions",
            QT_TRANSLATE_NOOP("Column", "Kết luận"),
            lambda r: r.conclusions or None,
            kind="number",
            width=9,
            shown=False,
        ),
    ),
    facets=(
        Facet("kind", QT_TRANSLATE_NOOP("Facet", "Loại"), lambda r: (r.kind,), is_word=True),
        Facet("step", QT_TRANSLATE_NOOP("Facet", "Bước"), lambda r: (r.step_words,), is_word=True),
        Facet("held", QT_TRANSLATE_NOOP("Facet", "Ngày họp"), lambda r: r.held_on, is_period=True),
    ),
    views=(
        View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _: True),
        View(
            "open",
            QT_TRANSLATE_NOOP("View", "Đang chuẩn bị"),
            lambda r: r.step in UNDER_WAY,
            counted=True,
        ),
        View("mine", QT_TRANSLATE_NOOP("View", "Của cơ quan tôi"), lambda r: r.is_mine),
    ),
    order="-period",
)
