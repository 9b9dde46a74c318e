"""What a clerk may pick where a field refers to other records."""

from __future__ import annotations

from uuid import UUID

from sqlmodel import Session

from app.kinds import CARDS
from app.services.any_kind import records
from app.text import collated, shortened

Choice = tuple[UUID, str]
_SHOWN = 70
"""As many letters as the field of a form at 1366 points shows."""


def of_kind(session: Session, entity: str) -> list[Choice]:
    """The live records of *entity* as id and words, in Vietnamese order."""
    card = CARDS[entity]
    found = [
        (r.id, shortened(card.picked_as(r), _SHOWN)) for r in records.live(session, card.model)
    ]
    return sorted(found, key=lambda choice: collated(choice[1]))
