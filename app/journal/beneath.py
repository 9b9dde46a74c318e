"""What the log holds beneath the merged tables, for whoever is about to write to it.

A row names the record that is shown; the log keeps what its author named. Nothing here may turn
the one into the other by the way: only what a person changed is journaled.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlalchemy import Connection
from sqlalchemy.orm.attributes import set_committed_value

from app.journal import aliases, log, trees
from app.journal.aliases import Classes
from app.journal.change_set import ADD, LIFE, SET, Op, Plain, RecordOps, id_in, members_in
from app.journal.judge import Judge
from app.journal.merge import Heads
from app.journal.plain import layout_of, references
from app.journal.raw import raw
from app.kinds import CARDS
from app.models import LIVE, Aggregate, Alias, Record
from app.models.alias import MERGED
from app.models.trait import Strategy
from app.models.values import Value


class Beneath:
    """The truth of the log about the records of one session. Costs one look where none is merged.

    `heads` are those of the records and of whatever is merged into them.
    """

    def __init__(self, connection: Connection, records: Iterable[bytes]) -> None:
        self.connection = connection
        self._classes = aliases.load(connection) if aliases.are_any(connection) else Classes()
        self._members = self._classes.members()
        self._doubted: trees.Records | None = None
        wanted = list(records)
        others = [other for record in wanted for other in self.others(record)]
        self._known = frozenset((*wanted, *others))
        self.heads: Heads = log.load_heads(connection, self._known)

    def heads_if_of(self, records: Iterable[bytes]) -> Heads | None:
        """`heads`, if they are those of every one of *records*."""
        return self.heads if self._known.issuperset(records) else None

    @property
    def canonical(self) -> Mapping[bytes, bytes]:
        """Each merged record and the one shown in its stead."""
        return self._classes.canonical

    def others(self, record: bytes) -> set[bytes]:
        """The records that *record* stands for."""
        return self._members.get(record, {record}) - {record}

    def family(self, record: Record) -> Aggregate:
        """The family that *record*'s changes travel with, whatever its row names now."""
        shown = record.aggregate()
        if shown[1].bytes not in self._members or shown[1] == record.id:
            return shown
        return self._home(record.id.bytes) or shown

    def family_of_new(self, record: Record) -> tuple[Aggregate, dict[str, Value]]:
        """The family that a new record goes to, and the fields that must then say so."""
        shown = record.aggregate()
        # It goes where the record is that it belongs under, not where that is shown.
        under = getattr(record, CARDS[record.ENTITY].under, None)
        if under is None or shown[1].bytes not in self._members:
            return shown, {}
        home = self._home(under.bytes)
        if home is None or home == shown or home[1].bytes not in self.others(shown[1].bytes):
            return shown, {}
        name = "family_id" if record.IS_CARRIED else f"{home[0]}_id"
        return home, {name: home[1]}

    def unchanged(self, record: Record, changed: Iterable[str]) -> dict[str, Value]:
        """The references in a group that this save leaves alone, as the log has them."""
        layout = layout_of(record.ENTITY)
        found: dict[str, Value] = {}
        if layout is None or not (self.canonical or self._is_doubted(record)):
            return found
        for group, members in layout.groups.items():
            kept = layout.references.intersection(members) - set(changed)
            ops = self.standing(record.id.bytes, group) if kept else set()
            if ops:
                values = log.ops_by_id(self.connection, ops)
                told = members_in(Judge(self.heads, values, {}).shown(ops).op.value)
                found |= {m: layout.codecs[m].from_plain(told.get(m)) for m in kept}
        return found

    def to_be_seen(self, record: bytes) -> list[bytes]:
        """What a withdrawal cites: every head of the record and of those it stands for."""
        others = self.others(record)
        return sorted(
            op
            for (owner, name), ops in self.heads.of.items()
            if owner in others or (owner == record and name != LIFE)
            for op in ops
        )

    def late(self, record: bytes, name: str) -> dict[bytes, bytes]:
        """What stands beside the heads of a field: op → the merged record it was written to."""
        if record not in self._members:
            return {}
        rows = raw(self.connection).execute(
            "SELECT op, owner FROM late WHERE record = ? AND field = ?", (record, name)
        )
        return dict(rows.fetchall())

    def looked_at(
        self, entity: str, record: bytes, ops: Mapping[bytes, bytes]
    ) -> Iterable[tuple[Aggregate, RecordOps]]:
        """Change sets' parts that say: somebody has seen these late *ops* and decided."""
        family = self._home(record) or (entity, UUID(bytes=record))
        known = self._verdict(record, family[1])
        if known is not None:
            yield family, RecordOps("alias", known, _added(ops))
            return
        by_owner: dict[bytes, dict[bytes, bytes]] = defaultdict(dict)
        for op, owner in ops.items():
            by_owner[owner][op] = owner
        for owner, theirs in sorted(by_owner.items()):
            one, other = sorted((UUID(bytes=record), UUID(bytes=owner)))
            alias = Alias.id_for(one, other, family[1]).bytes
            values: dict[str, Plain] = {
                LIFE: LIVE, "kind": entity, "one_id": one.bytes, "other_id": other.bytes,
                "family": family[0], "family_id": family[1].bytes, "verdict": MERGED,
            }  # fmt: skip
            begun = tuple(Op(name, SET, value, ()) for name, value in values.items())
            yield family, RecordOps("alias", alias, (*begun, *_added(theirs)))

    def _verdict(self, record: bytes, family_id: UUID) -> bytes | None:
        """A verdict on *record*'s class that travels in the given family."""
        members = self._members.get(record, set())
        rows = raw(self.connection).execute(
            "SELECT id, one_id, other_id FROM alias WHERE family_id = ? ORDER BY id",
            (family_id.hex,),
        )
        for id_, one, other in rows:
            if bytes.fromhex(one) in members and bytes.fromhex(other) in members:
                return bytes.fromhex(id_)
        return None

    def standing(self, record: bytes, name: str) -> set[bytes]:
        """Every op that decides what a field shows: its heads, and what came late beside them."""
        return self.heads.of.get((record, name), set()) | set(self.late(record, name))

    def _is_doubted(self, record: Record) -> bool:
        """Whether the row may hide a link upward that the log has."""
        if record.ENTITY not in trees.trees():
            return False
        if self._doubted is None:
            self._doubted = trees.disputed(self.connection)
        return record.id.bytes in self._doubted

    def _home(self, record: bytes) -> Aggregate | None:
        return home(self.connection, record)


def home(connection: Connection, record: bytes) -> Aggregate | None:
    """The family that *record*'s changes have always travelled with; None if it is not here."""
    found = aliases.home(connection, record)
    return None if found is None else (found[0], UUID(bytes=found[1]))


def unmask(connection: Connection, rows: Mapping[bytes, Record]) -> None:
    """Let *rows* say what the log says of themselves: what undo puts back is seen as a change."""
    if not aliases.are_any(connection) and rows.keys().isdisjoint(trees.disputed(connection)):
        return
    heads = log.load_heads(connection, rows)
    ops = {op for standing in heads.of.values() for op in standing}
    kinds = {record: row.ENTITY for record, row in rows.items()}
    judge = Judge(heads, log.ops_by_id(connection, ops), kinds)
    for record, row in rows.items():
        set_committed_value(row, LIFE, judge.life(record))
        for name in references(row.ENTITY):
            standing = heads.of.get((record, name), set())
            if standing:
                _commit(row, name, standing, judge)


def _commit(row: Record, name: str, standing: set[bytes], judge: Judge) -> None:
    layout = layout_of(row.ENTITY)
    if layout is None:
        return
    if layout.strategy.get(name) is Strategy.SET:
        elements = {UUID(bytes=id_in(judge.values[op].op.value)) for op in standing}
        set_committed_value(row, name, tuple(sorted(elements)))
        return
    told = judge.shown(standing).op.value
    for member in layout.references.intersection(layout.groups.get(name, (name,))):
        plain = members_in(told).get(member) if name in layout.groups else told
        set_committed_value(row, member, layout.codecs[member].from_plain(plain))


def _added(ops: Iterable[bytes]) -> tuple[Op, ...]:
    return tuple(Op("seen", ADD, op, ()) for op in sorted(ops))
