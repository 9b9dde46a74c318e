"""Packages made by hand, for what no true program writes and every reader must bear."""

from __future__ import annotations

import io
import os
from collections.abc import Iterable, Sequence
from pathlib import Path
from typing import Any

import msgspec
import pyrage
from nacl.signing import SigningKey

from app.journal import change_set as cs
from app.journal import keys
from app.journal.change_set import LIFE, SET, ChangeSet, Op, RecordOps
from app.sync import container, manifest, own_circle
from app.sync.chunk import encode_sets
from app.sync.circle import Circle
from app.sync.manifest import Manifest, PackedPart, Print
from tests.sync.circles import Desk

Pair = tuple[bytes, bytes]


def circle_of(desk: Desk) -> Circle:
    """The desk's circle, which must be there."""
    found = own_circle.circle_of(desk.store)
    assert found is not None
    return found


def written(
    desk: Desk,
    family: str,
    family_id: bytes,
    records: Sequence[RecordOps],
    *,
    key: SigningKey | None = None,
    **given: Any,
) -> Pair:
    """A change set by *desk*'s machine, signed: as a program with its keys could write it."""
    body = ChangeSet(
        v=1,
        replica=desk.store.replica,
        office=desk.store.office,
        seq=1000,
        prev=b"",
        lamport=1000,
        wall=int(desk.store.now().timestamp() * 1000),
        user="",
        app="",
        schema=1,
        min_reader=1,
        batch=os.urandom(16),
        label="",
        reverts=b"",
        family=family,
        family_id=family_id,
        records=tuple(records),
    )
    return sealed(desk, cs.encode(msgspec.structs.replace(body, **given)), key=key)


def sealed(desk: Desk, raw: bytes, *, key: SigningKey | None = None) -> Pair:
    """Any bytes as a change set that *desk* has signed."""
    signer = key or desk.store.keyring.signer(desk.store.replica)
    return raw, keys.sign(signer, cs.id_of(raw))


def new_agency(desk: Desk, **ops: Any) -> tuple[bytes, Pair]:
    """A body that *desk* enters, its fields as given: (id, change set)."""
    record = os.urandom(16)
    told = [Op(LIFE, SET, "live", ()), *(Op(n, SET, v, ()) for n, v in ops.items())]
    return record, written(desk, "agency", record, [RecordOps("agency", record, tuple(told))])


def package(
    sender: Desk,
    reader: Desk,
    pairs: Iterable[Pair] = (),
    *,
    folder: Path,
    chunks: Sequence[tuple[PackedPart, bytes]] | None = None,
    extra: Sequence[tuple[PackedPart, bytes]] = (),
    key: SigningKey | None = None,
    recipients: Sequence[str] | None = None,
    **given: Any,
) -> Path:
    """A package with these change sets; *given* replaces fields of its manifest."""
    circle = circle_of(sender)
    member = circle.roster.member(reader.store.office)
    machine = circle.current(member) if member is not None else None
    assert machine is not None
    listed = list(pairs)
    parts = list(chunks) if chunks is not None else [chunk_of(listed)] if listed else []
    parts += extra
    told = Manifest(
        v=1,
        realm=circle.realm,
        id=os.urandom(16),
        from_office=circle.office,
        from_replica=circle.replica,
        to_office=reader.store.office,
        to_replica=machine.replica,
        to_recipient=machine.recipient,
        number=500,
        base=0,
        made=int(sender.store.now().timestamp() * 1000),
        app="",
        schema=1,
        min_reader=1,
        roster=circle.signed,
        successions=tuple(circle.renewed.values()),
        applied=(),
        echo=Print(1 << 30, b"\0" * 32),
        sets=len(listed),
        families=1,
        ended=(),
        wanted=(),
        parts=tuple(part for part, _ in parts),
    )
    body = manifest.encode(msgspec.structs.replace(told, **given))
    path = folder / f"{os.urandom(4).hex()}.phx"
    signer = key or sender.store.keyring.signer(sender.store.replica)
    with path.open("wb") as target:
        container.write(
            target,
            body,
            (packed for _, packed in parts),
            signer,
            recipients or [machine.recipient],
        )
    return path


def chunk_of(sets: list[Pair], kind: str = "sets") -> tuple[PackedPart, bytes]:
    """A part with these change sets, and its bytes."""
    return part_of(kind, encode_sets(sets))


def part_of(kind: str, content: bytes, **given: Any) -> tuple[PackedPart, bytes]:
    """A part of any content."""
    chunk, packed = container.compress(kind, content)
    part = PackedPart(kind, chunk.sha256, chunk.size, chunk.raw_size)
    return msgspec.structs.replace(part, **given), packed


def plain_of(desk: Desk, path: Path) -> bytes:
    """What the container holds, as *desk*'s machine can read it."""
    from app.sync.circle import identities

    known = [pyrage.x25519.Identity.from_str(s) for s in identities(desk.store.keyring)]
    out = io.BytesIO()
    with path.open("rb") as source:
        source.seek(len(container.MAGIC) + 2)
        pyrage.decrypt_io(source, out, known)
    return out.getvalue()


def sealed_again(plain: bytes, recipient: str, path: Path) -> Path:
    """*plain* sealed by somebody else to *recipient*."""
    known = pyrage.x25519.Recipient.from_str(recipient)
    head = container.MAGIC + container.VERSION.to_bytes(2, "big")
    path.write_bytes(head + pyrage.encrypt(plain, [known]))
    return path
