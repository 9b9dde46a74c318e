"""Merged records: the same classes and tables in every office, and nothing lost or hidden."""

from __future__ import annotations

import random

from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.merging import ACTS, Script, applied, play


@given(
    st.lists(ACTS, min_size=1, max_size=24),
    st.randoms(use_true_random=False),
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
)
@settings(max_examples=150, deadline=None)
def test_merging_and_parting_in_any_order_give_the_same_tables(
    script: Script, shuffler: random.Random, sizes: list[int]
) -> None:
    items = play(script)
    shuffled = list(items)
    shuffler.shuffle(shuffled)

    assert applied(shuffled, sizes) == applied(items, [len(items) or 1])
