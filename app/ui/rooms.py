"""Every room, in sidebar order. Adding a feature ends with one line here."""

from __future__ import annotations

from collections.abc import Sequence

from app.ui import (
    agency,
    journal,
    legal_document,
    obligation,
    overview,
    regulation,
    review,
    settings,
)
from app.ui.room import Room

ROOMS: tuple[Room, ...] = (
    overview.ROOM,
    regulation.ROOM,
    obligation.ROOM,
    review.ROOM,
    agency.ROOM,
    legal_document.ROOM,
    journal.ROOM,
    settings.ROOM,
)


def room_of(kind: str, rooms: Sequence[Room]) -> Room | None:
    """The room that shows records of *kind*.

    A page names the further kinds it can show in `opens`: the Quy chế room opens at a provision.
    """
    for room in rooms:
        if kind == room.key or kind in getattr(room.page, "opens", ()):
            return room
    return None
