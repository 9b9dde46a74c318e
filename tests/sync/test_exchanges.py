"""What bodies exchanged travels to those who sent or received it, and to nobody else."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest

from app.journal import history
from app.models import Exchange, Occurrence
from app.models.exchange import Direction
from app.services import exchanges
from app.services.any_kind import records, secrecy
from app.services.obligation import obligations
from app.store.checking import check
from tests.sync.circles import Desk, gathered, regulation

TODAY = date(2026, 11, 23)


@pytest.fixture(scope="module")
def three(tmp_path_factory: pytest.TempPathFactory) -> Iterator[list[Desk]]:
    folder: Path = tmp_path_factory.mktemp("three")
    with gathered(folder, "Công an tỉnh", "Sở Y tế", "Sở Tư pháp") as desks:
        yield desks


def sent(desk: Desk, to: Desk, number: str, **values: Any) -> UUID:
    given: dict[str, Any] = {
        "number": number,
        "dated_on": date(2026, 11, 2),
        "sender_id": desk.agency,
        "recipients": (to.agency,),
        "abstract": f"Nội dung của {number}",
        "kind": "request",
    }
    with desk.store.changing(f"Ghi {number}") as session:
        return exchanges.enter(session, given | values, (desk.agency,)).id


def known(desk: Desk) -> set[str]:
    with desk.store.reading() as session:
        return {str(exchange.number) for exchange in records.live(session, Exchange)}


def test_it_reaches_the_recipient_and_not_a_third_office(three: list[Desk]) -> None:
    police, health, justice = three
    sent(police, health, "1/CAT")
    health.take(police.send(health))
    justice.take(police.send(justice))
    assert ("1/CAT" in known(health), "1/CAT" in known(justice)) == (True, False)


def test_the_recipient_answers_and_numbers_it_and_both_agree(three: list[Desk]) -> None:
    police, health, _ = three
    asked = sent(police, health, "2/CAT", reply_due_on=date(2026, 11, 20))
    health.take(police.send(health))
    with health.store.changing("Ghi trả lời") as session:
        exchange = records.get(session, Exchange, asked)
        exchanges.note_receipt(session, exchange, {"received_number": "31"}, (health.agency,))
        given = exchanges.answer_to(exchange, (health.agency,), TODAY)
        reply = {"number": "9/SYT", "abstract": "Trả lời"}
        exchanges.enter(session, given | reply, (health.agency,))
    police.take(health.send(police))
    with police.store.reading() as session:
        rows = exchanges.rows(session, today=TODAY, mine=(police.agency,))
    row = next(row for row in rows if row.id == asked)
    assert (row.answered_on, row.direction) == (TODAY, Direction.SENT)
    assert check(police.store).problems == check(health.store).problems == []


def test_a_secret_paper_stays_at_home(three: list[Desk]) -> None:
    police, health, _ = three
    sent(police, health, "3/CAT", secrecy="mat", abstract="Có văn bản mật")
    health.take(police.send(health))
    assert "3/CAT" not in known(health)


def test_what_is_marked_secret_afterwards_says_nothing_any_more(three: list[Desk]) -> None:
    police, health, _ = three
    told = sent(police, health, "4/CAT", abstract="hoanghon")
    with police.store.changing("Ghi độ mật") as session:
        secrecy.turn(session, "exchange", told, "mat")
    assert police.store.search("hoanghon") == []
    health.take(police.send(health))
    assert "4/CAT" not in known(health)


def test_an_obligation_that_it_fulfils_tells_a_third_office_nothing_of_it(
    three: list[Desk],
) -> None:
    police, health, justice = three
    rule = regulation(police, police.agency, justice.agency)
    given: dict[str, Any] = {"recurrence": "hằng quý", "starts_on": date(2026, 1, 1)}
    with police.store.changing("Thêm nghĩa vụ") as session:
        bound = {"title": "Báo cáo", "regulation_id": rule, "lead_id": police.agency}
        owed = obligations.enter(session, given | bound).id
    label = "Thêm văn bản đi Điện thoại: hoanghon"
    with police.store.changing(label) as session:
        said: dict[str, Any] = {
            "form": "phone",
            "dated_on": date(2026, 11, 2),
            "abstract": "hoanghon",
        }
        bodies = {"sender_id": police.agency, "recipients": (health.agency,)}
        made = exchanges.enter(session, said | bodies, (police.agency,))
        wanted = exchanges.fulfillable(session, today=TODAY, mine=())[0].id
        exchanges.fulfil(session, made, wanted, today=TODAY, is_done=True)
    assert police.store.undo_label == label
    police.store.undo()
    police.store.redo()
    justice.take(police.send(justice))
    with justice.store.reading() as session:
        done = records.get(session, Occurrence, wanted)
        told = history.latest(session.connection(), 20)
    assert (done.obligation_id, done.evidence) == (owed, "Điện thoại 02/11/2026")
    assert "Ghi kèm văn bản, tin trao đổi" in {event.label for event in told}
    assert "hoanghon" not in repr(told)
    police.reopen()
    assert "hoanghon" in str(police.store.undo_label)
