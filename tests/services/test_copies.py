"""A body that is left out of a regulation keeps its copy, and sees that nobody updates it."""

from __future__ import annotations

from uuid import UUID

from app.services.sync import copies
from app.store.checking import check
from tests.sync.acts import bind, swap
from tests.sync.circles import Desk


def said(desk: Desk, rule: UUID) -> str | None:
    with desk.store.reading() as session:
        return copies.sentences(session).get(rule)


def test_a_copy_says_who_no_longer_updates_it_until_that_office_does_again(
    two: list[Desk], rule: UUID
) -> None:
    police, health = two
    police.take(health.send(police))
    bind(police, rule, police.agency)
    health.take(police.send(health))
    assert said(health, rule) == "Không còn cập nhật từ Công an tỉnh từ 23/11/2026."
    assert said(police, rule) is None

    bind(police, rule, police.agency, health.agency)
    health.take(police.send(health))
    assert said(health, rule) is None


def test_two_offices_that_left_each_other_out_each_see_it_and_may_begin_again(
    two: list[Desk], rule: UUID
) -> None:
    police, health = two
    police.take(health.send(police))
    bind(police, rule, police.agency)
    bind(health, rule, health.agency)
    for _ in range(2):
        from_police, from_health = police.send(health), health.send(police)
        health.take(from_police)
        police.take(from_health)
    for desk in two:
        assert said(desk, rule)

    bind(police, rule, police.agency, health.agency)
    health.take(police.send(health))
    bind(health, rule, police.agency, health.agency)
    swap(police, health)
    for desk in two:
        assert said(desk, rule) is None
        assert check(desk.store).problems == []
