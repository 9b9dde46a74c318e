"""What an application did to the records a clerk sees."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from app.journal import apply as applying
from app.journal.raw import in_parts, marks, raw


def lives(connection: Connection, touched: dict[bytes, str]) -> dict[bytes, str]:
    """Whether each touched record that is here lives: record → `live`, `deleted`, `disputed`."""
    by_entity: dict[str, list[str]] = defaultdict(list)
    for record, entity in touched.items():
        by_entity[entity].append(record.hex())
    found: dict[bytes, str] = {}
    for entity, ids in by_entity.items():
        table = applying.table_of(entity)
        for chunk in in_parts(ids):
            rows = raw(connection).execute(
                f'SELECT id, life FROM "{table}" WHERE id IN ({marks(chunk)})', chunk
            )
            found |= {bytes.fromhex(row[0]): row[1] for row in rows}
    return found


def conflicts(connection: Connection) -> set[tuple[str, bytes, str]]:
    """Every field in conflict: (entity, record, field)."""
    rows = raw(connection).execute("SELECT entity, record, field FROM conflict")
    return {tuple(row) for row in rows}
