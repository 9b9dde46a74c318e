"""Whose reports have come, and whose are awaited: the step of collecting."""

from __future__ import annotations

from typing import ClassVar
from uuid import UUID

from PySide6.QtGui import QResizeEvent
from sqlmodel import Session

from app.models import Review
from app.registers.column import Column, Columns
from app.services.review import inputs, reviews
from app.services.review.reviews import InputRow
from app.ui.common.list.table import RecordTable
from app.ui.common.list.view import RecordView
from app.ui.common.parts.widgets import column, empty
from app.ui.review import figure_words
from app.ui.review.desk import ReviewDesk
from app.ui.review.figures_pane import OpenReport
from app.ui.review.part import Either, ReviewPart
from app.ui.theme import px
from app.ui.tokens import M
from app.words import kept

_COLUMNS: Columns[InputRow] = (
    figure_words.INPUTS[0],
    Column("number", "Số báo cáo", lambda r: r.number, "muted", width=18),
    figure_words.INPUTS[1],
    figure_words.INPUTS[2],
)

_ROOM_FOR_NUMBERS = 560


class InputsPart(ReviewPart):
    """The bodies taking part, those missing first; Enter opens the report of one."""

    tools: ClassVar[tuple[str, ...]] = ("receive", "edit", "withdraw")

    def __init__(self, desk: ReviewDesk, key: str, open_report: OpenReport) -> None:
        super().__init__(desk, key)
        self._open_report = open_report
        self._is_narrow = False
        self.table = RecordTable(_COLUMNS, self)
        self.list = RecordView(self.table, inset=M.s5)
        self.list.setSelectionMode(RecordView.SelectionMode.SingleSelection)
        self.list.setProperty("edge", "wide")
        self.list.setAccessibleName(self.tr("Báo cáo của cơ quan"))
        self.list.entered_record.connect(self.edit)
        self.list.selectionModel().currentChanged.connect(lambda *_: self.stood.emit())
        nothing = empty(
            "agency",
            self.tr("Chưa có cơ quan nào tham gia"),
            self.tr("Chọn quy chế và cơ quan tham gia ở Sửa thông tin."),
        )
        self._either = Either(self.list, nothing)
        self.setLayout(column(self._either))
        self.setFocusProxy(self.list)

    def resizeEvent(self, event: QResizeEvent) -> None:
        """In a narrow place the numbers, which stand in the reports too, leave room for names."""
        super().resizeEvent(event)
        is_narrow = self.width() < px(_ROOM_FOR_NUMBERS)
        if is_narrow != self._is_narrow:
            self._is_narrow = is_narrow
            keys = [each.key for each in _COLUMNS]
            self.list.arrange(keys, {"number"} if is_narrow else set())

    def refresh(self, session: Session, review: Review) -> None:
        rows = reviews.inputs_of(session, review, today=self.desk.today)
        held = self._chosen()
        self.table.show(rows)
        place = self.table.row_of(held.id) if held else None
        if rows:
            self.list.go_to(place or 0)
        self._either.show_full(bool(rows))
        bodies = {row.agency_id for row in rows}
        received = {row.agency_id for row in rows if row.received_on is not None}
        note = self.tr("Đã nhận {n} / {m}").format(n=len(received), m=len(bodies))
        self.noted.emit(note if rows else "")
        self.stood.emit()

    def can(self, tool: str) -> bool:
        row = self._chosen()
        if tool == "withdraw":
            return row is not None and row.input_id is not None
        return tool == "receive" or (tool == "edit" and row is not None)

    def words(self, tool: str) -> str:
        return self.tr("Mở báo cáo") if tool == "edit" else ""

    def stand_on(self, record_id: UUID) -> None:
        row = self.table.row_of(record_id)
        if row is not None:
            self.list.go_to(row)

    def edit(self) -> None:
        """Open the report of the body under the cursor."""
        if (row := self._chosen()) is not None:
            self._open_report(row.agency_id, row.input_id)

    def withdraw(self) -> None:
        """Withdraw the report with its figures and findings; the message offers it back."""
        row = self._chosen()
        if row is None or row.input_id is None:
            return
        input_id = row.input_id
        self.desk.change(
            kept("Rút báo cáo của {agency}", agency=row.agency),
            lambda session: inputs.withdraw_report(session, input_id),
            self.tr("Đã rút báo cáo của {}, cùng số liệu và nội dung của báo cáo này.").format(
                row.agency
            ),
        )

    def _chosen(self) -> InputRow | None:
        index = self.list.currentIndex()
        row: InputRow | None = self.table.record_at(index.row()) if index.isValid() else None
        return row
