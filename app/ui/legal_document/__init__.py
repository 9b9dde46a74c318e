"""The room Văn bản căn cứ: what regulations rest upon, and whether it still holds."""

from __future__ import annotations

from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _page() -> type[Page]:
    from app.ui.legal_document.page import LegalDocumentPage

    return LegalDocumentPage


ROOM = Room(
    key="legal_document",
    title=QT_TRANSLATE_NOOP("Room", "Văn bản căn cứ"),
    icon="basis",
    page=_page,
    group=1,
)
