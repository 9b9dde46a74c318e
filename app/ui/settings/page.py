"""Cài đặt: a row of parts under the title, one on screen."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import Any

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QFrame, QPushButton, QWidget

from app.ui.common.parts.flow import Flow
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Place, Saying
from app.ui.common.parts.pages import Pages
from app.ui.common.parts.widgets import button, column, heading, row
from app.ui.settings.about_part import AboutPart
from app.ui.settings.backup_page import BackupPage
from app.ui.settings.clerk_page import ClerkPage
from app.ui.settings.display_part import DisplayPart
from app.ui.settings.health_part import HealthPart
from app.ui.settings.office_part import OfficePart
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP

_PARTS: dict[str, tuple[str, Callable[[Office], QWidget]]] = {
    "office": (QT_TRANSLATE_NOOP("SettingsPage", "Văn phòng"), OfficePart),
    "display": (QT_TRANSLATE_NOOP("SettingsPage", "Hiển thị"), DisplayPart),
    "clerk": (QT_TRANSLATE_NOOP("SettingsPage", "Cán bộ"), ClerkPage),
    "backup": (QT_TRANSLATE_NOOP("SettingsPage", "Sao lưu"), BackupPage),
    "health": (QT_TRANSLATE_NOOP("SettingsPage", "Kiểm tra"), HealthPart),
    "about": (QT_TRANSLATE_NOOP("SettingsPage", "Giới thiệu"), AboutPart),
}


class SettingsPage(QFrame):
    """`office.go("settings", view="backup")` comes to one part; each is made when first seen."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.setObjectName("canvas")
        self._made: dict[str, QWidget] = {}
        self._doors: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._key = "office"
        self._stack = Pages()
        self.message = MessageBar()
        title = heading(QCoreApplication.translate("Room", "Cài đặt"), "")
        whole = column(title, row(self._row(), pad=(M.s2, 0, M.s4, 2)), self.message, self._stack)
        whole.setStretch(3, 1)
        self.setLayout(whole)
        self.show_part("office")

    @property
    def part(self) -> QWidget:
        """What is on screen."""
        return self._made[self._key]

    @property
    def commands(self) -> dict[str, QAction]:
        """The commands of what is on screen, for the sheet of keys."""
        found: dict[str, QAction] = getattr(self.part, "commands", {})
        return found

    @property
    def selection_words(self) -> str:
        """What the status bar says of the part on screen."""
        return str(getattr(self.part, "selection_words", ""))

    def show_part(self, key: str) -> QWidget:
        """Bring the part *key* on screen."""
        if key not in self._made:
            self._made[key] = _PARTS[key][1](self.office)
            self._stack.addWidget(self._made[key])
        self._key = key
        self._doors[key].setChecked(True)
        self._stack.setCurrentWidget(self._made[key])
        self.message.close_message()
        self.office.note_selection(self.selection_words)
        self.setFocusProxy(self._doors[key])
        return self._made[key]

    def arrive(self, place: Place) -> None:
        """Show the part that is named, or the clerk."""
        key = place.room if place.room in _PARTS else place.view or ""
        if key in _PARTS:
            part = self.show_part(key)
            self.setFocus(Qt.FocusReason.OtherFocusReason)
            arrive = getattr(part, "arrive", None)
            if arrive is not None:
                arrive(Place(place.room, place.record_id))

    def say(self, saying: Saying) -> None:
        """Put a sentence where the part on screen shows its own, else under the title."""
        own: Any = getattr(self.part, "say", None)
        if own is not None:
            own(saying)
        else:
            self.message.say(saying.kind, saying.sentence, saying.links)

    def resume_draft(self, key: str) -> None:
        """Open again the form that was left with a draft."""
        kind = key.partition(".")[0]
        part: Any = self.show_part(kind if kind in _PARTS else "office")
        part.resume_draft(key)

    def _row(self) -> Flow:
        flow = Flow(2)
        for key, (words, _) in _PARTS.items():
            title = QCoreApplication.translate("SettingsPage", words)
            door = button(title, "view", checked=False, does=partial(self.show_part, key))
            door.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
            self._group.addButton(door)
            self._doors[key] = door
            flow.addWidget(door)
        return flow
