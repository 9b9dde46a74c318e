"""Results, shortcomings, causes, lessons and proposals."""

from __future__ import annotations

from app.kinds.card import Card, Searched
from app.models.review import FINDING_KINDS

CARD = Card(
    "finding",
    "Nội dung sơ kết",
    lambda finding: f"{FINDING_KINDS.get(finding.kind, '')}: {finding.text}",
    ("review_id", "kind", "agency_id", "text", "origin"),
    aliases=("nhận xét",),
    known_by=("text",),
    searched=Searched(("text",), (), "review_id", "review", weight=1.2),
    speaks_of=("regulation_id",),
    is_content=True,
)
