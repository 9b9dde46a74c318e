"""How a cell of a register is painted: hairline, hover, selection, status by shape and word."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QModelIndex, QPersistentModelIndex, QRect, Qt
from PySide6.QtGui import QFontMetrics, QHelpEvent, QPainter
from PySide6.QtWidgets import (
    QAbstractItemView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QTableView,
    QToolTip,
)

from app.ui.common.list.table import KIND_ROLE, MARK_ROLE, STATE_ROLE, TAIL_ROLE
from app.ui.common.pane.status import state_of
from app.ui.common.parts.eliding import elided
from app.ui.icons import draw_icon
from app.ui.theme import colour, px
from app.ui.tokens import M

Index = QModelIndex | QPersistentModelIndex
MINUS = "−"
_BAR = 3


class Cells(QStyledItemDelegate):
    """Paints the rows of a table whose model answers KIND_ROLE.

    *inset* is the room before the first column: the page's edge in a register, 0 in a small
    table of the detail pane. `hovered` is the row under the mouse, kept by the view.
    """

    def __init__(self, view: QTableView, inset: int = M.s4) -> None:
        super().__init__(view)
        self._view = view
        self._inset = inset
        self.hovered = -1

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        painter.save()
        self._ground(painter, rect, index.row(), chosen=chosen)
        if chosen and self._inset and self._is_first(index):
            bar = "accent" if self._view.hasFocus() else "muted"
            painter.fillRect(QRect(rect.x(), rect.y(), _BAR, rect.height()), colour(bar))
        self._words(painter, self._area(rect, index), index, "select" if chosen else "canvas")
        painter.restore()

    def needed(self, index: Index) -> int:
        """The width in pixels that shows the cell whole."""
        words = str(index.data() or "")
        area = self._area(QRect(0, 0, 0, 0), index)
        marked = px(22) if index.data(KIND_ROLE) == "state" and words else 0
        metrics = QFontMetrics(self._view.font())
        borne = index.data(MARK_ROLE) if self._is_first(index) else ""
        if borne:
            marked += mark_width(metrics, borne)
        return metrics.horizontalAdvance(words) + marked - area.width() + 1

    def helpEvent(
        self,
        event: QHelpEvent,
        view: QAbstractItemView,
        option: QStyleOptionViewItem,
        index: Index,
    ) -> bool:
        if event.type() != QEvent.Type.ToolTip or not index.isValid():
            return super().helpEvent(event, view, option, index)
        rect: QRect = option.rect
        is_cut = self.needed(index) > rect.width()
        QToolTip.showText(event.globalPos(), str(index.data() or "") if is_cut else "", view)
        return True

    def _ground(self, painter: QPainter, rect: QRect, row: int, *, chosen: bool) -> None:
        under = row == self.hovered
        painter.fillRect(rect, colour("select" if chosen else "hover" if under else "canvas"))
        painter.setPen(colour("line_soft"))
        painter.drawLine(rect.bottomLeft(), rect.bottomRight())

    def _words(self, painter: QPainter, area: QRect, index: Index, ground: str) -> None:
        words, kind = str(index.data() or ""), index.data(KIND_ROLE)
        tint = "muted" if kind in ("muted", "date") and not self._is_first(index) else "ink"
        if self._is_first(index) and index.data(MARK_ROLE):
            area = self._mark(painter, area, index, ground)
        if kind == "state" and words:
            state = state_of(str(index.data(STATE_ROLE)))
            side = px(14)
            place = QRect(area.x(), area.center().y() - side // 2 + 1, side, side)
            draw_icon(painter, state.shape, place, state.tint, ground)
            tint = state.tint if state.loud else "ink"
            area = area.adjusted(px(22), 0, 0, 0)
        if kind == "days" and words.startswith(MINUS):
            tint = "danger"
        right = kind in ("number", "days")
        side_of = Qt.AlignmentFlag.AlignRight if right else Qt.AlignmentFlag.AlignLeft
        painter.setFont(self._view.font())
        painter.setPen(colour(tint))
        tail = str(index.data(TAIL_ROLE) or "")
        shown = elided(words, painter.fontMetrics(), area.width(), tail)
        painter.drawText(area, side_of | Qt.AlignmentFlag.AlignVCenter, shown)

    def _mark(self, painter: QPainter, area: QRect, index: Index, ground: str) -> QRect:
        """Draw shape and word of a record's mark at the right; returns what is left of *area*."""
        word = str(index.data(MARK_ROLE))
        painter.setFont(self._view.font())
        width = min(mark_width(painter.fontMetrics(), word), area.width())
        place = area.adjusted(area.width() - width + px(M.s2), 0, 0, 0)
        side = px(14)
        at = QRect(place.x(), place.center().y() - side // 2 + 1, side, side)
        state = state_of(word)
        draw_icon(painter, state.shape, at, state.tint, ground)
        painter.setPen(colour(state.tint))
        painter.drawText(place.adjusted(px(18), 0, 0, 0), Qt.AlignmentFlag.AlignVCenter, word)
        return area.adjusted(0, 0, -width, 0)

    def _area(self, rect: QRect, index: Index) -> QRect:
        """Where the words of *index* go within its *rect*."""
        left = self._inset if self._is_first(index) else M.s2
        right = 0 if not self._inset and self._is_last(index) else M.s2
        return rect.adjusted(px(left), 0, -px(right), 0)

    def _is_first(self, index: Index) -> bool:
        return self._view.horizontalHeader().visualIndex(index.column()) == self._first_place()

    def _is_last(self, index: Index) -> bool:
        header = self._view.horizontalHeader()
        place = header.visualIndex(index.column())
        later = range(place + 1, header.count())
        return all(header.isSectionHidden(header.logicalIndex(at)) for at in later)

    def _first_place(self) -> int:
        header = self._view.horizontalHeader()
        places = range(header.count())
        shown = (at for at in places if not header.isSectionHidden(header.logicalIndex(at)))
        return next(shown, 0)


def mark_width(metrics: QFontMetrics, word: str) -> int:
    """How wide a record's mark is: its shape and its word."""
    return metrics.horizontalAdvance(word) + px(18 + M.s2) + 1
