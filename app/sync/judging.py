"""Each change set of a package on its own: readable, within bounds, signed by a known machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from app.journal import change_set as cs
from app.journal import keys
from app.journal.change_set import ChangeSet
from app.store.upgrade import CURRENT
from app.sync import manifest, shape
from app.sync.circle import Circle
from app.sync.container import Chunk, Opened
from app.sync.manifest import Manifest
from app.sync.refusal import PackageRefused
from app.sync.roster import UNREADABLE

_DEPTH = 8
_JUMP = 1 << 40
REASONS = {
    "unreadable": "nội dung không đọc được",
    "too_big": "lớn quá mức cho phép",
    "unknown_author": "máy viết chưa được văn phòng đầu mối công nhận",
    "bad_signature": "chữ ký của máy viết không đúng",
    "retired_author": "máy viết đã thôi dùng trước thay đổi này",
    "no_right": "văn phòng viết không tham gia bản ghi này",
    "wrong_family": "ghi vào bản ghi ngoài phạm vi mà nó khai",
    "forked": "trùng số với thay đổi khác của một máy đã thôi dùng",
    "number_jump": "số thứ tự nhảy vọt bất thường",
}
"""Why a change set is set aside until a person has looked."""
Faults = Mapping[bytes, str]


@dataclass(frozen=True)
class Item:
    """A change set of the package, as it is judged."""

    id: bytes
    body: bytes
    sig: bytes
    read: ChangeSet | None
    reason: str = ""


def chunks(opened: Opened, found: Manifest) -> Iterator[list[tuple[bytes, bytes]]]:
    """The (body, signature) pairs of each chunk. Raises PackageRefused for one that is altered."""
    offset = 0
    for part in found.parts:
        if part.kind == "sets":
            content = opened.chunk(Chunk(part.kind, part.sha256, part.size, part.raw_size), offset)
            try:
                yield list(manifest.decode_sets(content))
            except UNREADABLE as error:
                raise PackageRefused("bad_chunk", opened.name) from error
        offset += part.size


def judged(pairs: Iterable[tuple[bytes, bytes]], circle: Circle, *, top: int = 0) -> Iterator[Item]:
    """Each change set decoded, with the reason why it must be set aside, if any.

    *top* is the highest Lamport number known here; one far beyond it would be the last ever.
    """
    for body, sig in pairs:
        set_id = cs.id_of(body)
        read = _read(body)
        reason = _fault(read, set_id, sig, circle, top) if read is not None else "unreadable"
        if len(body) > cs.MOST_BYTES:
            reason = "too_big"
        yield Item(set_id, body, sig, read, reason)


def found_before(pairs: Iterable[tuple[bytes, bytes]], faults: Faults) -> Iterator[Item]:
    """Each change set decoded once more, with the fault found when they were judged."""
    for body, sig in pairs:
        set_id = cs.id_of(body)
        yield Item(set_id, body, sig, _read(body), faults.get(set_id, ""))


def _read(body: bytes) -> ChangeSet | None:
    if len(body) > cs.MOST_BYTES:
        return None
    try:
        return cs.decode(body)
    except UNREADABLE:
        return None


def _fault(read: ChangeSet, set_id: bytes, sig: bytes, circle: Circle, top: int) -> str:
    known = circle.machine(read.replica)
    if known is None:
        return "unknown_author"
    member, machine = known
    if not keys.is_signed(machine.public, set_id, sig):
        return "bad_signature"
    if machine.retired_at is not None and read.seq > machine.retired_at:
        return "retired_author"
    if sum(len(record.ops) for record in read.records) > cs.MOST_OPS or not _is_shallow(read):
        return "too_big"
    if not shape.is_sound(read) or read.office != member.office:
        return "unreadable"
    if read.lamport > top + _JUMP:
        return "number_jump"
    is_plain = not shape.is_understood(read, CURRENT) or shape.fits(read)
    return "" if is_plain else "unreadable"


def _is_shallow(read: ChangeSet) -> bool:
    return all(_depth(op.value) <= _DEPTH for record in read.records for op in record.ops)


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(item) for item in value.values()), default=0)
    if isinstance(value, list | tuple):
        return 1 + max((_depth(item) for item in value), default=0)
    return 0
