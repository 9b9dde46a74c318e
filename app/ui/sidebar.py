"""The doors of the rooms, with a count where something waits, and the way into the search."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, Qt, Signal
from PySide6.QtGui import QKeyEvent, QMouseEvent
from PySide6.QtWidgets import QButtonGroup, QFrame, QLabel, QPushButton

from app.registers.column import text_of
from app.ui import roominess
from app.ui.common.list.search_field import SearchField
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import Item, button, column, panel, row, rule, text
from app.ui.common.parts.window_state import WindowState
from app.ui.icons import icon
from app.ui.room import Room
from app.ui.theme import hold, space
from app.ui.tokens import M

_KEYS = 9
_MOST_FOLDED = 99  # beside an icon there is room for two digits


class Sidebar(QFrame):
    """Rooms in their order, daily work above the line. `chosen` carries a room's key.

    In a narrow window it is folded to icons and counts, unless the clerk wants it otherwise: that
    is remembered for narrow and for wide windows.
    """

    chosen = Signal(str)
    searched = Signal(str)

    def __init__(self, rooms: Sequence[Room], remember: WindowState) -> None:
        super().__init__()
        self.setObjectName("sidebar")
        self._remember = remember
        self._is_narrow = self.is_folded = False
        self.search = SearchDoor()
        self.search.opened.connect(self.searched)
        self._glass = _plain(self.tr("Tìm mọi nơi"), "search", "Ctrl+K")
        self._glass.clicked.connect(lambda: self.searched.emit(""))
        self._door_to_fold = _plain("", "fold")
        self._door_to_fold.clicked.connect(self._turn)
        self._titles: dict[str, str] = {}
        self._doors: dict[str, QPushButton] = {}
        self._counts: dict[str, QLabel] = {}
        self._waiting: dict[str, int] = {}
        self._group = QButtonGroup(self)
        self._lay_out(rooms)
        self._fold(is_folded=False)

    def set_current(self, key: str) -> None:
        """Mark the room that is on screen."""
        if (door := self._doors.get(key)) is not None:
            door.setChecked(True)

    def set_waiting(self, key: str, count: int) -> None:
        """Show how much waits in a room; nothing for none."""
        self._waiting[key] = count
        title = self._titles[key]
        waiting = self.tr("{}, {} việc đang chờ").format(title, count)
        self._doors[key].setAccessibleName(waiting if count else title)
        self._show_count(key)

    def waiting(self, key: str) -> str:
        """The count that stands at a room's door."""
        return self._counts[key].text()

    def fit(self, window_width: int) -> None:
        """Be as wide as a window of *window_width* pixels has room for, or as the clerk wants."""
        self._is_narrow = not roominess.names_rooms(window_width)
        wanted = self._remember.get(self._key())
        is_folded = self._is_narrow if wanted is None else bool(wanted)
        if is_folded != self.is_folded:
            self._fold(is_folded=is_folded)

    def _turn(self) -> None:
        self._remember.put(self._key(), not self.is_folded)
        self._fold(is_folded=not self.is_folded)

    def _key(self) -> str:
        return "sidebar.narrow" if self._is_narrow else "sidebar.wide"

    def _fold(self, *, is_folded: bool) -> None:
        self.is_folded = is_folded
        had_search = self.search.hasFocus() or self._glass.hasFocus()
        self.search.setVisible(not is_folded)
        self._glass.setVisible(is_folded)
        if had_search:
            (self._glass if is_folded else self.search).setFocus()
        for key, door in self._doors.items():
            door.setText("" if is_folded else "  " + self._titles[key])
            if (layout := door.layout()) is not None:
                space(layout, 0, (0, 0, M.s1 if is_folded else M.s3, 0))
            self._show_count(key)
        words = self.tr("Hiện tên các phòng") if is_folded else self.tr("Thu gọn")
        self._door_to_fold.setIcon(icon("unfold" if is_folded else "fold", "muted"))
        self._door_to_fold.setText("" if is_folded else "  " + words)
        self._door_to_fold.setAccessibleName(words)
        self._door_to_fold.setToolTip(words)
        hold(self, width=M.side_folded if is_folded else M.side)

    def _show_count(self, key: str) -> None:
        count = self._waiting.get(key, 0)
        is_short = self.is_folded and count > _MOST_FOLDED
        words = f"{_MOST_FOLDED}+" if is_short else text_of(count) if count else ""
        self._counts[key].setText(words)

    def _lay_out(self, rooms: Sequence[Room]) -> None:
        parts: list[Item] = []
        for number, room in enumerate(rooms):
            if number and room.group != rooms[number - 1].group:
                parts += [M.s2, row(rule(), pad=(12, 0, 12, 0)), M.s2]
            parts.append(self._door(room, number))
        doors = scrolling(panel(column(*parts, None, gap=1, pad=(M.s2, 0, M.s2, 0)), "sidebar"))
        search = row(self.search, pad=(M.s3, 0, M.s3, 0))
        glass = row(self._glass, pad=(M.s2, 0, M.s2, 0))
        foot = row(self._door_to_fold, pad=(M.s2, M.s1, M.s2, 0))
        whole = column(search, glass, M.s2, doors, foot, pad=(0, M.s3, 0, M.s2))
        whole.setStretch(3, 1)
        self.setLayout(whole)

    def _door(self, room: Room, number: int) -> QPushButton:
        title = QCoreApplication.translate("Room", room.title)
        door = button("  " + title, "nav", room.icon, checked=False)
        door.setAccessibleName(title)
        door.setToolTip(f"{title} (Ctrl+{number + 1})" if number < _KEYS else title)
        count = text("", "badge")
        count.setAttribute(Qt.WidgetAttribute.WA_TransparentForMouseEvents)
        door.setLayout(row(None, count, gap=0))
        door.clicked.connect(lambda: self.chosen.emit(room.key))
        self._group.addButton(door)
        self._titles[room.key] = title
        self._doors[room.key], self._counts[room.key] = door, count
        return door


def _plain(words: str, icon_name: str, key: str = "") -> QPushButton:
    """A door that leads to no room."""
    made = button("  " + words, "nav", icon_name, key=key)
    made.setText("")
    made.setAccessibleName(words)
    made.setToolTip(f"{words} ({key})" if key else words)
    return made


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
