"""What a package says of itself: signed by its sender, read before anything else in it."""

from __future__ import annotations

import msgspec

from app.sync.roster import Machine, SignedRoster

VERSION = 1
MOST_CHUNKS = 100_000


class Succession(msgspec.Struct, array_like=True, frozen=True):
    """A machine's own word that it goes on under a new identity, after a restore.

    `old` signed it; its numbers after `at` no longer count.
    """

    old: bytes
    at: int
    machine: Machine
    sig: bytes


class PackedPart(msgspec.Struct, array_like=True, frozen=True):
    """A chunk: `kind` is `sets` or `blob`; `about` is a blob's SHA-256 and its offset."""

    kind: str
    sha256: bytes
    size: int
    raw_size: int
    about: bytes = b""
    offset: int = 0


class Print(msgspec.Struct, array_like=True, frozen=True):
    """How many change sets, and the XOR of their ids."""

    count: int
    xor: bytes


class Manifest(msgspec.Struct, array_like=True, frozen=True):
    """A package's table of contents. Sender's and reader's keys are in the signed bytes.

    `number` counts the packages of this sender's machine to this reader's machine; `base` is the
    number of the last one acknowledged, from which this one is cumulative. `applied` are the
    reader's own packages that the sender has applied, by id. `echo` is what the sender holds of
    what the reader's machines wrote, in what they share: it shows what was lost on the way.
    `ended` are families that the sender will no longer send.
    """

    v: int
    realm: bytes
    id: bytes
    from_office: bytes
    from_replica: bytes
    to_office: bytes
    to_replica: bytes
    to_recipient: str
    number: int
    base: int
    made: int
    app: str
    schema: int
    min_reader: int
    roster: SignedRoster
    successions: tuple[Succession, ...]
    applied: tuple[bytes, ...]
    echo: Print
    sets: int
    families: int
    ended: tuple[bytes, ...]
    wanted: tuple[bytes, ...]
    parts: tuple[PackedPart, ...]


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Manifest)


def encode(manifest: Manifest) -> bytes:
    """The bytes that are signed."""
    return _encoder.encode(manifest)


def decode(body: bytes) -> Manifest:
    """Read a manifest; raises msgspec.MsgspecError if it is not one."""
    return _decoder.decode(body)
