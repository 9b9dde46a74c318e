"""The outline at the left: every part, and how full it is."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QModelIndex, QRect, Qt, Signal
from PySide6.QtGui import QFocusEvent, QPainter
from PySide6.QtWidgets import QFrame
from sqlmodel import Session

from app.models import Review
from app.models.states import PartState
from app.registers.column import Column, Columns
from app.services.review.outline import SectionRow, outline
from app.ui.common.list.cells import Cells, Index
from app.ui.common.list.table import RECORD_ROLE, RecordTable
from app.ui.common.list.view import RecordView
from app.ui.common.parts.widgets import column, row, text
from app.ui.review.desk import ReviewDesk
from app.ui.theme import colour, font, px
from app.ui.tokens import M

_COLUMNS: Columns[SectionRow] = (
    Column("title", "Đề cương", lambda part: part.title, width=0),
    Column("state", "Tình trạng", lambda part: part.state, "state", width=6),
)
_INDENT = 18


class OutlineView(QFrame):
    """Đủ, Thiếu or Trống beside each part; `picked` carries the key of the one stood on."""

    picked = Signal(str)

    def __init__(self, desk: ReviewDesk) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.desk = desk
        self._parts: Sequence[SectionRow] = ()
        self._is_filling, self._is_picked = False, False
        self.table = RecordTable(_COLUMNS, self)
        self.list = _List(self.table, inset=M.s5)
        self.list.coming.connect(self._on_coming)
        self.list.cells = _OutlineCells(self.list, M.s5)
        self.list.setItemDelegate(self.list.cells)
        self.list.setSelectionMode(RecordView.SelectionMode.SingleSelection)
        self.list.setAccessibleName(self.tr("Đề cương"))
        self.list.horizontalHeader().hide()
        self.list.selectionModel().currentRowChanged.connect(self._on_current)
        self._title = text(self.tr("Đề cương"), "strong")
        self._count = text("", "muted")
        head = row(self._title, None, self._count, pad=(M.s5, M.s2, M.s4, M.s2))
        lines = column(head, self.list)
        lines.setStretch(1, 1)
        self.setLayout(lines)
        self.setFocusProxy(self.list)

    def refresh(self, session: Session, review: Review) -> None:
        """Read the outline again; the part stood on stays."""
        self._parts = outline(session, review, today=self.desk.today)
        full = sum(part.state == PartState.FULL for part in self._parts)
        count = self.tr("{n} / {m} mục đủ").format(n=full, m=len(self._parts))
        self._count.setText(count)
        current = self.current()
        self._is_filling = True
        self.table.show(self._parts)
        self._is_filling = False
        self.stand_on(current or "")

    def show_title(self, is_shown: bool) -> None:
        """Show the column's own title; behind a tab of the same name it is left out."""
        self._title.setVisible(is_shown)

    def current(self) -> str | None:
        """The key of the part stood on."""
        index = self.list.currentIndex()
        return str(self.table.record_at(index.row()).id) if index.isValid() else None

    def part(self, key: str) -> SectionRow | None:
        """The part with this key."""
        return next((part for part in self._parts if part.id == key), None)

    def first_lacking(self) -> str:
        """The first part that is not full; the opening where all are."""
        lacking = (part.id for part in self._parts if part.state != PartState.FULL)
        return next(lacking, self._parts[0].id if self._parts else "opening")

    def above(self, key: str) -> str:
        """The title of the part that *key* stands under, if any."""
        said = ""
        for part in self._parts:
            if part.id == key:
                return said if part.depth else ""
            said = part.title if not part.depth else said
        return ""

    def stand_on(self, key: str) -> bool:
        """Mark *key* without saying so; an unknown one marks nothing."""
        row_of = self.table.row_of(key)
        self._is_picked = row_of is not None
        self._is_filling = True
        if row_of is None:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
        else:
            self.list.go_to(row_of)
        self._is_filling = False
        return row_of is not None

    def _on_coming(self, is_over: bool) -> None:
        """Qt stands on the first row when the focus comes in; that opens no part."""
        if is_over and not self._is_picked:
            self.list.clearSelection()
            self.list.setCurrentIndex(QModelIndex())
        self._is_filling = not is_over

    def _on_current(self) -> None:
        key = self.current()
        if key is not None and not self._is_filling:
            self._is_picked = True
            self.picked.emit(key)


class _List(RecordView[SectionRow]):
    """Says when the focus is coming in, and when it has come."""

    coming = Signal(bool)

    def focusInEvent(self, event: QFocusEvent) -> None:
        self.coming.emit(False)  # noqa: FBT003
        super().focusInEvent(event)
        self.coming.emit(True)  # noqa: FBT003


class _OutlineCells(Cells):
    """The main parts in heavier letters, those under them further in."""

    def _words(self, painter: QPainter, area: QRect, index: Index, ground: str) -> None:
        part: SectionRow = index.data(RECORD_ROLE)
        if index.column():
            super()._words(painter, area, index, ground)
            return
        painter.setFont(font(M.body, 400 if part.depth else 600))
        painter.setPen(colour("ink"))
        place = area.adjusted(px(_INDENT * part.depth), 0, 0, 0)
        metrics = painter.fontMetrics()
        shown = metrics.elidedText(part.title, Qt.TextElideMode.ElideRight, place.width())
        painter.drawText(place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, shown)
