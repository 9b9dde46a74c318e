"""The annex of figures: what each body reported, value by value."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from typing import ClassVar
from uuid import UUID

from PySide6.QtWidgets import QFrame, QScrollArea
from sqlmodel import Session

from app.models import Review
from app.models.states import NOT_HERE
from app.registers.column import Column, Columns
from app.services import agencies
from app.services.review import reviews
from app.services.review.indicators import indicator_of, place_of
from app.services.review.inputs import value_words
from app.ui.common.pane.content import Rows, Section, Words
from app.ui.common.pane.parts import draw
from app.ui.common.parts.widgets import clear, column, panel
from app.ui.review.desk import ReviewDesk
from app.ui.review.figures_pane import OpenReport
from app.ui.review.part import ReviewPart
from app.ui.tokens import M

_COLUMNS: Columns[_Reported] = (
    Column("agency", "Cơ quan", lambda r: r.agency, width=0),
    Column("value", "Số liệu", lambda r: r.value, "number", width=11),
    Column("number", "Theo báo cáo", lambda r: r.number, "muted", width=18),
)


@dataclass(frozen=True)
class _Reported:
    id: UUID
    agency_id: UUID
    input_id: UUID | None
    agency: str
    value: str
    number: str


class FiguresPart(ReviewPart):
    """Every reported value under its indicator; a click opens the report that it came in."""

    tools: ClassVar[tuple[str, ...]] = ("receive",)

    def __init__(self, desk: ReviewDesk, key: str, open_report: OpenReport) -> None:
        super().__init__(desk, key)
        self._open_report = open_report
        self._lines = column(pad=(M.s5, 0, M.s5, M.s4))
        scroll = QScrollArea()
        scroll.setFrameShape(QFrame.Shape.NoFrame)
        scroll.setWidgetResizable(True)
        scroll.setAccessibleName(self.tr("Phụ lục số liệu"))
        scroll.setWidget(panel(self._lines))
        self.setLayout(column(scroll))
        self.setFocusProxy(scroll)

    def refresh(self, session: Session, review: Review) -> None:
        names = agencies.called(session)
        inputs = reviews.inputs_of(session, review, today=self.desk.today)
        numbers = {row.input_id: row.number for row in inputs if row.input_id}
        found = defaultdict(list)
        for figure in reviews.figures_of(session, review.id):
            found[indicator_of(figure.indicator)].append(
                _Reported(
                    figure.id,
                    figure.agency_id,
                    figure.input_id,
                    names.get(figure.agency_id, self.tr(NOT_HERE)),
                    value_words(figure),
                    numbers.get(figure.input_id, "") if figure.input_id else "",
                )
            )
        clear(self._lines)
        if not found:
            said = self.tr("Chưa có số liệu nào. Ghi số liệu cùng báo cáo của từng cơ quan.")
            self._lines.addWidget(draw(Words(said, "muted")))
        for indicator in sorted(found, key=place_of):
            unit = f" ({indicator.unit})" if indicator.unit else ""
            self._lines.addWidget(draw(Section(f"{indicator.label}{unit}")))
            held = sorted(found[indicator], key=lambda each: each.agency)
            self._lines.addWidget(draw(Rows(_COLUMNS, held, self._open)))
        self._lines.addStretch(1)
        count = sum(len(held) for held in found.values())
        note = self.tr("{n} số liệu, {k} chỉ tiêu").format(n=count, k=len(found))
        self.noted.emit(note if found else "")
        self.stood.emit()

    def _open(self, row: _Reported) -> None:
        self._open_report(row.agency_id, row.input_id)
