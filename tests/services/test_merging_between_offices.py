"""Merging in one office, writing in another: carried files bring both to the same register."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.errors import NotFound, Refused
from app.models import Agency, Alias, Obligation, Party, Regulation
from app.models.values import Value
from app.services.agreement import conflicts, merging
from app.services.agreement.conflicts import Choice
from app.services.agreement.merging_rights import rights_in
from app.services.any_kind import records
from app.store.checking import check
from app.sync.own_circle import circle_of
from tests.offices import obligation
from tests.sync.circles import Desk, gathered, regulation


@pytest.fixture
def desks(tmp_path: Path) -> Iterator[list[Desk]]:
    """The police, who are the hub, the health department and home affairs."""
    with gathered(tmp_path, "Công an tỉnh", "Sở Y tế", "Sở Nội vụ") as made:
        yield made
        for desk in made:
            assert check(desk.store).problems == []


def meet(*desks: Desk) -> None:
    """Everybody has what everybody may have."""
    hub = desks[0]
    for _ in range(2):
        for desk in desks[1:]:
            hub.take(desk.send(hub))
        for desk in desks[1:]:
            desk.take(hub.send(desk))


def merge(desk: Desk, kind: str, one: UUID, other: UUID) -> UUID:
    with desk.store.changing("Gộp") as session:
        rights = rights_in(circle_of(desk.store))
        return merging.merge(session, kind, one, other, rights=rights)


def edit(desk: Desk, kind: str, record: UUID, **values: Any) -> None:
    with desk.store.changing("Sửa") as session:
        records.revise(session, kind, record, values)


def live(desk: Desk, model: Any) -> list[Any]:
    with desk.store.reading() as session:
        return sorted(records.live(session, model), key=lambda record: record.id)


def entered_twice(desks: list[Desk]) -> tuple[UUID, UUID]:
    """One regulation that two offices have entered apart."""
    police, health = desks[0], desks[1]
    one = regulation(police, police.agency, health.agency)
    other = regulation(health, police.agency, health.agency)
    meet(*desks[:2])
    return one, other


def test_a_merged_regulation_is_one_in_every_office(desks: list[Desk]) -> None:
    one, other = entered_twice(desks)
    kept = merge(desks[0], "regulation", one, other)
    meet(*desks[:2])

    for desk in desks[:2]:
        assert [r.id for r in live(desk, Regulation)] == [kept]
        assert len(live(desk, Party)) == 2
    assert live(desks[0], Regulation) == live(desks[1], Regulation)


def test_two_offices_that_merge_the_other_way_round_agree(desks: list[Desk]) -> None:
    one, other = entered_twice(desks)
    merge(desks[0], "regulation", one, other)
    merge(desks[1], "regulation", other, one)
    meet(*desks[:2])

    assert [r.id for r in live(desks[0], Regulation)] == [min(one, other)]
    assert live(desks[0], Regulation) == live(desks[1], Regulation)
    with desks[0].store.reading() as session:
        assert conflicts.count(session) == 0


def test_one_merges_and_another_keeps_apart_and_both_are_shown_until_decided(
    desks: list[Desk],
) -> None:
    one, other = entered_twice(desks)
    merge(desks[0], "regulation", one, other)
    with desks[1].store.changing("Để riêng") as session:
        merging.keep_apart(session, "regulation", one, other, reason="Hai văn bản trùng số")
    meet(*desks[:2])

    for desk in desks[:2]:
        assert {r.id for r in live(desk, Regulation)} == {one, other}
        with desk.store.reading() as session:
            assert {item.entity for item in conflicts.listing(session)} == {"alias"}


def test_a_late_edit_where_the_shown_record_is_silent_is_simply_shown(desks: list[Desk]) -> None:
    police, health = desks[0], desks[1]
    one, other = entered_twice(desks)
    kept = merge(police, "regulation", one, other)
    edit(health, "regulation", max(one, other), note="Viết khi chưa biết đã gộp")
    outcome = police.take(health.send(police))

    assert outcome.conflicts == []
    assert _regulation(police, kept).note == "Viết khi chưa biết đã gộp"
    meet(police, health)
    assert live(police, Regulation) == live(health, Regulation)


def test_a_late_edit_that_contradicts_is_settled_by_a_person_and_stays_settled(
    desks: list[Desk],
) -> None:
    police, health = desks[0], desks[1]
    one, other = entered_twice(desks)
    kept = merge(police, "regulation", one, other)
    edit(health, "regulation", max(one, other), abstract="Phối hợp về y tế")
    outcome = police.take(health.send(police))
    assert outcome.conflicts == [("regulation", kept.bytes, "abstract")]
    with police.store.reading() as session:
        disputed = conflicts.of_record(session, "regulation", kept)
    assert disputed is not None
    assert {side.words for side in disputed.conflicts[0].sides} == {"Phối hợp", "Phối hợp về y tế"}

    kept_words = [side.words for side in disputed.conflicts[0].sides].index("Phối hợp")
    with police.store.changing("Giải quyết") as session:
        conflicts.resolve(session, [Choice(disputed.conflicts[0], side=kept_words)])
    meet(police, health)

    for desk in (police, health):
        with desk.store.reading() as session:
            assert conflicts.count(session) == 0
            assert records.get(session, Regulation, kept).abstract == "Phối hợp"


def test_editing_the_field_settles_a_late_edit_too(desks: list[Desk]) -> None:
    police, health = desks[0], desks[1]
    one, other = entered_twice(desks)
    kept = merge(police, "regulation", one, other)
    edit(health, "regulation", max(one, other), abstract="Phối hợp về y tế")
    police.take(health.send(police))
    edit(police, "regulation", kept, abstract="Phối hợp về an ninh y tế")
    meet(police, health)

    for desk in (police, health):
        with desk.store.reading() as session:
            assert conflicts.count(session) == 0
            assert records.get(session, Regulation, kept).abstract == "Phối hợp về an ninh y tế"


def test_a_late_edit_of_a_withdrawn_merged_regulation_keeps_it_in_sight(desks: list[Desk]) -> None:
    police, health = desks[0], desks[1]
    one, other = entered_twice(desks)
    kept = merge(police, "regulation", one, other)
    with police.store.changing("Rút") as session:
        records.withdraw(session, "regulation", [kept])
    assert live(police, Regulation) == []
    edit(health, "regulation", max(one, other), note="Còn dùng")
    meet(police, health)

    assert [r.life for r in live(police, Regulation)] == ["disputed"]
    assert live(police, Regulation) == live(health, Regulation)


def test_parting_in_one_office_parts_in_the_other(desks: list[Desk]) -> None:
    one, other = entered_twice(desks)
    before = live(desks[0], Regulation)
    merge(desks[0], "regulation", one, other)
    meet(*desks[:2])
    with desks[1].store.changing("Tách") as session:
        merging.unmerge(session, one)
    meet(*desks[:2])

    assert live(desks[0], Regulation) == before == live(desks[1], Regulation)


def test_merging_unites_participants_and_brings_the_whole_to_each(desks: list[Desk]) -> None:
    police, health, home = desks
    one = regulation(police, police.agency, health.agency)
    other = regulation(police, police.agency, home.agency, number="19/QC-CAT-SNV")
    obligation(police.store, _regulation(police, other), _body(police, home.agency))
    meet(*desks)
    assert [r.id for r in live(health, Regulation)] == [one]

    kept = merge(police, "regulation", one, other)
    meet(*desks)

    for desk in desks:
        assert [r.id for r in live(desk, Regulation)] == [kept]
        assert len(live(desk, Party)) == 3
        assert len(live(desk, Obligation)) == 1


def test_whoever_sees_only_one_of_the_two_cannot_bring_them_together(desks: list[Desk]) -> None:
    police, health, home = desks
    one = regulation(police, police.agency, health.agency)
    other = regulation(police, police.agency, home.agency, number="19/QC-CAT-SNV")
    meet(*desks)

    with pytest.raises(NotFound):
        merge(health, "regulation", one, other)
    with pytest.raises(Refused, match="đầu mối"):
        merge(health, "agency", health.agency, home.agency)


def test_a_body_under_two_ids_is_one_for_scope_after_the_hub_has_merged_it(
    desks: list[Desk],
) -> None:
    police, health = desks[0], desks[1]
    with police.store.changing("Thêm") as session:
        again = records.enter(session, "agency", {"name": "Sở y tế tỉnh"}).id
    rule = regulation(police, police.agency, again)
    meet(*desks)
    assert live(health, Regulation) == []

    merge(police, "agency", again, health.agency)
    meet(*desks)

    assert [r.id for r in live(health, Regulation)] == [rule]
    assert len(live(health, Agency)) == len(live(police, Agency)) == 3


def test_a_verdict_in_ones_own_family_alone_brings_nothing_together(desks: list[Desk]) -> None:
    police, health, home = desks
    one = regulation(police, police.agency, health.agency)
    other = regulation(police, police.agency, home.agency, number="19/QC-CAT-SNV")
    meet(*desks)
    low, high = sorted((one, other))
    with health.store.changing("Ghi trái phép") as session:
        values: dict[str, Value] = {
            "kind": "regulation", "one_id": low, "other_id": high, "verdict": "merge",
            "family": "regulation", "family_id": one,
        }  # fmt: skip
        records.enter(session, "alias", values, id=Alias.id_for(low, high, one))
    meet(*desks)

    assert {r.id for r in live(police, Regulation)} == {one, other}
    assert [r.id for r in live(health, Regulation)] == [one]


def test_undoing_beneath_a_merging_that_came_from_elsewhere_puts_back_what_stood(
    desks: list[Desk],
) -> None:
    police, health = desks[0], desks[1]
    with police.store.changing("Thêm") as session:
        again = records.enter(session, "agency", {"name": "Sở y tế tỉnh"}).id
    rule = regulation(police, police.agency, health.agency)
    meet(*desks)
    task = obligation(health.store, _regulation(health, rule), _body(health, again))
    edit(health, "obligation", task.id, lead_id=health.agency)
    merge(police, "agency", again, health.agency)
    health.take(police.send(health))
    health.store.undo()
    meet(*desks)
    with police.store.changing("Tách") as session:
        merging.unmerge(session, again, rights=rights_in(circle_of(police.store)))
    meet(*desks)

    for desk in desks[:2]:
        assert [d.lead_id for d in live(desk, Obligation)] == [again]


def test_a_forged_merging_of_bodies_is_set_aside(desks: list[Desk]) -> None:
    police, health, home = desks
    with health.store.changing("Gộp trái phép") as session:
        merging.merge(session, "agency", health.agency, home.agency)
    outcome = police.take(health.send(police))

    assert {reason for _, reason in outcome.quarantined} == {"no_right"}
    assert len(live(police, Agency)) == 3


def _regulation(desk: Desk, record: UUID) -> Regulation:
    with desk.store.reading() as session:
        return records.get(session, Regulation, record)


def _body(desk: Desk, record: UUID) -> Agency:
    with desk.store.reading() as session:
        return records.get(session, Agency, record)
