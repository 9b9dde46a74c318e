"""The doors of the rooms, with a count where something waits, and the way into the search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QLayout, QPushButton, QWidget

from app.registers.column import text_of
from app.ui.common.search_field import SearchField
from app.ui.common.widgets import Item, button, column, row, rule, text
from app.ui.room import Room
from app.ui.theme import hold
from app.ui.tokens import M

_KEYS = 9


class Sidebar(QFrame):
    """Rooms in their order, daily work above the line. `chosen` carries a room's key."""

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, rooms: Sequence[Room], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setObjectName("sidebar")
        self.search = SearchDoor()
        self.search.opened.connect(self.searched)
        self._doors: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        self._group = QButtonGroup(self)
        self.setLayout(self._filled(rooms))
        hold(self, width=M.side)

    def set_current(self, key: str) -> None:
        """Mark the room that is on screen."""
        if (door := self._doors.get(key)) is not None:
            door.setChecked(True)

    def set_waiting(self, key: str, count: int) -> None:
        """Show how much waits in a room; nothing for none."""
        shown = self._counts[key]
        shown.setText(text_of(count) if count else "")
        title = self._doors[key].text().strip()
        waiting = self.tr("{}, {} việc đang chờ").format(title, count)
        self._doors[key].setAccessibleName(waiting if count else title)

    def waiting(self, key: str) -> str:
        """The count that stands at a room's door."""
        return self._counts[key].text()

    def _filled(self, rooms: Sequence[Room]) -> QLayout:
        parts: list[Item] = [row(self.search, pad=(4, 0, 4, 0)), M.s2]
        for number, room in enumerate(rooms):
            if number and room.group != rooms[number - 1].group:
                parts += [M.s2, row(rule(), pad=(12, 0, 12, 0)), M.s2]
            parts.append(self._door(room, number))
        return column(*parts, None, gap=1, pad=(M.s2, M.s3, M.s2, M.s2))

    def _door(self, room: Room, number: int) -> QPushButton:
        title = QCoreApplication.translate("Room", room.title)
        door = button("  " + title, "nav", room.icon, checked=False)
        door.setAccessibleName(title)
        if number < _KEYS:
            door.setToolTip(f"{title} (Ctrl+{number + 1})")
        count = text("", "badge")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        door.setLayout(row(None, count, pad=(0, 0, M.s3, 0)))
        door.clicked.connect(lambda: self.chosen.emit(room.key))
        self._group.addButton(door)
        self._doors[room.key], self._counts[room.key] = door, count
        return door


class SearchDoor(SearchField):
    """Looks like a field and opens the palette: by a click, Enter, or the first letter typed."""

    opened = Signal(str)

    def __init__(self) -> None:
        super().__init__("")
        self.setPlaceholderText(self.tr("Tìm mọi nơi  Ctrl+K"))
        self.setAccessibleName(self.tr("Tìm mọi nơi"))
        self.setContextMenuPolicy(Qt.ContextMenuPolicy.NoContextMenu)
        # an input method must compose its first letter in the palette, not here
        self.setAttribute(Qt.WidgetAttribute.WA_InputMethodEnabled, on=False)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        event.accept()
        self.opened.emit("")

    def keyPressEvent(self, event: QKeyEvent) -> None:
        typed = event.text()
        if typed.isprintable() and typed.strip():
            self.opened.emit(typed)
        elif event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter, Qt.Key.Key_Space):
            self.opened.emit("")
        else:
            super().keyPressEvent(event)
