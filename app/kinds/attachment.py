"""Files that hang on a record."""

from __future__ import annotations

from app.kinds.card import Card, Searched, first_of

CARD = Card(
    "attachment",
    "Tệp đính kèm",
    first_of("name"),
    ("name", "owner_kind", "size", "note"),
    aliases=("tệp", "file"),
    under="owner_id",
    searched=Searched(("name",), ("note",), "family_id", "", weight=1.2),
    is_content=True,
)
