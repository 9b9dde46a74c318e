"""What offices wrote apart means the same to all of them once the packages have gone round."""

from __future__ import annotations

from datetime import date, datetime
from functools import partial
from uuid import UUID

import pytest

from app.errors import ChangedSince, InvalidFields
from app.models import Obligation, Occurrence, Party
from app.models.values import Value
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from tests.sync.acts import bind, disputed, edit, obligation, rule_at, seen, swap, withdraw
from tests.sync.circles import Desk, regulation
from tests.sync.states import alike


@pytest.fixture
def rule(three: list[Desk]) -> UUID:
    """A regulation of all three offices, which all three have."""
    police, health, home = three
    found = regulation(police, police.agency, health.agency)
    bind(police, found, police.agency, health.agency, home.agency)
    swap(*three)
    return found


def all_alike(desks: list[Desk]) -> bool:
    return alike(desks[0], desks[1]) and alike(desks[1], desks[2])


def test_three_offices_edit_one_field_and_all_three_values_stand(
    three: list[Desk], rule: UUID
) -> None:
    for desk in three:
        edit(desk, rule, abstract=f"Bản của {desk.name}")
    swap(*three)
    for desk in three:
        assert disputed(desk) == {"abstract": {f"Bản của {d.name}" for d in three}}
    assert all_alike(three)


def test_equal_values_written_apart_are_agreement(three: list[Desk], rule: UUID) -> None:
    for desk in three:
        edit(desk, rule, abstract="Cùng một trích yếu")
    swap(*three)
    assert disputed(three[0]) == {}
    assert rule_at(three[2], rule).abstract == "Cùng một trích yếu"
    assert all_alike(three)


def test_different_fields_written_apart_both_stand(three: list[Desk], rule: UUID) -> None:
    police, health, home = three
    edit(police, rule, note="Ghi chú")
    edit(health, rule, field_of_work="Y tế")
    edit(home, rule, stored_at="Kho lưu trữ")
    swap(*three)
    found = rule_at(home, rule)
    assert (found.note, found.field_of_work, found.stored_at) == (
        "Ghi chú",
        "Y tế",
        "Kho lưu trữ",
    )
    assert disputed(police) == {}
    assert all_alike(three)


def test_withdrawn_here_and_edited_there_stays_in_sight(three: list[Desk], rule: UUID) -> None:
    police, health, _ = three
    withdraw(police, rule)
    edit(health, rule, note="vẫn đang sửa")
    swap(*three)
    for desk in three:
        assert rule_at(desk, rule).note == "vẫn đang sửa"
        assert "life" in disputed(desk)
    assert all_alike(three)


def test_withdrawn_in_two_places_is_withdrawn(three: list[Desk], rule: UUID) -> None:
    police, health, _ = three
    withdraw(police, rule)
    withdraw(health, rule)
    swap(*three)
    assert {seen(desk, rule).life for desk in three} == {"deleted"}
    assert disputed(police) == {}
    assert all_alike(three)


def test_a_withdrawal_years_old_still_travels_and_still_counts(
    two: list[Desk],
) -> None:
    """Nobody may forget one by its age: what was withdrawn would come back to life."""
    police, health = two
    gone, kept = (regulation(police, police.agency, health.agency, n) for n in ("1/QC", "2/QC"))
    health.take(police.send(health))
    withdraw(police, gone)
    for desk in two:
        later = desk.store.now().replace(year=2030)
        desk.store.now = partial(_same, later)
    for note in ("một", "hai", "ba", "bốn"):
        edit(police, kept, note=note)
    edit(health, gone, note="không biết là đã rút")
    health.take(police.send(health))
    assert seen(health, gone).life == "disputed"
    police.take(health.send(police))
    assert seen(police, gone).life == "disputed"
    withdraw(police, gone)  # having seen the edit
    health.take(police.send(health))
    assert {seen(desk, gone).life for desk in two} == {"deleted"}
    assert alike(police, health)


def _same(moment: datetime) -> datetime:
    return moment


def test_a_child_added_to_what_was_withdrawn_elsewhere_is_kept(
    three: list[Desk], rule: UUID
) -> None:
    police, health, _ = three
    withdraw(police, rule)
    child = obligation(health, rule, health.agency)
    swap(*three)
    for desk in three:
        assert seen(desk, child, "obligation").life == "live"
        assert seen(desk, rule).life == "deleted"
    assert all_alike(three)


def test_withdrawn_and_brought_back_apart(three: list[Desk], rule: UUID) -> None:
    """One withdraws and undoes; another, having seen the withdrawal, edits."""
    police, _, home = three
    withdraw(police, rule)
    home.take(police.send(home))
    police.store.undo()
    swap(*three)
    for desk in three:
        assert rule_at(desk, rule).life == "live"
    assert all_alike(three)


def test_a_value_changed_and_changed_back_is_no_conflict_with_those_who_saw_it(
    three: list[Desk], rule: UUID
) -> None:
    police, health, home = three
    before = rule_at(police, rule).abstract
    edit(police, rule, abstract="B")
    edit(police, rule, abstract=before)
    edit(health, rule, abstract="C")
    swap(*three)
    assert disputed(home) == {"abstract": {before, "C"}}
    assert all_alike(three)


def test_a_body_taken_out_and_brought_in_at_once_stays_in(three: list[Desk], rule: UUID) -> None:
    police, health, home = three
    bind(police, rule, police.agency, health.agency)  # home affairs out
    with health.store.changing("Các bên") as session:  # out and in again
        regulations.bind(session, rule, Parties(police.agency, (health.agency,)))
    bind(health, rule, police.agency, health.agency, home.agency)
    swap(*three, rounds=3)
    for desk in three:
        with desk.store.reading() as session:
            assert {p.agency_id for p in records.live(session, Party)} == {d.agency for d in three}
    assert all_alike(three)


def test_bodies_of_a_set_taken_out_and_brought_in_at_once(three: list[Desk], rule: UUID) -> None:
    police, health, home = three
    child = obligation(police, rule, police.agency, coordinating=(health.agency, home.agency))
    swap(*three)
    edit(police, child, "obligation", coordinating=(home.agency,))
    edit(health, child, "obligation", coordinating=(home.agency,))
    edit(health, child, "obligation", coordinating=(health.agency, home.agency))
    swap(*three)
    for desk in three:
        with desk.store.reading() as session:
            found = records.get(session, Obligation, child)
        assert set(found.coordinating) == {health.agency, home.agency}
    assert disputed(police) == {}
    assert all_alike(three)


def test_a_group_changed_half_on_each_side_is_one_conflict(three: list[Desk], rule: UUID) -> None:
    """Status and its date belong together: no register may show the one's with the other's."""
    police, health, _ = three
    child = obligation(police, rule, police.agency)
    swap(*three)
    edit(police, child, "obligation", standing="paused", standing_ground="chờ sửa quy chế")
    edit(health, child, "obligation", standing_from=date(2026, 5, 1))
    swap(*three)
    assert list(disputed(police)) == ["@standing"]
    with police.store.reading() as session:
        shown = records.get(session, Obligation, child)
    assert (shown.standing, shown.standing_from) in (
        ("paused", None),
        ("active", date(2026, 5, 1)),
    )
    assert all_alike(three)


def test_one_occurrence_touched_in_two_offices_is_one_record(three: list[Desk], rule: UUID) -> None:
    police, health, _ = three
    child = obligation(police, rule, police.agency)
    swap(*three)
    found = Occurrence.id_for(child, "2026-Q1")
    for desk, given in ((police, {"result": "Đã xong"}), (health, {"evidence": "12/BC-SYT"})):
        with desk.store.changing("Kỳ") as session:
            values: dict[str, Value] = {
                "obligation_id": child,
                "regulation_id": rule,
                "period": "2026-Q1",
                **given,
            }
            records.enter(session, "occurrence", values, id=found)
    swap(*three)
    row = seen(three[2], found, "occurrence")
    assert (row.result, row.evidence) == ("Đã xong", "12/BC-SYT")
    assert disputed(police) == {}
    assert all_alike(three)


def test_the_rule_changes_while_its_occurrence_is_completed(three: list[Desk], rule: UUID) -> None:
    police, health, home = three
    child = obligation(police, rule, police.agency)
    swap(*three)
    edit(police, child, "obligation", recurrence="hằng tháng, ngày 15")
    found = Occurrence.id_for(child, "2026-Q1")
    with health.store.changing("Hoàn thành") as session:
        values: dict[str, Value] = {
            "obligation_id": child,
            "regulation_id": rule,
            "period": "2026-Q1",
            "completed_on": date(2026, 3, 18),
        }
        records.enter(session, "occurrence", values, id=found)
    swap(*three)
    assert seen(home, found, "occurrence").completed_on == date(2026, 3, 18)
    assert disputed(home) == {}
    assert all_alike(three)


def test_an_occurrence_of_a_obligation_of_no_regulation_travels_with_the_obligation(
    two: list[Desk],
) -> None:
    """It would have been a family of its own, that concerns nobody."""
    police, health = two
    child = obligation(police, None, police.agency, coordinating=(health.agency,))
    found = Occurrence.id_for(child, "2026-Q1")
    with police.store.changing("Kỳ") as session:
        values: dict[str, Value] = {
            "obligation_id": child,
            "period": "2026-Q1",
            "result": "Đã xong",
        }
        records.enter(session, "occurrence", values, id=found)
    health.take(police.send(health))
    assert seen(health, found, "occurrence").result == "Đã xong"


def test_undo_of_ones_own_work_after_others_went_on_is_refused(
    two: list[Desk],
) -> None:
    police, health = two
    shared = regulation(police, police.agency, health.agency)
    edit(police, shared, note="một")
    health.take(police.send(health))
    edit(health, shared, note="hai")
    police.take(health.send(police))
    with pytest.raises(ChangedSince):
        police.store.undo()
    assert rule_at(police, shared).note == "hai"


def test_a_form_opened_before_a_package_came_cannot_overwrite_what_it_brought(
    two: list[Desk],
) -> None:
    police, health = two
    shared = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    edit(health, shared, abstract="của Sở Y tế")
    form = rule_at(police, shared)  # on screen
    police.take(health.send(police))
    with pytest.raises(InvalidFields) as told, police.store.changing("Sửa") as session:
        given = {"abstract": "của Công an"}
        records.revise(session, "regulation", shared, given, was={"abstract": form.abstract})
    assert list(told.value.problems) == ["abstract"]
    assert rule_at(police, shared).abstract == "của Sở Y tế"
    with police.store.changing("Sửa") as session:  # another field stands as it was seen
        records.revise(session, "regulation", shared, {"note": "x"}, was={"note": form.note})
    swap(*two)
    assert alike(police, health)
