"""Attached files in a package: which go, which are asked for, and taking them in whole or not.

A file travels by its hash in parts of at most four MiB. A package may leave files out; what a
reader still lacks it asks for by hash in its own packages.
"""

from __future__ import annotations

import hashlib
import json
from collections import defaultdict
from collections.abc import Iterable, Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass, field
from pathlib import Path
from typing import IO

from sqlalchemy import Connection

from app import durable
from app.errors import DiskFull
from app.journal import log
from app.journal.change_set import origin
from app.journal.raw import raw
from app.store import facts
from app.store.blobs import Blobs
from app.sync import container
from app.sync.container import Chunk, Opened
from app.sync.manifest import Manifest, PackedPart
from app.sync.refusal import PackageRefused

KIND = "blob"
PIECE = 4 << 20
_MOST_WANTED = 20_000


@dataclass(frozen=True)
class File:
    """An attached file as its record states it."""

    sha256: str
    size: int


@dataclass
class Taken:
    """The files of a package, verified, lying under names that nobody reads yet."""

    staged: dict[str, Path] = field(default_factory=dict)
    sizes: dict[str, int] = field(default_factory=dict)

    def keep(self, blobs: Blobs) -> None:
        """Give the files their names. Raises DiskFull, TargetGone or FileBusy."""
        try:
            for sha256, part in self.staged.items():
                target = blobs.path(sha256)
                target.parent.mkdir(parents=True, exist_ok=True)
                durable.replace(part, target)
        except OSError as error:
            raise durable.said(error, blobs.folder) from error


def to_send(
    connection: Connection, blobs: Blobs, chosen: dict[bytes, int], asked: Iterable[str]
) -> list[File]:
    """The files that are here of *chosen* families: newly attached, or asked for by the reader.

    *asked* must be of families in the reader's scope; nobody learns here what we hold otherwise.
    """
    wanted = set(asked)
    found: dict[str, File] = {}
    for sha256, size, family, record in _attachments(connection):
        is_new = family in chosen and _came_after(connection, record, chosen[family])
        if (is_new or sha256 in wanted) and blobs.path(sha256).exists():
            found[sha256] = File(sha256, size)
    return [found[sha256] for sha256 in sorted(found)]


def asked_for(connection: Connection, peer: bytes, scope: Iterable[bytes]) -> list[str]:
    """What *peer* has said it lacks, of files in *scope*."""
    said = facts.get(connection, _key(peer))
    wanted, families = set(json.loads(said)) if said else set(), set(scope)
    if not wanted:
        return []
    return [
        sha256
        for sha256, _, family, _ in _attachments(connection)
        if sha256 in wanted and family in families
    ]


def note_wanted(connection: Connection, peer: bytes, wanted: Iterable[bytes]) -> None:
    """Remember what *peer* lacks, instead of what it lacked before."""
    told = [sha256.hex() for sha256 in wanted]
    facts.put(connection, _key(peer), json.dumps(told))


def missing(
    connection: Connection, blobs: Blobs, scope: Iterable[bytes] | None = None
) -> list[bytes]:
    """The hashes of attached files that are not here, of families in *scope* or of all."""
    families = None if scope is None else set(scope)
    found = {
        sha256
        for sha256, _, family, _ in _attachments(connection)
        if (families is None or family in families) and not blobs.path(sha256).exists()
    }
    return [bytes.fromhex(sha256) for sha256 in sorted(found)[:_MOST_WANTED]]


def write_parts(blobs: Blobs, files: Iterable[File], store: IO[bytes]) -> Iterator[PackedPart]:
    """Append every file to *store* in parts; one that has been altered here is left out."""
    for file in files:
        if not blobs.is_intact(file.sha256):
            continue
        about, offset = bytes.fromhex(file.sha256), 0
        with blobs.path(file.sha256).open("rb") as source:
            while (piece := source.read(PIECE)) or offset == 0:
                chunk, packed = container.compress(KIND, piece)
                store.write(packed)
                yield PackedPart(KIND, chunk.sha256, chunk.size, chunk.raw_size, about, offset)
                offset += len(piece)
                if not piece:
                    break


@contextmanager
def taken(
    connection: Connection, opened: Opened, found: Manifest, blobs: Blobs, *, keep: bool
) -> Iterator[Taken]:
    """Yield the files of the package, each hashed, none yet in its place.

    Files that no attachment names are passed over. Raises PackageRefused for one that is longer
    than its record states or is not what its hash says, DiskFull where there is no room.
    """
    durable.sweep(blobs.folder, older_than=0)  # the office is locked: nobody else writes here
    result = Taken()
    stated = {sha256: size for sha256, size, _, _ in _attachments(connection)}
    with ExitStack() as clean:
        for sha256, parts in _by_file(opened, found).items():
            if sha256 not in stated or blobs.path(sha256).exists():
                continue
            _check_order(opened.name, parts, stated[sha256])
            part = durable.unused(blobs.folder / "blob")
            clean.callback(durable.clear, part)
            digest = _stage(opened, parts, part if keep else None)
            if digest != sha256:
                raise PackageRefused("bad_file", opened.name)
            if keep and _read_back(part) != sha256:
                raise DiskFull(path=blobs.folder)
            result.sizes[sha256] = stated[sha256]
            if keep:
                result.staged[sha256] = part
        yield result


def _read_back(part: Path) -> str:
    with part.open("rb") as file:
        return hashlib.file_digest(file, "sha256").hexdigest()


def _by_file(opened: Opened, found: Manifest) -> dict[str, list[tuple[PackedPart, int]]]:
    files: dict[str, list[tuple[PackedPart, int]]] = defaultdict(list)
    at = 0
    for part in found.parts:
        if part.kind == KIND:
            if len(part.about) != 32 or part.raw_size > PIECE:
                raise PackageRefused("bad_file", opened.name)
            files[part.about.hex()].append((part, at))
        at += part.size
    return files


def _check_order(name: str, parts: list[tuple[PackedPart, int]], stated: int) -> None:
    at = 0
    for part, _ in parts:
        if part.offset != at:
            raise PackageRefused("bad_file", name)
        at += part.raw_size
    if at != stated:
        raise PackageRefused("bad_file", name)


def _stage(opened: Opened, parts: list[tuple[PackedPart, int]], target: Path | None) -> str:
    digest = hashlib.sha256()
    try:
        with ExitStack() as stack:
            write = None
            if target is not None:
                target.parent.mkdir(parents=True, exist_ok=True)
                write = stack.enter_context(durable.create(target))
            for part, at in parts:
                chunk = Chunk(part.kind, part.sha256, part.size, part.raw_size)
                piece = opened.chunk(chunk, at)
                digest.update(piece)
                if write is not None:
                    write.write(piece)
        if target is not None:
            durable.settle(target)
    except OSError as error:
        raise durable.said(error, target or Path(opened.name)) from error
    return digest.hexdigest()


def _attachments(connection: Connection) -> list[tuple[str, int, bytes, bytes]]:
    """(hash, stated size, family, record) of every attachment that is not withdrawn."""
    rows = raw(connection).execute(
        "SELECT sha256, size, family_id, id FROM attachment WHERE life <> 'deleted'"
    )
    return [
        (sha256, size, bytes.fromhex(family), bytes.fromhex(record))
        for sha256, size, family, record in rows.fetchall()
        if _is_hash(sha256)
    ]


def _is_hash(text: str) -> bool:
    """A name that may stand in a path: it came from elsewhere."""
    return len(text) == 64 and not set(text) - set("0123456789abcdef")


def _came_after(connection: Connection, record: bytes, n: int) -> bool:
    """Whether the present content of an attachment arrived after *n*."""
    for op in log.heads_of(connection, record).get("sha256", ()):
        prefix, _ = origin(op)
        row = (
            raw(connection)
            .execute(
                "SELECT 1 FROM cset WHERE id >= ? AND id < ? AND n > ?",
                (prefix, prefix + b"\xff\xff\xff", n),
            )
            .fetchone()
        )
        if row is not None:
            return True
    return False


def _key(peer: bytes) -> str:
    return f"wanted:{peer.hex()}"
