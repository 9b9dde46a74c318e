"""What a body must do, once or again and again."""

from __future__ import annotations

from app.kinds.card import Belonging, Card, Concern, Scope, Searched, Whose, first_of

_OWN = ("regulation_id", "review_id")

CARD = Card(
    "obligation",
    "Nghĩa vụ",
    first_of("title"),
    ("title", "lead_id", "coordinating", "recurrence", "regulation_id", "standing"),
    aliases=("nhiệm vụ",),
    parts=(Belonging("occurrence", "obligation_id", "occurrences"),),
    searched=Searched(("title",), ("product", "receiver", "quote", "note")),
    scope=Scope(Whose.NAMED, "Cơ quan của văn phòng này được giao nghĩa vụ"),
    concerns=(
        Concern("regulation", "regulation_id", "lead_id"),
        Concern("regulation", "regulation_id", "coordinating"),
        Concern("review", "review_id", "lead_id", unless=("regulation_id",)),
        Concern("obligation", "id", "lead_id", unless=_OWN, is_withdrawn_too=True),
        Concern("obligation", "id", "coordinating", unless=_OWN, is_withdrawn_too=True),
    ),
    is_merged_by_people=True,
    opens_itself=True,
    speaks_of=("regulation_id",),
)
