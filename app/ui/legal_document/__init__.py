"""The room Văn bản căn cứ: what regulations rest upon, and whether it still holds."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _page() -> type[QWidget]:
    from app.ui.legal_document.page import LegalDocumentPage

    return LegalDocumentPage


ROOM = Room(
    key="legal_document",
    title=QT_TRANSLATE_NOOP("Room", "Văn bản căn cứ"),
    icon="basis",
    page=_page,
    group=1,
)
