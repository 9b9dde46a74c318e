"""An office that had a paper before it was marked secret elsewhere goes on writing to it."""

from __future__ import annotations

from uuid import UUID

import pytest

from app.errors import Refused
from app.journal.secret import HIDDEN_LABEL
from app.models import Regulation
from app.services.any_kind import records, secrecy
from app.services.sync import quarantine
from app.store.checking import check
from tests.sync.circles import Desk, regulation

WORD = "hoanghon"


@pytest.fixture
def rule(two: list[Desk]) -> UUID:
    """A regulation that both have, secret at the first."""
    police, health = two
    made = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    with police.store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "regulation", made, "mat")
    return made


def write(desk: Desk, rule: UUID) -> None:
    with desk.store.changing(f"Ghi chú {WORD}") as session:
        records.revise(session, "regulation", rule, {"note": WORD})


def test_what_it_writes_is_set_aside_and_says_nothing(two: list[Desk], rule: UUID) -> None:
    police, health = two
    write(health, rule)
    got = police.take(health.send(police))

    assert [reason for _, reason in got.quarantined] == ["secret"]
    with police.store.reading() as session:
        assert records.get(session, Regulation, rule).note is None
        (line,) = quarantine.listing(session)
    assert (line.label, line.may_enter) == (HIDDEN_LABEL, False)
    assert WORD not in repr(line)
    assert police.store.search(WORD) == []
    assert check(police.store).problems == []


def test_nobody_lets_in_what_would_be_content_of_a_secret_paper(
    two: list[Desk], rule: UUID
) -> None:
    police, health = two
    write(health, rule)
    police.take(health.send(police))
    with police.store.exchanging() as connection:  # as another reason would have it
        connection.exec_driver_sql("UPDATE quarantine SET reason = 'no_right'")
    with police.store.reading() as session:
        (line,) = quarantine.listing(session)
    assert line.label == HIDDEN_LABEL
    with pytest.raises(Refused, match="mang độ mật"):
        quarantine.let_in(police.store, [line.id])


def test_other_papers_go_on_as_before(two: list[Desk], rule: UUID) -> None:
    police, health = two
    write(health, rule)
    other = regulation(health, health.agency, police.agency, number="9/QC-SYT-CAT")
    police.take(health.send(police))
    with police.store.reading() as session:
        assert records.get(session, Regulation, other).number == "9/QC-SYT-CAT"
