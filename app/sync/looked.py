"""Which version of the program has looked at the change sets that an older one put aside."""

from __future__ import annotations

from sqlalchemy import Connection

from app import __version__
from app.store import facts
from app.store.upgrade import CURRENT

_SEEN = "held_seen_by"


def is_due(connection: Connection) -> bool:
    """Whether this version of the program has not yet looked at what is held."""
    return facts.get(connection, _SEEN) != _version()


def note(connection: Connection) -> None:
    """Remember that this version has looked."""
    facts.put(connection, _SEEN, _version())


def _version() -> str:
    return f"{__version__}/{CURRENT}"
