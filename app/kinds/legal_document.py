"""Documents that regulations rest upon."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.kinds.card import COMMON, Above, Belonging, Card, Scope, Searched, Whose, first_of
from app.text import date_words

if TYPE_CHECKING:
    from app.models import LegalDocument


def _picked(document: LegalDocument) -> str:
    """Number, day, and what it is about."""
    day = date_words(document.issued_on, " ngày ")
    about = f", {document.abstract}" if document.abstract else ""
    return f"{document.number}{day}{about}"


CARD = Card(
    "legal_document",
    "Văn bản căn cứ",
    first_of("number"),
    ("number", "kind", "issued_on", "issuer", "standing", "abstract"),
    aliases=("văn bản", "document", "documents"),
    parts=(Belonging("legal_basis", "document_id", "bases"),),
    above=Above("replaced_by_id", "Văn bản thay thế lại được thay thế bằng chính văn bản này."),
    searched=Searched(("number", "abstract"), ("issuer", "note")),
    scope=Scope(Whose.EVERYBODY, COMMON),
    is_merged_by_people=True,
    picked=_picked,
    is_numbered=True,
    reference=("number", "issuer", "stored_at"),
)
