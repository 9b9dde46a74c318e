"""What the chair of a conference concluded."""

from __future__ import annotations

from app.kinds.card import Card, Part, Searched

CARD = Card(
    "conclusion",
    "Kết luận",
    lambda conclusion: f"{conclusion.ordinal}. {conclusion.text}",
    ("review_id", "ordinal", "text", "lead_id", "deadline"),
    parts=(Part("obligation", "conclusion_id", "obligations"),),
    searched=Searched(("text",), ("deadline",), "review_id", "review"),
)
