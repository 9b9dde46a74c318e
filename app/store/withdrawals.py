"""Packages taken back, and put back again where taking them back is undone."""

from __future__ import annotations

from sqlalchemy import Connection

from app.journal.raw import raw

APPLIED, WITHDRAWN = "applied", "withdrawn"
"""What became of a package that was received."""


def note(connection: Connection, package: bytes, batch: bytes) -> None:
    """*package* has been taken back by the change *batch*."""
    raw(connection).execute(
        "UPDATE package SET state = ?, withdrawal = ? WHERE id = ?", (WITHDRAWN, batch, package)
    )


def follow(connection: Connection, reverted: bytes, batch: bytes) -> None:
    """The change *reverted* has been undone, or redone, by *batch*: so is what it did to packages.

    From now on it is *batch* that an undo or redo would revert. *reverted* is empty for a change
    that reverts nothing.
    """
    if not reverted:
        return
    raw(connection).execute(
        "UPDATE package SET withdrawal = ?, state = CASE state WHEN ? THEN ? ELSE ? END"
        " WHERE withdrawal = ?",
        (batch, WITHDRAWN, APPLIED, WITHDRAWN, reverted),
    )
