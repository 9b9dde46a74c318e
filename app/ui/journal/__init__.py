"""The room Nhật ký: who did what, when, field by field."""

from app.ui.journal.page import JournalPage
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP

ROOM = Room(
    key="journal",
    title=QT_TRANSLATE_NOOP("Room", "Nhật ký"),
    icon="log",
    page=JournalPage,
    group=1,
)
