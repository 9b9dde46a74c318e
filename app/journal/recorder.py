"""From what a session changed to signed change sets, in the same transaction."""

from __future__ import annotations

import os
import time
from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass, field
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import Session

from app.errors import Refused
from app.journal import apply as applying
from app.journal import change_set as cs
from app.journal import log
from app.journal.beneath import Beneath, home
from app.journal.change_set import ADD, LIFE, REMOVE, SET, ChangeSet, Op, Plain, RecordOps, id_in
from app.journal.merge import Heads
from app.journal.plain import Layout, layout_of
from app.kinds import CARDS
from app.models import DELETED, LIVE, Aggregate, Record
from app.models.record import deciding
from app.models.trait import Strategy
from app.models.values import Value, Values
from app.words import kept


@dataclass(frozen=True)
class Author:
    """Who writes: this replica, its office, the clerk, and how to sign."""

    replica: bytes
    office: bytes
    clerk: str
    app: str
    schema: int
    sign: Callable[[bytes], bytes]
    now_ms: Callable[[], int] = lambda: time.time_ns() // 1_000_000


@dataclass
class _Seen:
    """What the session did to one record so far. `before` holds the first old values."""

    record: Record
    is_new: bool
    family: Aggregate
    before: dict[str, Value] = field(default_factory=dict)
    raw: dict[str, Value] = field(default_factory=dict)  # where the row names a merged record

    def value(self, name: str) -> Value:
        """The field as the log is to have it."""
        return self.raw[name] if name in self.raw else getattr(self.record, name)


@dataclass(frozen=True)
class Settlement:
    """A person's decision between values that stand side by side.

    `seen` are the heads that were on screen: a value that came later stays in conflict. Put it
    into `session.info["settlements"]`.
    """

    entity: str
    record: UUID
    family: Aggregate
    field: str
    value: Plain  # as an op carries it
    seen: tuple[bytes, ...]


_BESIDE = kept("Ghi kèm văn bản, tin trao đổi")
"""What an action is called where its own name would tell of a record that does not go there."""
SETTLEMENTS = "settlements"
BATCH = "batch"
"""Where `session.info` tells the id of the batch that the session writes."""


@dataclass
class Recorder:
    """Hears what one session writes, and makes its change sets when it is about to commit."""

    author: Author
    label: str
    reverts: bytes = b""
    batch: bytes = field(default_factory=lambda: os.urandom(16))
    seen: dict[tuple[str, UUID], _Seen] = field(default_factory=dict)
    written: list[tuple[bytes, ChangeSet]] = field(default_factory=list)
    shown_anew: dict[str, set[bytes]] = field(default_factory=dict)
    _settlements: list[Settlement] = field(default_factory=list)

    def attach(self, session: Session) -> None:
        """Take the decisions that are put into *session*, and tell it the batch."""
        self._settlements = session.info.setdefault(SETTLEMENTS, [])
        session.info[BATCH] = self.batch

    def entered(self, record: Record) -> None:
        """Remember a new record."""
        self.seen[record.ENTITY, record.id] = _Seen(record, is_new=True, family=record.aggregate())

    def revised(self, record: Record, before: Values) -> None:
        """Remember what the fields that now say something else said at first."""
        known = self.seen.setdefault(
            (record.ENTITY, record.id), _Seen(record, is_new=False, family=record.aggregate())
        )
        for name, value in before.items():
            known.before.setdefault(name, value)
        if record.aggregate() != known.family or self._was_elsewhere(record, before):
            raise Refused(
                why="Không chuyển được bản ghi này sang quy chế hoặc hội nghị khác. "
                "Hãy rút bản ghi và tạo bản ghi mới ở đó."
            )

    def write(self, connection: Connection, *, before_commit: Callable[[int, bytes], None]) -> None:
        """Turn what was collected into stored change sets; call it once, after the last flush.

        *before_commit* is told the last sequence number and id: what must outlive a restored
        backup is written there, before the transaction is.
        """
        families: dict[Aggregate, list[RecordOps]] = defaultdict(list)
        records = [s.record.id.bytes for s in self.seen.values()]
        beneath = Beneath(connection, [*records, *(s.record.bytes for s in self._settlements)])
        for seen in self.seen.values():
            family = _reveal(seen, beneath)
            ops = self._ops(connection, seen, beneath)
            if ops:
                record = seen.record.id.bytes
                families[family].append(RecordOps(seen.record.ENTITY, record, tuple(ops)))
                late = [beneath.late(record, op.field) for op in ops]
                _look_at(families, beneath, seen.record.ENTITY, record, late)
        for item in self._settlements:
            _settle(families, beneath, item)
        if not families:
            return
        tip = log.tip(connection, self.author.replica)
        items = self._change_sets(families, tip)
        log.store_change_sets(connection, items, log.APPLIED)
        self.written = [(item[0], item[3]) for item in items]
        heads = beneath.heads_if_of(r.record for _, body in self.written for r in body.records)
        done = applying.apply(connection, self.written, rows_written=True, heads=heads)
        self.shown_anew = done.records
        before_commit(items[-1][3].seq, items[-1][0])

    def _was_elsewhere(self, row: Record, changed: Values) -> bool:
        """Whether a field that decides the record's family has just changed."""
        touched = {name: changed[name] for name in deciding(type(row)) if name in changed}
        if not touched:
            return False
        was = type(row).model_construct(**(row.model_dump() | touched))
        return bool(was.aggregate() != row.aggregate())

    def _ops(self, connection: Connection, seen: _Seen, beneath: Beneath) -> list[Op]:
        record = seen.record
        layout = layout_of(record.ENTITY)
        if layout is None:
            message = f"{record.ENTITY} has no layout"
            raise RuntimeError(message)
        ops = [*self._field_ops(connection, seen, beneath, layout)]
        if seen.is_new or "life" in seen.before:
            ops.insert(0, self._life_op(record, beneath))
        return ops

    def _life_op(self, record: Record, beneath: Beneath) -> Op:
        raw = record.id.bytes
        parents = _parents(beneath.heads, raw, LIFE)
        if record.life != DELETED:
            return Op(LIFE, SET, LIVE, parents)
        return Op(LIFE, SET, [DELETED, beneath.to_be_seen(raw)], parents)

    def _field_ops(
        self, connection: Connection, seen: _Seen, beneath: Beneath, layout: Layout
    ) -> list[Op]:
        record, raw, heads = seen.record, seen.record.id.bytes, beneath.heads
        ops: list[Op] = []
        for name, strategy in layout.strategy.items():
            if strategy is Strategy.SET:
                if seen.is_new or name in seen.before:
                    ops += _set_ops(connection, record, name, beneath)
            elif name not in layout.group_of and self._is_said(seen, layout, name):
                value = layout.codecs[name].to_plain(seen.value(name))
                ops.append(Op(name, SET, value, _parents(heads, raw, name)))
        for group, members in layout.groups.items():
            if any(self._is_said(seen, layout, member) for member in members):
                value = {m: layout.codecs[m].to_plain(seen.value(m)) for m in members}
                ops.append(Op(group, SET, value, _parents(heads, raw, group)))
        return ops

    def _is_said(self, seen: _Seen, layout: Layout, name: str) -> bool:
        """Whether this save says anything of a field: a new record is silent on its defaults."""
        value = getattr(seen.record, name)
        if not seen.is_new:
            return name in seen.before and seen.before[name] != value
        codec = layout.codecs[name]
        return bool(codec.to_cell(codec.to_plain(value)) != layout.defaults[name])

    def _change_sets(
        self, families: dict[Aggregate, list[RecordOps]], tip: log.Tip
    ) -> list[tuple[bytes, bytes, bytes, ChangeSet]]:
        items: list[tuple[bytes, bytes, bytes, ChangeSet]] = []
        seq, prev, wall = tip.seq, tip.last, self.author.now_ms()
        at_home = {family for family, _ in families if CARDS[family].is_named_at_home}
        # The first of a batch names it when it is read again.
        for (family, family_id), records in sorted(
            families.items(), key=lambda item: item[0][0] not in at_home
        ):
            label = self.label if not at_home or family in at_home else _BESIDE
            for part in _parts(records):
                seq += 1
                body = ChangeSet(
                    cs.VERSION, self.author.replica, self.author.office, seq, prev,
                    tip.lamport + len(items) + 1, wall, self.author.clerk, self.author.app,
                    self.author.schema, 1, self.batch, label, self.reverts,
                    family, family_id.bytes, part,
                )  # fmt: skip
                raw = cs.encode(body)
                prev = cs.id_of(raw)
                items.append((prev, raw, self.author.sign(prev), body))
        return items


def _parents(heads: Heads, record: bytes, name: str) -> tuple[bytes, ...]:
    return tuple(sorted(heads.of.get((record, name), ())))


def _set_ops(connection: Connection, record: Record, name: str, beneath: Beneath) -> list[Op]:
    """Additions and removals that lead from the live elements to the record's present ones.

    Elements are told apart by the records they show: one that is named by its merged id is there.
    """
    live = beneath.heads.of.get((record.id.bytes, name), set())
    placed = log.ops_by_id(connection, live) if live else {}
    holders: dict[bytes, list[bytes]] = defaultdict(list)
    for op in sorted(live):
        holders[id_in(placed[op].op.value)].append(op)
    wanted = {item.bytes for item in getattr(record, name)}
    shown = beneath.canonical
    present, left = ({shown.get(item, item) for item in items} for items in (holders, wanted))
    added = [Op(name, ADD, i, ()) for i in sorted(wanted) if shown.get(i, i) not in present]
    removed = [
        Op(name, REMOVE, item, tuple(holders[item]))
        for item in sorted(holders)
        if shown.get(item, item) not in left
    ]
    return added + removed


def _reveal(seen: _Seen, beneath: Beneath) -> Aggregate:
    """Note what the log holds where the row names a merged record; returns the true family."""
    if seen.is_new:
        family, seen.raw = beneath.family_of_new(seen.record)
        return family
    seen.raw = beneath.unchanged(seen.record, seen.before)
    return beneath.family(seen.record)


def _settle(families: dict[Aggregate, list[RecordOps]], beneath: Beneath, item: Settlement) -> None:
    """Journal a decision; what it saw of a merged record is noted in their verdict."""
    record, late = item.record.bytes, beneath.late(item.record.bytes, item.field)
    is_withdrawn = item.field == LIFE and item.value != LIVE
    value: Plain = item.value
    if is_withdrawn:
        value = [DELETED, beneath.to_be_seen(record)]
    op = Op(item.field, SET, value, tuple(head for head in item.seen if head not in late))
    family = home(beneath.connection, record) or item.family
    families[family].append(RecordOps(item.entity, record, (op,)))
    seen = {head: late[head] for head in item.seen if head in late}
    _look_at(families, beneath, item.entity, record, [seen])


def _look_at(
    families: dict[Aggregate, list[RecordOps]],
    beneath: Beneath,
    entity: str,
    record: bytes,
    late: Iterable[Mapping[bytes, bytes]],
) -> None:
    """Journal that somebody decided with these late ops on screen."""
    ops = {op: owner for some in late for op, owner in some.items()}
    for family, part in beneath.looked_at(entity, record, ops) if ops else ():
        families[family].append(part)


def _parts(records: list[RecordOps]) -> list[tuple[RecordOps, ...]]:
    """*records* cut so that no change set grows past the limits of the exchange."""
    parts: list[tuple[RecordOps, ...]] = []
    part: list[RecordOps] = []
    ops = size = 0
    for record in records:
        weight = cs.size_of(record)
        if part and (ops + len(record.ops) > cs.MOST_OPS or size + weight > cs.MOST_BYTES // 2):
            parts.append(tuple(part))
            part, ops, size = [], 0, 0
        part.append(record)
        ops += len(record.ops)
        size += weight
    parts.append(tuple(part))
    return parts
