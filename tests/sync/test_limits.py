"""What a change set may hold: just so much, and not one step more."""

from __future__ import annotations

from typing import Any

import msgspec
import pytest

from app.journal import change_set as cs
from app.journal.change_set import ADD, LIFE, REMOVE, SET, ChangeSet, Op, RecordOps
from app.models import DELETED, LIVE
from app.sync import families, judging, shape

BODY, OTHER = b"\x01" * 16, b"\x02" * 16


def holding(*ops: Op, entity: str = "party") -> ChangeSet:
    """A change set of one record with *ops*."""
    records = (RecordOps(entity, b"\x03" * 16, ops),)
    return ChangeSet(
        v=1, replica=b"", office=b"", seq=1, prev=b"", lamport=1, wall=0, user="", app="", schema=1,
        min_reader=1, batch=b"", label="", reverts=b"", family="regulation", family_id=b"",
        records=records,
    )  # fmt: skip


ID, OP, DAY = b"\x04" * 16, b"\x05" * 16, 1_764_000_000_000
FRAME: dict[str, Any] = {
    "replica": ID, "office": ID, "batch": ID, "family_id": ID, "prev": b"\x06" * 32, "wall": DAY,
}  # fmt: skip


def framed(**changed: Any) -> ChangeSet:
    """A change set whose frame is sound but for what is *changed*."""
    return msgspec.structs.replace(holding(Op("note", SET, "x", (OP,))), **{**FRAME, **changed})


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


@pytest.mark.parametrize(
    ("changed", "is_sound"),
    [
        ({}, True),
        ({"prev": b""}, True),
        ({"reverts": ID}, True),
        ({"lamport": (1 << 62) - 1}, True),
        ({"seq": 0}, True),
        ({"replica": ID[:-1]}, False),
        ({"office": b""}, False),
        ({"batch": ID + b"x"}, False),
        ({"family_id": b""}, False),
        ({"prev": ID}, False),
        ({"reverts": b"x"}, False),
        ({"lamport": 1 << 62}, False),
        ({"seq": -1}, False),
        ({"wall": 253_402_214_400_000}, False),
        ({"wall": -62_135_596_800_001}, False),
        ({"records": (RecordOps("party", b"x", ()),)}, False),
        ({"records": (RecordOps("party", ID, (Op("note", SET, "x", (b"y",)),)),)}, False),
    ],
)
def test_one_thing_wrong_in_the_frame_is_enough(changed: dict[str, Any], is_sound: bool) -> None:
    assert shape.is_sound(framed(**changed)) == is_sound


@pytest.mark.parametrize(
    ("entity", "op", "fits"),
    [
        ("agency", Op(LIFE, SET, LIVE, ()), True),
        ("agency", Op(LIFE, SET, [DELETED, [OP]], ()), True),
        ("agency", Op(LIFE, SET, [DELETED, [OP, b"short"]], ()), False),
        ("agency", Op(LIFE, SET, [DELETED, OP], ()), False),
        ("agency", Op(LIFE, SET, ["gone", [OP]], ()), False),
        ("agency", Op(LIFE, SET, [DELETED], ()), False),
        ("agency", Op(LIFE, ADD, LIVE, ()), False),
        ("obligation", Op("coordinating", ADD, BODY, ()), True),
        ("obligation", Op("coordinating", ADD, b"short", ()), False),
        ("obligation", Op("coordinating", SET, BODY, ()), False),
        ("agency", Op("name", SET, "Sở Y tế", ()), True),
        ("agency", Op("name", ADD, "Sở Y tế", ()), False),
        ("agency", Op("name", SET, 5, ()), False),
        ("agency", Op("name", SET, "Sở\x00", ()), False),
    ],
)
def test_an_op_bears_a_value_of_its_fields_type(entity: str, op: Op, fits: bool) -> None:
    assert shape.fits(holding(op, entity=entity)) == fits


@pytest.mark.parametrize(
    ("entity", "op", "is_known"),
    [
        ("agency", Op("kind", SET, "police", ()), True),
        ("agency", Op("kind", SET, "a word of a newer program", ()), False),
        ("agency", Op("kind", SET, None, ()), True),
        ("agency", Op("no such field", SET, "x", ()), False),
        ("no such kind", Op("name", SET, "x", ()), False),
    ],
)
def test_what_a_newer_program_wrote_is_held(entity: str, op: Op, is_known: bool) -> None:
    read = holding(op, entity=entity)
    assert shape.is_understood(read, 1) == is_known
    if not is_known:
        assert not shape.is_plain(read, 1)


@pytest.mark.parametrize(
    ("changed", "is_known"),
    [
        ({}, True),
        ({"v": cs.VERSION + 1}, False),
        ({"min_reader": 5}, True),
        ({"min_reader": 6}, False),
    ],
)
def test_a_later_format_or_schema_is_held(changed: dict[str, Any], is_known: bool) -> None:
    given = holding(Op("name", SET, "Sở Y tế", ()), entity="agency")
    read = msgspec.structs.replace(given, **{"v": cs.VERSION, **changed})
    assert shape.is_understood(read, 5) == is_known
    assert shape.is_plain(read, 5) == is_known
