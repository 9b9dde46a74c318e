"""Change sets as a chunk of a package carries them: their bytes, less what the reader can compute.

A change set names the one before it by 32 bytes that nothing can press, and 64 more sign it. The
first are the hash of what the chunk has just told, so they are left out and put back; the second
stand together at the end, where they do not spoil the pressing of words. What comes out is, byte
for byte, what the author wrote: its hash, which is signed, would tell of anything else.
"""

from __future__ import annotations

import hashlib
import struct
from collections.abc import Iterable, Iterator
from itertools import accumulate

import msgspec

MOST_SETS = 200_000
"""Change sets in one chunk: a chunk of empty ones would fill the memory when it is read."""
Pair = tuple[bytes, bytes]
"""A change set's bytes and its signature."""
Named = tuple[bytes, bytes, bytes]
"""The same with its id first."""
_ID, _SIGNATURE = 32, 64
_AUTHOR = slice(6, 22)
"""Where a change set names its replica: only looked at to guess which one it follows."""


class _Content(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """`bodies` are joined, each *lengths* long; *backs* says which id was cut out *at* where.

    A body follows the one that stands `back` places before it; 0 says that nothing was cut.
    Numbers are joined too, four bytes each, the lowest first: so none can be told but as many as
    there are bytes for, and a bomb finds nothing to go off in.
    """

    lengths: bytes
    backs: bytes
    ats: bytes
    bodies: bytes
    signatures: bytes


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(_Content)


def encode_sets(sets: Iterable[Pair]) -> bytes:
    """(body, signature) pairs as the content of a chunk."""
    lengths, backs, ats, bodies, signatures = [], [], [], [], []
    last: dict[bytes, tuple[int, bytes]] = {}
    for n, (body, signature) in enumerate(sets):
        before, its_id = last.get(body[_AUTHOR], (n, b""))
        at = body.find(its_id) if its_id else -1
        cut = body if at < 0 else body[:at] + body[at + _ID :]
        last[body[_AUTHOR]] = n, hashlib.sha256(body).digest()
        backs.append(0 if at < 0 else n - before)
        ats.append(max(at, 0))
        lengths.append(len(cut))
        bodies.append(cut)
        signatures.append(signature)
    numbers = (_numbers(column) for column in (lengths, backs, ats))
    return _encoder.encode((*numbers, b"".join(bodies), b"".join(signatures)))


def decode_sets(content: bytes) -> Iterator[Named]:
    """Each change set of a chunk; raises msgspec.MsgspecError, at the latest on the way."""
    told = _decoder.decode(content)
    count = len(told.signatures) // _SIGNATURE
    if count > MOST_SETS:
        raise msgspec.ValidationError("too many change sets in one chunk")
    try:
        lengths, backs, ats = (
            struct.unpack(f"<{count}I", column) for column in (told.lengths, told.backs, told.ats)
        )
    except struct.error as error:
        raise msgspec.ValidationError(str(error)) from error
    if sum(lengths) != len(told.bodies) or len(told.signatures) % _SIGNATURE:
        raise msgspec.ValidationError("a chunk whose parts do not fit together")
    return _put_together(told, zip(lengths, accumulate(lengths), backs, ats, strict=True))


def _numbers(column: list[int]) -> bytes:
    return struct.pack(f"<{len(column)}I", *column)


def _put_together(told: _Content, cuts: Iterable[tuple[int, int, int, int]]) -> Iterator[Named]:
    bodies, signatures, ids = told.bodies, told.signatures, list[bytes]()
    for n, (length, end, back, at) in enumerate(cuts):
        body = bodies[end - length : end]
        if back:
            if back > n or at > length:
                raise msgspec.ValidationError("a change set that follows one that is not there")
            body = body[:at] + ids[n - back] + body[at:]
        its_id = hashlib.sha256(body).digest()
        ids.append(its_id)
        yield its_id, body, signatures[n * _SIGNATURE : (n + 1) * _SIGNATURE]
