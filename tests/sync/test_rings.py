"""Links upward that two offices wrote unaware of each other close a ring: a tree comes out."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from datetime import date
from itertools import permutations
from uuid import UUID

import pytest

from app.errors import InvalidFields
from app.models import Agency, Exchange, LegalDocument, Provision
from app.models.values import Values
from app.services.agreement import conflicts, histories
from app.services.agreement.conflicts import Choice, Disputed
from app.services.any_kind import records
from app.services.regulation.provisions import ProvisionNode, place_of, tree_of
from app.store.checking import check
from tests.deep import deep_text
from tests.sync.acts import bind
from tests.sync.circles import Desk, regulation


def article(desk: Desk, rule: UUID, number: int, above: UUID | None = None) -> UUID:
    """An article, entered at *desk*."""
    given = {
        "regulation_id": rule, "parent_id": above, "kind": "article", "number": str(number),
        "position": f"{number:04d}",
    }  # fmt: skip
    with desk.store.changing(f"Điều {number}") as session:
        return records.enter(session, Provision, given).id


def put(desk: Desk, what: UUID, above: UUID | None) -> None:
    with desk.store.changing("Chuyển điều khoản") as session:
        records.revise(session, Provision, what, {"parent_id": above})


def above(desk: Desk, *ids: UUID) -> list[UUID | None]:
    with desk.store.reading() as session:
        return [session.get_one(Provision, id_).parent_id for id_ in ids]


def in_order(nodes: Iterable[ProvisionNode]) -> Iterator[UUID]:
    """Every provision that the text shows."""
    for node in nodes:
        yield node.provision.id
        yield from in_order(node.children)


def seen(desk: Desk, rule: UUID) -> int:
    """How many provisions the text shows."""
    with desk.store.reading() as session:
        return len(set(in_order(tree_of(session, rule))))


def disputes(desk: Desk) -> list[Disputed]:
    with desk.store.reading() as session:
        return conflicts.listing(session)


def settle(desk: Desk, *, is_against: bool) -> None:
    with desk.store.changing("Giải quyết xung đột: đã gọi điện") as session:
        (item,) = conflicts.listing(session)
        (conflict,) = item.conflicts
        side = next(n for n, s in enumerate(conflict.sides) if s.is_against is is_against)
        conflicts.resolve(session, [Choice(conflict, side)])


def exchange(*desks: Desk) -> None:
    """Everybody's news to everybody, by way of the first."""
    for _ in range(2):
        for other in desks[1:]:
            desks[0].take(other.send(desks[0]))
        for other in desks[1:]:
            other.take(desks[0].send(other))


def sound(*desks: Desk) -> None:
    for desk in desks:
        assert check(desk.store).problems == []


@pytest.fixture
def ring(two: list[Desk]) -> tuple[UUID, UUID, UUID]:
    """Each office has put one article under the other; nothing is exchanged yet."""
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    one, other = article(police, rule, 1), article(police, rule, 2)
    health.take(police.send(health))
    put(police, one, other)
    put(health, other, one)
    return rule, one, other


Ring = tuple[UUID, UUID, UUID]


def test_two_articles_put_under_each_other_both_stay_and_are_in_conflict(
    two: list[Desk], ring: Ring
) -> None:
    rule, one, other = ring
    exchange(*two)

    assert above(two[0], one, other) == above(two[1], one, other)
    assert above(two[0], one, other).count(None) == 1
    for desk in two:
        assert seen(desk, rule) == 2
        (item,) = disputes(desk)
        assert [c.label for c in item.conflicts] == ["Thuộc"]
        assert {s.is_against for s in item.conflicts[0].sides} == {True, False}
        assert {s.is_ours for s in item.conflicts[0].sides} == {True, False}
    sound(*two)


def test_the_history_and_the_citations_of_a_ring_come_to_an_end(
    two: list[Desk], ring: Ring
) -> None:
    rule, one, other = ring
    exchange(*two)

    with two[0].store.reading() as session:
        assert histories.of_family(session, "regulation", rule)
        top, below = (one, other) if above(two[0], one) == [None] else (other, one)
        number = {one: "1", other: "2"}
        assert place_of(session, top) == f"Điều {number[top]}"
        assert place_of(session, below) == f"Điều {number[below]} Điều {number[top]}"


@pytest.mark.parametrize("is_against", [True, False])
def test_a_decision_ends_the_conflict_in_both_offices(
    two: list[Desk], ring: Ring, is_against: bool
) -> None:
    rule, one, other = ring
    exchange(*two)
    was = above(two[0], one, other)
    settle(two[1], is_against=is_against)
    exchange(*two)

    now = above(two[0], one, other)
    assert above(two[1], one, other) == now
    assert (now == was) is is_against
    assert now.count(None) == 1
    for desk in two:
        assert disputes(desk) == []
        assert seen(desk, rule) == 2
    sound(*two)


def test_a_decision_undone_brings_the_conflict_back(two: list[Desk], ring: Ring) -> None:
    _, one, other = ring
    exchange(*two)
    was = above(two[0], one, other)
    settle(two[0], is_against=False)
    two[0].store.undo()
    exchange(*two)

    assert above(two[0], one, other) == above(two[1], one, other)
    assert above(two[0], one, other).count(None) == 1 == was.count(None)
    assert len(disputes(two[0])) == len(disputes(two[1])) == 1
    sound(*two)


@pytest.mark.parametrize("undoing", [0, 1])
def test_undoing_one_side_lets_the_other_stand(two: list[Desk], ring: Ring, undoing: int) -> None:
    _, one, other = ring
    exchange(*two)
    two[undoing].store.undo()
    exchange(*two)

    expected = [None, one] if undoing == 0 else [other, None]
    for desk in two:
        assert above(desk, one, other) == expected
        assert disputes(desk) == []
    sound(*two)


def test_another_edit_of_the_record_keeps_the_hidden_wish(two: list[Desk], ring: Ring) -> None:
    _, one, other = ring
    exchange(*two)
    (item,) = disputes(two[0])
    with two[0].store.changing("Sửa") as session:
        records.revise(session, Provision, item.record, {"heading": "Phạm vi"})

    assert len(disputes(two[0])) == 1
    assert above(two[0], one, other).count(None) == 1
    sound(two[0])


def test_a_ring_through_a_withdrawn_article_loses_nothing(two: list[Desk], ring: Ring) -> None:
    rule, one, other = ring
    under = article(two[0], rule, 3, one)
    with two[1].store.changing("Rút") as session:
        records.withdraw(session, Provision.ENTITY, [other])
    exchange(*two)

    assert seen(two[0], rule) == seen(two[1], rule) == 2
    assert above(two[0], one, other, under) == above(two[1], one, other, under)
    sound(*two)


def test_a_ring_of_three_ends_alike_whatever_the_order(three: list[Desk]) -> None:
    hub, *others = three
    rule = regulation(hub, hub.agency, others[0].agency)
    bind(hub, rule, hub.agency, *(d.agency for d in others))
    ids = [article(hub, rule, n) for n in (1, 2, 3)]
    exchange(*three)
    for n, desk in enumerate(three):
        put(desk, ids[n], ids[(n + 1) % 3])
    for order in permutations(others):
        exchange(hub, *order)

    shown = above(hub, *ids)
    assert shown.count(None) == 1
    for desk in three:
        assert above(desk, *ids) == shown
        assert seen(desk, rule) == 3
        assert len(disputes(desk)) == 1
    sound(*three)


@pytest.mark.parametrize(
    ("model", "field", "given"),
    [
        (Agency, "superior_id", ({"name": "Chi cục A"}, {"name": "Chi cục B"})),
        (
            LegalDocument,
            "replaced_by_id",
            ({"number": "1/NĐ-CP", "kind": "decree"}, {"number": "2/NĐ-CP", "kind": "decree"}),
        ),
    ],
)
def test_superiors_and_replacements_make_no_ring_either(
    two: list[Desk],
    model: type[Agency | LegalDocument],
    field: str,
    given: tuple[dict[str, str], ...],
) -> None:
    police, health = two
    with police.store.changing("Thêm") as session:
        ids = [records.enter(session, model, values).id for values in given]
    exchange(*two)
    for desk, what, over in ((police, ids[0], ids[1]), (health, ids[1], ids[0])):
        with desk.store.changing("Sửa") as session:
            records.revise(session, model, what, {field: over})
    exchange(*two)

    def shown(desk: Desk) -> list[UUID | None]:
        with desk.store.reading() as session:
            return [getattr(session.get_one(model, id_), field) for id_ in ids]

    assert shown(police) == shown(health)
    assert shown(police).count(None) == 1
    (item,) = disputes(police)
    with police.store.changing("Sửa ô khác") as session:
        records.revise(session, model, item.record, {"note": "Ghi chú"})
    if model is LegalDocument:
        with police.store.changing("Sửa ô cùng nhóm") as session:
            records.revise(session, model, item.record, {"standing": "expired"})
    assert len(disputes(police)) == 1
    settle(police, is_against=False)
    exchange(*two)
    assert shown(police) == shown(health)
    assert disputes(police) == disputes(health) == []
    sound(*two)


def test_a_text_of_three_thousand_levels_travels(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    ids = deep_text(police.store, rule)
    exchange(*two)

    assert seen(health, rule) == len(ids)
    put(health, ids[0], None)
    with health.store.reading() as session, pytest.raises(InvalidFields):
        records.revise(session, Provision, ids[0], {"parent_id": ids[-1]})
    sound(health)


def test_answers_make_no_ring_and_who_decides_for_a_wish_frees_its_place(two: list[Desk]) -> None:
    police, health = two
    with police.store.changing("Thêm") as session:
        given: Values = {
            "form": "document", "kind": "request", "dated_on": date(2026, 3, 1),
            "sender_id": police.agency, "recipients": (health.agency,),
        }  # fmt: skip
        one, other = (
            records.enter(session, Exchange, {**given, "abstract": words, "number": words}).id
            for words in ("1/CAT", "2/CAT")
        )
    exchange(*two)
    for desk, what, over in ((police, one, other), (health, other, one)):
        with desk.store.changing("Sửa") as session:
            records.revise(session, Exchange, what, {"answers_id": over})
    exchange(*two)

    for desk in two:
        (item,) = disputes(desk)
        with desk.store.reading() as session:
            assert session.get_one(Exchange, item.record).answers_id is None
    settle(health, is_against=False)
    exchange(*two)
    for desk in two:
        assert disputes(desk) == []
        with desk.store.reading() as session:
            hidden = session.get_one(Exchange, item.record).answers_id
        assert hidden == (other if item.record == one else one)
    sound(*two)


def test_an_article_under_one_that_was_withdrawn_elsewhere_stays_in_the_text(
    two: list[Desk],
) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    top = article(police, rule, 1)
    exchange(*two)
    below = article(police, rule, 2, top)
    with health.store.changing("Rút") as session:
        records.withdraw(session, Provision.ENTITY, [top])
    exchange(*two)

    for desk in two:
        with desk.store.reading() as session:
            assert [n.provision.id for n in tree_of(session, rule)] == [below]
            assert place_of(session, below) == "Điều 2 Điều 1"
    sound(*two)


def test_moving_the_other_article_on_obeys_the_move_made_last(two: list[Desk], ring: Ring) -> None:
    rule, one, other = ring
    third = article(two[0], rule, 3)
    exchange(*two)
    (item,) = disputes(two[0])
    shown = other if item.record == one else one
    put(two[0], third, item.record)
    put(two[0], shown, third)
    exchange(*two)

    for desk in two:
        assert above(desk, item.record, third, shown) == [None, item.record, third]
        assert len(disputes(desk)) == 1
    sound(*two)
