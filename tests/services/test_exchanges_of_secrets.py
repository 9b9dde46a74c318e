"""What an exchange leaves in other families: nothing of what stands in it, nothing of secrets."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.errors import InvalidFields
from app.models import Exchange, Occurrence
from app.models.handling import STAND_IN
from app.models.reply_state import ReplyState
from app.services import exchanges
from app.services.any_kind import records, secrecy
from tests.services.exchange_office import ExchangeOffice
from tests.services.obligation_office import TODAY

SECRET: dict[str, Any] = {"secrecy": "mat", "abstract": STAND_IN}


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ExchangeOffice]:
    found = ExchangeOffice(tmp_path)
    found.obligation()
    yield found
    found.store.close()


def fulfil(office: ExchangeOffice, sent: UUID) -> str | None:
    """Complete the second quarter with it; returns the evidence that stays there."""
    wanted = office.row("2026-Q2").id
    with office.store.changing("Thực hiện nghĩa vụ") as session:
        made = records.get(session, Exchange, sent)
        exchanges.fulfil(session, made, wanted, today=TODAY, is_done=True)
    return office.row("2026-Q2").written.evidence


def test_what_bears_no_number_is_evidence_without_what_it_says(office: ExchangeOffice) -> None:
    call = office.sent(number=None, form="phone", abstract="hoanghon")
    assert fulfil(office, call) == "Điện thoại 01/06/2026"


def test_the_number_of_a_secret_paper_goes_into_no_other_family(office: ExchangeOffice) -> None:
    assert fulfil(office, office.sent(number="77/M", **SECRET)) == STAND_IN


def test_an_instance_of_a_secret_regulation_is_completed_without_evidence(
    office: ExchangeOffice,
) -> None:
    with office.store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "regulation", office.regulation, "mat")
    assert fulfil(office, office.sent()) is None
    assert office.row("2026-Q2").written.completed_on is not None


@pytest.mark.parametrize("typed", ["", "Công văn nói về hoanghon ở hai xã"])
def test_turned_secret_it_is_cited_no_more_where_it_was_evidence(
    office: ExchangeOffice, typed: str
) -> None:
    sent = office.sent(abstract="hoanghon")
    assert fulfil(office, sent) == "412/CAT-PV01 ngày 01/06/2026"
    if typed:
        office.revise("occurrence", office.row("2026-Q2").id, evidence=typed)
    with pytest.raises(InvalidFields, match="1 kỳ thực hiện"):
        office.revise("exchange", sent, abstract=STAND_IN, secrecy="mat")
    with office.store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "exchange", sent, "mat")
    assert office.row("2026-Q2").written.evidence == STAND_IN
    assert office.store.search("hoanghon") == office.store.search("412/CAT-PV01 ngày") == []
    office.store.undo()
    assert office.row("2026-Q2").written.evidence != STAND_IN


def test_evidence_of_other_papers_stays(office: ExchangeOffice) -> None:
    fulfil(office, office.sent())
    other = office.sent(number="41", abstract="CAT")
    with office.store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "exchange", other, "mat")
        (held,) = records.live(session, Occurrence)
    assert held.evidence == "412/CAT-PV01 ngày 01/06/2026"


def test_one_stops_waiting_for_the_answer_to_a_secret_paper_without_a_ground(
    office: ExchangeOffice,
) -> None:
    sent = office.sent(**SECRET)
    with pytest.raises(InvalidFields, match="để trống"):
        office.revise("exchange", sent, closed_on=TODAY, closed_ground="Đã trao đổi miệng")
    office.revise("exchange", sent, closed_on=TODAY, closed_ground=None)
    assert office.line(sent).state is ReplyState.CLOSED
