"""Đồng bộ: the offices of the circle, packages out and in, and what two offices disagree on."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP

if TYPE_CHECKING:
    from app.ui.common.parts.office import Office


def _page() -> type[Page]:
    from app.ui.sync.page import SyncPage

    return SyncPage


def _waiting(office: Office) -> int:
    """How many fields and changes wait for a decision: the number at the room's door."""
    from app.services.sync import doorstep

    with office.store.reading() as session:
        return doorstep.waiting(session)


ROOM = Room("sync", QT_TRANSLATE_NOOP("Room", "Đồng bộ"), "sync", _page, waiting=_waiting)
