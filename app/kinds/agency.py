"""Public bodies."""

from __future__ import annotations

from app.kinds.card import COMMON, Above, Belonging, Card, Scope, Searched, Whose

CARD = Card(
    "agency",
    "Cơ quan",
    lambda agency: agency.called(),
    ("code", "name", "kind", "valid_from", "valid_to"),
    aliases=("đơn vị", "agencies"),
    parts=(
        Belonging("agency_name", "agency_id", "names"),
        Belonging("agency_succession", "agency_id", "successors"),
        Belonging("agency_succession", "successor_id", "predecessors"),
    ),
    above=Above("superior_id", "Cơ quan cấp trên lại thuộc chính cơ quan này."),
    searched=Searched(("name",), ("short_name", "code", "place", "focal", "note")),
    scope=Scope(Whose.EVERYBODY, COMMON),
    is_merged_by_people=True,
    picked=lambda agency: agency.name,
    known_by=("name",),
)
