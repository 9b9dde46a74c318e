"""Every room, in sidebar order. Adding a feature ends with one line here."""

from __future__ import annotations

from collections.abc import Sequence

from app.ui import (
    agency,
    exchange,
    journal,
    legal_document,
    obligation,
    overview,
    regulation,
    review,
    settings,
    sync,
)
from app.ui.room import Room

ROOMS: tuple[Room, ...] = (
    overview.ROOM,
    regulation.ROOM,
    obligation.ROOM,
    exchange.ROOM,
    review.ROOM,
    sync.ROOM,
    agency.ROOM,
    legal_document.ROOM,
    journal.ROOM,
    settings.ROOM,
)


def room_of(kind: str, rooms: Sequence[Room]) -> Room | None:
    """The room that shows records of *kind*: the Quy chế room opens at a provision too."""
    return next((room for room in rooms if room.shows(kind)), None)
