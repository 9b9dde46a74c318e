"""Named undo and redo, many levels, across restarts: read from the log itself.

Undo is an inverse change. It is refused where it would overwrite later work.
"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Any
from uuid import UUID

import msgspec
from sqlalchemy import Connection
from sqlmodel import Session, col, select

from app.errors import ChangedSince
from app.journal import log
from app.journal.beneath import unmask
from app.journal.change_set import ADD, LIFE, REMOVE, SET
from app.journal.log import Placed, Stored
from app.journal.plain import Layout, layout_of, normalised
from app.journal.recorder import SETTLEMENTS, Settlement
from app.models import DELETED, LIVE, MODELS, Record

DEPTH = 200
"""How many steps back the program offers."""


@dataclass(frozen=True)
class Step:
    """One action of this replica: its batch and what the clerk calls it."""

    batch: bytes
    label: str


def steps(connection: Connection) -> tuple[list[Step], list[Step]]:
    """What can be undone and what can be redone, the next one last."""
    rows = connection.exec_driver_sql(
        "SELECT min(n), batch FROM"
        " (SELECT n, batch FROM cset WHERE replica IN (SELECT n FROM replica WHERE is_mine)"
        "  ORDER BY n DESC LIMIT 20000)"
        " GROUP BY batch ORDER BY min(n) DESC LIMIT ?",
        (DEPTH,),
    ).all()
    undoable: list[Step] = []
    redoable: list[Step] = []
    for n, batch in reversed(rows):
        try:
            body = next(iter(_at(connection, n))).read()
        except msgspec.MsgspecError:
            # A damaged change set must not keep the register shut: `check` names it.
            undoable.clear()
            continue
        advance(undoable, redoable, Step(batch, body.label), body.reverts)
    return undoable, redoable


def advance(undoable: list[Step], redoable: list[Step], step: Step, reverts: bytes) -> None:
    """Move the two stacks on by one action that has been committed."""
    if reverts and undoable and undoable[-1].batch == reverts:
        undone = undoable.pop()
        redoable.append(Step(step.batch, undone.label))
    elif reverts and redoable and redoable[-1].batch == reverts:
        redone = redoable.pop()
        undoable.append(Step(step.batch, redone.label))
    else:
        undoable.append(step)
        redoable.clear()


def revert(session: Session, step: Step) -> None:
    """Put back, through *session*, every field that *step* changed.

    Raises ChangedSince if somebody has changed one of them since.
    """
    if revert_sets(session, log.sets_of_batch(session.connection(), step.batch), strict=True):
        raise ChangedSince(label=step.label)


def revert_sets(
    session: Session, sets: Sequence[Stored], *, strict: bool, but: frozenset[str] = frozenset()
) -> list[Placed]:
    """Put back every field that *sets* changed; returns the changes that no longer stand.

    With *strict*, one such change means that nothing is put back. Records of the kinds in *but*
    are left as they are.
    """
    connection = session.connection()
    changes = [item for item in _changes(sets) if item.entity not in but]
    heads = log.load_heads(connection, {item.record for item in changes})
    lineage = _Lineage(connection, changes)
    late = [
        item
        for item in changes
        if not lineage.still_stands(item, heads.of.get((item.record, item.op.field), set()))
    ]
    if late and strict:
        return late
    changes = [item for item in changes if item not in late]
    before = lineage.known({p for item in changes for p in item.op.parents})
    rows = _rows(session, changes)
    unmask(connection, rows)
    said: dict[tuple[bytes, str], list[Settlement]] = {}
    for item in changes:
        row, key = rows[item.record], (item.record, item.op.field)
        seen = tuple(sorted(heads.of.get(key, set())))
        stood = _stood_before(item, before) if item.op.kind == SET else []
        if len(stood) > 1 or (stood and len(seen) > 1):
            said[key] = [
                Settlement(item.entity, row.id, row.aggregate(), item.op.field, value, seen)
                for value in stood
            ]
        else:
            _put_back(row, item, before)
    session.add_all(rows.values())
    session.info[SETTLEMENTS] += [each for of_field in said.values() for each in of_field]
    return late


class _Lineage:
    """Sees through undo and redo: an undone change leaves what stood before it standing.

    Undoing the third of three edits makes a new op that restores the second's value; for the
    undo of the second, that op *is* the second.
    """

    def __init__(self, connection: Connection, ops: Iterable[Placed]) -> None:
        self._connection = connection
        self._ops = {item.id: item for item in ops}
        self._batches: dict[bytes, dict[tuple[bytes, str], Placed]] = {}

    def known(self, wanted: set[bytes]) -> dict[bytes, Placed]:
        """The ops with these ids, read from the log where they are not at hand."""
        missing = wanted - self._ops.keys()
        if missing:
            self._ops |= log.ops_by_id(self._connection, missing)
        return {op: self._ops[op] for op in wanted if op in self._ops}

    def still_stands(self, item: Placed, heads: set[bytes]) -> bool:
        """Whether nobody has changed the field since *item*, undo and redo apart."""
        if item.op.kind == ADD:
            present = {placed.op.value for placed in self.known(heads).values()}
            return item.op.value in present
        if item.op.kind == REMOVE:
            return True
        return self._meant(heads) == self._meant({item.id})

    def _meant(self, ops: set[bytes]) -> set[bytes]:
        """What *ops* stand for: one that reverts another stands for what was before that."""
        meant: set[bytes] = set()
        for op in self.known(ops).values():
            reverted = self._reverted_by(op) if op.reverts else None
            meant |= self._meant(set(reverted.op.parents)) if reverted is not None else {op.id}
        return meant

    def _reverted_by(self, op: Placed) -> Placed | None:
        if op.reverts not in self._batches:
            sets = log.sets_of_batch(self._connection, op.reverts)
            items = [item for stored in sets for item in log.placed(stored.id, stored.read())]
            self._batches[op.reverts] = {(item.record, item.op.field): item for item in items}
        return self._batches[op.reverts].get((op.record, op.op.field))


def _stood_before(item: Placed, before: dict[bytes, Placed]) -> list[Any]:
    """The different values that *item* replaced: two or more where it settled a conflict.

    They come back side by side; and where such values stand now, redoing the decision must say
    its value even if the row happens to show it.
    """
    found: list[Any] = []
    for parent in item.op.parents:
        value = before[parent].op.value if parent in before else None
        if parent in before and normalised(value) not in [normalised(each) for each in found]:
            found.append(value)
    return found


def _put_back(row: Record, item: Placed, before: dict[bytes, Placed]) -> None:
    layout = layout_of(item.entity)
    if layout is None:
        return
    op = item.op
    if op.field == LIFE:
        row.life = _life_before(item, before)
    elif op.kind in (ADD, REMOVE):
        members = set(getattr(row, op.field))
        element = UUID(bytes=op.value)
        members = members - {element} if op.kind == ADD else members | {element}
        setattr(row, op.field, tuple(sorted(members)))
    else:
        was = max(
            (before[p] for p in op.parents if p in before),
            key=lambda placed: (placed.lamport, placed.id),
            default=None,
        )
        _assign(row, layout, op.field, was.op.value if was else None, is_known=was is not None)


def _life_before(item: Placed, before: dict[bytes, Placed]) -> str:
    values = [before[p].op.value for p in item.op.parents if p in before]
    if not values:
        return DELETED  # the record was born in this step
    return LIVE if LIVE in values else DELETED


def _assign(row: Record, layout: Layout, name: str, value: Any, *, is_known: bool) -> None:
    members = layout.groups.get(name, (name,))
    for member in members:
        if not is_known:
            setattr(row, member, _default(type(row), member))
            continue
        plain = value.get(member) if name in layout.groups else value
        setattr(row, member, layout.codecs[member].from_plain(plain))


def _default(model: type[Record], name: str) -> Any:
    info = model.model_fields[name]
    return None if info.is_required() else info.get_default(call_default_factory=True)


def _changes(sets: Iterable[Stored]) -> list[Placed]:
    """The ops of *sets*, the latest first. A field of a record born in them needs no undoing."""
    found: list[Placed] = []
    born: set[bytes] = set()
    for stored in sets:
        body = stored.read()
        for item in log.placed(stored.id, body):
            if item.op.field == LIFE and item.op.value == LIVE and not item.op.parents:
                born.add(item.record)
            found.append(item)
    kept = [item for item in found if item.record not in born or item.op.field == LIFE]
    return kept[::-1]


def _rows(session: Session, changes: Iterable[Placed]) -> dict[bytes, Record]:
    wanted: dict[str, set[UUID]] = {}
    for item in changes:
        wanted.setdefault(item.entity, set()).add(UUID(bytes=item.record))
    rows: dict[bytes, Record] = {}
    for entity, ids in wanted.items():
        model: Any = MODELS[entity]
        listed = sorted(ids)
        for start in range(0, len(listed), 400):
            statement = select(model).where(col(model.id).in_(listed[start : start + 400]))
            rows |= {row.id.bytes: row for row in session.exec(statement)}
    return rows


def _at(connection: Connection, n: int) -> list[Stored]:
    return log.recent(connection, 1, before=n + 1)
