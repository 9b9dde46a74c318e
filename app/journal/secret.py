"""Which records are secret papers, and which say what stands in one: asked by every reader.

The log keeps what was once written, also of a paper that has been marked secret since; whoever
shows the log asks here first.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable

from sqlalchemy import Connection

from app.journal.raw import in_parts, marks, raw
from app.kinds import CARDS, Card
from app.words import marked

PAPERS = tuple(card for card in CARDS.values() if card.is_paper)
"""The kinds of document that may be secret."""
HIDDEN_LABEL = marked("Thay đổi ở văn bản mật")
"""What an action is called that touched one: its own name may say what stands in it."""


def speaks_of_secret(card: Card, row: str = "t") -> str:
    """An SQL condition: whether the row called *row*, of *card*, says what stands in a paper."""
    named = [(f"{row}.{name}", card.traits[name].refers) for name in card.speaks_of]
    if card.model.IS_CARRIED:
        named += [(f"{row}.family_id", paper.entity) for paper in PAPERS]
    asked = [_is_secret(column, CARDS[kind]) for column, kind in named if CARDS[kind].is_paper]
    return f"({' OR '.join(asked)})" if asked else "0"


def papers(connection: Connection) -> set[bytes]:
    """The secret papers of the register."""
    asked = " UNION ALL ".join(
        f"SELECT id FROM {paper.table} WHERE secrecy <> 'none'" for paper in PAPERS
    )
    return {bytes.fromhex(row[0]) for row in raw(connection).execute(asked)}


def hidden(connection: Connection, records: Iterable[tuple[str, bytes]]) -> set[bytes]:
    """Those of *records* (kind, id) that are secret papers or repeat what stands in one."""
    listed = list(records)
    secret = papers(connection)
    if not secret:
        return set()
    return {record for _, record in listed if record in secret} | speaking(connection, listed)


def speaking(connection: Connection, records: Iterable[tuple[str, bytes]]) -> set[bytes]:
    """Those of *records* (kind, id) that repeat what stands in a secret paper."""
    by_kind: dict[str, set[bytes]] = defaultdict(set)
    for entity, record in records:
        by_kind[entity].add(record)
    found: set[bytes] = set()
    for entity, ids in by_kind.items():
        if entity in CARDS and (condition := speaks_of_secret(CARDS[entity])) != "0":
            found |= _meeting(connection, CARDS[entity], condition, sorted(ids))
    return found


def _meeting(connection: Connection, card: Card, condition: str, ids: list[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for some in in_parts(id_.hex() for id_ in ids):
        rows = raw(connection).execute(
            f"SELECT t.id FROM {card.table} t WHERE t.id IN ({marks(some)}) AND {condition}", some
        )
        found |= {bytes.fromhex(row[0]) for row in rows}
    return found


def _is_secret(column: str, paper: Card) -> str:
    return (
        f"EXISTS (SELECT 1 FROM {paper.table} paper"
        f" WHERE paper.id = {column} AND paper.secrecy <> 'none')"
    )
