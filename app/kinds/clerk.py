"""Who is writing, by position."""

from __future__ import annotations

from app.kinds.card import Card, Scope, Whose, first_of

CARD = Card(
    "clerk",
    "Cán bộ",
    first_of("position"),
    ("position", "unit", "is_active"),
    aliases=("người ghi sổ",),
    scope=Scope(Whose.NOBODY),
)
