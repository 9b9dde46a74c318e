"""Writing a package: what goes to one office and why, sealed, read back, kept in the outbox."""

from __future__ import annotations

import hashlib
import os
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from app import __version__, durable, moments
from app.errors import TargetGone
from app.journal import log
from app.journal.raw import raw
from app.progress import Progress, quiet
from app.store.blobs import Blobs
from app.store.upgrade import CURRENT
from app.sync import container, families, files, links, manifest, stick
from app.sync.chunk import encode_sets
from app.sync.circle import Circle
from app.sync.files import File
from app.sync.links import MADE, Link, PackageRow
from app.sync.manifest import Manifest, PackedPart
from app.sync.roster import Machine, Member

_CHUNK = 4 << 20


@dataclass(frozen=True)
class Plan:
    """What would go to one office. `whole` are families sent from their beginning.

    `ended` are families that it has and that no longer concern it.
    """

    member: Member
    machine: Machine
    link: Link
    chosen: dict[bytes, int]  # family → sent from which arrival on
    whole: frozenset[bytes]
    scope: frozenset[bytes]
    ended: tuple[bytes, ...]
    kinds: dict[str, int]  # family kind → how many families
    sets: int
    n_to: int
    files: tuple[File, ...] = ()


@dataclass(frozen=True)
class Made:
    """A package that has been written and read back."""

    path: Path
    row: PackageRow
    size: int


def plan(
    connection: Connection, circle: Circle, member: Member, blobs: Blobs | None = None
) -> Plan:
    """Choose what *member* must be sent: everything in its scope since its last receipt.

    Without *blobs* no attached file goes with it.
    """
    machine = circle.current(member)
    if machine is None:
        raise TargetGone(path=member.name, why="văn phòng này chưa có máy nào được công nhận.")
    known = links.known(connection, machine.replica, member.office)
    n_to = int(raw(connection).execute("SELECT coalesce(max(n), 0) FROM cset").fetchone()[0])
    shared = links.shared_with(connection, machine.replica)
    # All families, not only those touched: one may come into scope by what happens elsewhere (a
    # body joins the circle, a review gets another host, two bodies turn out to be one).
    listed = _all_families(connection)
    scope = families.concerning(connection, _pairs(listed), member.agencies, is_hub=member.is_hub)
    chosen = {family: known.base_n if family in shared else 0 for family in scope}
    counts = _counts(connection, chosen)
    chosen = {family: start for family, start in chosen.items() if counts.get(family)}
    kinds: dict[str, int] = {}
    for family in chosen:
        kinds[listed[family]] = kinds.get(listed[family], 0) + 1
    return Plan(
        member=member,
        machine=machine,
        link=known,
        chosen=chosen,
        whole=frozenset(family for family in chosen if family not in shared),
        scope=frozenset(scope | shared),
        ended=tuple(sorted(shared - scope)),
        kinds=kinds,
        sets=sum(counts[family] for family in chosen),
        n_to=n_to,
        files=tuple(_files(connection, blobs, chosen, machine.replica, scope)),
    )


def write(
    connection: Connection,
    circle: Circle,
    chosen: Plan,
    *,
    outbox: Path,
    now: datetime,
    progress: Progress = quiet,
    blobs: Blobs | None = None,
) -> Made:
    """Write the package of *chosen* into *outbox*; the file is re-opened and re-hashed.

    The caller commits *connection* first and only then hands the file out. Raises TargetGone.
    """
    number = chosen.link.sent_number + 1
    package_id = os.urandom(16)
    path = stick.named(outbox, _stem(circle.me.name, chosen.member.name, number, now))
    name = path.name
    parts_path = durable.unused(outbox / "chunks")
    try:
        outbox.mkdir(parents=True, exist_ok=True)
        durable.sweep(outbox, older_than=0)  # the office is locked: nobody else writes here
        with durable.create(parts_path) as store:
            parts = _write_chunks(connection, chosen, store, progress)
            if blobs is not None:
                parts += files.write_parts(blobs, chosen.files, store)
            about = _About(package_id, number, moments.milliseconds(now), tuple(parts))
            body = _manifest(connection, circle, chosen, about, blobs)
            size = _seal(path, body, store, circle, chosen)
    except OSError as error:
        raise durable.said(error, path) from error
    finally:
        durable.clear(parts_path)
    row = PackageRow(
        id=package_id,
        is_ours=True,
        mine=circle.replica,
        peer=chosen.machine.replica,
        office=chosen.member.office,
        number=number,
        at=links.now_words(now),
        name=name,
        sets=chosen.sets,
        n_from=chosen.link.base_n,
        n_to=chosen.n_to,
        state=MADE,
    )
    links.note_package(connection, row, chosen.whole, circle.roster.serial, chosen.ended)
    links.link(connection, chosen.machine.replica, chosen.member.office)
    raw(connection).execute(
        "UPDATE link SET sent_number = ? WHERE peer = ?", (number, chosen.machine.replica)
    )
    return Made(path, row, size)


def _all_families(connection: Connection) -> dict[bytes, str]:
    """Every family of the log and its kind: from one to the next through the index."""
    rows = raw(connection).execute(
        "WITH RECURSIVE found (id) AS (SELECT min(family_id) FROM cset UNION ALL"
        " SELECT (SELECT min(family_id) FROM cset WHERE family_id > found.id) FROM found"
        " WHERE found.id IS NOT NULL)"
        " SELECT found.id, (SELECT family FROM cset c WHERE c.family_id = found.id LIMIT 1)"
        " FROM found WHERE found.id IS NOT NULL"
    )
    return dict(rows.fetchall())


def _counts(connection: Connection, chosen: dict[bytes, int]) -> dict[bytes, int]:
    """How many change sets each chosen family has to send."""
    _say_chosen(connection, chosen)
    rows = raw(connection).execute(
        "SELECT c.family_id, count(*) FROM chosen s CROSS JOIN cset c ON c.family_id = s.family_id"
        " WHERE c.n > s.start GROUP BY c.family_id"
    )
    return dict(rows.fetchall())


def _say_chosen(connection: Connection, chosen: dict[bytes, int]) -> None:
    raw(connection).execute(
        "CREATE TEMP TABLE IF NOT EXISTS chosen (family_id BLOB PRIMARY KEY, start INTEGER)"
    )
    raw(connection).execute("DELETE FROM chosen")
    raw(connection).executemany("INSERT INTO chosen VALUES (?, ?)", list(chosen.items()))


def _pairs(listed: dict[bytes, str]) -> list[tuple[str, bytes]]:
    return [(kind, family) for family, kind in listed.items()]


def _files(
    connection: Connection,
    blobs: Blobs | None,
    chosen: dict[bytes, int],
    peer: bytes,
    scope: set[bytes],
) -> list[File]:
    if blobs is None:
        return []
    asked = files.asked_for(connection, peer, scope)
    return files.to_send(connection, blobs, chosen, asked)


def _write_chunks(
    connection: Connection, chosen: Plan, store: IO[bytes], progress: Progress
) -> list[PackedPart]:
    parts: list[PackedPart] = []
    pending: list[tuple[bytes, bytes]] = []
    size = done = 0
    for body, sig in _sets(connection, chosen):
        pending.append((body, sig))
        size += len(body) + len(sig)
        done += 1
        if size >= _CHUNK:
            progress(done, chosen.sets)
            parts.append(_write_chunk(pending, store))
            pending, size = [], 0
    if pending:
        parts.append(_write_chunk(pending, store))
    progress(done, chosen.sets)
    return parts


def _sets(connection: Connection, chosen: Plan) -> Iterator[tuple[bytes, bytes]]:
    _say_chosen(connection, chosen.chosen)
    cursor = raw(connection).execute(
        f"SELECT {log.BODY}, c.sig FROM chosen s"
        " CROSS JOIN cset c ON c.family_id = s.family_id JOIN replica r ON r.n = c.replica"
        " WHERE c.n > s.start AND c.n <= ? ORDER BY c.n",
        (chosen.n_to,),
    )
    while rows := cursor.fetchmany(1000):
        yield from rows


def _write_chunk(pending: list[tuple[bytes, bytes]], store: IO[bytes]) -> PackedPart:
    chunk, packed = container.compress("sets", encode_sets(pending))
    store.write(packed)
    return PackedPart("sets", chunk.sha256, chunk.size, chunk.raw_size)


@dataclass(frozen=True)
class _About:
    """What one package is called and holds."""

    id: bytes
    number: int
    made: int
    parts: tuple[PackedPart, ...]


def _manifest(
    connection: Connection, circle: Circle, chosen: Plan, about: _About, blobs: Blobs | None
) -> bytes:
    peer = chosen.machine.replica
    theirs = circle.incarnations(chosen.member)
    return manifest.encode(
        Manifest(
            v=manifest.VERSION,
            realm=circle.realm,
            id=about.id,
            from_office=circle.office,
            from_replica=circle.replica,
            to_office=chosen.member.office,
            to_replica=peer,
            to_recipient=chosen.machine.recipient,
            number=about.number,
            base=chosen.link.base_number,
            made=about.made,
            app=__version__,
            schema=CURRENT,
            min_reader=1,
            roster=circle.signed,
            successions=tuple(circle.renewed.values()),
            applied=links.applied_from(connection, peer),
            echo=links.echo_of(connection, theirs),
            sets=chosen.sets,
            families=len(chosen.chosen),
            ended=chosen.ended,
            wanted=tuple(_wanted(connection, blobs, chosen)),
            parts=about.parts,
        )
    )


def _wanted(connection: Connection, blobs: Blobs | None, chosen: Plan) -> list[bytes]:
    return [] if blobs is None else files.missing(connection, blobs, chosen.scope)


def _seal(path: Path, body: bytes, store: IO[bytes], circle: Circle, chosen: Plan) -> int:
    store.seek(0)
    recipients = [machine.recipient for machine in circle.live(chosen.member)]
    if circle.roster.recovery:
        recipients.append(circle.roster.recovery)
    told = b""

    def verify(written: Path) -> None:
        with written.open("rb") as again:
            if stick.digest(again) != told:
                raise TargetGone(path=path.parent, why="đọc lại gói vừa ghi thấy khác.")

    with durable.writing(path, verify) as target:
        pieces = iter(lambda: store.read(1 << 20), b"")
        wrote = _Hashed(target)
        container.write(wrote, body, pieces, circle.keyring.signer(circle.replica), recipients)
        told = wrote.digest()
    return path.stat().st_size


class _Hashed:
    """A file that knows what it was told to hold, whatever the disk made of it."""

    def __init__(self, file: IO[bytes]) -> None:
        self._file = file
        self._hash = hashlib.sha256()

    def write(self, content: bytes) -> int:
        self._hash.update(content)
        return self._file.write(content)

    def flush(self) -> None:
        self._file.flush()

    def digest(self) -> bytes:
        return self._hash.digest()


def _stem(sender: str, reader: str, number: int, now: datetime) -> str:
    """A name for people only; nothing is ever read from it."""
    return f"PH_{_short(sender)}_{_short(reader)}_{number:04d}_{now:%Y%m%d}"


def _short(name: str) -> str:
    from app.text import folded

    words = [word for word in folded(name).replace("/", " ").split() if word.isalnum()]
    return ("-".join(words) or "van-phong")[:40]
