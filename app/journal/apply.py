"""From change sets to the tables the program reads: the same tables whatever the order.

Local saves have written their rows already and only advance the heads; imports and rebuilding
also write the rows. Both come through `apply`.
"""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from app.journal import log
from app.journal.change_set import LIFE, REMOVE, ChangeSet
from app.journal.log import Placed
from app.journal.merge import Heads, Key
from app.journal.plain import Layout, layout_of, normalised
from app.journal.raw import raw
from app.models import DELETED, DISPUTED, LIVE, MODELS
from app.models.trait import Strategy

MEMBERSHIP = frozenset({"party", "legal_basis", "relation"})
"""Records that are links: joining survives a leaving that had not seen it, without a conflict."""


@dataclass
class Applied:
    """What an application touched: entity → record ids."""

    records: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))


def is_understood(change_set: ChangeSet, schema: int) -> bool:
    """Whether this version can apply *change_set*; otherwise it is stored and held."""
    if change_set.min_reader > schema:
        return False
    for record in change_set.records:
        layout = layout_of(record.entity)
        if layout is None:
            return False
        known = layout.op_fields()
        if any(op.field != LIFE and op.field not in known for op in record.ops):
            return False
        if any(op.kind not in ("=", "+", REMOVE) for op in record.ops):
            return False
    return True


def apply(
    connection: Connection,
    sets: Sequence[tuple[bytes, ChangeSet]],
    *,
    rows_written: bool = False,
) -> Applied:
    """Take in *sets*, already stored in the log, and bring heads, conflicts and rows up to date.

    *rows_written* says that the mapper has just written the rows of these very changes, so that
    only fields with something to judge are looked at again.
    """
    placed: dict[bytes, Placed] = {}
    entities: dict[bytes, str] = {}
    order: list[Placed] = []
    for set_id, body in sets:
        for item in log.placed(set_id, body):
            placed[item.id] = item
            entities[item.record] = item.entity
            order.append(item)
    heads = log.load_heads(connection, entities)
    before = {key: set(ops) for key, ops in heads.of.items()}
    early = set(heads.early)
    for item in order:
        key = (item.record, item.op.field)
        heads.apply(item.id, key, item.op.parents, is_removal=item.op.kind == REMOVE)
    log.save_heads(connection, heads, before)
    log.save_early(connection, heads, early, placed)
    _settle(connection, heads, placed, entities, before, rows_written=rows_written)
    found = Applied()
    for record, entity in entities.items():
        found.records[entity].add(record)
    return found


def _settle(
    connection: Connection,
    heads: Heads,
    placed: dict[bytes, Placed],
    entities: dict[bytes, str],
    before: dict[Key, set[bytes]],
    *,
    rows_written: bool,
) -> None:
    records = {record for record, _ in heads.touched}
    lives = {op for record in records for op in heads.of.get((record, LIFE), ())}
    contested = {
        key for key in heads.touched if len(heads.of[key]) > 1 or len(before.get(key, ())) > 1
    }
    shown = contested if rows_written else heads.touched
    needed = lives.union(*(heads.of[key] for key in shown)) - placed.keys()
    judge = _Judge(heads, placed | log.ops_by_id(connection, needed), entities)
    # A record that somebody has withdrawn may be disputed by an edit of any other field.
    doubted = {
        record
        for record in records
        if (record, LIFE) in contested or judge.is_withdrawn(record) or before.get((record, LIFE))
    }
    by_record: dict[bytes, list[str]] = {r: [] for r in (doubted if rows_written else records)}
    for record, name in shown:
        by_record.setdefault(record, []).append(name)
    if by_record:
        _write_rows(connection, judge, by_record, entities)
    judged = {key for key in contested if key[1] != LIFE} | {(r, LIFE) for r in doubted}
    log.save_conflicts(connection, judge.conflicts(judged))


@dataclass
class _Judge:
    """Decides what each field shows, from its heads."""

    heads: Heads
    values: dict[bytes, Placed]
    entities: dict[bytes, str]
    by_record: dict[bytes, set[bytes]] = field(default_factory=dict)

    def cells(self, record: bytes, name: str, layout: Layout) -> dict[str, Any]:
        """The cells of one touched field."""
        ops = self.heads.of[(record, name)]
        if layout.strategy.get(name) is Strategy.SET:
            elements = sorted({self.values[op].op.value.hex() for op in ops})
            return {name: json.dumps(elements)}
        members = layout.groups.get(name, ())
        if not ops:
            return {column: layout.defaults[column] for column in members or (name,)}
        shown = self._shown(ops).op.value
        if members:
            given = shown if isinstance(shown, dict) else {}
            return {
                column: layout.codecs[column].to_cell(given[column])
                if column in given
                else layout.defaults[column]
                for column in members
            }
        return {name: layout.codecs[name].to_cell(shown)}

    def is_withdrawn(self, record: bytes) -> bool:
        """Whether anybody's standing word is that the record is withdrawn."""
        heads = self.heads.of.get((record, LIFE), ())
        return any(self.values[op].op.value != LIVE for op in heads)

    def life(self, record: bytes) -> str:
        """Whether the record lives, is withdrawn, or is disputed."""
        values = [self.values[op].op.value for op in self.heads.of.get((record, LIFE), ())]
        deleted = [value for value in values if value != LIVE]
        if not deleted:
            return LIVE
        if len(deleted) < len(values):
            return LIVE if self.entities[record] in MEMBERSHIP else DISPUTED
        seen = {op for value in deleted for op in value[1]}
        return DELETED if self._fields_of(record) <= seen else DISPUTED

    def _fields_of(self, record: bytes) -> set[bytes]:
        """The heads of every field of *record* but its life."""
        if not self.by_record:
            for (owner, name), ops in self.heads.of.items():
                if name != LIFE:
                    self.by_record.setdefault(owner, set()).update(ops)
        return self.by_record.get(record, set())

    def conflicts(self, keys: Iterable[Key]) -> dict[Key, str | None]:
        """Which of *keys* have heads that say different things."""
        found: dict[Key, str | None] = {}
        for key in keys:
            entity = self.entities[key[0]]
            found[key] = entity if self._differs(key, entity) else None
        return found

    def _differs(self, key: Key, entity: str) -> bool:
        record, name = key
        if name == LIFE:
            return self.life(record) == DISPUTED
        layout = layout_of(entity)
        if layout is None or layout.strategy.get(name) in (Strategy.SET, Strategy.ORDER):
            return False
        values = [normalised(self.values[op].op.value) for op in self.heads.of[key]]
        return any(value != values[0] for value in values[1:])

    def _shown(self, ops: Iterable[bytes]) -> Placed:
        return max((self.values[op] for op in ops), key=lambda item: (item.lamport, item.id))


def _write_rows(
    connection: Connection,
    judge: _Judge,
    by_record: dict[bytes, list[str]],
    entities: dict[bytes, str],
) -> None:
    grouped: dict[str, list[bytes]] = defaultdict(list)
    for record in by_record:
        grouped[entities[record]].append(record)
    for entity, records in grouped.items():
        layout = layout_of(entity)
        if layout is None:
            continue
        table = str(MODELS[entity].__tablename__)
        present = _present(connection, table, records)
        fresh: list[dict[str, Any]] = []
        changed: dict[tuple[str, ...], list[dict[str, Any]]] = defaultdict(list)
        for record in records:
            cells = {"life": judge.life(record)}
            for name in by_record[record]:
                if name != LIFE:
                    cells |= judge.cells(record, name, layout)
            if record.hex() not in present:
                row = dict(layout.defaults) | cells
                fresh.append(_derived(layout, row) | {"id": record.hex()})
            else:
                row = _derived(layout, cells)
                changed[tuple(row)].append(row | {"id": record.hex()})
        _insert(connection, table, fresh)
        for columns, rows in changed.items():
            _update(connection, table, columns, rows)


def _derived(layout: Layout, cells: dict[str, Any]) -> dict[str, Any]:
    """*cells* with what is computed from them, where its source is among them."""
    if layout.derive is None or "number" not in cells:
        return cells
    return cells | layout.derive(cells)


def _present(connection: Connection, table: str, records: list[bytes]) -> set[str]:
    found: set[str] = set()
    for start in range(0, len(records), 400):
        chunk = [record.hex() for record in records[start : start + 400]]
        marks = ",".join("?" * len(chunk))
        rows = raw(connection).execute(f'SELECT id FROM "{table}" WHERE id IN ({marks})', chunk)
        found.update(row[0] for row in rows)
    return found


def _insert(connection: Connection, table: str, rows: list[dict[str, Any]]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    names = ", ".join(f'"{column}"' for column in columns)
    marks = ", ".join("?" * len(columns))
    raw(connection).executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks})',
        [tuple(row[column] for column in columns) for row in rows],
    )


def _update(
    connection: Connection, table: str, columns: tuple[str, ...], rows: list[dict[str, Any]]
) -> None:
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    raw(connection).executemany(
        f'UPDATE "{table}" SET {sets} WHERE id = ?',
        [(*(row[column] for column in columns), row["id"]) for row in rows],
    )


def record_id(raw: bytes) -> UUID:
    """The id as the models write it."""
    return UUID(bytes=raw)


def table_of(entity: str) -> str:
    """The table that holds records of *entity*."""
    return str(MODELS[entity].__tablename__)
