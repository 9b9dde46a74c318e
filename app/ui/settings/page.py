"""Cài đặt: a row of parts under the title, one on screen."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from PySide6.QtCore import QCoreApplication, Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QButtonGroup, QPushButton, QWidget

from app.ui.common.parts.flow import Flow
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Place
from app.ui.common.parts.page import Page
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

_PARTS: dict[str, tuple[str, Callable[[Office], Page]]] = {
    "office": (QT_TRANSLATE_NOOP("SettingsPage", "Văn phòng"), OfficePart),
    "display": (QT_TRANSLATE_NOOP("SettingsPage", "Hiển thị"), DisplayPart),
    "clerk": (QT_TRANSLATE_NOOP("SettingsPage", "Cán bộ"), ClerkPage),
    "backup": (QT_TRANSLATE_NOOP("SettingsPage", "Sao lưu"), BackupPage),
    "health": (QT_TRANSLATE_NOOP("SettingsPage", "Kiểm tra"), HealthPart),
    "about": (QT_TRANSLATE_NOOP("SettingsPage", "Giới thiệu"), AboutPart),
}


class SettingsPage(Page):
    """`office.go("settings", view="backup")` comes to one part; each is made when first seen."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setObjectName("canvas")
        self._made: dict[str, Page] = {}
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
    def part(self) -> Page:
        """What is on screen."""
        return self._made[self._key]

    @property
    def shown_commands(self) -> Mapping[str, QAction]:
        return self.part.shown_commands

    @property
    def selection_words(self) -> str:
        """What the status bar says of the part on screen."""
        return self.part.selection_words

    def show_part(self, key: str) -> Page:
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
            part.arrive(Place(place.room, place.record_id))

    @property
    def message_bar(self) -> MessageBar:
        """That of the part on screen, else the one under the title."""
        return self.part.message_bar or self.message

    def resume_draft(self, key: str) -> None:
        """Open again the form that was left with a draft."""
        kind = key.partition(".")[0]
        part = self.show_part(kind if kind in _PARTS else "office")
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
