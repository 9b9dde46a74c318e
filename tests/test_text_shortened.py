"""A name that is too long for a label ends after a whole word."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.text import shortened


@pytest.mark.parametrize(
    ("text", "most", "short"),
    [
        ("Hội nghị sơ kết", 15, "Hội nghị sơ kết"),
        ("Hội nghị sơ kết", 13, "Hội nghị sơ…"),
        ("Hội nghị sơ kết, tổng kết", 17, "Hội nghị sơ kết…"),
        ("21/QCPH-CAT-BCHQS-BĐBP", 10, "21/QCPH-C…"),
    ],
)
def test_what_is_cut_ends_after_a_word(text: str, most: int, short: str) -> None:
    assert shortened(text, most) == short


@given(st.text(), st.integers(min_value=1, max_value=80))
def test_nothing_comes_out_longer_than_asked(text: str, most: int) -> None:
    assert len(shortened(text, most)) <= most
