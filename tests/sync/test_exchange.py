"""Two and three offices exchange packages by file."""

from __future__ import annotations

from typing import Any
from uuid import UUID

from app.models import Agency, Regulation
from app.services.any_kind import records
from app.services.sync import joining
from app.store.checking import check
from app.sync import links
from tests.sync.circles import Desk, regulation


def edit(desk: Desk, regulation_id: UUID, **values: Any) -> None:
    with desk.store.changing("Sửa quy chế") as session:
        records.revise(session, "regulation", regulation_id, values)


def shown(desk: Desk, regulation_id: UUID) -> Regulation:
    with desk.store.reading() as session:
        return records.get(session, Regulation, regulation_id)


def test_offices_that_joined_see_each_others_bodies(two: list[Desk]) -> None:
    police, health = two
    for desk in two:
        with desk.store.reading() as session:
            names = {a.name for a in records.live(session, Agency)}
        assert names >= {"Công an tỉnh", "Sở Y tế"}
    assert [peer.name for peer in joining.peers(police.store)] == ["Sở Y tế"]
    assert [peer.name for peer in joining.peers(health.store)] == ["Công an tỉnh"]


def test_a_regulation_reaches_the_office_it_binds_and_no_other(three: list[Desk]) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    home.take(police.send(home))

    assert shown(health, rule).number == "18/QC-CAT-SYT"
    with home.store.reading() as session:
        assert records.live(session, Regulation) == []
    for desk in three:
        assert check(desk.store).problems == []


def test_both_ways_end_alike(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    edit(health, rule, field_of_work="Y tế")
    edit(police, rule, note="Ghi chú của Công an")
    police.take(health.send(police))
    health.take(police.send(health))

    assert shown(police, rule) == shown(health, rule)
    assert shown(police, rule).field_of_work == "Y tế"


def test_a_disagreement_is_a_conflict_on_both_sides_and_nothing_is_lost(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    edit(health, rule, abstract="Trích yếu của Sở Y tế")
    edit(police, rule, abstract="Trích yếu của Công an")
    got = police.take(health.send(police))
    health.take(police.send(health))

    assert [(entity, name) for entity, _, name in got.conflicts] == [("regulation", "abstract")]
    assert shown(police, rule).abstract == shown(health, rule).abstract
    for desk in two:
        with desk.store.connection() as connection:
            rows = connection.exec_driver_sql("SELECT field FROM conflict").scalars().all()
        assert rows == ["abstract"]
        assert check(desk.store).problems == []


def test_the_same_package_twice_says_so_and_changes_nothing(two: list[Desk]) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    path = police.send(health)
    first, second = health.take(path), health.take(path)

    assert first.sets > 0
    assert second.is_again
    assert second.sets == 0


def test_an_acknowledged_package_is_not_sent_again(two: list[Desk]) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    assert joining.plan(police.store, health.store.office).sets > 0
    police.take(health.send(police))

    left = joining.plan(police.store, health.store.office)
    assert left.sets <= 2  # what the other side wrote itself, echoed once


def test_a_lost_package_is_made_good_by_the_next(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    police.send(health)  # the stick was lost
    edit(police, rule, note="sau")
    health.take(police.send(health))

    assert shown(health, rule).note == "sau"


def test_packages_may_arrive_in_any_order(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    first = police.send(health)
    edit(police, rule, note="sau")
    second = police.send(health)
    health.take(second)
    health.take(first)

    assert shown(health, rule).note == "sau"
    assert check(health.store).problems == []


def test_a_preview_changes_nothing(two: list[Desk]) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    path = police.send(health)
    before = health.store.folder.database.read_bytes()
    looked = joining.receive(health.store, path, keep=False)

    assert {kind: len(ids) for kind, ids in looked.new.items()} == {"regulation": 1, "party": 2}
    with health.store.reading() as session:
        assert records.live(session, Regulation) == []
    assert health.store.folder.database.read_bytes() == before


def test_growth_of_scope_sends_the_whole_history(three: list[Desk]) -> None:
    from app.services.regulation import regulations
    from app.services.regulation.regulations import Parties

    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    edit(police, rule, note="trước khi mời")
    home.take(police.send(home))
    police.take(home.send(police))
    with police.store.changing("Thêm bên") as session:
        regulations.bind(session, rule, Parties(police.agency, (health.agency, home.agency)))
    home.take(police.send(home))

    assert shown(home, rule).note == "trước khi mời"
    assert check(home.store).problems == []


def test_a_restored_office_goes_on_and_loses_nothing(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    saved = health.store.backup()
    edit(health, rule, note="viết sau khi sao lưu")
    police.take(health.send(police))
    health.store.restore(saved.path)
    assert shown(health, rule).note is None

    edit(health, rule, field_of_work="viết sau khi khôi phục")
    police.take(health.send(police))
    health.take(police.send(health))
    police.take(health.send(police))

    for desk in two:
        assert shown(desk, rule).note == "viết sau khi sao lưu"
        assert shown(desk, rule).field_of_work == "viết sau khi khôi phục"
        assert check(desk.store).problems == []


def test_an_office_cannot_write_where_it_has_no_part(three: list[Desk]) -> None:
    from app.models import Party

    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    with home.store.changing("Tự thêm mình") as session:
        session.add(
            Party(
                id=Party.id_for(rule, home.agency, "coordinating"),
                regulation_id=rule,
                agency_id=home.agency,
                role="coordinating",
            )
        )
    # A hostile program would name the police as a party too, to have it sent.
    with home.store.changing("Nêu Công an") as session:
        session.add(Party(regulation_id=rule, agency_id=police.agency, role="lead"))
    got = police.take(home.send(police))

    assert {reason for _, reason in got.quarantined} == {"no_right"}
    with police.store.reading() as session:
        bound = {p.agency_id for p in records.live(session, Party)}
    assert bound == {police.agency, health.agency}


def test_a_receipt_counts_only_for_the_incarnation_that_made_the_package(two: list[Desk]) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    police.send(health)
    with police.store.connection() as connection:
        made = max((p for p in links.packages(connection) if p.is_ours), key=lambda p: p.number)
        for peer, mine in ((made.peer, b"x" * 16), (b"x" * 16, made.mine)):
            assert links.acknowledge(connection, peer, mine, [made.id]) == 0
        assert links.acknowledge(connection, made.peer, made.mine, [made.id]) == 1
        connection.rollback()
