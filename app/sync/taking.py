"""Taking the change sets of a package in: kept as they came, applied, and told.

A register's first package brings a hundred thousand changes. Each step handles many at once, and
each record is judged, written and indexed once, however often it was changed.
"""

from __future__ import annotations

import gc
from collections import Counter, defaultdict
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime

from sqlalchemy import Connection

from app.journal import apply as applying
from app.journal import log
from app.journal.change_set import ChangeSet
from app.journal.raw import raw
from app.progress import Progress
from app.store import searching
from app.sync import alarms, links
from app.sync.alarms import Alarm, alarm
from app.sync.circle import Circle
from app.sync.container import Opened
from app.sync.effects import conflicts, lives
from app.sync.judging import Faults, Item, chunks, read_again
from app.sync.manifest import Manifest
from app.sync.rights import Judgement
from app.sync.roster import Machine

_AT_ONCE = 2500
Set = tuple[bytes, ChangeSet]
"""A change set and its id."""


@dataclass
class Outcome:
    """What a package brings: before it is applied, the preview; afterwards, the summary.

    `families` are all that the package touches, new here or not. `is_mine_doubled` says that
    this file must go on under a new identity; `files` are the attached files it brought, in
    bytes by hash.
    """

    package: bytes
    sender: str
    number: int
    made: datetime
    name: str
    is_again: bool = False
    is_full_resend_due: bool = False
    is_mine_doubled: bool = False
    new: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    changed: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    deleted: dict[str, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    conflicts: list[tuple[str, bytes, str]] = field(default_factory=list)
    quarantined: list[tuple[bytes, str]] = field(default_factory=list)
    held: int = 0
    sets: int = 0
    known: int = 0
    acknowledged: int = 0
    ended: tuple[bytes, ...] = ()
    families: set[bytes] = field(default_factory=set)
    files: dict[str, int] = field(default_factory=dict)
    alarms: list[Alarm] = field(default_factory=list)
    authors: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True)
class Desk:
    """What everybody who handles the package has at hand."""

    connection: Connection
    circle: Circle
    found: Manifest
    outcome: Outcome
    now: datetime
    is_retired: bool


@contextmanager
def no_collecting() -> Iterator[None]:
    """Half a million objects come and none of them in a circle: looking for some takes a third."""
    was_on = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if was_on:
            gc.enable()


def apply(desk: Desk, opened: Opened, verdict: Judgement, progress: Progress) -> None:
    """Take in what has been judged, and note in the outcome what it does."""
    total = desk.found.sets
    done = total // 2  # they have been judged
    for items in _read_again(desk, opened, verdict):
        sets = _store(desk, items, verdict.faults)
        items.clear()  # their bytes are in the file now and need no memory
        for some in _by_family(sets):
            progress(done, total)
            _note_effects(desk.connection, some, desk.outcome)
            done += len(some) // 2
    progress(total, total)


def _read_again(desk: Desk, opened: Opened, verdict: Judgement) -> Iterator[list[Item]]:
    """The change sets as they were judged: all at once, or a chunk at a time."""
    if verdict.items is not None:
        yield verdict.items
        return
    for pairs in chunks(opened, desk.found):
        yield read_again(pairs)


def _by_family(sets: list[Set]) -> Iterator[list[Set]]:
    """*sets* in parts of some thousands, none of which ends in the middle of a family.

    So every record is judged, written and indexed once, however often it was changed. *sets* is
    used up: what has been applied is not held any longer.
    """
    families: dict[bytes, list[Set]] = defaultdict(list)
    for item in sets:
        families[item[1].family_id].append(item)
    sets.clear()
    part: list[Set] = []
    for family in list(families):
        part += families.pop(family)
        if len(part) >= _AT_ONCE:
            yield part
            part = []
    if part:
        yield part


def _store(desk: Desk, items: list[Item], faults: Faults) -> list[Set]:
    """Keep what is new; returns what of it is to be applied."""
    connection, outcome = desk.connection, desk.outcome
    known = log.present(connection, [item.id for item in items])
    # One by one: the same change set twice would make its ops heads again.
    fresh = {item.id: item for item in items if item.id not in known}
    outcome.known += len(items) - len(fresh)
    outcome.families |= {item.read.family_id for item in items if item.read is not None}
    held: list[tuple[bytes, bytes, bytes, ChangeSet]] = []
    good: list[tuple[bytes, bytes, bytes, ChangeSet]] = []
    for item in fresh.values():
        if item.id in faults or item.read is None:
            _quarantine(desk, item, faults[item.id])
            continue
        entry = (item.id, item.body, item.sig, item.read)
        (good if item.is_understood else held).append(entry)
    for replica, count in Counter(entry[3].replica for entry in (*good, *held)).items():
        _note_author(desk, replica, count)
    log.store_change_sets(connection, held, log.HELD)
    log.store_change_sets(connection, good, log.APPLIED)
    _leave_the_door(connection, [entry[0] for entry in (*good, *held)])
    outcome.held += len(held)
    outcome.sets += len(good)
    read = [entry[3] for entry in (*good, *held)]
    seen = {told.sentence for told in outcome.alarms}
    found = alarms.clocks(desk.circle, desk.found, read, desk.now)
    outcome.alarms += [told for told in found if told.sentence not in seen]
    return [(set_id, body) for set_id, _, _, body in good]


def _leave_the_door(connection: Connection, ids: list[bytes]) -> None:
    """What waited for a person has come in by somebody who vouches: nobody need decide on it."""
    if raw(connection).execute("SELECT 1 FROM quarantine LIMIT 1").fetchone() is None:
        return
    raw(connection).executemany(
        "UPDATE quarantine SET verdict = 'let_in' WHERE id = ?", [(set_id,) for set_id in ids]
    )


def _note_author(desk: Desk, replica: bytes, count: int) -> None:
    known = desk.circle.machine(replica)
    if known is None:
        return
    _keep_replica(desk, known[1], known[0].office)
    desk.outcome.authors[known[0].name] += count
    if replica == desk.circle.replica and not desk.outcome.is_mine_doubled:
        desk.outcome.is_mine_doubled = True
        desk.outcome.alarms.append(alarm(alarms.OURS_UNKNOWN))


def _note_effects(
    connection: Connection, sets: list[tuple[bytes, ChangeSet]], outcome: Outcome
) -> None:
    touched: dict[bytes, str] = {
        record.record: record.entity for _, body in sets for record in body.records
    }
    before = lives(connection, touched)
    disputed = conflicts(connection)
    shown = applying.apply(connection, sets).records
    searching.index_all(connection, shown)
    after = lives(connection, {r: entity for r, entity in touched.items() if r in before})
    for record, entity in touched.items():
        if record not in before:
            outcome.new[entity].add(record)
        elif before[record] != "deleted" and after.get(record) == "deleted":
            outcome.deleted[entity].add(record)
        elif record not in outcome.new[entity]:
            outcome.changed[entity].add(record)
    # An edit of a merged record is a conflict of the record that is shown for it.
    outcome.conflicts += sorted(conflicts(connection) - disputed)


def _keep_replica(desk: Desk, machine: Machine, office: bytes) -> None:
    raw(desk.connection).execute(
        "INSERT OR IGNORE INTO replica (id, public, office, created) VALUES (?, ?, ?, ?)",
        (machine.replica, machine.public, office, links.now_words(desk.now)),
    )


def _quarantine(desk: Desk, item: Item, reason: str) -> None:
    known = desk.circle.machine(item.read.replica) if item.read is not None else None
    if known is not None and reason != "bad_signature":
        _keep_replica(desk, known[1], known[0].office)  # a person may yet let it in
    package, at = desk.outcome.package, links.now_words(desk.now)
    new = raw(desk.connection).execute(
        "INSERT OR IGNORE INTO quarantine (id, body, sig, reason, package, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (item.id, item.body, item.sig, reason, package, at),
    )
    if new.rowcount:  # what a person has seen already does not ask again
        desk.outcome.quarantined.append((item.id, reason))
