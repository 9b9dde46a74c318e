"""What a regulation rests upon."""

from __future__ import annotations

from app.kinds.card import Card, first_of

CARD = Card(
    "legal_basis",
    "Căn cứ pháp lý",
    first_of("note", "id"),
    ("regulation_id", "document_id", "note"),
    aliases=("căn cứ", "basis"),
    key=("regulation_id", "document_id"),
    owners=("document_id", "regulation_id"),
    is_named_by_owners=True,
    speaks_of=("regulation_id", "document_id"),
)
