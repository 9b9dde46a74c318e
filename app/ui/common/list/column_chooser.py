"""Which columns are shown and in what order: tick, drag, or Alt+↑ and Alt+↓."""

from __future__ import annotations

from typing import Never

from PySide6.QtCore import QEvent, QObject, QSignalBlocker, Qt
from PySide6.QtGui import QKeyEvent
from PySide6.QtWidgets import QAbstractItemView, QListWidget, QListWidgetItem, QWidget

from app.registers.column import Column
from app.registers.held_rows import Row
from app.ui.common.list.table import title_of
from app.ui.common.list.view import RecordView
from app.ui.common.parts.popup import Popup
from app.ui.common.parts.widgets import button, column, row, text
from app.ui.tokens import M

_KEY = Qt.ItemDataRole.UserRole
_MOST = 14
_STEPS = {Qt.Key.Key_Up: -1, Qt.Key.Key_Down: 1}


class ColumnChooser(Popup):
    """Works on *view* at once. The last column shown can't be hidden."""

    def __init__(self, view: RecordView[Row], parent: QWidget) -> None:
        super().__init__(parent, 320)
        self._view = view
        self._list = QListWidget()
        self._lay_out()
        self._list.setDragDropMode(QAbstractItemView.DragDropMode.InternalMove)
        self._list.setDefaultDropAction(Qt.DropAction.MoveAction)
        self._list.itemChanged.connect(self._apply)
        self._list.model().rowsMoved.connect(self._apply)
        self._list.model().rowsRemoved.connect(self._apply)  # a drag inserts, then removes
        self._list.installEventFilter(self)
        self._fill()
        self._list.setFocus()

    def _lay_out(self) -> None:
        self._list.setAccessibleName(self.tr("Cột của bảng"))
        lines = column(
            text(self.tr("Cột của bảng"), "strong"),
            text(self.tr("Kéo, hoặc Alt+↑ và Alt+↓, để đổi chỗ."), "small"),
            M.s2,
            self._list,
            M.s2,
            row(
                button(self.tr("Đặt lại"), does=self._reset),
                button(self.tr("Vừa bề ngang"), does=self._view.fit_columns),
                None,
                button(self.tr("Xong"), does=self.close),
            ),
            pad=(M.s3, M.s2, M.s3, M.s2),
        )
        self.setLayout(lines)

    def _fill(self, stand_on: str = "") -> None:
        with QSignalBlocker(self._list):
            self._list.clear()
            for each, is_shown in self._view.ordered_columns():
                self._add(each, is_shown=is_shown)
                if each.key == stand_on or not stand_on:
                    self._list.setCurrentRow(self._list.count() - 1)
                    stand_on = stand_on or each.key
        rows = min(self._list.count(), _MOST)
        self._list.setFixedHeight(self._list.sizeHintForRow(0) * rows + 2)
        self._hold_the_last()

    def _add(self, each: Column[Never], *, is_shown: bool) -> None:
        item = QListWidgetItem(title_of(each), self._list)
        item.setData(_KEY, each.key)
        item.setCheckState(Qt.CheckState.Checked if is_shown else Qt.CheckState.Unchecked)

    def _items(self) -> list[QListWidgetItem]:
        return [self._list.item(at) for at in range(self._list.count())]

    def _apply(self) -> None:
        items = self._items()
        if len(items) < len(self._view.table.columns):
            return  # in the middle of a drag
        unticked = Qt.CheckState.Unchecked
        hidden = {item.data(_KEY) for item in items if item.checkState() == unticked}
        self._view.arrange([item.data(_KEY) for item in items], hidden)
        self._view.arranged.emit()
        self._hold_the_last()

    def _hold_the_last(self) -> None:
        """Take the tick box of the only column shown away from the mouse and the keyboard."""
        ticked = [i for i in self._items() if i.checkState() == Qt.CheckState.Checked]
        with QSignalBlocker(self._list):
            for item in self._items():
                free = len(ticked) > 1 or item not in ticked
                flags = item.flags() & ~Qt.ItemFlag.ItemIsUserCheckable
                item.setFlags(flags | Qt.ItemFlag.ItemIsUserCheckable if free else flags)
                item.setToolTip("" if free else self.tr("Bảng phải còn ít nhất một cột."))

    def _reset(self) -> None:
        self._view.reset_columns()
        self._view.arranged.emit()
        self._fill()

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        is_key = watched is self._list and event.type() == QEvent.Type.KeyPress
        if is_key and isinstance(event, QKeyEvent) and self._step(event):
            return True
        return super().eventFilter(watched, event)

    def _step(self, event: QKeyEvent) -> bool:
        """Move the current column one place with Alt and an arrow."""
        step = _STEPS.get(Qt.Key(event.key()), 0)
        if not step or event.modifiers() != Qt.KeyboardModifier.AltModifier:
            return False
        at = self._list.currentRow()
        keys = [item.data(_KEY) for item in self._items()]
        if 0 <= at + step < len(keys):
            keys[at], keys[at + step] = keys[at + step], keys[at]
            hidden = {c.key for c, is_shown in self._view.ordered_columns() if not is_shown}
            self._view.arrange(keys, hidden)
            self._view.arranged.emit()
            self._fill(keys[at + step])
        return True
