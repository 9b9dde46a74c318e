"""A change set: what one save did to one family of records, as its author wrote it.

The bytes of a change set are never encoded again: they are stored, hashed, signed and relayed
as they were written, so that a hash means the same in every office and every version.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping, Sequence
from typing import TYPE_CHECKING, Any, TypeAlias

import msgspec

from app.models import Aggregate

VERSION = 1
OP_ID = 16
_PREFIX = 14
_INDEX = OP_ID - _PREFIX
MOST_OPS = 10_000
MOST_BYTES = 1 << 20

if TYPE_CHECKING:
    Plain: TypeAlias = str | int | float | bytes | Sequence["Plain"] | Mapping[str, "Plain"] | None
else:
    Plain = Any  # MessagePack's reader takes what comes; `sync/shape` judges whether it fits
"""What an op carries: a word, number or id, or a list or mapping of these. Read, it has `list`
and `dict`."""

SET, ADD, REMOVE = "=", "+", "-"
"""Kinds of op: a register's new value; an element joining or leaving a set."""
LIFE = "life"
"""The field that says whether a record lives. `deleted` carries the heads its author saw."""


class Op(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """One field's change. `parents` are the heads of this field that the author saw."""

    field: str
    kind: str
    value: Plain
    parents: tuple[bytes, ...]


class RecordOps(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The ops of one record, together so that its id is written once."""

    entity: str
    record: bytes
    ops: tuple[Op, ...]


class ChangeSet(msgspec.Struct, array_like=True, frozen=True, gc=False):
    """The body of a change set; see the sync design, section 2.

    `wall` is milliseconds since 1970 UTC, for people only; `lamport` breaks ties of display.
    `prev` is the id of the replica's previous change set, empty for its first.
    `reverts` names the batch that this one undoes or redoes.
    """

    v: int
    replica: bytes
    office: bytes
    seq: int
    prev: bytes
    lamport: int
    wall: int
    user: str
    app: str
    schema: int
    min_reader: int
    batch: bytes
    label: str
    reverts: bytes
    family: str
    family_id: bytes
    records: tuple[RecordOps, ...]

    @property
    def aggregate(self) -> Aggregate:
        """The family touched, as the models say it."""
        from uuid import UUID

        return self.family, UUID(bytes=self.family_id)


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(ChangeSet)


def id_in(value: Plain) -> bytes:
    """The id that an op carries; raises ValueError where it carries something else."""
    if isinstance(value, bytes):
        return value
    message = "an op that should carry an id does not"
    raise ValueError(message)


def members_in(value: Plain) -> Mapping[str, Plain]:
    """What an op says of each member of a group; nothing where it is not of a group."""
    return value if isinstance(value, Mapping) else {}


def seen_in(life: Plain) -> set[bytes]:
    """The heads that a withdrawal saw: it stands as [DELETED, heads]."""
    if (
        not isinstance(life, list | tuple)
        or len(life) != 2
        or not isinstance(life[1], list | tuple)
    ):
        return set()
    return {id_in(op) for op in life[1]}


def encode(change_set: ChangeSet) -> bytes:
    """The bytes that are stored, hashed and signed."""
    return _encoder.encode(change_set)


def size_of(record: RecordOps) -> int:
    """How many bytes *record* takes in a body."""
    return len(_encoder.encode(record))


def decode(body: bytes) -> ChangeSet:
    """Read a body; raises msgspec.DecodeError or ValidationError if it is not one."""
    return _decoder.decode(body)


def id_of(body: bytes) -> bytes:
    """The change set's id: SHA-256 of its bytes."""
    return hashlib.sha256(body).digest()


def op_id(change_set_id: bytes, index: int) -> bytes:
    """The id of the op that stands *index*-th among all ops of the change set.

    Fourteen bytes of the hash and two of the index: an imported regulation has more ops than
    one byte can count.
    """
    return change_set_id[:_PREFIX] + index.to_bytes(_INDEX, "big")


def op_ids(change_set_id: bytes) -> Iterator[bytes]:
    """The ids of a change set's ops, one after another."""
    prefix = change_set_id[:_PREFIX]
    return (prefix + index.to_bytes(_INDEX, "big") for index in range(1 << 8 * _INDEX))


def origin(op: bytes) -> tuple[bytes, int]:
    """The first bytes of the change set that *op* stands in, and its index there."""
    return op[:_PREFIX], int.from_bytes(op[_PREFIX:], "big")


def numbered(change_set_id: bytes, body: ChangeSet) -> list[tuple[bytes, str, bytes, Op]]:
    """Every op of *body* with its id: (op id, entity, record, op)."""
    ids = op_ids(change_set_id)
    return [(next(ids), part.entity, part.record, op) for part in body.records for op in part.ops]
