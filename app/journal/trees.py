"""Links to the record above stay a forest, whatever comes together.

Each office keeps its own tree free of rings; two that have not seen each other may close one. Of
the links that close a ring the earliest in the log's own order (lamport, then op id) is not shown:
its record stands at the top, and the field is in conflict until somebody decides or another link
of the ring goes. The newest link is always shown, so that a move made here is never undone by
older ones. Each record has at most one link upward, so no two rings have a record in common, and
what is shown depends on the links alone: not on the order in which they came.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from functools import lru_cache

from sqlalchemy import Connection

from app.journal import aliases, log
from app.journal.judge import Judge
from app.journal.plain import Layout, layout_of
from app.journal.raw import in_parts, marks, raw
from app.kinds import CARDS

Records = dict[bytes, str]
"""Records and what kind each is."""
Leads = dict[bytes, bytes | None]
"""Records and the one above each."""


@dataclass(frozen=True)
class Tree:
    """A kind of record whose records stand under one another."""

    entity: str
    table: str
    column: str
    name: str  # of its ops: the column's, or that of the group that holds it
    layout: Layout


@dataclass(frozen=True)
class _Wish:
    """Where the log wants a record to stand, and the place of that word in the log's order."""

    above: bytes | None
    order: tuple[int, bytes]
    is_disputed: bool


@lru_cache(maxsize=1)
def trees() -> Mapping[str, Tree]:
    """Every kind of record that stands under others of its kind."""
    found: dict[str, Tree] = {}
    for entity, card in CARDS.items():
        layout = layout_of(entity)
        if card.above is not None and layout is not None:
            column = card.above.field
            name = layout.group_of.get(column, column)
            found[entity] = Tree(entity, card.table, column, name, layout)
    return found


def is_upward(entity: str, name: str) -> bool:
    """Whether ops of this name say what stands above a record of *entity*."""
    tree = trees().get(entity)
    return tree is not None and tree.name == name


def disputed(connection: Connection) -> Records:
    """The records whose link upward is in conflict: the row may say other than the log."""
    rows = raw(connection).execute("SELECT record, entity, field FROM conflict")
    return {record: entity for record, entity, name in rows if is_upward(entity, name)}


def settle(connection: Connection, changed: Mapping[bytes, str], doubted: Records) -> Records:
    """Cut the rings that *changed* links close, and show again what no longer closes one.

    The rows of *changed* say what the log wants, but for those of *doubted*, which were in
    conflict before. Returns the records that are shown otherwise than before.
    """
    found: Records = {}
    for tree in trees().values():
        records = {record for record, entity in changed.items() if entity == tree.entity}
        if records:
            unsure = {record for record, entity in doubted.items() if entity == tree.entity}
            found |= dict.fromkeys(_settle(connection, tree, records, unsure), tree.entity)
    return found


def _settle(
    connection: Connection, tree: Tree, changed: set[bytes], unsure: set[bytes]
) -> list[bytes]:
    wishes = _wishes(connection, tree, unsure)
    leads: Leads = {record: wish.above for record, wish in wishes.items()}
    _climb(connection, tree, changed | unsure, leads)
    rings = list(_rings(changed | unsure, leads))
    wishes |= _wishes(connection, tree, {m for ring in rings for m in ring} - wishes.keys())
    cut = {min(ring, key=lambda record: wishes[record].order) for ring in rings}
    keys = {
        (record, tree.name): tree.entity if record in cut or wish.is_disputed else None
        for record, wish in wishes.items()
    }
    log.save_conflicts(connection, keys)
    return _show(connection, tree, {r: None if r in cut else w.above for r, w in wishes.items()})


def _wishes(connection: Connection, tree: Tree, records: set[bytes]) -> dict[bytes, _Wish]:
    """What the heads of each record say, and what came late beside them where it is merged."""
    if not records:
        return {}
    heads = log.load_heads(connection, records)
    canonical: Mapping[bytes, bytes] = {}
    if aliases.are_any(connection):
        canonical = aliases.canonical(connection)
        for chunk in in_parts(sorted(records)):
            sql = f"SELECT record, op FROM late WHERE field = ? AND record IN ({marks(chunk)})"
            for record, op in raw(connection).execute(sql, (tree.name, *chunk)):
                heads.of.setdefault((record, tree.name), set()).add(op)
    standing = {r: heads.of[r, tree.name] for r in records if heads.of.get((r, tree.name))}
    values = log.ops_by_id(connection, set().union(*standing.values()))
    judge = Judge(heads, values, dict.fromkeys(records, tree.entity), canonical)
    found: dict[bytes, _Wish] = {}
    for record, ops in standing.items():
        said = judge.shown(ops)
        above = judge.cells(record, tree.name, tree.layout)[tree.column]
        key = record, tree.name
        found[record] = _Wish(
            bytes.fromhex(above) if isinstance(above, str) else None,
            (said.lamport, said.id),
            judge.conflicts([key])[key] is not None,
        )
    return found


def _climb(connection: Connection, tree: Tree, records: Iterable[bytes], leads: Leads) -> None:
    """Add to *leads* what the rows say of *records* and of all that stands above them."""
    waiting, passed = set(records), set[bytes]()
    while waiting:
        unknown = sorted(waiting - leads.keys())
        leads |= dict.fromkeys(unknown)
        for chunk in in_parts([record.hex() for record in unknown]):
            rows = raw(connection).execute(
                f'SELECT id, "{tree.column}" FROM "{tree.table}"'
                f' WHERE id IN ({marks(chunk)}) AND "{tree.column}" IS NOT NULL',
                chunk,
            )
            leads |= {bytes.fromhex(id_): bytes.fromhex(above) for id_, above in rows}
        passed |= waiting
        waiting = {above for r in waiting if (above := leads[r]) is not None} - passed


def _rings(records: Iterable[bytes], leads: Leads) -> Iterable[list[bytes]]:
    done: set[bytes] = set()
    for first in records:
        path: dict[bytes, int] = {}
        at: bytes | None = first
        while at is not None and at not in done and at not in path:
            path[at] = len(path)
            at = leads[at]
        if at is not None and at in path:
            yield list(path)[path[at] :]
        done.update(path)


def _show(connection: Connection, tree: Tree, wanted: Leads) -> list[bytes]:
    """Let the rows say *wanted*; returns the records whose rows said otherwise."""
    found: list[bytes] = []
    for record, above in wanted.items():
        cell = None if above is None else above.hex()
        done = raw(connection).execute(
            f'UPDATE "{tree.table}" SET "{tree.column}" = ?'
            f' WHERE id = ? AND "{tree.column}" IS NOT ?',
            (cell, record.hex(), cell),
        )
        found += [record] if done.rowcount else []
    return found
