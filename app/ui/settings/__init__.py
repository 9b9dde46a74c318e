"""The room Cài đặt: this office, how the program looks, clerks, backups, the file's health."""

from __future__ import annotations

from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _page() -> type[Page]:
    from app.ui.settings.page import SettingsPage

    return SettingsPage


ROOM = Room(
    key="settings",
    title=QT_TRANSLATE_NOOP("Room", "Cài đặt"),
    icon="settings",
    page=_page,
    group=1,
    opens=("clerk",),
)
