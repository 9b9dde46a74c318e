"""The room Cài đặt: this office, how the program looks, clerks, backups, the file's health."""

from app.ui.room import Room
from app.ui.settings.page import SettingsPage
from app.words import QT_TRANSLATE_NOOP

ROOM = Room(
    key="settings",
    title=QT_TRANSLATE_NOOP("Room", "Cài đặt"),
    icon="settings",
    page=SettingsPage,
    group=1,
)
