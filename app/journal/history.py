"""What happened to a record: who, when, which field, before and after."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, replace
from datetime import datetime

from sqlalchemy import Connection

from app import moments
from app.journal import log, secret
from app.journal.change_set import ADD, LIFE, REMOVE, ChangeSet, Plain, numbered
from app.journal.log import Placed, Stored
from app.journal.plain import Layout, layout_of
from app.kinds import CARDS
from app.models import LIVE
from app.models.handling import STAND_IN
from app.models.values import Value
from app.words import told


@dataclass(frozen=True)
class Change:
    """One field of one record, before and after. Values are the record's Python values.

    `field` is `life` for a record entered, withdrawn or restored (True/False).
    """

    entity: str
    record: bytes
    field: str
    before: Value
    after: Value


@dataclass(frozen=True)
class Event:
    """One save: who made it, when by that machine's clock, what it was called."""

    n: int
    id: bytes
    batch: bytes
    at: datetime
    clerk: str
    replica: bytes
    label: str
    reverts: bytes
    family: str
    family_id: bytes
    changes: tuple[Change, ...]


def of_family(connection: Connection, family_id: bytes, record: bytes | None = None) -> list[Event]:
    """The events of a family, newest first; with *record*, only those that touched it."""
    sets = log.sets_of_family(connection, family_id)
    return _events(connection, sets, record)


def of_batch(connection: Connection, batch: bytes) -> list[Event]:
    """The events of one action, newest first."""
    return _events(connection, log.sets_of_batch(connection, batch), None)


def latest(connection: Connection, limit: int, before: int | None = None) -> list[Event]:
    """The newest events of the whole register, newest first; *before* is an `n` to page from."""
    return _events(connection, list(reversed(log.recent(connection, limit, before))), None)


def has_before(connection: Connection, n: int) -> bool:
    """Whether the log goes back further than *n*."""
    row = connection.exec_driver_sql("SELECT 1 FROM cset WHERE n < ? LIMIT 1", (n,)).first()
    return row is not None


def _events(connection: Connection, sets: list[Stored], record: bytes | None) -> list[Event]:
    ops: dict[bytes, Placed] = {}
    read = [(stored, stored.read()) for stored in sets]
    for stored, body in read:
        ops |= {item.id: item for item in log.placed(stored.id, body)}
    wanted = {p for item in ops.values() for p in item.op.parents if p not in ops}
    known = ops | log.ops_by_id(connection, wanted)
    events: list[Event] = []
    for stored, body in read:
        changes = [
            change
            for op_id, _, owner, _ in numbered(stored.id, body)
            if record is None or owner == record
            for change in _changes(ops[op_id], known)
        ]
        if changes:
            events.append(_event(stored, body, tuple(changes)))
    return _discreet(connection, events[::-1])


def _discreet(connection: Connection, events: list[Event]) -> list[Event]:
    """*events* without what they say of secret papers: it may have been written before the mark."""
    hidden = secret.hidden(connection, {(c.entity, c.record) for e in events for c in e.changes})
    if not hidden:
        return events
    return [_without_content(event, hidden) for event in events]


def _without_content(event: Event, hidden: set[bytes]) -> Event:
    if not any(change.record in hidden for change in event.changes):
        return event
    changes = tuple(_blanked(c) if c.record in hidden else c for c in event.changes)
    return replace(event, label=told(secret.HIDDEN_LABEL), changes=changes)


def _blanked(change: Change) -> Change:
    card = CARDS[change.entity]
    if change.field not in card.content and change.field not in card.rules:
        return change
    before, after = (value and STAND_IN for value in (change.before, change.after))
    return replace(change, before=before, after=after)


def _event(stored: Stored, body: ChangeSet, changes: tuple[Change, ...]) -> Event:
    return Event(
        n=stored.n,
        id=stored.id,
        batch=body.batch,
        at=moments.local(body.wall),
        clerk=body.user,
        replica=body.replica,
        label=body.label,
        reverts=body.reverts,
        family=body.family,
        family_id=body.family_id,
        changes=changes,
    )


def _changes(item: Placed, known: dict[bytes, Placed]) -> Iterable[Change]:
    layout = layout_of(item.entity)
    if layout is None:
        return
    op = item.op
    parents = [known[p].op.value for p in op.parents if p in known]
    before = parents[0] if parents else None

    def change(name: str, old: Value, new: Value) -> Change:
        return Change(item.entity, item.record, name, old, new)

    if op.field == LIFE:
        yield change(LIFE, LIVE in parents if parents else None, op.value == LIVE)
    elif op.kind in (ADD, REMOVE):
        element = layout.codecs[op.field].from_plain(op.value)
        yield change(op.field, *((None, element) if op.kind == ADD else (element, None)))
    elif op.field in layout.groups:
        yield from (
            change(member, old, new)
            for member in layout.groups[op.field]
            if (old := _member(layout, member, before))
            != (new := _member(layout, member, op.value))
        )
    else:
        read = layout.codecs[op.field].from_plain
        yield change(op.field, None if before is None else read(before), read(op.value))


def _member(layout: Layout, name: str, group: Plain) -> Value:
    if not isinstance(group, dict) or group.get(name) is None:
        return None
    return layout.codecs[name].from_plain(group[name])
