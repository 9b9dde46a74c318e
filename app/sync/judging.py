"""Each change set of a package on its own: readable, within bounds, signed by a known machine."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace

from app.journal import change_set as cs
from app.journal.change_set import ChangeSet, Plain
from app.store.upgrade import CURRENT
from app.sync import shape
from app.sync.chunk import Named, decode_sets
from app.sync.circle import Authors
from app.sync.container import Chunk, Opened
from app.sync.manifest import Manifest
from app.sync.refusal import PackageRefused
from app.sync.roster import UNREADABLE, Machine, Member
from app.sync.signatures import Signatures, Signed
from app.words import marked

_DEPTH = 8
_JUMP = 1 << 40
REASONS = marked(
    {
        "unreadable": "nội dung không đọc được",
        "too_big": "lớn quá mức cho phép",
        "unknown_author": "máy viết chưa được văn phòng đầu mối công nhận",
        "bad_signature": "chữ ký của máy viết không đúng",
        "retired_author": "máy viết đã thôi dùng trước thay đổi này",
        "no_right": "văn phòng viết không tham gia bản ghi này",
        "secret": "văn bản này mang độ mật ở đây; nội dung của nó không nhận qua đường này",
        "wrong_family": "ghi vào bản ghi ngoài phạm vi mà nó khai",
        "forked": "trùng số với thay đổi khác của một máy đã thôi dùng",
        "number_jump": "số thứ tự nhảy vọt bất thường",
    }
)
"""Why a change set is set aside until a person has looked."""
Faults = Mapping[bytes, str]
Known = tuple[Member, Machine] | None


@dataclass(frozen=True, slots=True)
class Item:
    """A change set of the package, as it is judged.

    `is_plain` says that one look at each value has shown it to be understood and sound.
    """

    id: bytes
    body: bytes
    sig: bytes
    read: ChangeSet | None
    reason: str = ""
    is_plain: bool = False

    @property
    def is_understood(self) -> bool:
        """Whether this version knows all that it says."""
        return self.is_plain or (self.read is not None and shape.is_understood(self.read, CURRENT))


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


def judged(
    named: Iterable[Named], authors: Authors, signatures: Signatures, *, top: int = 0
) -> list[Item]:
    """Each change set decoded, with the reason why it must be set aside, if any.

    *top* is the highest Lamport number known here; one far beyond it would be the last ever.
    """
    found: list[Item] = []
    asked: list[tuple[bytes, Signed]] = []
    for item in read_again(named):
        reason = "unreadable"
        if len(item.body) > cs.MOST_BYTES:
            reason = "too_big"
        elif item.read is not None:
            known, signed = authors.of(item.read.replica), (item.id, item.sig)
            if known is not None:
                asked.append((known[1].public, signed))
            is_forged = signed in signatures.forged
            reason = _fault(item, item.read, known, top, is_forged=is_forged)
        found.append(replace(item, reason=reason) if reason else item)
    signatures.ask(asked)
    return found


def read_again(named: Iterable[Named]) -> list[Item]:
    """Each change set decoded once more, after all have been judged."""
    items: list[Item] = []
    for its_id, body, sig in named:
        read = _read(body)
        is_plain = read is not None and shape.is_plain(read, CURRENT)
        items.append(Item(its_id, body, sig, read, is_plain=is_plain))
    return items


def _read(body: bytes) -> ChangeSet | None:
    if len(body) > cs.MOST_BYTES:
        return None
    try:
        return cs.decode(body)
    except UNREADABLE:
        return None


def _fault(item: Item, read: ChangeSet, known: Known, top: int, *, is_forged: bool) -> str:
    if known is None:
        return "unknown_author"
    member, machine = known
    if is_forged:
        return "bad_signature"
    if machine.retired_at is not None and read.seq > machine.retired_at:
        return "retired_author"
    if sum([len(record.ops) for record in read.records]) > cs.MOST_OPS:
        return "too_big"
    if not (item.is_plain or _is_shallow(read)):
        return "too_big"
    if not shape.is_sound(read) or read.office != member.office:
        return "unreadable"
    if read.lamport > top + _JUMP:
        return "number_jump"
    is_sound = item.is_plain or not item.is_understood or shape.fits(read)
    return "" if is_sound else "unreadable"


def _is_shallow(read: ChangeSet) -> bool:
    for record in read.records:
        for op in record.ops:
            if isinstance(op.value, dict | list | tuple) and _depth(op.value) > _DEPTH:
                return False
    return True


def _depth(value: Plain) -> int:
    if isinstance(value, dict):
        return 1 + max((_depth(item) for item in value.values()), default=0)
    if isinstance(value, list | tuple):
        return 1 + max((_depth(item) for item in value), default=0)
    return 0
