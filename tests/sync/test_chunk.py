"""What a chunk leaves out is put back to the byte, and what is no chunk is refused."""

from __future__ import annotations

import hashlib
import struct

import msgspec
import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.sync import chunk
from app.sync.chunk import decode_sets, encode_sets

BODIES = st.lists(st.tuples(st.binary(max_size=80), st.booleans(), st.integers(0, 3)), max_size=12)


def follow(parts: list[tuple[bytes, bool, int]]) -> list[tuple[bytes, bytes]]:
    """Bodies of up to four authors, some of which name the one before them."""
    last: dict[int, bytes] = {}
    sets = []
    for n, (words, names_it, author) in enumerate(parts):
        before = last.get(author, b"") if names_it else b""
        body = b"\0" * 6 + bytes([author]) * 16 + words + before + words
        last[author] = hashlib.sha256(body).digest()
        sets.append((body, bytes([n]) * 64))
    return sets


@given(BODIES)
def test_what_goes_in_comes_out(parts: list[tuple[bytes, bool, int]]) -> None:
    sets = follow(parts)
    named = [(hashlib.sha256(body).digest(), body, sig) for body, sig in sets]
    assert list(decode_sets(encode_sets(sets))) == named


def test_the_id_of_the_one_before_is_not_carried() -> None:
    sets = follow([(b"a", True, 1), (b"b", True, 1), (b"c", True, 2), (b"d", True, 1)])
    content = encode_sets(sets)
    for body, _ in sets:
        assert hashlib.sha256(body).digest() not in content


@given(st.binary(max_size=60))
def test_any_bytes_are_a_chunk_or_refused(content: bytes) -> None:
    try:
        list(decode_sets(content))
    except msgspec.MsgspecError:
        return


@pytest.mark.parametrize(
    "told",
    [
        ((3,), (), (), 64),
        ((3,), (0,), (0,), 63),
        ((4,), (0,), (0,), 64),
        ((3,), (1,), (0,), 64),
        ((1, 2), (0, 1), (0, 3), 128),
        ((1, 2), (0, 2), (0, 0), 128),
        ((1, 2), (0, 1 << 31), (0, 0), 128),
    ],
)
def test_parts_that_do_not_fit_together_are_refused(
    told: tuple[tuple[int, ...], tuple[int, ...], tuple[int, ...], int],
) -> None:
    *columns, signed = told
    numbers = [struct.pack(f"<{len(column)}I", *column) for column in columns]
    with pytest.raises(msgspec.MsgspecError):
        list(decode_sets(msgspec.msgpack.encode([*numbers, b"abc", b"\0" * signed])))


def test_more_change_sets_than_a_chunk_may_hold_are_not_even_read() -> None:
    many = chunk.MOST_SETS + 1
    numbers = [bytes(4 * many)] * 3
    with pytest.raises(msgspec.MsgspecError, match="too many"):
        decode_sets(msgspec.msgpack.encode([*numbers, b"", bytes(64 * many)]))
