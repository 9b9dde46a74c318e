"""Words for the search index: the same however a text is taken apart."""

from __future__ import annotations

import re

from hypothesis import given
from hypothesis import strategies as st

from app.text import folded, search_words

_LETTERS = "aÀĐđơỚ\u0302\u0301\u0323ß1٣_/-,. \u00a0\u2000\n"


@given(st.text() | st.text(_LETTERS, max_size=80))
def test_words_are_those_of_the_whole_text_folded_at_once(text: str) -> None:
    assert search_words(text) == re.findall(r"[^\W\d_]+|\d+", folded(text))


def test_letters_and_digits_part_company() -> None:
    assert search_words("190/QCPH-CAT, 12QĐ") == ["190", "qcph", "cat", "12", "qd"]
