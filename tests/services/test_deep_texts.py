"""A text of 3,000 levels is shown, cited, told of and withdrawn like any other."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from pathlib import Path
from uuid import UUID

import pytest

from app.models import Agency
from app.services.agreement import histories
from app.services.any_kind import records
from app.services.obligation import whole
from app.services.regulation import provision_changes
from app.services.regulation.provisions import (
    DEEPEST,
    ProvisionNode,
    citations,
    place_of,
    tree_of,
)
from app.store import Store
from app.store.checking import check
from tests.deep import LEVELS, deep_text
from tests.offices import body, obligation, open_store, police, regulation


@pytest.fixture(scope="module")
def deep(tmp_path_factory: pytest.TempPathFactory) -> Iterator[tuple[Store, UUID, list[UUID]]]:
    """A register with a text of 3,000 levels, the regulation's id, and the text from the top."""
    store = open_store(Path(tmp_path_factory.mktemp("deep")))
    lead = police(store)
    rule = regulation(store, lead, body(store, "Sở Y tế"))
    ids = deep_text(store, rule.id)
    obligation(store, rule, lead, provision_id=ids[-1])
    yield store, rule.id, ids
    store.close()


Deep = tuple[Store, UUID, list[UUID]]


def _in_order(nodes: Iterable[ProvisionNode], depth: int = 1) -> Iterator[tuple[UUID, int]]:
    for node in nodes:
        yield node.provision.id, depth
        yield from _in_order(node.children, depth + 1)


def test_all_of_it_is_shown_in_order_and_no_deeper_than_can_be_walked(deep: Deep) -> None:
    store, rule, ids = deep
    with store.reading() as session:
        found = list(_in_order(tree_of(session, rule)))
        cited = citations(session, rule)

    assert [id_ for id_, _ in found] == ids
    assert max(depth for _, depth in found) == DEEPEST
    assert [id_ for id_, _ in cited] == ids


def test_its_history_lists_and_citations_are_read(deep: Deep) -> None:
    store, rule, ids = deep
    with store.reading() as session:
        assert len(place_of(session, ids[-1]).split("khoản")) == DEEPEST
        events = histories.of_family(session, "regulation", rule)
        assert sum(len(event.lines) for event in events) >= LEVELS
        assert [each.source for each in whole.whole_obligations(session)] == ["18/QC-CAT-SYT"]


def test_it_is_checked_and_rebuilt(deep: Deep) -> None:
    assert check(deep[0]).problems == []


def test_a_provision_is_entered_behind_the_last_and_all_is_withdrawn(deep: Deep) -> None:
    store = deep[0]
    with store.reading() as session:
        bodies = records.live(session, Agency)
    rule = regulation(store, bodies[0], bodies[1], number="20/QC")
    ids = deep_text(store, rule.id, 300)
    with store.changing("Ghi điểm") as session:
        values = {"kind": "point", "number": "a"}
        found = provision_changes.enter_after(session, rule.id, ids[-1], values)
        assert found.parent_id == ids[-1]
    with store.changing("Rút") as session:
        assert provision_changes.withdraw(session, ids[0]) == 301
    with store.reading() as session:
        assert tree_of(session, rule.id) == ()
