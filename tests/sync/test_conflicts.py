"""Two offices disagree; a person decides; the decision travels like any other change."""

from __future__ import annotations

from typing import Any
from uuid import UUID

import pytest

from app.errors import Refused
from app.models import Party, Regulation
from app.services.agreement import conflicts, histories
from app.services.agreement.conflicts import Choice, Disputed
from app.services.agreement.disputes import settled
from app.services.any_kind import records
from app.services.sync import joining, membership, quarantine, withdrawal
from app.store.checking import check
from tests.sync.acts import bind
from tests.sync.circles import Desk, regulation


def edit(desk: Desk, regulation_id: UUID, **values: Any) -> None:
    with desk.store.changing("Sửa quy chế") as session:
        records.revise(session, "regulation", regulation_id, values)


def shown(desk: Desk, regulation_id: UUID) -> Regulation:
    with desk.store.reading() as session:
        return records.get(session, Regulation, regulation_id)


def disputes(desk: Desk) -> list[Disputed]:
    with desk.store.reading() as session:
        return conflicts.listing(session)


@pytest.fixture
def disputed(two: list[Desk]) -> UUID:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    edit(health, rule, abstract="An ninh bệnh viện")
    edit(police, rule, abstract="An ninh y tế")
    police.take(health.send(police))
    health.take(police.send(health))
    return rule


def settle(desk: Desk, side: int | None, other: Any = None) -> None:
    with desk.store.changing("Giải quyết xung đột: thống nhất qua điện thoại") as session:
        found = conflicts.listing(session)
        choices = [Choice(c, side, other) for item in found for c in item.conflicts]
        conflicts.resolve(session, choices)


def test_both_values_are_shown_with_who_when_and_what_was_before(
    two: list[Desk], disputed: UUID
) -> None:
    (item,) = disputes(two[0])
    (conflict,) = item.conflicts

    assert (item.kind, item.name, conflict.label) == ("Quy chế", "18/QC-CAT-SYT", "Trích yếu")
    assert [(s.words, s.is_ours) for s in conflict.sides] == [
        ("An ninh y tế", True),
        ("An ninh bệnh viện", False),
    ]
    assert conflict.before == "Phối hợp"
    assert {s.clerk for s in conflict.sides} == {"Chuyên viên"}


def test_a_decision_settles_both_offices(two: list[Desk], disputed: UUID) -> None:
    police, health = two
    settle(police, 1)
    assert shown(police, disputed).abstract == "An ninh bệnh viện"
    health.take(police.send(health))

    for desk in two:
        assert disputes(desk) == []
        assert shown(desk, disputed).abstract == "An ninh bệnh viện"
        assert check(desk.store).problems == []


def test_another_value_may_be_typed(two: list[Desk], disputed: UUID) -> None:
    settle(two[0], None, "An ninh, trật tự bệnh viện")

    assert shown(two[0], disputed).abstract == "An ninh, trật tự bệnh viện"
    assert disputes(two[0]) == []


def test_a_decision_can_be_undone_and_the_conflict_is_back(two: list[Desk], disputed: UUID) -> None:
    settle(two[0], 1)
    two[0].store.undo()

    assert check(two[0].store).problems == []


def test_two_different_decisions_are_again_a_conflict(two: list[Desk], disputed: UUID) -> None:
    police, health = two
    settle(police, 0)
    settle(health, 0)
    police.take(health.send(police))
    health.take(police.send(health))

    for desk in two:
        (item,) = disputes(desk)
        words = {s.words for s in item.conflicts[0].sides}
        assert words == {"An ninh y tế", "An ninh bệnh viện"}


def test_a_third_edit_unseen_by_the_decision_stays_a_conflict(
    two: list[Desk], disputed: UUID
) -> None:
    police, health = two
    with health.store.changing("Sửa") as session:
        records.revise(session, "regulation", disputed, {"abstract": "Sửa lần ba"})
    settle(police, 0)
    police.take(health.send(police))

    (item,) = disputes(police)
    assert {s.words for s in item.conflicts[0].sides} == {"An ninh y tế", "Sửa lần ba"}


def test_a_conflict_settled_meanwhile_is_refused_with_a_sentence(
    two: list[Desk], disputed: UUID
) -> None:
    police = two[0]
    with police.store.reading() as session:
        stale = [Choice(c, 0) for item in conflicts.listing(session) for c in item.conflicts]
    settle(police, 1)

    with pytest.raises(Refused, match="đã được giải quyết"), police.store.changing("x") as session:
        conflicts.resolve(session, stale)


def test_withdrawn_here_and_edited_there_keeps_the_record_visible(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    edit(health, rule, note="vẫn cần")
    with police.store.changing("Rút") as session:
        records.withdraw(session, "regulation", [rule])
    police.take(health.send(police))

    assert shown(police, rule).life == "disputed"
    (item,) = disputes(police)
    assert item.conflicts[0].label == "Có còn trong sổ"
    settle(police, 0)
    assert disputes(police) == []
    assert check(police.store).problems == []


def test_an_applied_package_can_be_withdrawn_and_later_work_stays(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    edit(police, rule, note="ghi chú", field_of_work="Y tế")
    got = health.take(police.send(health))
    edit(health, rule, field_of_work="Y tế, dân số")

    done = withdrawal.withdraw(health.store, got.package)

    assert shown(health, rule).note is None
    assert shown(health, rule).field_of_work == "Y tế, dân số"
    assert [item.op.field for item in done.stay] == ["field_of_work"]
    assert check(health.store).problems == []
    with pytest.raises(Refused):
        withdrawal.withdraw(health.store, got.package)


def test_undoing_a_withdrawal_lets_the_package_be_withdrawn_again(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    edit(police, rule, note="ghi chú")
    package = health.take(police.send(health)).package

    def state() -> tuple[str, bool, str | None]:
        line = membership.package(health.store, package)
        return line.state, line.may_withdraw, shown(health, rule).note

    withdrawal.withdraw(health.store, package)
    assert state() == ("Đã rút", False, None)
    health.store.undo()
    assert state() == ("Đã nhận vào sổ", True, "ghi chú")
    health.store.redo()
    assert state() == ("Đã rút", False, None)
    health.store.undo()
    withdrawal.withdraw(health.store, package)
    assert state() == ("Đã rút", False, None)
    assert check(health.store).problems == []


def test_what_was_set_aside_can_be_let_in_by_a_person(three: list[Desk]) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    with home.store.changing("Nêu bên") as session:
        for agency in (home.agency, police.agency):
            session.add(Party(regulation_id=rule, agency_id=agency, role="standing"))
    police.take(home.send(police))
    with police.store.reading() as session:
        waiting = quarantine.listing(session)
    assert [item.words for item in waiting] == ["văn phòng viết không tham gia bản ghi này"]

    quarantine.let_in(police.store, [waiting[0].id])

    with police.store.reading() as session:
        assert quarantine.count(session) == 0
        bound = {p.agency_id for p in records.live(session, Party)}
    assert home.agency in bound
    assert check(police.store).problems == []


def test_a_peer_is_shown_with_what_it_has_acknowledged(two: list[Desk]) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    police.take(health.send(police))
    (peer,) = joining.peers(police.store)

    assert peer.acknowledged == peer.sent
    assert peer.last_received


def words(desk: Desk) -> set[str]:
    return {side.words for item in disputes(desk) for c in item.conflicts for side in c.sides}


def test_withdrawing_a_package_takes_its_value_out_of_a_conflict_and_keeps_ours(
    two: list[Desk],
) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    edit(health, rule, abstract="An ninh bệnh viện", note="Sở ghi")
    edit(police, rule, abstract="An ninh y tế")
    got = police.take(health.send(police))

    done = withdrawal.withdraw(police.store, got.package)

    assert disputes(police) == []
    assert (shown(police, rule).abstract, shown(police, rule).note) == ("An ninh y tế", None)
    assert (done.freed, done.stay, done.disputed) == (1, (), 0)
    assert "1 ô đang xung đột" in done.sentences()
    with police.store.reading() as session:
        told = [
            change.after
            for line in histories.of_record(session, "regulation", rule)
            for change in line.lines
        ]
        listed = [(s.label, s.chosen, s.left, s.reason) for s in settled(session)]
    assert "An ninh bệnh viện" in told  # nothing is lost
    ((label, chosen, left, reason),) = listed
    assert (label, chosen, left) == ("Trích yếu", "An ninh y tế", "An ninh bệnh viện")
    assert reason.startswith("Rút gói số 2")
    health.take(police.send(health))
    assert disputes(health) == []
    assert shown(health, rule).abstract == "An ninh y tế"

    police.store.undo()
    assert words(police) == {"An ninh bệnh viện", "An ninh y tế"}
    assert shown(police, rule).note == "Sở ghi"
    police.store.redo()
    assert disputes(police) == []
    for desk in two:
        assert check(desk.store).problems == []


def test_withdrawing_one_of_two_packages_in_conflict_leaves_the_other_values(
    three: list[Desk],
) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    bind(police, rule, police.agency, health.agency, home.agency)
    for desk in (health, home):
        desk.take(police.send(desk))
    edit(health, rule, abstract="của Sở Y tế")
    edit(home, rule, abstract="của Sở Nội vụ")
    edit(police, rule, abstract="của Công an")
    got = police.take(health.send(police))
    police.take(home.send(police))

    done = withdrawal.withdraw(police.store, got.package)

    assert words(police) == {"của Sở Nội vụ", "của Công an"}
    assert done.disputed == 1
    assert "vẫn xung đột" in done.sentences()
    assert check(police.store).problems == []


def test_a_package_is_taken_back_to_before_all_of_its_changes_of_a_field(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    for note in ("một", "hai", "ba"):
        edit(police, rule, note=note)
    got = health.take(police.send(health))

    done = withdrawal.withdraw(health.store, got.package)

    assert (shown(health, rule).note, done.stay) == (None, ())
    assert check(health.store).problems == []


def test_a_record_that_came_with_a_package_and_is_worked_with_stays_whole(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    got = health.take(police.send(health))
    edit(health, rule, note="Sở Y tế đang dùng")

    done = withdrawal.withdraw(health.store, got.package)

    kept = shown(health, rule)
    assert (kept.number, kept.abstract, kept.note) == (
        "18/QC-CAT-SYT", "Phối hợp", "Sở Y tế đang dùng",
    )  # fmt: skip
    assert done.stay
    assert check(health.store).problems == []


def test_ones_own_edit_in_conflict_can_be_undone_and_redone(
    two: list[Desk], disputed: UUID
) -> None:
    police, health = two
    police.store.undo()
    assert disputes(police) == []
    assert shown(police, disputed).abstract == "An ninh bệnh viện"
    police.store.redo()
    assert words(police) == {"An ninh bệnh viện", "An ninh y tế"}
    police.store.undo()
    health.take(police.send(health))
    for desk in two:
        assert disputes(desk) == []
        assert check(desk.store).problems == []
