"""Reading a package: nothing is used before it is whole, signed, ours to read, and looked at.

Everything happens in one transaction that the caller commits, or rolls back after a preview.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app.journal import apply as applying
from app.journal import log
from app.journal.change_set import ChangeSet
from app.journal.raw import raw
from app.progress import Progress, quiet
from app.store import searching
from app.store.blobs import Blobs
from app.store.upgrade import CURRENT
from app.sync import alarms, container, files, links, manifest, rights, roster, shape
from app.sync import circle as circles
from app.sync.alarms import Alarm, alarm
from app.sync.circle import Circle
from app.sync.container import Opened
from app.sync.effects import conflicts, lives
from app.sync.judging import Item, chunks, found_before
from app.sync.links import APPLIED, PackageRow
from app.sync.manifest import Manifest
from app.sync.refusal import PackageRefused
from app.sync.roster import UNREADABLE, Machine, Member

_AT_ONCE = 1000
_LAST_DAY = 253_402_214_400_000  # ms since 1970: the end of the year 9999


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
class _Desk:
    """What everybody who handles the package has at hand."""

    connection: Connection
    circle: Circle
    found: Manifest
    outcome: Outcome
    now: datetime
    is_retired: bool


def receive(
    connection: Connection,
    path: Path,
    circle: Circle,
    *,
    now: datetime,
    progress: Progress = quiet,
    blobs: Blobs | None = None,
    keep: bool = True,
) -> Outcome:
    """Take in the package at *path*. Raises PackageRefused, and then nothing may be committed.

    With *keep* False the files are verified and not put into *blobs*; the caller rolls back.
    """
    with container.open_sealed(path, list(circles.identities(circle.keyring))) as opened:
        found = _manifest(opened, circle)
        circle = _learn(connection, circle, found)
        sender, machine = _sender(opened, circle, found)
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
        is_retired = machine.retired_at is not None
        desk = _Desk(connection, circle, found, outcome, now, is_retired)
        _take(desk, opened, progress, blobs, keep=keep)
        return outcome


def _take(
    desk: _Desk, opened: Opened, progress: Progress, blobs: Blobs | None, *, keep: bool
) -> None:
    connection, found, outcome = desk.connection, desk.found, desk.outcome
    first = _last_arrival(connection)
    outcome.alarms += alarms.gap(connection, found, outcome.sender)
    if desk.is_retired:
        outcome.alarms.append(alarm(alarms.RETIRED, name=outcome.sender))
    faults = rights.faults(connection, opened, found, desk.circle)
    _apply(desk, opened, faults, progress)
    outcome.alarms += alarms.forks(connection, desk.circle, first)
    _settle_links(desk, first)
    if blobs is not None:
        with files.taken(connection, opened, found, blobs, keep=keep) as taken:
            outcome.files = taken.sizes
            taken.keep(blobs)


def _last_arrival(connection: Connection) -> int:
    return int(raw(connection).execute("SELECT coalesce(max(n), 0) FROM cset").fetchone()[0])


def _manifest(opened: Opened, circle: Circle) -> Manifest:
    try:
        found = manifest.decode(opened.manifest)
    except UNREADABLE as error:
        raise PackageRefused("damaged", opened.name) from error
    if found.v > manifest.VERSION or found.min_reader > CURRENT:
        raise PackageRefused("newer", opened.name)
    if found.realm != circle.realm:
        raise PackageRefused("wrong_circle", opened.name)
    if found.from_office == circle.office:
        raise PackageRefused("ours", opened.name)
    if found.to_office != circle.office or not _is_ours(circle, found.to_replica):
        raise PackageRefused("wrong_addressee", opened.name)
    if len(found.parts) > manifest.MOST_CHUNKS:
        raise PackageRefused("too_big", opened.name)
    if not _is_sound(found):
        raise PackageRefused("damaged", opened.name)
    return found


def _is_ours(circle: Circle, replica: bytes) -> bool:
    """A register put back from before a restore has forgotten who it was; its keys have not."""
    return replica in circle.mine() or circle.keyring.holds(replica)


def _is_sound(found: Manifest) -> bool:
    """Whether the numbers can be kept and shown, and no part is negative or endless."""
    numbers = (found.number, found.base, found.sets, *(p.offset for p in found.parts))
    return (
        all(0 <= number < 1 << 60 for number in numbers)
        and 0 <= found.made < _LAST_DAY
        and all(p.size >= 0 and p.raw_size >= 0 for p in found.parts)
        and all(len(item) == 16 for item in (found.id, found.from_replica, *found.ended))
    )


def _learn(connection: Connection, circle: Circle, found: Manifest) -> Circle:
    """Take in a newer roster and machines' own words, each only if truly signed."""
    newer = roster.read(found.roster, circle.realm)
    if newer is not None and newer.serial > circle.roster.serial:
        links.keep_roster(connection, newer, found.roster)
        circle = replace(circle, roster=newer, signed=found.roster)
    waiting = [item for item in found.successions if item.machine.replica not in circle.renewed]
    for _ in range(len(waiting)):
        for item in list(waiting):
            old = circle.machine(item.old)
            if old is not None and circles.is_true(item, old[1].public):
                links.keep_succession(connection, item)
                circle.renewed[item.machine.replica] = item
                waiting.remove(item)
    return circle


def _sender(opened: Opened, circle: Circle, found: Manifest) -> tuple[Member, Machine]:
    known = circle.machine(found.from_replica)
    if known is None or known[0].office != found.from_office:
        raise PackageRefused("unknown_sender", opened.name)
    member, machine = known
    if not opened.is_signed_by(machine.public):
        raise PackageRefused("bad_signature", opened.name)
    return member, machine


def _check_parts(opened: Opened, found: Manifest) -> None:
    if not opened.ends_after(sum(part.size for part in found.parts)):
        raise PackageRefused("bad_chunk", opened.name)


def _apply(desk: _Desk, opened: Opened, faults: Mapping[bytes, str], progress: Progress) -> None:
    done, total = 0, desk.found.sets
    for pairs in chunks(opened, desk.found):
        for start in range(0, len(pairs), _AT_ONCE):
            progress(done, total)
            items = list(found_before(pairs[start : start + _AT_ONCE], faults))
            done += len(items)
            _apply_some(desk, items)
    progress(done, total)


def _apply_some(desk: _Desk, items: list[Item]) -> None:
    connection, outcome = desk.connection, desk.outcome
    # One by one: the same change set twice would make its ops heads again.
    fresh = {item.id: item for item in items if not _is_here(connection, item.id)}
    outcome.known += len(items) - len(fresh)
    outcome.families |= {item.read.family_id for item in items if item.read is not None}
    held: list[tuple[bytes, bytes, bytes, ChangeSet]] = []
    good: list[tuple[bytes, bytes, bytes, ChangeSet]] = []
    for item in fresh.values():
        if item.reason or item.read is None:
            _quarantine(desk, item, item.reason)
            continue
        _note_author(desk, item.read)
        entry = (item.id, item.body, item.sig, item.read)
        (good if shape.is_understood(item.read, CURRENT) else held).append(entry)
    log.store_change_sets(connection, held, log.HELD)
    log.store_change_sets(connection, good, log.APPLIED)
    outcome.held += len(held)
    outcome.sets += len(good)
    read = [entry[3] for entry in (*good, *held)]
    seen = {told.sentence for told in outcome.alarms}
    found = alarms.clocks(desk.circle, desk.found, read, desk.now)
    outcome.alarms += [told for told in found if told.sentence not in seen]
    _note_effects(connection, [(set_id, body) for set_id, _, _, body in good], outcome)


def _note_author(desk: _Desk, read: ChangeSet) -> None:
    known = desk.circle.machine(read.replica)
    if known is None:
        return
    _keep_replica(desk, known[1], known[0].office)
    desk.outcome.authors[known[0].name] += 1
    if read.replica == desk.circle.replica and not desk.outcome.is_mine_doubled:
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
    after = lives(connection, touched)
    for record, entity in touched.items():
        if record not in before:
            outcome.new[entity].add(record)
        elif before[record] != "deleted" and after.get(record) == "deleted":
            outcome.deleted[entity].add(record)
        elif record not in outcome.new[entity]:
            outcome.changed[entity].add(record)
    # An edit of a merged record is a conflict of the record that is shown for it.
    outcome.conflicts += sorted(conflicts(connection) - disputed)


def _is_here(connection: Connection, set_id: bytes) -> bool:
    row = raw(connection).execute("SELECT 1 FROM cset WHERE id = ?", (set_id,)).fetchone()
    return row is not None


def _keep_replica(desk: _Desk, machine: Machine, office: bytes) -> None:
    raw(desk.connection).execute(
        "INSERT OR IGNORE INTO replica (id, public, office, created) VALUES (?, ?, ?, ?)",
        (machine.replica, machine.public, office, links.now_words(desk.now)),
    )


def _quarantine(desk: _Desk, item: Item, reason: str) -> None:
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


def _settle_links(desk: _Desk, first: int) -> None:
    connection, circle, found, outcome = desk.connection, desk.circle, desk.found, desk.outcome
    at = links.now_words(desk.now)
    links.link(connection, found.from_replica, found.from_office)
    if not desk.is_retired:  # its receipts are of a machine that nobody sends to any more
        _take_receipt(desk, is_latest=found.number > _last_received(connection, found))
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
        n_to=_last_arrival(connection),
        state=APPLIED,
    )
    links.note_package(connection, row)


def _take_receipt(desk: _Desk, *, is_latest: bool) -> None:
    connection, circle, found, outcome = desk.connection, desk.circle, desk.found, desk.outcome
    peer = found.from_replica
    outcome.acknowledged = links.acknowledge(connection, peer, circle.replica, found.applied)
    outcome.is_full_resend_due = _has_lost(connection, circle, found)
    if outcome.is_full_resend_due:
        links.forget(connection, peer)
    raw(connection).executemany(
        "DELETE FROM ended WHERE family_id = ? AND office = ?",
        [(family, found.from_office) for family in outcome.families],
    )
    if not is_latest:
        return  # it came late: what it says of the present has passed
    files.note_wanted(connection, peer, found.wanted)
    raw(connection).executemany(
        "INSERT OR REPLACE INTO ended (family_id, office, at) VALUES (?, ?, ?)",
        [(family, found.from_office, links.now_words(desk.now)) for family in found.ended],
    )


def _last_received(connection: Connection, found: Manifest) -> int:
    row = (
        raw(connection)
        .execute(
            "SELECT coalesce(max(number), 0) FROM package WHERE peer = ? AND NOT is_ours",
            (found.from_replica,),
        )
        .fetchone()
    )
    return int(row[0])


def _has_lost(connection: Connection, circle: Circle, found: Manifest) -> bool:
    """Whether the sender lacks something of ours that it has acknowledged.

    It was put back from an image of the disk, keys and all: no new identity says so, but the
    receipt of our package is gone, or fewer of our change sets are there than it had.
    """
    known = links.link(connection, found.from_replica, found.from_office)
    if known.base_number == 0:
        return False
    if links.has_dropped(connection, known, circle.replica, found.applied):
        return True
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
