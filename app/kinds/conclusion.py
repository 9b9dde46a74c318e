"""What the chair of a review concluded."""

from __future__ import annotations

from app.kinds.card import Belonging, Card, Searched

CARD = Card(
    "conclusion",
    "Kết luận",
    lambda conclusion: f"{conclusion.ordinal}. {conclusion.text}",
    ("review_id", "ordinal", "text", "lead_id", "deadline"),
    parts=(Belonging("obligation", "conclusion_id", "obligations"),),
    known_by=("text",),
    searched=Searched(("text",), ("deadline",), "review_id", "review"),
)
