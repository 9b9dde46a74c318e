"""Change sets in the file: what is kept small can be read for ever, to the byte."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from app.journal import packing
from app.journal.change_set import LIFE, SET, ChangeSet, Op, RecordOps, encode
from app.journal.packing import Row

ROW = Row(*(bytes([n]) * 16 for n in (65, 66, 67, 68)))
WORDS = "d879c8be180f40ce863c0a5cdbeb92098037c73742c7d757cc3df3a738a83596"


def test_the_words_have_not_changed() -> None:
    """Every register in use was written with these very bytes, and can be read with no others."""
    assert hashlib.sha256(packing.dictionary().as_bytes()).hexdigest() == WORDS


@given(st.binary(max_size=3000))
def test_what_is_packed_comes_back_to_the_byte(body: bytes) -> None:
    assert packing.unpacked(packing.packed(body, ROW), *ROW) == body


@given(st.lists(st.one_of(st.sampled_from(ROW), st.binary(max_size=20)), max_size=12))
def test_whatever_of_its_row_stands_in_it_and_wherever(parts: list[bytes]) -> None:
    body = b"".join(parts)
    assert packing.unpacked(packing.packed(body, ROW), *ROW) == body


@given(st.binary(max_size=200), st.lists(st.binary(max_size=4), min_size=4, max_size=4))
def test_rows_that_say_little_or_nothing(body: bytes, said: list[bytes]) -> None:
    row = Row(*said)
    assert packing.unpacked(packing.packed(body, row), *row) == body


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_what_is_damaged_is_given_back_and_never_stops_a_query(
    body: bytes, at: int, new: bytes
) -> None:
    kept = packing.packed(body, ROW)
    at = min(at, len(kept))

    assert isinstance(packing.unpacked(kept[:at] + new + kept[at + len(new) :], *ROW), bytes)


@given(st.lists(st.binary(max_size=40), min_size=1, max_size=20))
def test_many_at_once_are_kept_as_each_alone(bodies: list[bytes]) -> None:
    items = [(body + bytes([n % 251]), ROW) for n, body in enumerate(bodies * 60)]

    assert list(packing.packed_all(items)) == [packing.packed(*item) for item in items]


def test_a_plain_body_is_read_as_it_lies_there() -> None:
    assert packing.unpacked(b"\xdc\x00\x11", *ROW) == b"\xdc\x00\x11"


def test_a_typical_change_set_takes_half() -> None:
    ops = (
        Op(LIFE, SET, "live", ()),
        Op("title", SET, "Báo cáo kết quả phối hợp hằng quý", ()),
        Op("regulation_id", SET, bytes(range(16)), ()),
        Op("product", SET, "Báo cáo bằng văn bản", ()),
    )
    ids = [hashlib.sha256(bytes([n])).digest() for n in range(5)]
    body = encode(
        ChangeSet(
            1, ids[0][:16], ids[1][:16], 7, ids[2], 9, 1_795_400_000_000, "Chuyên viên", "0.1.0",
            4, 1, ids[3][:16], "Thêm nghĩa vụ", b"", "regulation", bytes(range(16)),
            (RecordOps("obligation", ids[4][:16], ops),),
        )
    )  # fmt: skip

    row = Row(ids[0][:16], ids[1][:16], ids[3][:16], bytes(range(16)))
    assert len(packing.packed(body, row)) < len(body) / 2
