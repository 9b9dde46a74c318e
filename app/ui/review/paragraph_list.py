"""Paragraphs to read and choose from: wrapped text, grouped under headings."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QFontMetrics, QKeyEvent, QPainter, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
)

from app.ui.common.parts.wrapping import Face, wrapped
from app.ui.theme import colour, font, look, px
from app.ui.tokens import M

Index = QModelIndex | QPersistentModelIndex
_WIDEST = 620  # about 80 letters of the reading size
_LEADING, _TIGHT = 1.2, 1.1
_BAR = 3
_Line = tuple[str, Face, str, int]
"""The words, size and weight, tint, and height in pixels."""


@dataclass(frozen=True)
class Paragraph:
    """A paragraph, or a heading where `id` is None. `lead` stands over it, `note` under it."""

    id: UUID | None
    text: str
    lead: str = ""
    note: str = ""
    is_faint: bool = False


class ParagraphList(QListView):
    """One paragraph is chosen at a time; headings are passed over. Enter or a double click opens.

    The choice is kept by id when the paragraphs change.
    """

    chosen = Signal()
    opened = Signal()

    def __init__(self, name: str) -> None:
        super().__init__()
        self._paragraphs = _Paragraphs(self)
        self.setModel(self._paragraphs)
        self.setItemDelegate(_Drawn(self))
        self.setAccessibleName(name)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.selectionModel().currentChanged.connect(lambda *_: self.chosen.emit())
        self.doubleClicked.connect(lambda _index: self.opened.emit())
        look.changed.connect(self._measure)

    def show_paragraphs(self, paragraphs: Sequence[Paragraph]) -> None:
        """Show *paragraphs*, standing where the clerk stood."""
        held, row = self.current_id(), self.currentIndex().row()
        scroll = self.verticalScrollBar().value()
        self._paragraphs.show(paragraphs)
        if not self.stand_on(held) and row >= 0:
            self._stand_near(row)
        self.verticalScrollBar().setValue(scroll)

    def current_id(self) -> UUID | None:
        """The paragraph chosen, or None."""
        index = self.currentIndex()
        return self._paragraphs.held[index.row()].id if index.isValid() else None

    def ids(self) -> list[UUID]:
        """Every paragraph from the top."""
        return [p.id for p in self._paragraphs.held if p.id is not None]

    def stand_on(self, wanted: UUID | None) -> bool:
        """Choose the paragraph *wanted* and bring it into sight; False where it is not."""
        for row, paragraph in enumerate(self._paragraphs.held):
            if wanted is not None and paragraph.id == wanted:
                self.setCurrentIndex(self._paragraphs.index(row))
                self.scrollTo(self.currentIndex())
                return True
        return False

    def _stand_near(self, row: int) -> None:
        """In the place of what is gone stands its neighbour."""
        rows = [at for at, p in enumerate(self._paragraphs.held) if p.id is not None]
        if rows:
            near = min(rows, key=lambda at: (abs(at - row), at))
            self.setCurrentIndex(self._paragraphs.index(near))

    def _measure(self) -> None:
        self._paragraphs.layoutChanged.emit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if event.size().width() != event.oldSize().width():
            self._measure()  # every height follows the width
        if event.size().height() < event.oldSize().height():
            self.scrollTo(self.currentIndex())  # what was in sight stays in sight

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.opened.emit()
        else:
            super().keyPressEvent(event)


class _Paragraphs(QAbstractListModel):
    def __init__(self, parent: QListView) -> None:
        super().__init__(parent)
        self.held: list[Paragraph] = []

    def show(self, paragraphs: Sequence[Paragraph]) -> None:
        self.beginResetModel()
        self.held = list(paragraphs)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.held)

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        held = self.held[index.row()]
        if role == Qt.ItemDataRole.DisplayRole:
            return held.text
        if role == Qt.ItemDataRole.AccessibleTextRole:
            return ". ".join(filter(None, (held.lead, held.text, held.note)))
        return held if role == Qt.ItemDataRole.UserRole else None

    def flags(self, index: Index) -> Qt.ItemFlag:
        if index.isValid() and self.held[index.row()].id is None:
            return Qt.ItemFlag.NoItemFlags
        return super().flags(index)


class _Drawn(QStyledItemDelegate):
    """Lead, text and note under one another, no wider than is good to read."""

    def __init__(self, view: QListView) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        width = self._view.viewport().width()
        paragraph: Paragraph = index.data(Qt.ItemDataRole.UserRole)
        return QSize(width, sum(height for _, _, _, height in _lines(paragraph, _room(width))))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        paragraph: Paragraph = index.data(Qt.ItemDataRole.UserRole)
        painter.save()
        if state & QStyle.StateFlag.State_Selected:
            painter.fillRect(rect, colour("select"))
            bar = "accent" if self._view.hasFocus() else "muted"
            painter.fillRect(QRect(rect.x(), rect.y(), px(_BAR), rect.height()), colour(bar))
        elif state & QStyle.StateFlag.State_MouseOver and paragraph.id is not None:
            painter.fillRect(rect, colour("hover"))
        y, width = rect.y(), _room(rect.width())
        for words, face, tint, height in _lines(paragraph, width):
            painter.setFont(font(*face))
            painter.setPen(colour(tint))
            place = QRect(rect.x() + px(M.s5), y, width, height)
            painter.drawText(
                place, Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter, words
            )
            y += height
        painter.restore()


def _room(width: int) -> int:
    return max(min(width - 2 * px(M.s5), px(_WIDEST)), px(120))


def _lines(paragraph: Paragraph, width: int) -> list[_Line]:
    """Every line of a paragraph; blank ones make the room above and below."""
    if paragraph.id is None:
        return [_gap(M.s3), *_wrapped(paragraph.text, (M.lead, 600), "ink", width), _gap(M.s1)]
    tint = "muted" if paragraph.is_faint else "ink"
    lines = [_gap(M.s2)]
    if paragraph.lead:
        lines += _wrapped(paragraph.lead, (M.body, 600), tint, width)
    lines += _wrapped(paragraph.text, (M.lead, 400), tint, width)
    if paragraph.note:
        lines += _wrapped(paragraph.note, (M.small, 400), "muted", width)
    return [*lines, _gap(M.s2)]


def _gap(height: int) -> _Line:
    return "", (M.body, 400), "ink", px(height)


def _wrapped(words: str, face: Face, tint: str, width: int) -> list[_Line]:
    high = _LEADING if face[0] >= M.lead else _TIGHT
    height = round(QFontMetrics(font(*face)).height() * high)
    return [(line, face, tint, height) for line in wrapped(words, face, width)]
