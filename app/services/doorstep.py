"""What the window says of the exchange at every change: how much waits, and when the last was.

So it is cheap, and loads nothing of the exchange before there has been any.
"""

from __future__ import annotations

from datetime import datetime

from sqlmodel import Session

from app.journal.raw import raw


def waiting(session: Session) -> int:
    """Fields in conflict and changes set aside that nobody has decided on."""
    row = (
        raw(session.connection())
        .execute(
            "SELECT (SELECT count(*) FROM conflict)"
            " + (SELECT count(*) FROM quarantine WHERE verdict = '')"
        )
        .fetchone()
    )
    return int(row[0])


def last_exchange(session: Session) -> tuple[datetime, str] | None:
    """When the newest package was made or received, and with which office."""
    connection = session.connection()
    row = (
        raw(connection)
        .execute("SELECT at, office FROM package ORDER BY at DESC, number DESC LIMIT 1")
        .fetchone()
    )
    if row is None:
        return None
    from app.services import exchange

    return datetime.fromisoformat(row[0]), exchange.office_names(connection).get(row[1], "")
