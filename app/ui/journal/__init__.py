"""The room Nhật ký: who did what, when, field by field."""

from __future__ import annotations

from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _page() -> type[Page]:
    from app.ui.journal.page import JournalPage

    return JournalPage


ROOM = Room(
    key="journal",
    title=QT_TRANSLATE_NOOP("Room", "Nhật ký"),
    icon="log",
    page=_page,
    group=1,
)
