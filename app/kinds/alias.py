"""What a person said of two records that may be one."""

from __future__ import annotations

from app.kinds.card import Card, first_of

CARD = Card(
    "alias",
    "Quyết định về bản ghi trùng",
    first_of("reason"),
    ("kind", "one_id", "other_id", "verdict", "reason"),
    is_listed=False,
)
