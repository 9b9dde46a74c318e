"""How a recipient registered what it received."""

from __future__ import annotations

from app.kinds.card import Card, Searched, first_of

CARD = Card(
    "exchange_receipt",
    "Vào sổ đến",
    first_of("number", "received_on"),
    ("exchange_id", "agency_id", "number", "received_on", "handled_by"),
    aliases=("sổ đến",),
    key=("exchange_id", "agency_id"),
    owners=("exchange_id", "agency_id"),
    is_named_by_owners=True,
    under="exchange_id",
    searched=Searched(("number",), ("handled_by",), "exchange_id", "exchange", weight=1.5),
    reference=("number", "handled_by"),
    speaks_of=("exchange_id",),
)
