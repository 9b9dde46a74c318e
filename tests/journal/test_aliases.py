"""Merged records: the same classes and tables in every office, and nothing lost or hidden."""

from __future__ import annotations

import random
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from tests.journal.merging import ACTS, Script, applied, opened, play

BORN: Script = [(0, "name", n, n) for n in range(3)]
ALL_KNOW: Script = [(1, "meet", 1, 0), (2, "meet", 0, 0)]


@given(
    st.lists(ACTS, min_size=1, max_size=24),
    st.randoms(use_true_random=False),
    st.lists(st.integers(1, 5), min_size=1, max_size=4),
)
@settings(max_examples=150, deadline=None)
def test_merging_and_parting_in_any_order_give_the_same_tables(
    script: Script, shuffler: random.Random, sizes: list[int]
) -> None:
    items = play([*BORN, (0, "obligation", 0, 1), *ALL_KNOW, *script])
    shuffled = list(items)
    shuffler.shuffle(shuffled)

    assert applied(shuffled, sizes) == applied(items, [len(items)])


def told(script: Script) -> dict[str, list[dict[str, Any]]]:
    """Every table after *script* as rows by column."""
    found = applied(play(script), [100])
    engine = opened()
    with engine.connect() as connection:
        columns = {
            table: [r[1] for r in connection.exec_driver_sql(f'PRAGMA table_info("{table}")')]
            for table in found
        }
    engine.dispose()
    return {
        table: [dict(zip(columns[table], row, strict=True)) for row in rows]
        for table, rows in found.items()
    }


def live(rows: list[dict[str, Any]]) -> list[str]:
    return [row["id"][-1] for row in rows if row["life"] != "deleted"]


def test_merging_each_into_the_other_gives_one() -> None:
    found = told([*BORN, *ALL_KNOW, (0, "merge", 0, 1), (1, "merge", 1, 0)])

    assert live(found["agency"]) == ["1", "3"]
    assert found["conflict"] == []


def test_one_merged_with_two_by_two_offices_gives_one() -> None:
    found = told([*BORN, *ALL_KNOW, (0, "merge", 0, 1), (1, "merge", 0, 2)])

    assert live(found["agency"]) == ["1"]


def test_a_chain_is_one_class_and_parting_its_middle_link_makes_two() -> None:
    merged: Script = [*BORN, (0, "merge", 0, 1), (0, "merge", 1, 2)]

    assert live(told(merged)["agency"]) == ["1"]
    assert live(told([*merged, (0, "distinct", 0, 1)])["agency"]) == ["1", "2"]


def test_a_merging_disputed_by_another_office_hides_nothing() -> None:
    found = told([*BORN, *ALL_KNOW, (0, "merge", 0, 1), (1, "distinct", 0, 1)])

    assert live(found["agency"]) == ["1", "2", "3"]
    assert {row["entity"] for row in found["conflict"]} == {"alias"}


def test_a_late_edit_of_the_loser_stands_beside_the_value_that_is_shown() -> None:
    found = told([*BORN, *ALL_KNOW, (0, "merge", 0, 1), (1, "name", 1, 2)])

    assert [(row["record"].hex()[-1], row["field"]) for row in found["conflict"]] == [("1", "name")]
    assert [row["owner"].hex()[-1] for row in found["late"]] == ["2"]


def test_a_late_edit_that_says_the_same_is_no_conflict() -> None:
    found = told([*BORN, *ALL_KNOW, (0, "merge", 0, 1), (1, "name", 1, 0)])

    assert (found["conflict"], found["late"]) == ([], [])


def test_a_late_withdrawal_of_the_loser_leaves_the_record_in_sight() -> None:
    found = told([*BORN, *ALL_KNOW, (0, "merge", 0, 1), (1, "delete", 1, 0)])

    assert [row["life"] for row in found["agency"] if row["id"][-1] == "1"] == ["disputed"]


def test_a_withdrawal_that_had_not_seen_the_merging_leaves_the_record_in_sight() -> None:
    found = told([*BORN, *ALL_KNOW, (0, "merge", 0, 1), (1, "delete", 0, 0)])

    assert [row["life"] for row in found["agency"] if row["id"][-1] == "1"] == ["disputed"]


def test_what_somebody_looked_at_is_no_late_edit_though_the_word_of_it_comes_last() -> None:
    items = play([*BORN, (0, "merge", 0, 1)])
    seen = [item for item in items if item[2].records[0].ops[0].field == "seen"]
    others = [item for item in items if item not in seen]

    assert applied([*others, *seen], [len(others), 1]) == applied(items, [100])
    assert applied(items, [100])["late"] == []


def test_a_body_merged_with_its_own_superior_has_none() -> None:
    found = told([*BORN, (0, "superior", 0, 1), (0, "merge", 0, 1)])

    assert [row["superior_id"] for row in found["agency"] if row["id"][-1] == "1"] == [None]


def test_a_regulation_does_not_replace_the_one_it_is_merged_with() -> None:
    script: Script = [(0, "abstract", 0, 0), (0, "abstract", 1, 1), (0, "replace", 0, 1)]
    merged: Script = [*script, (0, "merge", 2, 2)]

    assert [row["life"] for row in told(script)["relation"]] == ["live"]
    assert [row["life"] for row in told(merged)["relation"]] == ["deleted"]
    assert told([*merged, (0, "distinct", 2, 2)])["relation"] == told(script)["relation"]


@pytest.mark.parametrize("first", [0, 1])
def test_one_family_that_says_no_keeps_the_two_apart(first: int) -> None:
    items = play([*BORN, (0, "merge", 0, 1), (0, "distinct", 0, 1)])
    verdicts = [i for i in items if any(op.field == "verdict" for op in i[2].records[0].ops)]
    last = verdicts[-2:]

    assert applied([i for i in items if i is not last[first]], [100])["alias_of"] == []


@pytest.mark.parametrize("first", [1, 2])
def test_two_values_that_name_merged_bodies_agree(first: int) -> None:
    both: Script = [(0, "obligation", 0, first), (1, "obligation", 0, 3 - first)]
    obligations: Script = [(0, "obligation", 0, 0), *ALL_KNOW, *both]

    assert [r["field"] for r in told([*BORN, *obligations])["conflict"]] == ["lead_id"]
    assert told([*BORN, *obligations, (2, "merge", 1, 2)])["conflict"] == []


def test_a_record_that_has_not_come_hides_none_that_has() -> None:
    items = play([(0, "name", 0, 0), (1, "name", 1, 1), (1, "meet", 1, 0), (1, "merge", 0, 1)])
    found = applied([item for item in items if item[2].replica != b"\1" * 16], [100])

    # The smaller id stands for its class once it is here; until then the other one is shown.
    assert [row[1] for row in found["agency"]] == ["live"]
    assert [row[:2] for row in found["alias_of"]] == [(f"{1:032x}", f"{2:032x}")]


def test_parting_restores_every_table_but_the_verdict() -> None:
    script: Script = [*BORN, (0, "obligation", 0, 1), (0, "join", 0, 1), (0, "add", 0, 1)]
    before, after = told(script), told([*script, (0, "merge", 0, 1), (0, "distinct", 0, 1)])

    for table in ("agency", "obligation", "party", "conflict", "late", "alias_of"):
        assert after[table] == before[table]
