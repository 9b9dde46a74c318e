"""Each change set of a package on its own: readable, within bounds, signed by a known machine."""

from __future__ import annotations

import os
from collections.abc import Iterable, Iterator, Mapping
from concurrent.futures import ThreadPoolExecutor
from dataclasses import dataclass, replace
from typing import Any

from app.journal import change_set as cs
from app.journal import keys
from app.journal.change_set import ChangeSet
from app.store.upgrade import CURRENT
from app.sync import shape
from app.sync.chunk import Named, decode_sets
from app.sync.circle import Circle
from app.sync.container import Chunk, Opened
from app.sync.manifest import Manifest
from app.sync.refusal import PackageRefused
from app.sync.roster import UNREADABLE, Machine, Member

_DEPTH = 8
_JUMP = 1 << 40
_SLICE = 250
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
Known = tuple[Member, Machine] | None
Signed = tuple[bytes, bytes]
"""The id of a change set, and the signature over it."""


@dataclass(frozen=True, slots=True)
class Item:
    """A change set of the package, as it is judged."""

    id: bytes
    body: bytes
    sig: bytes
    read: ChangeSet | None
    reason: str = ""


def chunks(opened: Opened, found: Manifest) -> Iterator[list[Named]]:
    """The change sets of each chunk. Raises PackageRefused for one that is altered."""
    offset = 0
    for part in found.parts:
        if part.kind == "sets":
            content = opened.chunk(Chunk(part.kind, part.sha256, part.size, part.raw_size), offset)
            try:
                yield list(decode_sets(content))
            except UNREADABLE as error:
                raise PackageRefused("bad_chunk", opened.name) from error
        offset += part.size


def judged(named: Iterable[Named], circle: Circle, *, top: int = 0) -> list[Item]:
    """Each change set decoded, with the reason why it must be set aside, if any.

    *top* is the highest Lamport number known here; one far beyond it would be the last ever.
    """
    items = read_again(named)
    authors = {item.read.replica for item in items if item.read is not None}
    known = {replica: circle.machine(replica) for replica in authors}
    forged = _forged(items, known)
    found: list[Item] = []
    for item in items:
        reason = "unreadable"
        if len(item.body) > cs.MOST_BYTES:
            reason = "too_big"
        elif item.read is not None:
            is_forged = (item.id, item.sig) in forged
            reason = _fault(item.read, known[item.read.replica], top, is_forged=is_forged)
        found.append(replace(item, reason=reason) if reason else item)
    return found


def _forged(items: Iterable[Item], known: Mapping[bytes, Known]) -> set[Signed]:
    """The change sets (with their signatures) that the machine they name did not sign."""
    asked: list[tuple[bytes, Signed]] = []
    for item in items:
        author = known[item.read.replica] if item.read is not None else None
        if author is not None:
            asked.append((author[1].public, (item.id, item.sig)))
    if len(asked) <= _SLICE:
        return _forged_among(asked)
    slices = [asked[start : start + _SLICE] for start in range(0, len(asked), _SLICE)]
    # The library lets go of the interpreter while it computes: every core helps.
    with ThreadPoolExecutor(os.cpu_count()) as pool:
        return set().union(*pool.map(_forged_among, slices))


def _forged_among(asked: Iterable[tuple[bytes, Signed]]) -> set[Signed]:
    return {signed for public, signed in asked if not keys.is_signed(public, *signed)}


def read_again(named: Iterable[Named]) -> list[Item]:
    """Each change set decoded once more, after all have been judged."""
    return [Item(its_id, body, sig, _read(body)) for its_id, body, sig in named]


def _read(body: bytes) -> ChangeSet | None:
    if len(body) > cs.MOST_BYTES:
        return None
    try:
        return cs.decode(body)
    except UNREADABLE:
        return None


def _fault(read: ChangeSet, known: Known, top: int, *, is_forged: bool) -> str:
    if known is None:
        return "unknown_author"
    member, machine = known
    if is_forged:
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
    for record in read.records:
        for op in record.ops:
            if isinstance(op.value, dict | list | tuple) and _depth(op.value) > _DEPTH:
                return False
    return True


def _depth(value: Any) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(item) for item in value.values()), default=0)
    if isinstance(value, list | tuple):
        return 1 + max((_depth(item) for item in value), default=0)
    return 0
