"""What each field shows, from its heads, and the rows of the tables that show it."""

from __future__ import annotations

import json
from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from sqlalchemy import Connection

from app.journal.change_set import LIFE, Plain, id_in, seen_in
from app.journal.log import Placed
from app.journal.merge import Heads, Key
from app.journal.plain import Cell, Layout, layout_of, normalised
from app.journal.raw import in_parts, marks, raw
from app.models import DELETED, DISPUTED, LIVE, MODELS
from app.models.trait import Strategy

MEMBERSHIP = frozenset({"party", "legal_basis", "relation"})
"""Records that are links: joining survives a leaving that had not seen it, without a conflict."""


@dataclass
class Judge:
    """Decides what each field shows, from its heads.

    `canonical` says which record stands for which while they are merged; `covered` what a
    withdrawal must have seen where that is more than the record's own heads.
    """

    heads: Heads
    values: Mapping[bytes, Placed]
    entities: Mapping[bytes, str]
    canonical: Mapping[bytes, bytes] = field(default_factory=dict)
    covered: dict[bytes, set[bytes]] = field(default_factory=dict)
    _fields: dict[bytes, set[bytes]] = field(default_factory=dict)

    def tell(
        self, record: bytes, names: Iterable[str], layout: Layout, cells: dict[str, Cell]
    ) -> None:
        """Put the cells of the named fields into *cells*."""
        heads, values = self.heads.of, self.values
        single = {} if self.canonical else layout.single
        for name in names:
            ops = heads.get((record, name), ())
            to_cell = single.get(name)
            if to_cell is not None and len(ops) == 1:
                (op,) = ops  # nothing to judge: so it is with nearly every field
                cells[name] = to_cell(values[op].op.value)
            elif name != LIFE:
                cells |= self.cells(record, name, layout)

    def cells(self, record: bytes, name: str, layout: Layout) -> dict[str, Cell]:
        """The cells of one field."""
        ops = self.heads.of.get((record, name), set())
        if layout.strategy.get(name) is Strategy.SET:
            return {name: json.dumps(sorted({id_in(self.said(op)).hex() for op in ops}))}
        members = layout.groups.get(name, ())
        if not ops:
            return {column: layout.defaults[column] for column in members or (name,)}
        shown = self.shown(ops).op.value
        if members:
            given = shown if isinstance(shown, dict) else {}
            return {
                column: self._cell(record, column, given[column], layout)
                if column in given
                else layout.defaults[column]
                for column in members
            }
        return {name: self._cell(record, name, shown, layout)}

    def said(self, op: bytes) -> Plain:
        """The value of an op, the merged records that it names replaced by those shown."""
        placed = self.values[op]
        value = placed.op.value
        layout = layout_of(placed.entity) if self.canonical else None
        if layout is None:
            return value
        name = placed.op.field
        if name in layout.references:
            return self.stands_for(value)
        members = layout.references.intersection(layout.groups.get(name, ()))
        if members and isinstance(value, dict):
            return value | {m: self.stands_for(value[m]) for m in members if m in value}
        return value

    def stands_for(self, value: Plain) -> Plain:
        """The record that is shown for the one that *value* names."""
        return self.canonical.get(value, value) if isinstance(value, bytes) else value

    def is_withdrawn(self, record: bytes) -> bool:
        """Whether anybody's standing word is that the record is withdrawn."""
        heads = self.heads.of.get((record, LIFE), ())
        return any(self.values[op].op.value != LIVE for op in heads)

    def life(self, record: bytes) -> str:
        """Whether the record lives, is withdrawn, or is disputed."""
        if not self.is_withdrawn(record):
            return LIVE
        values = [self.values[op].op.value for op in self.heads.of[record, LIFE]]
        deleted = [value for value in values if value != LIVE]
        if len(deleted) < len(values):
            return LIVE if self.entities[record] in MEMBERSHIP else DISPUTED
        seen = set[bytes]().union(*map(seen_in, deleted))
        return DELETED if self._to_be_seen(record) <= seen else DISPUTED

    def conflicts(self, keys: Iterable[Key]) -> dict[Key, str | None]:
        """Which of *keys* have heads that say different things."""
        found: dict[Key, str | None] = {}
        for key in keys:
            entity = self.entities[key[0]]
            found[key] = entity if self._differs(key, entity) else None
        return found

    def shown(self, ops: Collection[bytes]) -> Placed:
        """The op whose value a table shows while several stand."""
        if len(ops) == 1:
            return self.values[next(iter(ops))]
        return max((self.values[op] for op in ops), key=lambda item: (item.lamport, item.id))

    def _cell(self, record: bytes, name: str, plain: Plain, layout: Layout) -> Cell:
        if name in layout.references and self.stands_for(plain) != plain:
            plain = self.stands_for(plain)
            if plain == record and layout.defaults[name] is None:
                return None  # merged with its own superior, parent or successor
        return layout.codecs[name].to_cell(plain)

    def _to_be_seen(self, record: bytes) -> set[bytes]:
        """The heads of every field of *record* but its life."""
        if record in self.covered:
            return self.covered[record]
        if not self._fields:
            for (owner, name), ops in self.heads.of.items():
                if name != LIFE:
                    self._fields.setdefault(owner, set()).update(ops)
        return self._fields.get(record, set())

    def _differs(self, key: Key, entity: str) -> bool:
        record, name = key
        if name == LIFE:
            return self.life(record) == DISPUTED
        layout = layout_of(entity)
        if layout is None or layout.strategy.get(name) in (Strategy.SET, Strategy.ORDER):
            return False
        values = [normalised(self.said(op)) for op in self.heads.of[key]]
        return any(value != values[0] for value in values[1:])


def write_rows(
    connection: Connection,
    judge: Judge,
    by_record: Mapping[bytes, Iterable[str]],
    lives: Mapping[bytes, str] | None = None,
) -> None:
    """Write the named fields of each record, and its life: that of *lives*, else as judged."""
    told = lives or {}
    grouped: dict[str, list[bytes]] = defaultdict(list)
    for record in by_record:
        grouped[judge.entities[record]].append(record)
    for entity, records in grouped.items():
        layout = layout_of(entity)
        if layout is None:
            continue
        table = str(MODELS[entity].__tablename__)
        present = rows_of(connection, table, records)
        fresh: list[dict[str, Cell]] = []
        changed: dict[tuple[str, ...], list[dict[str, Cell]]] = defaultdict(list)
        for record in records:
            cells: dict[str, Cell] = {"life": told.get(record) or judge.life(record)}
            judge.tell(record, by_record[record], layout, cells)
            its_id = record.hex()
            if its_id not in present:
                fresh.append(_derived(layout, {"id": its_id, **layout.defaults, **cells}))
            else:
                row = _derived(layout, cells)
                changed[tuple(row)].append(row | {"id": its_id})
        _insert(connection, table, fresh)
        for columns, rows in changed.items():
            _update(connection, table, columns, rows)


def _derived(layout: Layout, cells: dict[str, Cell]) -> dict[str, Cell]:
    """*cells* with what is computed from them, where its source is among them."""
    if "number" not in cells:
        return cells
    return {**cells, **layout.derive(str(cells["number"] or ""))}


def rows_of(connection: Connection, table: str, records: Sequence[bytes]) -> set[str]:
    """Those of *records* that have a row in *table*, as its cells write their ids."""
    found: set[str] = set()
    for chunk in in_parts(record.hex() for record in records):
        rows = raw(connection).execute(
            f'SELECT id FROM "{table}" WHERE id IN ({marks(chunk)})', chunk
        )
        found.update(row[0] for row in rows)
    return found


def _insert(connection: Connection, table: str, rows: list[dict[str, Cell]]) -> None:
    if not rows:
        return
    columns = list(rows[0])
    names = ", ".join(f'"{column}"' for column in columns)
    in_order = itemgetter(*columns)  # a table has more columns than one
    raw(connection).executemany(
        f'INSERT INTO "{table}" ({names}) VALUES ({marks(columns)})',
        list(map(in_order, rows)),
    )


def _update(
    connection: Connection, table: str, columns: tuple[str, ...], rows: list[dict[str, Cell]]
) -> None:
    sets = ", ".join(f'"{column}" = ?' for column in columns)
    raw(connection).executemany(
        f'UPDATE "{table}" SET {sets} WHERE id = ?',
        [(*(row[column] for column in columns), row["id"]) for row in rows],
    )
