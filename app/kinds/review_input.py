"""What one body sent to a review."""

from __future__ import annotations

from app.kinds.card import Belonging, Card, Concern, Scope, Searched, Whose, first_of

CARD = Card(
    "review_input",
    "Báo cáo của cơ quan",
    first_of("number", "id"),
    ("review_id", "agency_id", "regulation_id", "number", "received_on"),
    aliases=("báo cáo", "input"),
    parts=(
        Belonging("review_figure", "input_id", "figures"),
        Belonging("finding", "input_id", "findings"),
    ),
    key=("review_id", "agency_id", "regulation_id"),
    owners=("agency_id",),
    is_named_by_owners=True,
    searched=Searched(("number", "summary"), ("note",), "review_id", "review"),
    scope=Scope(
        Whose.NAMED,
        "Báo cáo của cơ quan này, hoặc gửi cho cơ quan chủ trì và đầu mối",
        is_hubs_too=True,
    ),
    concerns=(
        Concern("review_input", "id", "agency_id", is_withdrawn_too=True),
        Concern(
            "review_input", "id", "host_id", through="review_id", of="review", is_withdrawn_too=True
        ),
    ),
    reference=("number",),
    speaks_of=("regulation_id",),
)
