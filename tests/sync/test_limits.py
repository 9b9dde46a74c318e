"""What a change set may hold: just so much, and not one step more."""

from __future__ import annotations

from typing import Any

import pytest

from app.journal.change_set import ADD, REMOVE, SET, ChangeSet, Op, RecordOps
from app.sync import families, judging

BODY, OTHER = b"\x01" * 16, b"\x02" * 16


def holding(*ops: Op, entity: str = "party") -> ChangeSet:
    """A change set of one record with *ops*."""
    records = (RecordOps(entity, b"\x03" * 16, ops),)
    return ChangeSet(
        v=1, replica=b"", office=b"", seq=1, prev=b"", lamport=1, wall=0, user="", app="", schema=1,
        min_reader=1, batch=b"", label="", reverts=b"", family="regulation", family_id=b"",
        records=records,
    )  # fmt: skip


def nested(depth: int, *, in_lists: bool) -> Any:
    value: Any = "chữ"
    for _ in range(depth):
        value = [value] if in_lists else {"ô": value}
    return value


@pytest.mark.parametrize("in_lists", [True, False])
@pytest.mark.parametrize(("depth", "is_shallow"), [(0, True), (8, True), (9, False)])
def test_values_lie_at_most_eight_deep(depth: int, is_shallow: bool, in_lists: bool) -> None:
    value = nested(depth, in_lists=in_lists)
    assert judging._is_shallow(holding(Op("note", SET, value, ()))) == is_shallow
    beside = {"a": 1, "b": value} if not in_lists else [1, value]
    assert judging._is_shallow(holding(Op("note", SET, beside, ()))) == (depth < 8)


@pytest.mark.parametrize(
    ("entity", "op", "brings"),
    [
        ("party", Op("agency_id", SET, BODY, ()), {BODY}),
        ("obligation", Op("coordinating", ADD, BODY, ()), {BODY}),
        ("obligation", Op("coordinating", REMOVE, BODY, ()), set()),
        ("party", Op("agency_id", SET, None, ()), set()),
        ("party", Op("regulation_id", SET, OTHER, ()), set()),
        ("party", Op("note", SET, BODY, ()), set()),
        ("kind of a newer program", Op("agency_id", SET, BODY, ()), set()),
    ],
)
def test_a_change_set_brings_in_the_bodies_that_it_names_and_no_others(
    entity: str, op: Op, brings: set[bytes]
) -> None:
    assert families.bodies_added(holding(op, entity=entity)) == brings
