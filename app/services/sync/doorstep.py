"""What the window says of the exchange at every change: how much waits, and when the last was.

So it is cheap, and loads nothing of the exchange before there has been any.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime

from sqlmodel import Session

from app.journal.raw import raw
from app.sync.circle import office_names
from app.text import capitalized
from app.words import told

_LONG = 14  # days without a package after which the list says so


@dataclass(frozen=True)
class Exchanged:
    """The newest exchange with one office, in words. `id` is the office's."""

    id: bytes
    office: str
    day: date
    note: str


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


def is_in_circle(session: Session) -> bool:
    """Whether this office exchanges with others at all."""
    row = raw(session.connection()).execute("SELECT 1 FROM roster LIMIT 1").fetchone()
    return row is not None


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

    return datetime.fromisoformat(row[0]), office_names(connection).get(row[1], "")


def last_exchanges(session: Session, *, today: date, most: int = 3) -> tuple[Exchanged, ...]:
    """The newest exchange with each office, the newest first; empty before there was any."""
    connection = session.connection()
    rows = (
        raw(connection)
        .execute("SELECT office, is_ours, sets, at FROM package ORDER BY at DESC, number DESC")
        .fetchall()
    )
    if not rows:
        return ()

    names = office_names(connection)
    newest: dict[bytes, dict[bool, tuple[int, date]]] = {}
    for office, is_ours, sets, at in rows:
        day = datetime.fromisoformat(at).date()
        newest.setdefault(office, {}).setdefault(bool(is_ours), (sets, day))
    found = [
        Exchanged(office, names[office], max(day for _, day in of.values()), _note(of, today))
        for office, of in newest.items()
        if office in names
    ]
    return tuple(sorted(found, key=lambda item: item.day, reverse=True)[:most])


def _note(of: dict[bool, tuple[int, date]], today: date) -> str:
    """The changes received and sent last; or how long nothing has been sent."""
    sent, got = of.get(True), of.get(False)
    if sent is not None and (today - sent[1]).days >= _LONG:
        return told("{days} ngày chưa gửi", days=(today - sent[1]).days)
    parts = [
        told("nhận {got}", got=got[0]) if got else "",
        told("gửi {sent}", sent=sent[0]) if sent else "",
    ]
    words = ", ".join(filter(None, parts))
    return capitalized(words)
