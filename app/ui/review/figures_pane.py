"""Beside the text: the figures of the period, and whose reports have come."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea
from sqlmodel import Session

from app.export.packet_content import Figure
from app.export.wording import figure_in_text, number
from app.models import Review
from app.services.review import reviews
from app.services.review.figures import figures_of, read_facts
from app.services.review.reviews import InputRow
from app.ui.common.pane.content import Facts, Links, Part, Rows, Section, Words
from app.ui.common.pane.parts import draw
from app.ui.common.parts.widgets import clear, column, panel
from app.ui.review import figure_words
from app.ui.review.desk import ReviewDesk
from app.ui.review.figure_words import FigureRow, SourceRow
from app.ui.tokens import M

_MOST_INPUTS = 7
OpenReport = Callable[[UUID, UUID | None], object]


class FiguresPane(QScrollArea):
    """Figures against the period before; one click says which records a figure counts.

    The figures are counted off the UI thread: a review may look at thousands of obligations.
    """

    counted = Signal()

    def __init__(self, desk: ReviewDesk, open_report: OpenReport) -> None:
        super().__init__()
        self.desk, self._open_report = desk, open_report
        self.figures: tuple[Figure, ...] = ()
        self._inputs: Sequence[InputRow] = ()
        self._shown: str | None = None
        self._all_inputs = False
        self._is_counting, self._is_stale, self._is_read = False, False, False
        self._lines = column(pad=(M.s5, 0, M.s5, M.s3))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setWidgetResizable(True)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setAccessibleName(self.tr("Số liệu"))
        self.setWidget(panel(self._lines))

    def refresh(self, session: Session, review: Review) -> None:
        """Show the reports as they are now, and count the figures anew."""
        self._inputs = reviews.inputs_of(session, review, today=self.desk.today)
        self._draw()
        self._count()

    def show_figure(self, key: str) -> None:
        """Show which records make up a figure."""
        self._shown = key
        self._draw()
        self.verticalScrollBar().setValue(0)

    def show_all(self) -> None:
        """Go back to the list of figures."""
        self._shown = None
        self._draw()

    # inside ------------------------------------------------------------------------------

    def _count(self) -> None:
        if self._is_counting:
            self._is_stale = True
            return
        self._is_counting = True
        desk, today = self.desk, self.desk.today

        def read(session: Session) -> tuple[Figure, ...]:
            facts = read_facts(session, desk.review(session), today=today)
            return figures_of(session, facts, today=today)

        desk.read_elsewhere(read, self._show, self._on_counted)

    def _show(self, figures: tuple[Figure, ...]) -> None:
        if self.figures != figures or not self._is_read:
            self.figures, self._is_read = figures, True
            self._draw()
        self.counted.emit()

    def _on_counted(self) -> None:
        self._is_counting, again = False, self._is_stale
        self._is_stale = False
        if again:
            self._count()

    def _draw(self) -> None:
        place = self.verticalScrollBar().value()
        clear(self._lines)
        figure = next((f for f in self.figures if f.key == self._shown), None)
        parts = self._of_figure(figure) if figure is not None else self._of_all()
        for part in parts:
            self._lines.addWidget(draw(part))
        self._lines.addStretch(1)
        self.verticalScrollBar().setValue(place)

    def _of_all(self) -> list[Part]:
        said = figure_words.reported(self.figures)
        parts: list[Part] = [Section(self.tr("Số liệu các cơ quan báo cáo"))]
        if said:
            parts.append(Rows(figure_words.COLUMNS, said, self._open_row, headed=True))
        elif self._is_read:
            words = self.tr("Chưa có số liệu. Ghi số liệu cùng báo cáo của từng cơ quan.")
            parts.append(Words(words, "muted"))
        parts += self._of_inputs()
        counted = figure_words.of_tasks(self.figures)
        if counted:
            parts.append(Section(self.tr("Nhiệm vụ đến hạn trong kỳ")))
            parts.append(Rows(figure_words.COLUMNS, counted, self._open_row, headed=True))
        return parts

    def _of_inputs(self) -> list[Part]:
        bodies = {row.agency_id for row in self._inputs}
        received = {row.agency_id for row in self._inputs if row.received_on is not None}
        title = self.tr("Báo cáo của cơ quan: đã nhận {n} / {m}")
        title = title.format(n=len(received), m=len(bodies))
        if not self._inputs:
            return [Section(title), Words(self.tr("Chưa chọn cơ quan tham gia."), "muted")]
        few = self._inputs if self._all_inputs else self._inputs[:_MOST_INPUTS]
        more = self.tr("Tất cả {n}").format(n=len(self._inputs))
        link = None if len(few) == len(self._inputs) else (more, self._show_inputs)
        return [Section(title, link), Rows(figure_words.INPUTS, few, self._open_input)]

    def _of_figure(self, figure: Figure) -> list[Part]:
        rows = figure_words.sources_of(figure)
        summed = figure.how == "summed"
        before = "" if figure.previous is None else number(figure.previous)
        counts = self.tr("Do {n} cơ quan báo cáo") if summed else self.tr("Đếm từ {n} bản ghi")
        return [
            Links([(self.tr("‹ Mọi số liệu"), self.show_all)]),
            Section(figure.label),
            Facts(
                (
                    (self.tr("Kỳ này"), figure_in_text(figure)),
                    (self.tr("Kỳ trước"), before),
                    (self.tr("Tăng, giảm"), figure_words.moved(figure)),
                    (self.tr("Nguồn"), counts.format(n=len(rows))),
                    (self.tr("Cách tính"), figure.note),
                )
            ),
            Section(self.tr("Từ đâu")),
            Rows(
                figure_words.SUMMED if summed else figure_words.COUNTED,
                rows,
                self._open_source,
                headed=summed,
            ),
        ]

    def _open_row(self, row: FigureRow) -> None:
        self.show_figure(row.id)

    def _open_input(self, row: InputRow) -> None:
        self._open_report(row.agency_id, row.input_id)

    def _open_source(self, row: SourceRow) -> None:
        """A reported figure opens its body's report; anything else its own room."""
        if row.kind == "review_figure":
            with self.desk.office.store.reading() as session:
                sender, held_in = reviews.sender_of(session, row.record_id)
            self._open_report(sender, held_in)
            return
        room = "obligation" if row.kind == "occurrence" else row.kind
        self.desk.office.go(room, row.record_id)

    def _show_inputs(self) -> None:
        self._all_inputs = True
        self._draw()
