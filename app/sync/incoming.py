"""Reading a package: nothing is used before it is whole, signed, ours to read, and looked at.

Everything happens in one transaction that the caller commits, or rolls back after a preview.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from datetime import datetime
from pathlib import Path

import msgspec
from sqlalchemy import Connection

from app.journal import apply as applying
from app.journal import log
from app.journal.change_set import ChangeSet
from app.journal.raw import raw
from app.progress import Progress, quiet
from app.store import searching
from app.store.upgrade import CURRENT
from app.sync import circle as circles
from app.sync import container, links, manifest, roster
from app.sync.circle import Circle
from app.sync.container import Opened
from app.sync.effects import conflicts, lives
from app.sync.judging import Item, chunks, judged
from app.sync.links import APPLIED, PackageRow
from app.sync.manifest import Manifest
from app.sync.refusal import PackageRefused
from app.sync.rights import unrightful
from app.sync.roster import Machine, Member

_AT_ONCE = 1000


@dataclass
class Outcome:
    """What a package brings: before it is applied, the preview; afterwards, the summary."""

    package: bytes
    sender: str
    number: int
    made: datetime
    name: str
    is_again: bool = False
    is_full_resend_due: bool = False
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
    authors: dict[str, int] = field(default_factory=lambda: defaultdict(int))


@dataclass(frozen=True)
class _Desk:
    """What everybody who handles the package has at hand."""

    connection: Connection
    circle: Circle
    found: Manifest
    outcome: Outcome
    now: datetime


def receive(
    connection: Connection,
    path: Path,
    circle: Circle,
    *,
    now: datetime,
    progress: Progress = quiet,
) -> Outcome:
    """Take in the package at *path*. Raises PackageRefused, and then nothing may be committed."""
    with container.open_sealed(path, list(circles.identities(circle.keyring))) as opened:
        found = _manifest(opened, circle)
        circle = _learn(connection, circle, found)
        sender = _sender(opened, circle, found)
        outcome = Outcome(
            package=found.id,
            sender=sender.name,
            number=found.number,
            made=datetime.fromtimestamp(found.made / 1000).astimezone(),
            name=path.name,
            ended=found.ended,
        )
        _check_parts(opened, found)
        if links.package(connection, found.id) is not None:
            outcome.is_again = True
            return outcome
        first = int(raw(connection).execute("SELECT coalesce(max(n), 0) FROM cset").fetchone()[0])
        refused = unrightful(connection, opened, found, circle)
        desk = _Desk(connection, circle, found, outcome, now)
        _apply(desk, opened, refused, progress)
        _settle_links(desk, first)
        return outcome


def _manifest(opened: Opened, circle: Circle) -> Manifest:
    try:
        found = manifest.decode(opened.manifest)
    except msgspec.MsgspecError as error:
        raise PackageRefused("damaged", opened.name) from error
    if found.v > manifest.VERSION or found.min_reader > CURRENT:
        raise PackageRefused("newer", opened.name)
    if found.realm != circle.realm:
        raise PackageRefused("wrong_circle", opened.name)
    if found.from_office == circle.office:
        raise PackageRefused("ours", opened.name)
    if found.to_office != circle.office or found.to_replica not in circle.mine():
        raise PackageRefused("wrong_addressee", opened.name)
    if len(found.parts) > manifest.MOST_CHUNKS:
        raise PackageRefused("too_big", opened.name)
    return found


def _learn(connection: Connection, circle: Circle, found: Manifest) -> Circle:
    """Take in a newer roster and machines' own words, each only if truly signed."""
    newer = roster.read(found.roster, circle.realm)
    if newer is not None and newer.serial > circle.roster.serial:
        links.keep_roster(connection, newer, found.roster)
        circle = _with(circle, newer, found)
    waiting = [item for item in found.successions if item.machine.replica not in circle.renewed]
    for _ in range(len(waiting)):
        for item in list(waiting):
            old = circle.machine(item.old)
            if old is not None and circles.is_true(item, old[1].public):
                links.keep_succession(connection, item)
                circle.renewed[item.machine.replica] = item
                waiting.remove(item)
    return circle


def _with(circle: Circle, newer: roster.Roster, found: Manifest) -> Circle:
    return Circle(
        circle.realm, newer, found.roster, circle.renewed, circle.office, circle.replica,
        circle.keyring,
    )  # fmt: skip


def _sender(opened: Opened, circle: Circle, found: Manifest) -> Member:
    known = circle.machine(found.from_replica)
    if known is None or known[0].office != found.from_office:
        raise PackageRefused("unknown_sender", opened.name)
    member, machine = known
    if not opened.is_signed_by(machine.public):
        raise PackageRefused("bad_signature", opened.name)
    if machine.retired_at is not None:
        raise PackageRefused("retired_sender", opened.name)
    return member


def _check_parts(opened: Opened, found: Manifest) -> None:
    if not opened.ends_after(sum(part.size for part in found.parts)):
        raise PackageRefused("bad_chunk", opened.name)


def _apply(desk: _Desk, opened: Opened, refused: set[bytes], progress: Progress) -> None:
    done, total = 0, desk.found.sets
    for pairs in chunks(opened, desk.found):
        for start in range(0, len(pairs), _AT_ONCE):
            progress(done, total)
            items = list(judged(pairs[start : start + _AT_ONCE], desk.circle))
            done += len(items)
            _apply_some(desk, items, refused)
    progress(done, total)


def _apply_some(desk: _Desk, items: list[Item], refused: set[bytes]) -> None:
    connection, circle, outcome = desk.connection, desk.circle, desk.outcome
    fresh = [item for item in items if not _is_here(connection, item.id)]
    outcome.known += len(items) - len(fresh)
    held: list[tuple[bytes, bytes, bytes, ChangeSet]] = []
    good: list[tuple[bytes, bytes, bytes, ChangeSet]] = []
    for item in fresh:
        reason = item.reason or ("no_right" if item.id in refused else "")
        if reason or item.read is None:
            _quarantine(desk, item, reason)
            continue
        known = circle.machine(item.read.replica)
        if known is not None:
            _keep_replica(desk, known[1], item.read)
            outcome.authors[known[0].name] += 1
        entry = (item.id, item.body, item.sig, item.read)
        (good if applying.is_understood(item.read, CURRENT) else held).append(entry)
    log.store_change_sets(connection, held, log.HELD)
    log.store_change_sets(connection, good, log.APPLIED)
    outcome.held += len(held)
    outcome.sets += len(good)
    sets = [(set_id, read) for set_id, _, _, read in good]
    _note_effects(connection, sets, outcome)


def _note_effects(
    connection: Connection, sets: list[tuple[bytes, ChangeSet]], outcome: Outcome
) -> None:
    touched: dict[bytes, str] = {
        record.record: record.entity for _, body in sets for record in body.records
    }
    before = lives(connection, touched)
    disputed = conflicts(connection, touched)
    applying.apply(connection, sets)
    searching.index_changes(connection, sets)
    after = lives(connection, touched)
    for record, entity in touched.items():
        if record not in before:
            outcome.new[entity].add(record)
        elif before[record] != "deleted" and after.get(record) == "deleted":
            outcome.deleted[entity].add(record)
        elif record not in outcome.new[entity]:
            outcome.changed[entity].add(record)
    for record, name in conflicts(connection, touched) - disputed:
        outcome.conflicts.append((touched[record], record, name))


def _is_here(connection: Connection, set_id: bytes) -> bool:
    row = raw(connection).execute("SELECT 1 FROM cset WHERE id = ?", (set_id,)).fetchone()
    return row is not None


def _keep_replica(desk: _Desk, machine: Machine, read: ChangeSet) -> None:
    raw(desk.connection).execute(
        "INSERT OR IGNORE INTO replica (id, public, office, created) VALUES (?, ?, ?, ?)",
        (machine.replica, machine.public, read.office, links.now_words(desk.now)),
    )


def _quarantine(desk: _Desk, item: Item, reason: str) -> None:
    package, at = desk.outcome.package, links.now_words(desk.now)
    raw(desk.connection).execute(
        "INSERT OR IGNORE INTO quarantine (id, body, sig, reason, package, at)"
        " VALUES (?, ?, ?, ?, ?, ?)",
        (item.id, item.body, item.sig, reason, package, at),
    )
    desk.outcome.quarantined.append((item.id, reason))


def _settle_links(desk: _Desk, first: int) -> None:
    connection, circle, found, outcome = desk.connection, desk.circle, desk.found, desk.outcome
    at = links.now_words(desk.now)
    links.link(connection, found.from_replica, found.from_office)
    outcome.acknowledged = links.acknowledge(
        connection, found.from_replica, circle.replica, found.applied
    )
    outcome.is_full_resend_due = _has_lost(connection, circle, found)
    if outcome.is_full_resend_due:
        links.forget(connection, found.from_replica)
    raw(connection).executemany(
        "INSERT OR REPLACE INTO ended (family_id, office, at) VALUES (?, ?, ?)",
        [(family, found.from_office, at) for family in found.ended],
    )
    last = int(raw(connection).execute("SELECT coalesce(max(n), 0) FROM cset").fetchone()[0])
    row = PackageRow(
        id=found.id,
        is_ours=False,
        mine=circle.replica,
        peer=found.from_replica,
        office=found.from_office,
        number=found.number,
        at=at,
        name=outcome.name,
        sets=outcome.sets + outcome.held,
        n_from=first,
        n_to=last,
        state=APPLIED,
    )
    links.note_package(connection, row)


def _has_lost(connection: Connection, circle: Circle, found: Manifest) -> bool:
    """Whether the sender lacks something of ours that it has acknowledged."""
    known = links.link(connection, found.from_replica, found.from_office)
    if known.base_n == 0:
        return False
    shared = links.shared_with(connection, found.from_replica)
    count = 0
    for replica in circle.mine():
        rows = raw(connection).execute(
            "SELECT family_id FROM cset WHERE n <= ?"
            " AND replica = (SELECT n FROM replica WHERE id = ?)",
            (known.base_n, replica),
        )
        count += sum(row[0] in shared for row in rows)
    return found.echo.count < count
