"""An office alone can go back to its first day and forth again: nothing of its own bars the way."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from random import Random
from typing import Any
from uuid import UUID

import pytest
from sqlmodel import Session

from app.errors import AppError, NothingToUndo
from app.journal.log import count_disputed
from app.models import Obligation, Occurrence, Party, Regulation
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from app.store import Store
from app.store.checking import check
from tests.offices import body, police, regulation
from tests.offices import obligation as made_obligation

_EDITS: tuple[tuple[str, dict[str, Any]], ...] = (
    ("regulation", {"note": "một"}),
    ("regulation", {"note": None, "field_of_work": "Y tế"}),
    ("regulation", {"standing": "repealed", "ended_on": date(2026, 1, 1)}),
    ("regulation", {"standing": "in_force", "ended_on": None}),
    ("obligation", {"note": "hai", "recurrence": "hằng tháng"}),
    ("obligation", {"recurrence": "hằng quý"}),
)

_DAY = date(2026, 12, 1)
_RESULTS: tuple[dict[str, Any], ...] = (
    {"completed_on": _DAY, "result": "Đã gửi", "evidence": "15/BC"},
    {"completed_on": _DAY, "result": "Đã họp"},
    {"due_on": _DAY, "extended_to": date(2026, 12, 20), "extension_ground": "CV 12"},
)


def act(store: Store, chance: Random, rule: Regulation, bodies: list[Any]) -> None:
    """One thing that a clerk might do."""
    with store.reading() as session:
        obligations = [obligation.id for obligation in records.live(session, Obligation)]
    some = tuple(each.id for each in chance.sample(bodies[1:], chance.randint(0, 3)))
    what = chance.randrange(7)
    with store.changing("Việc") as session:
        if what == 0 or not obligations:
            given = {
                "title": "Báo cáo", "regulation_id": rule.id, "lead_id": bodies[0].id,
                "coordinating": some, "recurrence": "hằng năm", "starts_on": date(2026, 1, 1),
            }  # fmt: skip
            records.enter(session, "obligation", given)
        elif what == 1:
            records.revise(
                session, "obligation", chance.choice(obligations), {"coordinating": some}
            )
        elif what == 2:
            records.withdraw(session, "obligation", [chance.choice(obligations)])
        elif what == 3 and some:
            regulations.bind(session, rule.id, Parties(bodies[0].id, some))
        elif what > 4 and obligations:
            touch(session, rule, chance.choice(obligations), chance.choice(_RESULTS))
        else:
            entity, values = chance.choice(_EDITS)
            chosen = rule.id if entity == "regulation" else chance.choice(obligations)
            records.revise(session, entity, chosen, values)


def touch(session: Session, rule: Regulation, obligation: UUID, values: dict[str, Any]) -> None:
    """Write of a period, whose id is always the same: undone and written anew, it is revived."""
    given = {"obligation_id": obligation, "regulation_id": rule.id, "period": "2026", **values}
    its_id = Occurrence.id_for(obligation, "2026")
    known = session.get(Occurrence, its_id)
    if known is None or not known.is_live:
        records.enter(session, "occurrence", given, id=its_id)
    else:
        records.revise(session, "occurrence", its_id, values)


def pictures(store: Store) -> list[str]:
    """Everything that the register shows."""
    with store.reading() as session:
        return sorted(
            repr(sorted(row.model_dump().items()))
            for model in (Regulation, Obligation, Party, Occurrence)
            for row in records.live(session, model)
        )


@pytest.mark.parametrize("seed", range(6))
def test_every_step_can_be_undone_to_the_first_and_redone_to_the_last(
    store: Store, tmp_path: Path, seed: int
) -> None:
    chance = Random(seed)
    bodies = [police(store), *(body(store, f"Sở số {n}") for n in range(4))]
    rule = regulation(store, bodies[0], bodies[1])
    seen: list[list[str]] = [pictures(store)]
    for _ in range(25):
        try:
            act(store, chance, rule, bodies)
        except AppError:
            continue
        if pictures(store) != seen[-1]:
            seen.append(pictures(store))
        if chance.random() < 0.3 and len(seen) > 1:
            store.undo()
            seen.pop()
            assert pictures(store) == seen[-1]
    for was in reversed(seen[:-1]):
        store.undo()
        assert pictures(store) == was
    for again in seen[1:]:
        store.redo()
        assert pictures(store) == again
    with pytest.raises(NothingToUndo):
        while True:
            store.undo()
    assert check(store).problems == []


def test_what_was_undone_does_not_come_back_with_the_undo_of_what_was_written_instead(
    store: Store,
) -> None:
    own, other = police(store), body(store, "Sở Y tế")
    rule = regulation(store, own, other)
    obligation = made_obligation(store, rule, own).id
    for values in _RESULTS:
        with store.changing("Ghi") as session:
            touch(session, rule, obligation, values)
        store.undo()

        with store.reading() as session:
            assert records.live(session, Occurrence) == []
        with store.connection() as connection:
            assert count_disputed(connection, [Occurrence.id_for(obligation, "2026").bytes]) == 0
    store.redo()
    with store.reading() as session:
        (again,) = records.live(session, Occurrence)
    assert (again.extended_to, again.completed_on, again.result) == (date(2026, 12, 20), None, None)
    assert check(store).problems == []
