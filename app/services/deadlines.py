"""Deadlines on which two offices disagree: until somebody decides, the earliest one counts.

The rule is the exchange's (sync design, section 5): a duty must not fall due unnoticed because
the later of two dates happens to be shown.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import Session

from app.journal import log
from app.journal.raw import raw

_DUE, _EXTENSION = "due_on", "@extension"


@dataclass(frozen=True)
class Deadline:
    """The due date and the extension of an instance, such that the earliest standing one counts."""

    due_on: date | None
    extended_to: date | None


def disputed(session: Session) -> dict[UUID, dict[str, list[Any]]]:
    """The standing values of every deadline in conflict, as ops carry them, by instance."""
    connection = session.connection()
    rows = raw(connection).execute(
        "SELECT record, field FROM conflict WHERE entity = 'occurrence' AND field IN (?, ?)",
        (_DUE, _EXTENSION),
    )
    found: dict[UUID, dict[str, list[Any]]] = defaultdict(dict)
    for record, name in rows.fetchall():
        found[UUID(bytes=record)][name] = _standing(connection, record, name)
    return found


def earliest(
    due_on: date | None, extended_to: date | None, standing: dict[str, list[Any]]
) -> Deadline:
    """What counts of an instance whose row says *due_on* and *extended_to*."""
    dues = _dates(standing.get(_DUE, ())) or ([due_on] if due_on else [])
    first = min(dues, default=None)
    if _EXTENSION not in standing:
        return Deadline(first, extended_to)
    given = [value.get("extended_to") for value in standing[_EXTENSION] if isinstance(value, dict)]
    later = _dates(given)
    if not later or (first is not None and len(later) < len(given)):
        return Deadline(first, None)  # one side has not extended it at all
    return Deadline(first, min(later))


def _standing(connection: Connection, record: bytes, name: str) -> list[Any]:
    ops = log.load_heads(connection, [record]).of.get((record, name), set())
    return [item.op.value for item in log.ops_by_id(connection, ops).values()]


def _dates(values: Iterable[Any]) -> list[date]:
    return [date.fromisoformat(value) for value in values if isinstance(value, str)]
