"""What a newer regulation does to an older one."""

from __future__ import annotations

from app.kinds.card import Card
from app.models.regulation import RELATION_KINDS

CARD = Card(
    "relation",
    "Quan hệ giữa quy chế",
    lambda relation: RELATION_KINDS.get(relation.kind, relation.kind),
    ("regulation_id", "kind", "older_id", "effective_on", "articles"),
    aliases=("quan hệ",),
    key=("regulation_id", "older_id", "kind"),
    owners=("regulation_id",),
    is_named_by_owners=True,
    speaks_of=("regulation_id", "older_id"),
)
