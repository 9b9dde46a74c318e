"""From change sets to the tables the program reads: the same tables whatever the order.

Local saves have written their rows already and only advance the heads; imports and rebuilding
also write the rows. Both come through `apply`.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection

from app.journal import aliases, decisions, log, merged, trees
from app.journal.change_set import ADD, LIFE, REMOVE, SET, ChangeSet
from app.journal.judge import Judge, write_rows
from app.journal.log import Placed
from app.journal.merge import Heads
from app.journal.plain import layout_of
from app.models import MODELS

_OP_KINDS = frozenset((SET, ADD, REMOVE))


@dataclass
class Applied:
    """What an application touched, or merged or parted: entity → record ids."""

    records: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))


def is_understood(change_set: ChangeSet, schema: int) -> bool:
    """Whether this version can apply *change_set*; otherwise it is stored and held."""
    if change_set.min_reader > schema:
        return False
    for record in change_set.records:
        layout = layout_of(record.entity)
        if layout is None:
            return False
        known = layout.names
        for op in record.ops:
            if (op.field not in known and op.field != LIFE) or op.kind not in _OP_KINDS:
                return False
    return True


def apply(
    connection: Connection,
    sets: Sequence[tuple[bytes, ChangeSet]],
    *,
    rows_written: bool = False,
    heads: Heads | None = None,
) -> Applied:
    """Take in *sets*, already stored in the log, and bring heads, conflicts and rows up to date.

    *rows_written* says that the mapper has just written the rows of these very changes, so that
    only fields with something to judge are looked at again. *heads* are those of every record in
    *sets* where they have been loaded already.
    """
    entities = {part.record: part.entity for _, body in sets for part in body.records}
    heads = heads or log.load_heads(connection, entities)
    early = set(heads.early)
    placed: dict[bytes, Placed] = {}
    take = heads.apply
    for set_id, body in sets:
        for item in log.placed(set_id, body):
            op_id, op = item.id, item.op
            placed[op_id] = item
            take(op_id, (item.record, op.field), op.parents, is_removal=op.kind == REMOVE)
    log.save_heads(connection, heads)
    log.save_early(connection, heads, early, placed)
    decisions.keep(connection, sets)
    also = _settle(connection, heads, placed, entities, rows_written=rows_written)
    found = Applied()
    for record, entity in (*entities.items(), *also.items()):
        found.records[entity].add(record)
    return found


def _settle(
    connection: Connection,
    heads: Heads,
    placed: dict[bytes, Placed],
    entities: dict[bytes, str],
    *,
    rows_written: bool,
) -> dict[bytes, str]:
    """Write what the touched records show; returns the records that are shown anew with them."""
    is_merged, doubted_links = aliases.are_any(connection), trees.disputed(connection)
    # The mapper knows nothing of merged records: what it wrote is written again.
    rows_written = rows_written and not is_merged
    canonical = aliases.canonical(connection) if is_merged else {}
    before, of = heads.before, heads.of
    records = {record for record, _ in before}
    lives = {op for record in records for op in of.get((record, LIFE), ())}
    contested = {key for key, was in before.items() if len(of[key]) > 1 or len(was) > 1}
    shown = contested if rows_written else heads.touched
    # Of a field that had no heads, all that stand now are in *placed*.
    needed = lives.union(*(of[key] for key in shown if before[key])).difference(placed)
    judge = Judge(heads, log.ops_by_id(connection, needed) | placed, entities, canonical)
    # A record that somebody has withdrawn may be disputed by an edit of any other field.
    doubted = {
        record
        for record in records
        if (record, LIFE) in contested or judge.is_withdrawn(record) or before.get((record, LIFE))
    }
    by_record: dict[bytes, list[str]] = defaultdict(list, {record: [] for record in doubted})
    for record, name in shown:
        by_record[record].append(name)
    if by_record:
        write_rows(connection, judge, by_record)
    judged = {key for key in contested if key[1] != LIFE} | {(r, LIFE) for r in doubted}
    log.save_conflicts(connection, judge.conflicts(judged))
    # The first verdict of all has its row only now.
    also = merged.settle(connection, entities) if aliases.are_any(connection) else {}
    moved = {r: entities[r] for r, name in heads.touched if trees.is_upward(entities[r], name)}
    return also | trees.settle(connection, also | moved, doubted_links)


def record_id(raw: bytes) -> UUID:
    """The id as the models write it."""
    return UUID(bytes=raw)


def table_of(entity: str) -> str:
    """The table that holds records of *entity*."""
    return str(MODELS[entity].__tablename__)
