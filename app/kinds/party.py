"""Bodies bound by a regulation."""

from __future__ import annotations

from app.kinds.card import Card, Concern
from app.models.regulation import ROLES

CARD = Card(
    "party",
    "Bên tham gia",
    lambda party: ROLES.get(party.role, party.role),
    ("regulation_id", "agency_id", "role", "name_as_signed"),
    aliases=("parties",),
    key=("regulation_id", "agency_id", "role"),
    owners=("agency_id", "regulation_id"),
    is_named_by_owners=True,
    concerns=(Concern("regulation", "regulation_id", "agency_id"),),
    speaks_of=("regulation_id",),
)
