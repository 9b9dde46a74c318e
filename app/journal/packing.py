"""Change sets as they lie in the file: less what their row says too, and pressed against words.

The row of a change set names who wrote it, its batch and its family for the indexes; sixty-four
bytes that nothing can press need not lie there twice. The rest is too short to be pressed alone,
so it is pressed against a dictionary trained on what offices write. What is hashed, signed and
sent are the bytes as their author wrote them; `unpacked` gives them back.
"""

from __future__ import annotations

import struct
import threading
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from functools import lru_cache
from typing import NamedTuple

import zstandard

from app.paths import resources

_LEVEL = 5
_MOST = 1 << 24  # far above the limit of one change set
_HEAD = struct.Struct("<BHHHH")
_CUT, _NOT_CUT = 1, 0xFFFF
_SLICE = 500


class Row(NamedTuple):
    """What the row of a change set says beside its bytes, in the order of their place in them."""

    replica: bytes
    office: bytes
    batch: bytes
    family_id: bytes


def packed(body: bytes, row: Row) -> bytes:
    """*body* as it is kept in *row*."""
    head, rest = _cut(body, row)
    return head + _tools().press.compress(rest)


def packed_all(items: Sequence[tuple[bytes, Row]]) -> Iterator[bytes]:
    """Each (body, row) as it is kept.

    Of many, another thread presses hundreds at a time and never waits for the interpreter
    meanwhile, while those before are written.
    """
    if len(items) < _SLICE:
        yield from (packed(body, row) for body, row in items)
        return
    with ThreadPoolExecutor(1) as other:
        pressing = [
            other.submit(_pressed, [_cut(*item) for item in items[start : start + _SLICE]])
            for start in range(0, len(items), _SLICE)
        ]
        for some in pressing:
            yield from some.result()


def _pressed(cuts: list[tuple[bytes, bytes]]) -> list[bytes]:
    rests = _tools().press.multi_compress_to_buffer([rest for _, rest in cuts])
    return [head + rests[n].tobytes() for n, (head, _) in enumerate(cuts)]


def _cut(body: bytes, row: Row) -> tuple[bytes, bytes]:
    """What is cut out where, and the rest of *body*."""
    places, pieces, start = [], [], 0
    for known in row:
        at = body.find(known, start) if known else -1
        if not 0 <= at < _NOT_CUT:
            places.append(_NOT_CUT)
            continue
        places.append(at)
        pieces.append(body[start:at])
        start = at + len(known)
    pieces.append(body[start:])
    return _HEAD.pack(_CUT, *places), b"".join(pieces)


def unpacked(kept: bytes, *row: bytes) -> bytes:
    """The body that is kept so; what cannot be read is given back as it lies there.

    Its hash then tells that the file is damaged, and where.
    """
    if len(kept) <= _HEAD.size or kept[0] != _CUT:
        return kept
    pressed = kept[_HEAD.size :]
    try:
        if not 0 <= zstandard.frame_content_size(pressed) <= _MOST:
            return kept
        rest = _tools().unpack(pressed)
    except zstandard.ZstdError:
        return kept
    pieces: list[bytes] = []
    start = taken = 0
    for known, at in zip(row, _HEAD.unpack_from(kept)[1:], strict=True):
        if at == _NOT_CUT:
            continue
        pieces += (rest[start : at - taken], known)
        start, taken = at - taken, taken + len(known)
    pieces.append(rest[start:])
    return b"".join(pieces)


@lru_cache(maxsize=1)
def dictionary() -> zstandard.ZstdCompressionDict:
    """The words. They may never change: they are needed to read what is kept."""
    content = (resources() / "journal/words-1.zdict").read_bytes()
    found = zstandard.ZstdCompressionDict(content, dict_type=zstandard.DICT_TYPE_FULLDICT)
    found.precompute_compress(level=_LEVEL)
    return found


class _Tools(threading.local):
    """One pair for each thread: they cost more than their work, and may not be shared."""

    def __init__(self) -> None:
        words = dictionary()
        self.press = zstandard.ZstdCompressor(
            level=_LEVEL, dict_data=words, write_checksum=False, write_dict_id=False
        )
        self.unpack = zstandard.ZstdDecompressor(dict_data=words).decompress


@lru_cache(maxsize=1)
def _tools() -> _Tools:
    return _Tools()
