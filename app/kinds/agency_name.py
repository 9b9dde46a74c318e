"""Names that a body bore before."""

from __future__ import annotations

from app.kinds.card import Card, Searched, first_of

CARD = Card(
    "agency_name",
    "Tên cũ của cơ quan",
    first_of("name"),
    ("agency_id", "name", "valid_from", "valid_to"),
    aliases=("tên cơ quan", "name", "names"),
    owners=("agency_id",),
    searched=Searched(("name",), ("short_name",), "agency_id", "agency"),
)
