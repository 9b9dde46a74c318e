"""Reviews: sơ kết, tổng kết."""

from __future__ import annotations

from app.kinds.card import Belonging, Card, Concern, Scope, Searched, Whose, first_of

CARD = Card(
    "review",
    "Hội nghị",
    first_of("title"),
    ("title", "kind", "period_from", "period_to", "held_on", "step"),
    aliases=("hội nghị sơ kết", "sơ kết", "tổng kết", "conference"),
    parts=(
        Belonging("review_input", "review_id", "inputs"),
        Belonging("review_figure", "review_id", "figures"),
        Belonging("finding", "review_id", "findings"),
        Belonging("conclusion", "review_id", "conclusions"),
        Belonging("obligation", "review_id", "obligations"),
    ),
    searched=Searched(("title",), ("place", "opening", "situation", "note")),
    scope=Scope(
        Whose.NAMED,
        "Cơ quan của văn phòng này tham gia hội nghị, hoặc là đầu mối",
        is_hubs_too=True,
    ),
    concerns=(
        Concern("review", "id", "host_id", is_withdrawn_too=True),
        Concern("review", "id", "participants", is_withdrawn_too=True),
    ),
    is_merged_by_people=True,
    known_by=("period_to",),
)
