"""What one action writes to several families: told apart in order, and taken back whole."""

from __future__ import annotations

from typing import Any

import pytest

from app.errors import ChangedSince
from app.journal import log
from app.models import Agency
from app.services.any_kind import records
from app.store import Store
from tests.offices import body


def revised(store: Store, label: str, **names: Any) -> None:
    with store.changing(label) as session:
        for agency, note in names.values():
            records.revise(session, "agency", agency.id, {"note": note})


def notes(store: Store, *agencies: Agency) -> list[str | None]:
    with store.reading() as session:
        return [records.get(session, Agency, agency.id).note for agency in agencies]


def test_change_sets_of_one_action_follow_one_another_by_number_and_by_clock(store: Store) -> None:
    one, other = body(store, "Sở Y tế"), body(store, "Sở Nội vụ")
    revised(store, "Ghi chú", one=(one, "a"), other=(other, "b"))
    revised(store, "Ghi chú lại", one=(one, "c"), other=(other, "d"))

    with store.connection() as connection:
        sets = [stored.read() for stored in reversed(log.recent(connection, 4, None))]
    seqs, clocks = [s.seq for s in sets], [s.lamport for s in sets]
    assert len(sets) == 4
    assert sorted(seqs) == list(range(min(seqs), min(seqs) + 4))
    assert len(set(clocks)) == 4, "two changes at one tick could not be put in order"
    assert [seq for _, seq in sorted(zip(clocks, seqs, strict=True))] == sorted(seqs)


def test_a_step_of_which_part_was_changed_since_is_not_undone_in_part(store: Store) -> None:
    one, other = body(store, "Sở Y tế"), body(store, "Sở Nội vụ")
    revised(store, "Ghi chú", one=(one, "a"), other=(other, "b"))
    step = store._undoable[-1]
    revised(store, "Sửa", one=(one, "của người khác"))
    store._undoable.append(step)  # as another office's change would leave it

    with pytest.raises(ChangedSince):
        store.undo()
    assert notes(store, one, other) == ["của người khác", "b"]
