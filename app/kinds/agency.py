"""Public bodies."""

from __future__ import annotations

from app.kinds.card import COMMON, Above, Card, Part, Scope, Searched, Whose

CARD = Card(
    "agency",
    "Cơ quan",
    lambda agency: agency.called(),
    ("code", "name", "kind", "valid_from", "valid_to"),
    aliases=("đơn vị", "agencies"),
    parts=(
        Part("agency_name", "agency_id", "names"),
        Part("agency_succession", "agency_id", "successors"),
        Part("agency_succession", "successor_id", "predecessors"),
    ),
    above=Above("superior_id", "Cơ quan cấp trên lại thuộc chính cơ quan này."),
    searched=Searched(("name",), ("short_name", "code", "place", "focal", "note")),
    scope=Scope(Whose.EVERYBODY, COMMON),
    is_merged_by_people=True,
)
