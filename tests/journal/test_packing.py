"""Change sets in the file: what is kept small can be read for ever, to the byte."""

from __future__ import annotations

import hashlib

from hypothesis import given
from hypothesis import strategies as st

from app.journal import packing
from app.journal.change_set import LIFE, SET, ChangeSet, Op, RecordOps, encode

WORDS = "892783692a582cb7f6fefe41d081eed60d596d8aa62a94fab011336ba9d235c5"


def test_the_words_have_not_changed() -> None:
    """Every register in use was written with these very bytes, and can be read with no others."""
    assert hashlib.sha256(packing.dictionary().as_bytes()).hexdigest() == WORDS


@given(st.binary(max_size=3000))
def test_what_is_packed_comes_back_to_the_byte(body: bytes) -> None:
    assert packing.unpacked(packing.packed(body)) == body


@given(st.binary(max_size=200), st.integers(0, 400), st.binary(min_size=1, max_size=3))
def test_what_is_damaged_is_given_back_and_never_stops_a_query(
    body: bytes, at: int, new: bytes
) -> None:
    kept = packing.packed(body)
    at = min(at, len(kept))

    assert isinstance(packing.unpacked(kept[:at] + new + kept[at + len(new) :]), bytes)


def test_a_plain_body_is_read_as_it_lies_there() -> None:
    assert packing.unpacked(b"\xdc\x00\x11") == b"\xdc\x00\x11"


def test_a_typical_change_set_takes_two_thirds() -> None:
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

    assert len(packing.packed(body)) < len(body) * 2 / 3
