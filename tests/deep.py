"""A text far deeper than any that is legal, as a hostile or broken package may bring it."""

from __future__ import annotations

from uuid import UUID, uuid4

from app.models import Provision
from app.store import Store

LEVELS = 3_000


def deep_text(store: Store, rule: UUID, levels: int = LEVELS) -> list[UUID]:
    """Enter one clause under the other; returns them from the top."""
    ids = [uuid4() for _ in range(levels)]
    with store.changing("Văn bản sâu") as session:
        for n, id_ in enumerate(ids):
            above = ids[n - 1] if n else None
            given = {"kind": "clause", "number": str(n), "position": "0001"}
            session.add(Provision(id=id_, regulation_id=rule, parent_id=above, **given))
    return ids
