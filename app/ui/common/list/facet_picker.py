"""Choose the words of a condition from those that occur in the register."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Never

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt, Signal
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QListWidget, QListWidgetItem, QWidget

from app.registers.register import Facet
from app.text import folded
from app.ui.common.list.search_field import SearchField
from app.ui.common.parts.popup import Popup
from app.ui.common.parts.widgets import button, column, row, text
from app.ui.theme import px
from app.ui.tokens import M
from app.words import told

_ROWS = 9


class FacetPicker(Popup):
    """A list to tick, narrowed by typing. Each tick takes effect at once."""

    picked = Signal(tuple)

    def __init__(
        self,
        facet: Facet[Never],
        words: Sequence[tuple[str, int]],
        held: Sequence[str],
        parent: QWidget,
    ) -> None:
        super().__init__(parent, 300)
        title = told(facet.title)
        self._told = told if facet.is_word else str
        self.setWindowTitle(title)
        self._find = SearchField(self.tr("Tìm trong danh sách"))
        self._list = QListWidget()
        shut = button(self.tr("Xong"), does=self.close)
        lines = column(
            text(title, "strong"),
            M.s2,
            self._find,
            M.s1,
            self._list,
            M.s2,
            row(None, shut),
            pad=(M.s3, M.s2, M.s3, M.s2),
        )
        self.setLayout(lines)
        self._dress(title)
        self._fill(words, set(held))
        self.setFocusProxy(self._find)
        self._find.setFocus()

    def ticked(self) -> tuple[str, ...]:
        """The words ticked now, in dictionary order."""
        items = (self._list.item(at) for at in range(self._list.count()))
        return tuple(
            item.data(_WORD) for item in items if item.checkState() == Qt.CheckState.Checked
        )

    def _dress(self, title: str) -> None:
        self._find.setAccessibleName(self.tr("Tìm trong danh sách {}").format(title))
        self._find.textChanged.connect(self._narrow)
        self._find.installEventFilter(self)
        self._list.setAccessibleName(title)
        self._list.itemChanged.connect(self._tell)
        self._list.itemActivated.connect(_toggle)

    def _fill(self, words: Sequence[tuple[str, int]], held: set[str]) -> None:
        with QSignalBlocker(self._list):
            for word, count in words:
                shown = self._told(word)
                item = QListWidgetItem(f"{shown}  {count}" if count else shown, self._list)
                item.setData(_WORD, word)
                item.setData(Qt.ItemDataRole.AccessibleTextRole, f"{shown}, {count}")
                ticked = Qt.CheckState.Checked if word in held else Qt.CheckState.Unchecked
                item.setCheckState(ticked)
            self._list.setCurrentRow(0)
        height = self._list.sizeHintForRow(0) if words else px(M.row)
        self._list.setFixedHeight(height * min(max(len(words), 1), _ROWS) + 2)

    def _narrow(self, typed: str) -> None:
        wanted = folded(typed).split()
        items = [self._list.item(at) for at in range(self._list.count())]
        for item in items:
            known = folded(self._told(item.data(_WORD)))
            item.setHidden(not all(word in known for word in wanted))
        kept = [item for item in items if not item.isHidden()]
        begin = [
            i for i in kept if folded(self._told(i.data(_WORD))).startswith(folded(typed).strip())
        ]
        if kept:
            self._list.setCurrentItem((begin or kept)[0])

    def _tell(self) -> None:
        self.picked.emit(self.ticked())

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if event.type() == QEvent.Type.KeyPress and isinstance(event, QKeyEvent):
            if event.key() == Qt.Key.Key_Down:
                self._list.setFocus()
                return True
            if event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
                self._take_first()
                return True
        return super().eventFilter(watched, event)

    def _take_first(self) -> None:
        """Enter in the search field: tick what stands first, and done."""
        at = self._list.currentRow()
        if self._find.text() and at >= 0 and not self._list.item(at).isHidden():
            _toggle(self._list.item(at))
        self.close()


_WORD = Qt.ItemDataRole.UserRole


def _toggle(item: QListWidgetItem) -> None:
    was = item.checkState() == Qt.CheckState.Checked
    item.setCheckState(Qt.CheckState.Unchecked if was else Qt.CheckState.Checked)
