"""Offices that write apart end with the same tables, in whatever order the changes arrive."""

from __future__ import annotations

import os
import random
from collections.abc import Sequence
from typing import Any
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.journal import apply as applying
from app.journal import change_set as cs
from app.journal import log
from app.journal.change_set import ADD, LIFE, REMOVE, SET, ChangeSet, Op, RecordOps
from app.journal.rebuild import COMPARED
from app.models import MODELS
from app.store.engine import MEMORY, open_engine
from app.store.migrations import STEPS
from app.store.upgrade import upgrade

Written = tuple[bytes, bytes, ChangeSet]
RECORDS = {"agency": UUID(int=1).bytes, "obligation": UUID(int=2).bytes}
BODIES = [UUID(int=10 + n).bytes for n in range(3)]


class Office:
    """A writer that knows only what it has seen: its ops cite exactly those heads."""

    def __init__(self, number: int) -> None:
        self.replica = bytes([number]) * 16
        self.written: list[Written] = []
        self.seen: list[Written] = []
        self.lamport = 0

    def heads(self, entity: str) -> Any:
        from app.journal.merge import Heads

        heads = Heads()
        for set_id, _, body in self.seen:
            for item in log.placed(set_id, body):
                if item.entity == entity:
                    key = (item.record, item.op.field)
                    heads.apply(item.id, key, item.op.parents, is_removal=item.op.kind == REMOVE)
        return heads

    def write(self, entity: str, ops: Sequence[Op]) -> None:
        if not ops:
            return
        previous = self.written[-1][0] if self.written else b""
        self.lamport += 1
        body = ChangeSet(
            1, self.replica, self.replica, len(self.written) + 1, previous, self.lamport, 0,
            "", "", 1, 1, os.urandom(16), "", b"", entity, RECORDS[entity],
            (RecordOps(entity, RECORDS[entity], tuple(ops)),),
        )  # fmt: skip
        raw = cs.encode(body)
        item = (cs.id_of(raw), raw, body)
        self.written.append(item)
        self.seen.append(item)

    def meet(self, other: Office) -> None:
        known = {item[0] for item in self.seen}
        self.seen += [item for item in other.seen if item[0] not in known]
        self.lamport = max(self.lamport, other.lamport)


def act(office: Office, what: str, value: int) -> None:
    agency, obligation = RECORDS["agency"], RECORDS["obligation"]
    heads = office.heads("agency" if what in ("name", "note", "delete", "live") else "obligation")

    def parents(record: bytes, name: str) -> tuple[bytes, ...]:
        return tuple(sorted(heads.of.get((record, name), ())))

    if what in ("name", "note"):
        office.write("agency", [Op(what, SET, f"giá trị {value}", parents(agency, what))])
    elif what == "live":
        office.write("agency", [Op(LIFE, SET, "live", parents(agency, LIFE))])
    elif what == "delete":
        seen = sorted(op for (_, name), ops in heads.of.items() if name != LIFE for op in ops)
        office.write("agency", [Op(LIFE, SET, ["deleted", seen], parents(agency, LIFE))])
    elif what == "group":
        both = {"standing": "paused", "standing_from": f"2026-01-{value + 1:02d}"}
        told = {**both, "standing_ground": None}
        office.write("obligation", [Op("@standing", SET, told, parents(obligation, "@standing"))])
    elif what == "add":
        office.write("obligation", [Op("coordinating", ADD, BODIES[value % 3], ())])
    else:
        values = {
            item.id: item.op.value
            for set_id, _, body in office.seen
            for item in log.placed(set_id, body)
        }
        cited = tuple(
            op for op in parents(obligation, "coordinating") if values[op] == BODIES[value % 3]
        )
        if cited:
            office.write("obligation", [Op("coordinating", REMOVE, BODIES[value % 3], cited)])


ACTS = st.tuples(
    st.integers(0, 2),
    st.sampled_from(["name", "note", "delete", "live", "group", "add", "remove", "meet"]),
    st.integers(0, 3),
)


def play(script: list[tuple[int, str, int]]) -> list[Written]:
    offices = [Office(n + 1) for n in range(3)]
    for who, what, value in script:
        if what == "meet":
            offices[who].meet(offices[(who + 1) % 3])
        else:
            act(offices[who], what, value)
    return [item for office in offices for item in office.written]


def tables(engine: Engine) -> dict[str, list[Any]]:
    found: dict[str, list[Any]] = {}
    with engine.connect() as connection:
        for table in (*(str(m.__tablename__) for m in MODELS.values()), *COMPARED):
            rows = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            found[table] = sorted(tuple(row) for row in rows)
    return found


def applied(items: Sequence[Written], sizes: Sequence[int]) -> dict[str, list[Any]]:
    engine = open_engine(MEMORY)
    upgrade(engine, STEPS)
    with engine.begin() as connection:
        for number in (1, 2, 3):
            connection.exec_driver_sql(
                "INSERT INTO replica (id, public, office, created) VALUES (?, x'', x'', '')",
                (bytes([number]) * 16,),
            )
        rest, turn = list(items), 0
        while rest:
            size = sizes[turn % len(sizes)]
            part, rest, turn = rest[:size], rest[size:], turn + 1
            log.store_change_sets(
                connection, [(i, raw, b"", body) for i, raw, body in part], log.APPLIED
            )
            applying.apply(connection, [(i, body) for i, _, body in part])
    found = tables(engine)
    engine.dispose()
    return found


@given(
    st.lists(ACTS, min_size=1, max_size=18),
    st.randoms(use_true_random=False),
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
)
@settings(max_examples=120, deadline=None)
def test_any_order_and_any_portions_give_the_same_tables(
    script: list[tuple[int, str, int]], shuffler: random.Random, sizes: list[int]
) -> None:
    items = play(script)
    shuffled = list(items)
    shuffler.shuffle(shuffled)

    assert applied(shuffled, sizes) == applied(items, [len(items) or 1])


def shown(script: list[tuple[int, str, int]]) -> tuple[dict[str, Any], list[Any]]:
    found = applied(play(script), [100])
    columns = [c.name for c in MODELS["agency"].__table__.columns]  # type: ignore[attr-defined]
    engine = open_engine(MEMORY)
    upgrade(engine, STEPS)
    with engine.connect() as connection:
        columns = [r[1] for r in connection.exec_driver_sql("PRAGMA table_info(agency)").all()]
    engine.dispose()
    rows = found["agency"]
    return dict(zip(columns, rows[0], strict=True)) if rows else {}, found["conflict"]


def test_two_offices_that_write_different_values_are_in_conflict() -> None:
    _, conflicts = shown([(0, "name", 1), (1, "name", 2)])

    assert [(record, name) for record, name, _ in conflicts] == [(RECORDS["agency"], "name")]


def test_two_offices_that_write_the_same_value_agree() -> None:
    row, conflicts = shown([(0, "name", 1), (1, "name", 1)])

    assert (row["name"], conflicts) == ("giá trị 1", [])


def test_a_withdrawal_that_had_not_seen_an_edit_leaves_the_record_visible() -> None:
    script = [(0, "name", 1), (2, "meet", 0), (0, "note", 2), (2, "delete", 0)]
    row, conflicts = shown(script)

    assert row["life"] == "disputed"
    assert [name for _, name, _ in conflicts] == [LIFE]


def test_a_withdrawal_that_had_seen_everything_withdraws() -> None:
    row, conflicts = shown([(0, "name", 1), (2, "meet", 0), (2, "delete", 0)])

    assert (row["life"], conflicts) == ("deleted", [])


def test_a_parent_cited_both_before_and_after_it_came_is_not_waited_for() -> None:
    first, second = Office(1), Office(2)
    act(first, "note", 0)
    second.meet(first)
    act(first, "note", 1)
    act(second, "note", 2)
    parent, child, other = (*first.written, *second.written)

    assert applied([child, parent, other], [1, 2]) == applied([parent, child, other], [3])
