"""Documents that regulations rest upon."""

from __future__ import annotations

from app.kinds.card import COMMON, Above, Belonging, Card, Scope, Searched, Whose, first_of

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
    reference=("number", "issuer", "stored_at"),
)
