"""How much waits for a decision in the room Đồng bộ; read at every change, so it is cheap."""

from __future__ import annotations

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
