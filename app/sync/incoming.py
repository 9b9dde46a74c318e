"""Reading a package: nothing is used before it is whole, signed, ours to read, and looked at.

Everything happens in one transaction that the caller commits, or rolls back after a preview.
"""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from copy import deepcopy
from dataclasses import replace
from datetime import datetime
from pathlib import Path

from sqlalchemy import Connection

from app import moments
from app.journal.keys import Keyring
from app.journal.raw import raw
from app.progress import Progress, quiet
from app.store.blobs import Blobs
from app.store.upgrade import CURRENT
from app.store.withdrawals import APPLIED
from app.sync import alarms, container, files, links, manifest, rights, roster, taking
from app.sync import circle as circles
from app.sync.alarms import alarm
from app.sync.circle import Circle
from app.sync.container import Opened
from app.sync.links import PackageRow
from app.sync.manifest import Manifest
from app.sync.refusal import PackageRefused
from app.sync.roster import UNREADABLE, Machine, Member
from app.sync.signatures import Signatures, looked_at_meanwhile
from app.sync.taking import Desk, Outcome, no_collecting

__all__ = ["Outcome", "receive"]

_LAST_DAY = 253_402_214_400_000  # ms since 1970: the end of the year 9999


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
    """Take in the package at *path*. Raises PackageRefused or KeyUnusable: commit nothing.

    With *keep* False the files are verified and not put into *blobs*; the caller rolls back.
    """
    with _opened(path, circle.keyring) as opened:
        found = _manifest(opened, circle)
        circle = _learn(connection, circle, found)
        if found.to_office != circle.office or not _is_ours(circle, found.to_replica):
            raise PackageRefused("wrong_addressee", opened.name)
        sender, machine = _sender(opened, circle, found)
        outcome = Outcome(
            package=found.id,
            sender=sender.name,
            number=found.number,
            made=moments.local(found.made),
            name=path.name,
            ended=found.ended,
        )
        _check_parts(opened, found)
        if links.package(connection, found.id) is not None:
            outcome.is_again = True
            return outcome
        is_retired = machine.retired_at is not None
        desk = Desk(connection, circle, found, outcome, now, is_retired)
        return _take(desk, opened, progress, blobs, keep=keep)


@contextmanager
def _opened(path: Path, keyring: Keyring) -> Iterator[Opened]:
    """Yield the package; where a key that may have opened it is lost, KeyUnusable tells of that."""
    try:
        with container.open_sealed(path, list(circles.identities(keyring))) as opened:
            yield opened
    except PackageRefused as error:
        lost = circles.lost_box(keyring) if error.code == "not_for_us" else None
        if lost is not None:
            raise lost from error
        raise


def _take(
    desk: Desk, opened: Opened, progress: Progress, blobs: Blobs | None, *, keep: bool
) -> Outcome:
    connection, found = desk.connection, desk.found
    first = _last_arrival(connection)
    with no_collecting(), looked_at_meanwhile() as signatures:
        desk = _applied(desk, opened, signatures, progress)
    outcome = desk.outcome
    outcome.alarms += alarms.forks(connection, desk.circle, first)
    _settle_links(desk, first)
    if blobs is not None:
        with files.taken(connection, opened, found, blobs, keep=keep) as taken:
            outcome.files = taken.sizes
            taken.keep(blobs)
    return outcome


def _applied(desk: Desk, opened: Opened, signatures: Signatures, progress: Progress) -> Desk:
    """Judge and apply; once more from the beginning where a signature turns out to be forged."""
    connection = raw(desk.connection)
    while True:
        begun = replace(desk, outcome=deepcopy(desk.outcome))
        begun.outcome.alarms += alarms.gap(desk.connection, desk.found, desk.outcome.sender)
        if desk.is_retired:
            begun.outcome.alarms.append(alarm(alarms.RETIRED, name=desk.outcome.sender))
        connection.execute("SAVEPOINT taking")
        verdict = rights.judge(
            desk.connection, opened, desk.found, desk.circle, signatures, progress=progress
        )
        taking.apply(begun, opened, verdict, progress)
        if signatures.are_good():
            connection.execute("RELEASE taking")
            return begun
        connection.execute("ROLLBACK TO taking")
        connection.execute("RELEASE taking")


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
    if len(found.parts) > manifest.MOST_CHUNKS:
        raise PackageRefused("too_big", opened.name)
    if not _is_sound(found):
        raise PackageRefused("damaged", opened.name)
    return found


def _is_ours(circle: Circle, replica: bytes) -> bool:
    """A register put back from before a restore has forgotten who it was.

    Its keys have not; and where they were put back too, the package brings the word of it.
    """
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


def _settle_links(desk: Desk, first: int) -> None:
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


def _take_receipt(desk: Desk, *, is_latest: bool) -> None:
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
