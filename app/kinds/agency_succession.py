"""Which body went on with the work of another."""

from __future__ import annotations

from app.kinds.card import Card
from app.text import date_words

CARD = Card(
    "agency_succession",
    "Kế thừa cơ quan",
    lambda link: f"kế thừa từ {date_words(link.effective_on)}" if link.effective_on else "kế thừa",
    ("agency_id", "kind", "successor_id", "effective_on", "decision"),
    aliases=("succession",),
)
