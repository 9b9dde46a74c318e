"""The room Văn bản căn cứ: what regulations rest upon, and whether it still holds."""

from app.ui.legal_document.page import LegalDocumentPage
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP

ROOM = Room(
    key="legal_document",
    title=QT_TRANSLATE_NOOP("Room", "Văn bản căn cứ"),
    icon="basis",
    page=LegalDocumentPage,
    group=1,
)
