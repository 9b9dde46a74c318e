"""Facts of one file alone, never sent: which replica writes here, what the office is called."""

from __future__ import annotations

import json
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection

from app.journal import aliases


@dataclass(frozen=True)
class OfficeFacts:
    """What this file says of its own office. `agencies` are the bodies it speaks for."""

    name: str = ""
    agencies: tuple[UUID, ...] = ()
    clerk: str = ""


@dataclass(frozen=True)
class Restoration:
    """One time that a backup was put in the register's place: when, which file, and why."""

    at: datetime
    source: str
    why: str = ""


def read_office(connection: Connection) -> OfficeFacts:
    """What the file says of its own office."""
    content = get(connection, "office")
    if content is None:
        return OfficeFacts()
    found = json.loads(content)
    said = (UUID(agency) for agency in found.get("agencies", ()))
    shown = dict.fromkeys(_shown(connection, agency) for agency in said)
    return OfficeFacts(found.get("name", ""), tuple(shown), found.get("clerk", ""))


def write_office(connection: Connection, facts: OfficeFacts) -> None:
    """Keep *facts*; a body that is merged stays under the id it was said by, in case they part."""
    known = json.loads(get(connection, "office") or "{}").get("agencies", ())
    by_shown: dict[UUID, list[str]] = {}
    for said in known:
        by_shown.setdefault(_shown(connection, UUID(said)), []).append(said)
    content = {
        "name": facts.name,
        "agencies": [
            said for agency in facts.agencies for said in by_shown.get(agency, [agency.hex])
        ],
        "clerk": facts.clerk,
    }
    put(connection, "office", json.dumps(content, ensure_ascii=False))


def read_restorations(connection: Connection) -> list[Restoration]:
    """Every restore that led to this file, oldest first."""
    told = json.loads(get(connection, "restorations") or "[]")
    return [Restoration(datetime.fromisoformat(at), source, why) for at, source, why in told]


def write_restorations(connection: Connection, known: Sequence[Restoration]) -> None:
    """Keep *known*, which the file that was replaced remembered and a backup may not."""
    told = [(each.at.isoformat(timespec="seconds"), each.source, each.why) for each in known]
    put(connection, "restorations", json.dumps(told, ensure_ascii=False))


def _shown(connection: Connection, agency: UUID) -> UUID:
    return UUID(bytes=aliases.resolve(connection, agency.bytes))


def get(connection: Connection, key: str) -> str | None:
    """The fact of that name, if it was ever said."""
    found: str | None = connection.exec_driver_sql(
        "SELECT value FROM fact WHERE key = ?", (key,)
    ).scalar()
    return found


def put(connection: Connection, key: str, value: str) -> None:
    """Say a fact."""
    connection.exec_driver_sql(
        "INSERT INTO fact (key, value) VALUES (?, ?)"
        " ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )
