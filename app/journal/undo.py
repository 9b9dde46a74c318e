"""Named undo and redo, many levels, across restarts: read from the log itself.

Undo is an inverse change. It is refused where it would overwrite later work.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import Session, col, select

from app.errors import ChangedSince
from app.journal import log
from app.journal.change_set import ADD, LIFE, REMOVE, numbered
from app.journal.log import Placed, Stored
from app.journal.plain import Layout, layout_of
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
        body = next(iter(_at(connection, n))).read()
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
    connection = session.connection()
    changes = _changes(connection, step)
    heads = log.load_heads(connection, {item.record for item in changes})
    for item in changes:
        now = heads.of.get((item.record, item.op.field), set())
        if not _still_stands(item, now):
            raise ChangedSince(label=step.label)
    before = log.ops_by_id(connection, {p for item in changes for p in item.op.parents})
    rows = _rows(session, changes)
    for item in changes:
        _put_back(rows[item.record], item, before)
    session.add_all(rows.values())


def _still_stands(item: Placed, heads: set[bytes]) -> bool:
    if item.op.kind == ADD:
        return item.id in heads
    if item.op.kind == REMOVE:
        return True
    return heads == {item.id}


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


def _changes(connection: Connection, step: Step) -> list[Placed]:
    """The step's ops, the latest first. A field of a record born in it needs no putting back."""
    found: list[Placed] = []
    born: set[bytes] = set()
    for stored in log.sets_of_batch(connection, step.batch):
        body = stored.read()
        for op_id, entity, record, op in numbered(stored.id, body):
            if op.field == LIFE and op.value == LIVE and not op.parents:
                born.add(record)
            found.append(Placed(op_id, body.lamport, entity, record, op))
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
