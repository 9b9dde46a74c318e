"""Links upward that come together from offices apart make a forest, the same in every order."""

from __future__ import annotations

import random
from uuid import UUID

from hypothesis import given, settings
from hypothesis import strategies as st
from sqlalchemy import Engine

from app.journal import log
from app.journal.raw import raw
from tests.journal.merging import Office, Written, opened, tables, take_in

RULE = UUID(int=90).bytes
ARTICLES = [UUID(int=100 + n) for n in range(5)]
MOVES = st.lists(
    st.tuples(
        st.integers(0, 2),
        st.sampled_from(("move", "move", "move", "out", "withdraw", "restore", "meet")),
        st.integers(0, 4),
        st.integers(0, 4),
    ),
    max_size=24,
)
Moves = list[tuple[int, str, int, int]]


def played(moves: Moves) -> list[Written]:
    """What three offices write that move articles about and meet now and then."""
    first, *others = offices = [Office(n + 1) for n in range(3)]
    for article in ARTICLES:
        first.say("provision", article, regulation_id=RULE, kind="article", number="1")
    for other in others:
        other.meet(first)
    for who, what, one, other_one in moves:
        office, article = offices[who], ARTICLES[one]
        if what == "meet":
            office.meet(offices[(who + 1 + one % 2) % 3])
        elif what == "withdraw":
            office.withdraw("provision", article)
        elif what == "restore":
            office.say("provision", article, life="live")
        else:
            above = ARTICLES[other_one].bytes if what == "move" else None
            office.say("provision", article, parent_id=above)
    return [item for office in offices for item in office.written]


def links(engine: Engine) -> dict[bytes, bytes | None]:
    with engine.connect() as connection:
        rows = raw(connection).execute("SELECT id, parent_id FROM provision").fetchall()
    return {
        bytes.fromhex(id_): bytes.fromhex(above) if above is not None else None
        for id_, above in rows
    }


def in_conflict(engine: Engine) -> set[bytes]:
    with engine.connect() as connection:
        rows = raw(connection).execute("SELECT record FROM conflict WHERE field = 'parent_id'")
        return {row[0] for row in rows}


def wishes(items: list[Written]) -> dict[bytes, tuple[int, bytes, bytes | None]]:
    """The newest standing word on each article's place, found by looking at every op."""
    placed = [item for set_id, _, body in items for item in log.placed(set_id, body)]
    cited = {parent for item in placed for parent in item.op.parents}
    found: dict[bytes, tuple[int, bytes, bytes | None]] = {}
    for item in placed:
        if item.op.field == "parent_id" and item.id not in cited:
            value = item.op.value
            word = (item.lamport, item.id, value if isinstance(value, bytes) else None)
            found[item.record] = max(word, found.get(item.record, (0, b"", None)))
    return found


@given(
    MOVES, st.randoms(use_true_random=False), st.lists(st.integers(1, 5), min_size=1, max_size=4)
)
@settings(max_examples=100, deadline=None)
def test_moves_in_any_order_end_in_the_same_forest_with_nothing_vanished(
    moves: Moves, shuffler: random.Random, sizes: list[int]
) -> None:
    items = played(moves)
    shuffled = list(items)
    shuffler.shuffle(shuffled)
    one, other = opened(), opened()
    take_in(one, items)
    turn = 0
    while shuffled:
        size = sizes[turn % len(sizes)]
        take_in(other, shuffled[:size])
        shuffled, turn = shuffled[size:], turn + 1

    assert tables(other) == tables(one)
    shown, wanted = links(one), wishes(items)
    assert shown.keys() == {article.bytes for article in ARTICLES}
    for article in shown:
        at: bytes | None = article
        for _ in shown:
            at = shown[at] if at is not None else None
        assert at is None, "a ring"
    for article, (_, _, above) in wanted.items():
        # A wish is shown, or hidden and in conflict; and hidden only where it would close a ring.
        if shown[article] != above:
            assert shown[article] is None
            assert article in in_conflict(one)
            up, passed = above, [article]
            while up is not None and up not in passed:
                passed.append(up)
                up = wanted[up][2] if up in wanted else None
            assert up == article
            assert min(passed, key=lambda each: wanted[each][:2]) == article
    one.dispose()
    other.dispose()


def test_a_record_put_under_itself_stands_at_the_top_in_conflict() -> None:
    engine = opened()
    take_in(engine, played([(0, "move", 1, 1)]))

    assert links(engine)[ARTICLES[1].bytes] is None
    assert in_conflict(engine) == {ARTICLES[1].bytes}
    engine.dispose()
