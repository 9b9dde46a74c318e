"""The pure core of merging: the same heads whatever the order, by law and not by example."""

from __future__ import annotations

import random

from hypothesis import given
from hypothesis import strategies as st

from app.journal.merge import Heads
from tests.journal.oracle import brute_force

Entry = tuple[bytes, tuple[bytes, str], tuple[bytes, ...], bool]


@st.composite
def logs(draw: st.DrawFn) -> list[Entry]:
    """Ops of up to three fields; each cites some earlier ops of its own field."""
    entries: list[Entry] = []
    for number in range(draw(st.integers(1, 24))):
        key = (b"r", draw(st.sampled_from("abc")))
        earlier = [op for op, owner, _, _ in entries if owner == key]
        parents = tuple(
            draw(st.lists(st.sampled_from(earlier), unique=True, max_size=4)) if earlier else ()
        )
        is_removal = bool(parents) and draw(st.booleans()) and draw(st.booleans())
        entries.append((number.to_bytes(16, "big"), key, parents, is_removal))
    return entries


def heads_of(entries: list[Entry]) -> dict[tuple[bytes, str], set[bytes]]:
    heads = Heads()
    for op, key, parents, is_removal in entries:
        heads.apply(op, key, parents, is_removal=is_removal)
    return heads.of


@given(logs(), st.randoms(use_true_random=False))
def test_heads_are_those_of_the_definition_in_any_order(
    entries: list[Entry], shuffler: random.Random
) -> None:
    shuffled = list(entries)
    shuffler.shuffle(shuffled)

    assert heads_of(shuffled) == brute_force(entries)


@given(logs(), st.data())
def test_two_halves_taken_in_apart_make_the_same_whole(
    entries: list[Entry], data: st.DataObject
) -> None:
    cut = data.draw(st.integers(0, len(entries)))

    assert heads_of(entries[cut:] + entries[:cut]) == heads_of(entries)


@given(logs(), st.randoms(use_true_random=False))
def test_parents_that_never_came_are_remembered_and_nothing_else_is(
    entries: list[Entry], shuffler: random.Random
) -> None:
    shuffled = list(entries)
    shuffler.shuffle(shuffled)
    missing = shuffled[0]
    heads = Heads()
    for op, key, parents, is_removal in shuffled[1:]:
        heads.apply(op, key, parents, is_removal=is_removal)
    cited_missing = any(
        missing[0] in parents and key == missing[1] for _, key, parents, _ in shuffled[1:]
    )

    assert ((*missing[1], missing[0]) in heads.early) == cited_missing


def test_an_edit_that_saw_both_sides_settles_them() -> None:
    key = (b"r", "due_on")
    heads = heads_of(
        [
            (b"1", key, (), False),
            (b"2", key, (b"1",), False),
            (b"3", key, (b"1",), False),
            (b"4", key, (b"2", b"3"), False),
        ]
    )

    assert heads == {key: {b"4"}}


def test_an_edit_that_saw_one_side_leaves_the_other_standing() -> None:
    key = (b"r", "due_on")
    heads = heads_of(
        [
            (b"1", key, (), False),
            (b"2", key, (b"1",), False),
            (b"3", key, (b"1",), False),
            (b"4", key, (b"2",), False),
        ]
    )

    assert heads == {key: {b"3", b"4"}}


def test_an_element_added_again_unseen_by_the_removal_survives_it() -> None:
    key = (b"r", "coordinating")
    heads = heads_of([(b"1", key, (), False), (b"2", key, (b"1",), True), (b"3", key, (), False)])

    assert heads == {key: {b"3"}}
