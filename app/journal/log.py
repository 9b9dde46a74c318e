"""Reading and writing the log's own tables: change sets, heads, early parents, conflicts.

Raw SQL through the driver on purpose: an import applies a hundred thousand changes, and the
mapper would cost thirty times the work.
"""

from __future__ import annotations

from collections.abc import Container, Iterable, Iterator, Sequence
from dataclasses import dataclass

import msgspec
from sqlalchemy import Connection

from app.journal.change_set import ChangeSet, Op, decode, op_id, op_ids, origin
from app.journal.merge import Heads, Key
from app.journal.packing import Row, packed_all
from app.journal.raw import in_parts, marks, raw

APPLIED, HELD = 0, 1
_pack = msgspec.msgpack.Encoder().encode
_unpack = msgspec.msgpack.Decoder(list[tuple[bytes, list[str], list[int]]]).decode


@dataclass(frozen=True)
class Stored:
    """A change set as it lies in the file. `n` is the order of arrival here."""

    n: int
    id: bytes
    replica: bytes
    lamport: int
    wall: int
    body: bytes
    sig: bytes
    state: int

    def read(self) -> ChangeSet:
        """The decoded body."""
        return decode(self.body)


class Placed(msgspec.Struct, frozen=True, gc=False):
    """An op in its place: of which record, in which batch, and the batch that one reverts."""

    id: bytes
    lamport: int
    entity: str
    record: bytes
    op: Op
    batch: bytes
    reverts: bytes


@dataclass(frozen=True)
class Tip:
    """The end of a replica's own sequence; `lamport` is the highest seen of anybody's."""

    seq: int
    last: bytes
    lamport: int


BODY = "unpacked(c.body, r.id, r.office, c.batch, c.family_id)"
"""The bytes of a change set as its author wrote them, in a query over KEPT."""
KEPT = "cset c JOIN replica r ON r.n = c.replica"
_COLUMNS = f"c.n, c.id, r.id, c.lamport, c.wall, {BODY}, c.sig, c.state"
_FROM = f"FROM {KEPT}"


def tip(connection: Connection, replica: bytes) -> Tip:
    """Where *replica*'s sequence ends in this file."""
    row = (
        raw(connection)
        .execute(
            "SELECT seq, id, (SELECT max(lamport) FROM cset) FROM cset"
            " WHERE replica = (SELECT n FROM replica WHERE id = ?) ORDER BY seq DESC LIMIT 1",
            (replica,),
        )
        .fetchone()
    )
    if row is not None:
        return Tip(*row)
    lamport = raw(connection).execute("SELECT max(lamport) FROM cset").fetchone()[0] or 0
    return Tip(0, b"", lamport)


def store_change_sets(
    connection: Connection, items: Sequence[tuple[bytes, bytes, bytes, ChangeSet]], state: int
) -> None:
    """Append (id, body, signature, decoded body) to the log; those already there are left."""
    # What the file says of the author, not what the change set does: it is read back with that.
    rows = raw(connection).execute("SELECT id, n, office FROM replica").fetchall()
    authors = {replica: (n, office) for replica, n, office in rows}
    kept = packed_all(
        [
            (body, Row(c.replica, authors[c.replica][1], c.batch, c.family_id))
            for _, body, _, c in items
        ]
    )
    raw(connection).executemany(
        "INSERT OR IGNORE INTO cset"
        " (id, replica, seq, lamport, wall, batch, family, family_id, body, sig, state)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            (
                i,
                authors[c.replica][0],
                c.seq,
                c.lamport,
                c.wall,
                c.batch,
                c.family,
                c.family_id,
                body,
                sig,
                state,
            )
            for (i, _, sig, c), body in zip(items, kept, strict=True)
        ),
    )


def all_sets(connection: Connection, *, until: int | None = None) -> Iterator[Stored]:
    """Every change set in order of arrival; *until* (ms since 1970) leaves out later ones."""
    last = 0
    while True:
        rows = (
            raw(connection)
            .execute(f"SELECT {_COLUMNS} {_FROM} WHERE c.n > ? ORDER BY c.n LIMIT 2000", (last,))
            .fetchall()
        )
        if not rows:
            return
        for row in rows:
            if until is None or row[4] < until:
                yield Stored(*row)
        last = rows[-1][0]


def sets_of_family(connection: Connection, family_id: bytes) -> list[Stored]:
    """The change sets of one family, oldest first."""
    rows = raw(connection).execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE c.family_id = ? ORDER BY c.n", (family_id,)
    )
    return [Stored(*row) for row in rows]


def sets_of_batch(connection: Connection, batch: bytes) -> list[Stored]:
    """The change sets that one action made."""
    rows = raw(connection).execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE c.batch = ? ORDER BY c.n", (batch,)
    )
    return [Stored(*row) for row in rows]


def sets_between(connection: Connection, n_from: int, n_to: int) -> list[Stored]:
    """The change sets that arrived after *n_from* and up to *n_to*, oldest first."""
    rows = raw(connection).execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE c.n > ? AND c.n <= ? ORDER BY c.n", (n_from, n_to)
    )
    return [Stored(*row) for row in rows]


def recent(connection: Connection, limit: int, before: int | None = None) -> list[Stored]:
    """The newest change sets to arrive, newest first; *before* pages on."""
    rows = raw(connection).execute(
        f"SELECT {_COLUMNS} {_FROM} WHERE c.n < ? ORDER BY c.n DESC LIMIT ?",
        (before if before is not None else 1 << 62, limit),
    )
    return [Stored(*row) for row in rows]


def ops_by_id(connection: Connection, wanted: Iterable[bytes]) -> dict[bytes, Placed]:
    """The ops with these ids that have arrived and are understood."""
    found: dict[bytes, Placed] = {}
    asked = set(wanted)
    for prefix in {origin(op)[0] for op in asked}:
        rows = raw(connection).execute(
            f"SELECT c.id, c.lamport, {BODY} FROM {KEPT}"
            " WHERE c.id >= ? AND c.id < ? AND c.state = 0",
            (prefix, prefix + b"\xff\xff\xff"),
        )
        for set_id, _, body in rows:
            items = placed(set_id, decode(body))
            found |= {item.id: item for item in items if item.id in asked}
    return found


def placed(set_id: bytes, body: ChangeSet) -> list[Placed]:
    """Every op of a change set, in its place."""
    lamport, batch, reverts = body.lamport, body.batch, body.reverts
    ids = op_ids(set_id)
    found: list[Placed] = []
    for part in body.records:
        entity, record = part.entity, part.record
        found += [
            Placed(op_id, lamport, entity, record, op, batch, reverts)
            for op, op_id in zip(part.ops, ids, strict=False)  # in this order, or an id is lost
        ]
    return found


def present(connection: Connection, ids: Iterable[bytes]) -> set[bytes]:
    """Those of the change sets *ids* that are kept here, applied or held."""
    found: set[bytes] = set()
    for chunk in in_parts(dict.fromkeys(ids)):
        rows = raw(connection).execute(f"SELECT id FROM cset WHERE id IN ({marks(chunk)})", chunk)
        found.update(row[0] for row in rows)
    return found


def has_arrived(connection: Connection, op: bytes) -> bool:
    """Whether the change set of *op* has been applied here."""
    prefix, _ = origin(op)
    row = (
        raw(connection)
        .execute(
            "SELECT 1 FROM cset WHERE id >= ? AND id < ? AND state = 0",
            (prefix, prefix + b"\xff\xff\xff"),
        )
        .fetchone()
    )
    return row is not None


def load_heads(connection: Connection, records: Iterable[bytes]) -> Heads:
    """The heads and early parents of every field of *records*."""
    heads = Heads()
    for chunk in in_parts(dict.fromkeys(records)):
        for record, fields in raw(connection).execute(
            f"SELECT record, fields FROM head WHERE record IN ({marks(chunk)})", tuple(chunk)
        ):
            for op, name in _each_head(fields):
                heads.of.setdefault((record, name), set()).add(op)
        for record, name, op in raw(connection).execute(
            f"SELECT record, field, op FROM early WHERE record IN ({marks(chunk)})", tuple(chunk)
        ):
            heads.early.add((record, name, op))
    return heads


def heads_of(connection: Connection, record: bytes) -> dict[str, list[bytes]]:
    """The heads of each field of one record; empty if nothing of it has come."""
    row = raw(connection).execute("SELECT fields FROM head WHERE record = ?", (record,)).fetchone()
    return {} if row is None else _by_field(row[0])


def a_head_of(connection: Connection, records: Sequence[bytes]) -> dict[bytes, bytes]:
    """Of each record that is here one head, the same in every file: it leads to its family."""
    found: dict[bytes, bytes] = {}
    for chunk in in_parts(dict.fromkeys(records)):
        for record, fields in raw(connection).execute(
            f"SELECT record, fields FROM head WHERE record IN ({marks(chunk)})", tuple(chunk)
        ):
            found[record] = min(op for op, _ in _each_head(fields))
    return found


def disputed(connection: Connection) -> Iterator[tuple[str, bytes, str, list[bytes]]]:
    """Every field in conflict: (entity, record, field, heads)."""
    rows = raw(connection).execute(
        "SELECT c.entity, c.record, c.field, h.fields FROM conflict c"
        " JOIN head h ON h.record = c.record"
    )
    for entity, record, name, fields in rows.fetchall():
        yield entity, record, name, _by_field(fields).get(name, [])


def count_disputed(connection: Connection, records: Iterable[bytes]) -> int:
    """How many fields of *records* are in conflict."""
    count = 0
    for chunk in in_parts(dict.fromkeys(records)):
        sql = f"SELECT count(*) FROM conflict WHERE record IN ({marks(chunk)})"
        count += raw(connection).execute(sql, chunk).fetchone()[0]
    return count


def save_heads(connection: Connection, heads: Heads) -> None:
    """Write what has changed since *heads* were loaded."""
    rows: dict[bytes, list[tuple[bytes, str]]] = {}
    for key, was in heads.before.items():
        if key[0] not in rows and was != heads.of[key]:
            rows[key[0]] = []
    for (record, name), ops in heads.of.items():
        standing = rows.get(record)
        if standing is not None:
            for op in ops:
                standing.append((op, name))
    gone = sorted((record,) for record, standing in rows.items() if not standing)
    # In order of the key: neighbours in the table are written together.
    new = sorted((record, _pack_heads(standing)) for record, standing in rows.items() if standing)
    raw(connection).executemany("DELETE FROM head WHERE record = ?", gone)
    raw(connection).executemany("INSERT OR REPLACE INTO head (record, fields) VALUES (?, ?)", new)


def save_early(
    connection: Connection,
    heads: Heads,
    before: set[tuple[bytes, str, bytes]],
    arrived: Container[bytes],
) -> None:
    """Keep the parents that have not arrived, and forget those that have.

    *arrived* are the ops just taken in; one of them may have been cited both before and after
    its own arrival.
    """
    waiting = {mark for mark in heads.early if mark[2] not in arrived}
    gone = before - waiting
    new = [mark for mark in waiting - before if not has_arrived(connection, mark[2])]
    if gone:
        raw(connection).executemany(
            "DELETE FROM early WHERE record=? AND field=? AND op=?", list(gone)
        )
    if new:
        raw(connection).executemany("INSERT INTO early (record, field, op) VALUES (?, ?, ?)", new)


def save_conflicts(connection: Connection, fields: dict[Key, str | None]) -> None:
    """Mark the fields in conflict: *fields* gives the entity of those that are, None for not."""
    if not fields:
        return
    raw(connection).executemany("DELETE FROM conflict WHERE record=? AND field=?", list(fields))
    rows = [(*key, entity) for key, entity in fields.items() if entity is not None]
    if rows:
        raw(connection).executemany(
            "INSERT INTO conflict (record, field, entity) VALUES (?, ?, ?)", rows
        )


def _pack_heads(standing: list[tuple[bytes, str]]) -> bytes:
    """Heads (op, field) by the change set that they stand in: what was saved together is near."""
    standing.sort()
    by_set: list[tuple[bytes, list[str], list[int]]] = []
    names: list[str] = []
    indexes: list[int] = []
    last = b""
    for op, name in standing:
        prefix, index = origin(op)
        if prefix != last:
            last, names, indexes = prefix, [], []
            by_set.append((prefix, names, indexes))
        names.append(name)
        indexes.append(index)
    return _pack(by_set)


def _each_head(fields: bytes) -> Iterator[tuple[bytes, str]]:
    for prefix, names, indexes in _unpack(fields):
        for name, index in zip(names, indexes, strict=True):
            yield op_id(prefix, index), name


def _by_field(fields: bytes) -> dict[str, list[bytes]]:
    found: dict[str, list[bytes]] = {}
    for op, name in _each_head(fields):
        found.setdefault(name, []).append(op)
    return found
