"""The column at the left of Đồng bộ: what waits for a decision, the offices, the packages."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import (
    QAbstractListModel,
    QModelIndex,
    QPersistentModelIndex,
    QRect,
    QSize,
    Qt,
    Signal,
)
from PySide6.QtGui import QPainter
from PySide6.QtWidgets import (
    QFrame,
    QListView,
    QStyle,
    QStyledItemDelegate,
    QStyleOptionViewItem,
    QWidget,
)

from app.ui.theme import colour, font, look, px
from app.ui.tokens import M

Index = QModelIndex | QPersistentModelIndex
_ENTRY = Qt.ItemDataRole.UserRole
_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_RIGHT = Qt.AlignmentFlag.AlignRight | Qt.AlignmentFlag.AlignVCenter
_BAR = 3


@dataclass(frozen=True)
class Entry:
    """One line of the column; `key` says what it opens, "" for words that open nothing.

    *is_head* begins a section; *right* stands at its right, red where it *waits*.
    """

    key: str
    title: str
    about: str = ""
    right: str = ""
    is_head: bool = False
    waits: bool = False

    @property
    def height(self) -> int:
        """In pixels at 100 % text."""
        if self.is_head:
            return 40
        return 52 if self.about else M.row


class Queue(QListView):
    """`picked` carries the key of the entry that the clerk stands on."""

    picked = Signal(str)

    def __init__(self, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self._model = _Entries(self)
        self._is_filling = False
        self.setModel(self._model)
        self.setItemDelegate(_Lines(self))
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setVerticalScrollMode(QListView.ScrollMode.ScrollPerPixel)
        self.setMouseTracking(True)
        self.setAccessibleName(self.tr("Việc đồng bộ"))
        self.selectionModel().currentChanged.connect(self._on_current)
        look.changed.connect(self.doItemsLayout)

    def show_entries(self, entries: Sequence[Entry]) -> None:
        """Replace the entries; the one stood on stays, without being picked again."""
        key = self.current()
        self._is_filling = True
        self._model.fill(entries)
        self._is_filling = False
        self.stand_on(key)

    def entries(self) -> Sequence[Entry]:
        """What the column shows, from the top."""
        return self._model.entries

    def current(self) -> str:
        """The key of the entry stood on."""
        index = self.currentIndex()
        return str(index.data(_ENTRY).key) if index.isValid() else ""

    def stand_on(self, key: str) -> bool:
        """Mark the entry *key* without saying so; False where there is none."""
        for at, entry in enumerate(self._model.entries):
            if entry.key and entry.key == key:
                self._is_filling = True
                self.setCurrentIndex(self._model.index(at))
                self._is_filling = False
                return True
        return False

    def _on_current(self, index: QModelIndex, _before: QModelIndex) -> None:
        if index.isValid() and not self._is_filling:
            self.picked.emit(index.data(_ENTRY).key)


class _Entries(QAbstractListModel):
    def __init__(self, parent: QWidget) -> None:
        super().__init__(parent)
        self.entries: Sequence[Entry] = ()

    def fill(self, entries: Sequence[Entry]) -> None:
        self.beginResetModel()
        self.entries = tuple(entries)
        self.endResetModel()

    def rowCount(self, parent: Index = QModelIndex()) -> int:  # noqa: B008
        return 0 if parent.isValid() else len(self.entries)

    def flags(self, index: Index) -> Qt.ItemFlag:
        opens = index.isValid() and bool(self.entries[index.row()].key)
        enabled = Qt.ItemFlag.ItemIsEnabled | Qt.ItemFlag.ItemIsSelectable
        return enabled if opens else Qt.ItemFlag.NoItemFlags

    def data(self, index: Index, role: int = Qt.ItemDataRole.DisplayRole) -> object:
        if not index.isValid():
            return None
        entry = self.entries[index.row()]
        if role == _ENTRY:
            return entry
        if role == Qt.ItemDataRole.DisplayRole:
            return entry.title
        if role in (Qt.ItemDataRole.AccessibleTextRole, Qt.ItemDataRole.ToolTipRole):
            return ", ".join(filter(None, (entry.title, entry.about, entry.right)))
        return None


class _Lines(QStyledItemDelegate):
    def __init__(self, view: Queue) -> None:
        super().__init__(view)
        self._view = view

    def sizeHint(self, _option: QStyleOptionViewItem, index: Index) -> QSize:
        return QSize(px(M.side), px(index.data(_ENTRY).height))

    def paint(self, painter: QPainter, option: QStyleOptionViewItem, index: Index) -> None:
        entry: Entry = index.data(_ENTRY)
        rect: QRect = option.rect
        state: QStyle.StateFlag = option.state
        painter.save()
        chosen = bool(state & QStyle.StateFlag.State_Selected)
        under = bool(state & QStyle.StateFlag.State_MouseOver) and bool(entry.key)
        painter.fillRect(rect, colour("select" if chosen else "hover" if under else "canvas"))
        if chosen:
            bar = "accent" if self._view.hasFocus() else "muted"
            painter.fillRect(QRect(rect.x(), rect.y(), _BAR, rect.height()), colour(bar))
        area = rect.adjusted(px(M.s4), 0, -px(M.s4), 0)
        if entry.is_head:
            area = area.adjusted(0, px(M.s2), 0, 0)
        self._words(painter, area, entry)
        painter.restore()

    def _words(self, painter: QPainter, area: QRect, entry: Entry) -> None:
        room = area
        if entry.right:
            painter.setFont(font(M.small, 600 if entry.waits else 400))
            painter.setPen(colour("danger" if entry.waits else "muted"))
            painter.drawText(area, _RIGHT, entry.right)
            taken = painter.fontMetrics().horizontalAdvance(entry.right) + px(M.s2)
            room = area.adjusted(0, 0, -taken, 0)
        strong = entry.is_head or bool(entry.about)
        top = room
        if entry.about:
            top = QRect(room.x(), room.y() + px(6), room.width(), px(20))
            under = QRect(area.x(), top.bottom() + 1, area.width(), px(20))
            painter.setFont(font(M.small))
            _draw(painter, under, entry.about, "muted")
        tint = "ink" if entry.key or entry.is_head else "muted"
        painter.setFont(font(M.body, 600 if strong else 400))
        _draw(painter, top, entry.title, tint)


def _draw(painter: QPainter, area: QRect, words: str, tint: str) -> None:
    painter.setPen(colour(tint))
    metrics = painter.fontMetrics()
    shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, area.width())
    painter.drawText(area, _LEFT, shown)
