"""A regulation's text as a tree of one-line headings: chapters, articles, clauses, points."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from typing import Generic, TypeVar

from PySide6.QtCore import QModelIndex, Qt, Signal
from PySide6.QtGui import QStandardItem, QStandardItemModel
from PySide6.QtWidgets import QAbstractItemView, QFrame, QTreeView

from app.text import folded, search_words, shortened
from app.ui.theme import look, px

Key = TypeVar("Key")
_KEY = Qt.ItemDataRole.UserRole
_SAID = Qt.ItemDataRole.UserRole + 1
_LONGEST = 160
_OPEN_UP_TO = 60
"""A tree opens as far down as no more than this stands in it."""


@dataclass(frozen=True)
class Branch(Generic[Key]):
    """One provision: `key` tells it from all others, `said` is all that a search looks in."""

    key: Key
    label: str
    said: str
    children: tuple[Branch[Key], ...] = field(default=())


class TextTree(QTreeView, Generic[Key]):
    """Shows branches; `chosen` carries the key of the one under the cursor."""

    chosen = Signal(object)

    def __init__(self, name: str) -> None:
        super().__init__()
        self._model = QStandardItemModel(self)
        self.setModel(self._model)
        self.setAccessibleName(name)
        self.setHeaderHidden(True)
        self.setUniformRowHeights(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        self.setTextElideMode(Qt.TextElideMode.ElideRight)
        self._on_look()
        look.changed.connect(self._on_look)
        self.selectionModel().currentChanged.connect(self._on_current)

    def show_branches(self, branches: Sequence[Branch[Key]]) -> None:
        """Show *branches*, open as far down as can be seen at a glance."""
        self._model.clear()
        root = self._model.invisibleRootItem()
        for branch in branches:
            root.appendRow(_item(branch))
        for depth in (3, 2):
            if sum(1 for _ in _walk(branches, depth)) <= _OPEN_UP_TO:
                self.expandToDepth(depth - 2)
                break

    def choose(self, key: Key) -> bool:
        """Go to the branch *key*; False when there is none."""
        for index in self._indexes():
            if index.data(_KEY) == key:
                self.setCurrentIndex(index)
                self.scrollTo(index, QAbstractItemView.ScrollHint.PositionAtCenter)
                return True
        return False

    def current(self) -> Key | None:
        """The key of the branch under the cursor, or None."""
        index = self.currentIndex()
        key: Key | None = index.data(_KEY) if index.isValid() else None
        return key

    def narrow(self, typed: str) -> int:
        """Leave only what holds every word of *typed*, with what stands above it; how many do."""
        words = search_words(typed)
        count = self._hide(QModelIndex(), words)
        if words:
            self.expandAll()
        return count

    def first_found(self) -> Key | None:
        """The key of the first branch that `narrow` was looking for, None without any."""
        words = self._words
        held = (i for i in self._indexes() if words and _holds(i, words))
        found = next(held, None)
        key: Key | None = found.data(_KEY) if found is not None else None
        return key

    _words: Sequence[str] = ()

    def _hide(self, parent: QModelIndex, words: Sequence[str]) -> int:
        """Hide the rows under *parent* that neither hold *words* nor stand above one that does."""
        self._words = words
        count = 0
        for row in range(self._model.rowCount(parent)):
            index = self._model.index(row, 0, parent)
            under = self._hide(index, words)
            own = _holds(index, words)
            self.setRowHidden(row, parent, not (own or under))
            count += under + own
        return count

    def _indexes(self) -> Iterator[QModelIndex]:
        waiting = [QModelIndex()]
        while waiting:
            parent = waiting.pop(0)
            rows = [self._model.index(n, 0, parent) for n in range(self._model.rowCount(parent))]
            yield from rows
            waiting += rows

    def _on_current(self, index: QModelIndex) -> None:
        if index.isValid():
            self.chosen.emit(index.data(_KEY))

    def _on_look(self) -> None:
        self.setIndentation(px(14))


def _item(branch: Branch[Key]) -> QStandardItem:
    label = shortened(branch.label, _LONGEST)
    item = QStandardItem(label)
    item.setToolTip(branch.label)
    item.setData(branch.key, _KEY)
    item.setData(folded(branch.said), _SAID)
    for child in branch.children:
        item.appendRow(_item(child))
    return item


def _holds(index: QModelIndex, words: Sequence[str]) -> bool:
    said = str(index.data(_SAID))
    return all(word in said for word in words)


def _walk(branches: Sequence[Branch[Key]], depth: int) -> Iterator[Branch[Key]]:
    for branch in branches:
        yield branch
        if depth > 1:
            yield from _walk(branch.children, depth - 1)
