"""What bodies exchanged: who still has to answer on each day, and what a review counts of it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pytest

from app.errors import InvalidFields, NotFound, Refused
from app.models import Exchange, ExchangeReceipt, Occurrence
from app.models.exchange import Direction
from app.models.reply_state import ReplyState
from app.models.values import Values
from app.services import agencies, exchanges
from app.services.agreement import duplicates, merging
from app.services.any_kind import records
from app.services.obligation import obligations
from app.services.review import figures
from tests.services.exchange_office import DUE, ExchangeOffice
from tests.services.obligation_office import TODAY
from tests.services.review_office import ReviewOffice, review_office

ONE = timedelta(days=1)


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ExchangeOffice]:
    found = ExchangeOffice(tmp_path)
    yield found
    found.store.close()


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, ReplyState.WAITING), (0, ReplyState.WAITING), (1, ReplyState.OVERDUE)],
)
def test_an_answer_is_in_time_on_the_very_day(
    office: ExchangeOffice, days: int, state: ReplyState
) -> None:
    asked, today = office.sent(), DUE + days * ONE
    assert office.line(asked, today).state is state
    with office.store.reading() as session:
        count = exchanges.overdue_count(session, today=today)
    assert count == (state is ReplyState.OVERDUE)


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, ReplyState.ANSWERED), (0, ReplyState.ANSWERED), (1, ReplyState.ANSWERED_LATE)],
)
def test_the_last_of_those_asked_decides_when_it_was_answered(
    office: ExchangeOffice, days: int, state: ReplyState
) -> None:
    asked = office.sent()
    office.answered(asked, office.health, date(2026, 6, 2))
    row = office.line(asked)
    assert (row.state, row.waiting) == (
        ReplyState.OVERDUE,
        ("Sở Văn hóa, Thể thao và Du lịch",),
    )
    office.answered(asked, office.culture, DUE + days * ONE)
    row = office.line(asked)
    assert (row.state, row.answered_on, row.waiting) == (state, DUE + days * ONE, ())


def test_a_second_answer_makes_no_late_one_of_the_first(office: ExchangeOffice) -> None:
    asked = office.sent(recipients=(office.health,))
    office.answered(asked, office.health, DUE)
    office.answered(asked, office.health, DUE + 30 * ONE, abstract="Bổ sung")
    assert office.line(asked).state is ReplyState.ANSWERED


def test_a_withdrawn_answer_answers_nothing(office: ExchangeOffice) -> None:
    asked = office.sent(recipients=(office.health,))
    answer = office.answered(asked, office.health, DUE)
    with office.store.changing("Rút") as session:
        records.withdraw(session, "exchange", [answer])
    assert office.line(asked).state is ReplyState.OVERDUE


@pytest.mark.parametrize(("day", "is_answered"), [(9, False), (10, True), (11, True)])
def test_an_heir_answers_for_the_body_that_passed_into_it(
    office: ExchangeOffice, day: int, is_answered: bool
) -> None:
    with office.store.changing("Hợp nhất") as session:
        heir = records.enter(session, "agency", {"name": "Sở mới"}).id
        for old, since in ((office.health, date(2026, 5, 1)), (heir, date(2026, 6, 10))):
            onward = office.culture if old == heir else heir
            given: Values = {"agency_id": old, "successor_id": onward, "kind": "merge"}
            agencies.succeed(session, {**given, "effective_on": since})
    asked = office.sent(recipients=(office.health,))
    office.answered(asked, office.culture, date(2026, 6, day))
    assert (office.line(asked).waiting == ()) is is_answered
    with office.store.reading() as session:
        assert exchanges.overdue_count(session, today=TODAY) == (0 if is_answered else 1)


def test_who_takes_over_one_function_answers_for_nobody(office: ExchangeOffice) -> None:
    given: Values = {
        "agency_id": office.health,
        "successor_id": office.culture,
        "kind": "transfer",
    }
    with office.store.changing("Chuyển giao") as session:
        agencies.succeed(session, {**given, "effective_on": date(2026, 5, 1)})
    asked = office.sent(recipients=(office.health,))
    office.answered(asked, office.culture, date(2026, 6, 2))
    assert office.line(asked).waiting == ("Sở Y tế",)


@pytest.mark.parametrize("day", [date(2026, 6, 20), date(2026, 6, 21), TODAY])
def test_the_door_counts_what_the_list_calls_overdue(office: ExchangeOffice, day: date) -> None:
    office.sent(number="1")
    office.answered(office.sent(number="2"), office.health, date(2026, 6, 2))
    both = office.sent(number="3")
    for body in (office.health, office.culture):
        office.answered(both, body, date(2026, 6, 25))
    office.sent(number="4", closed_on=DUE + ONE, closed_ground="Thôi")
    office.sent(number="5", closed_on=DUE + 2 * ONE, closed_ground="Thôi")
    office.answered(office.sent(number="6", recipients=(office.health,)), office.culture, DUE)
    office.sent(number="7", reply_due_on=None)
    gone = office.answered(office.sent(number="8", recipients=(office.health,)), office.health, DUE)
    with office.store.changing("Rút") as session:
        records.withdraw(session, "exchange", [gone])
    with office.store.reading() as session:
        listed = exchanges.rows(session, today=day)
        late = [row.record.number for row in listed if row.state is ReplyState.OVERDUE]
        assert exchanges.overdue_count(session, today=day) == len(late)
    expected = {20: [], 21: ["1", "2", "5", "6", "8"]}
    assert sorted(map(str, late)) == expected.get(day.day, ["1", "2", "6", "8"])


def test_only_what_asks_waits(office: ExchangeOffice) -> None:
    told = office.sent(kind="notice", reply_due_on=None)
    undated = office.sent(kind="request", reply_due_on=None, number="9/CAT")
    assert office.line(told).state is ReplyState.NOT_ASKED
    assert office.line(undated).state is ReplyState.WAITING


@pytest.mark.parametrize(
    ("days", "state"),
    [(-1, ReplyState.OVERDUE), (0, ReplyState.CLOSED), (1, ReplyState.CLOSED)],
)
def test_nobody_waits_from_the_day_on_which_it_was_closed(
    office: ExchangeOffice, days: int, state: ReplyState
) -> None:
    asked, closed = office.sent(), DUE + 5 * ONE
    office.revise("exchange", asked, closed_on=closed, closed_ground="Đã họp trực tiếp")
    assert office.line(asked, closed + days * ONE).state is state


def test_sent_and_received_depend_on_who_reads(office: ExchangeOffice) -> None:
    asked = office.sent()
    mine, theirs = office.line(asked), office.line(asked, mine=office.health)
    assert (mine.direction, theirs.direction) == (Direction.SENT, Direction.RECEIVED)
    assert (mine.is_owed, theirs.is_owed) == (False, True)
    assert theirs.partners == ("Công an tỉnh",)
    others = office.sent(sender_id=office.health, recipients=(office.culture,), number="1/SYT")
    assert office.line(others).direction is Direction.OTHERS


def test_each_recipient_keeps_a_number_of_its_own(office: ExchangeOffice) -> None:
    asked = office.sent()
    for body, number in ((office.health, "967"), (office.culture, "55")):
        with office.store.changing("Vào sổ đến") as session:
            exchange = records.get(session, Exchange, asked)
            received: dict[str, Any] = {"received_number": number, "received_on": date(2026, 6, 3)}
            exchanges.note_receipt(session, exchange, received, (body,))
    assert office.line(asked, mine=office.health).received_number == "967"
    assert office.line(asked, mine=office.culture).received_number == "55"
    assert office.line(asked).received_number == ""


def test_an_emptied_line_of_the_incoming_register_stays_the_same_line(
    office: ExchangeOffice,
) -> None:
    asked = office.sent(sender_id=office.health, recipients=(office.police,), received_number="12")
    with office.store.changing("Sửa") as session:
        exchanges.revise(session, asked, {"received_number": None}, (office.police,))
    with office.store.reading() as session:
        (held,) = records.live(session, ExchangeReceipt)
    assert held.number is None


@pytest.mark.parametrize(
    ("wrong", "field"),
    [
        ({"recipients": ()}, "recipients"),
        ({"abstract": "  "}, "abstract"),
        ({"reply_due_on": date(2026, 5, 31)}, "reply_due_on"),
        ({"closed_on": date(2026, 5, 31), "closed_ground": "x"}, "closed_on"),
        ({"closed_on": date(2026, 7, 1)}, "closed_ground"),
        ({"dated_on": None}, "dated_on"),
        ({"form": "fax"}, "form"),
    ],
)
def test_what_is_wrong_is_said_at_its_field_and_changes_nothing(
    office: ExchangeOffice, wrong: dict[str, Any], field: str
) -> None:
    with pytest.raises(InvalidFields) as told:
        office.sent(**wrong)
    assert list(told.value.problems) == [field]
    with office.store.reading() as session:
        assert records.live(session, Exchange) == []


def test_the_sender_is_no_recipient(office: ExchangeOffice) -> None:
    with pytest.raises(InvalidFields) as told:
        office.sent(recipients=(office.police, office.health))
    assert list(told.value.problems) == ["recipients"]


# what it fulfils ------------------------------------------------------------------------------


def test_it_completes_an_instance_that_nobody_has_touched(office: ExchangeOffice) -> None:
    duty = office.obligation(lead_id=office.police, coordinating=(office.health,))
    sent = office.sent(kind="report", reply_due_on=None, recipients=(office.health,))
    wanted = office.row("2026-Q2").id
    with office.store.changing("Thực hiện nghĩa vụ") as session:
        made = records.get(session, Exchange, sent)
        exchanges.fulfil(session, made, wanted, today=TODAY, is_done=True)
    done = office.row("2026-Q2")
    assert (done.written.completed_on, done.written.evidence) == (
        date(2026, 6, 1),
        "412/CAT-PV01 ngày 01/06/2026",
    )
    with office.store.reading() as session:
        assert records.get(session, Exchange, sent).fulfils_id == Occurrence.id_for(duty, "2026-Q2")


def test_linked_alone_it_completes_nothing_and_can_be_taken_back(office: ExchangeOffice) -> None:
    office.obligation()
    sent, wanted = office.sent(), office.row("2026-Q3").id
    with office.store.changing("Nối") as session:
        exchanges.fulfil(session, records.get(session, Exchange, sent), wanted, today=TODAY)
    assert office.row("2026-Q3").written.completed_on is None
    with office.store.changing("Bỏ nối") as session:
        exchanges.fulfil(session, records.get(session, Exchange, sent), None, today=TODAY)
    with office.store.reading() as session:
        assert records.get(session, Exchange, sent).fulfils_id is None


def test_what_is_done_already_is_not_completed_again(office: ExchangeOffice) -> None:
    duty = office.obligation()
    with office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, duty, "2026-Q1", on=date(2026, 3, 3))
    sent, wanted = office.sent(), office.row("2026-Q1").id
    with pytest.raises(Refused), office.store.changing("Thực hiện") as session:
        made = records.get(session, Exchange, sent)
        exchanges.fulfil(session, made, wanted, today=TODAY, is_done=True)
    assert office.row("2026-Q1").written.completed_on == date(2026, 3, 3)


def test_an_unknown_instance_is_not_found(office: ExchangeOffice) -> None:
    sent = office.sent()
    with pytest.raises(NotFound), office.store.changing("Nối") as session:
        exchanges.fulfil(session, records.get(session, Exchange, sent), sent, today=TODAY)


# entered twice --------------------------------------------------------------------------------


def test_one_paper_entered_by_both_is_found_and_merged_with_its_answers(
    office: ExchangeOffice,
) -> None:
    one = office.sent()
    other = office.sent(number="412 / CAT-PV01", abstract="Rà soát cơ sở lưu trú")
    answer = office.answered(other, office.health, date(2026, 6, 2))
    with office.store.reading() as session:
        (suspect,) = duplicates.suspects(session, ["exchange"])
        assert ({suspect.one, suspect.other}, suspect.is_strong) == ({one, other}, True)
    with office.store.changing("Gộp") as session:
        merging.merge(session, "exchange", one, other, reason="Hai nơi cùng ghi", rights=None)
    with office.store.reading() as session:
        found = {row.id: row for row in exchanges.rows(session, today=TODAY)}
        shown = next(id_ for id_ in (one, other) if id_ in found)
        assert set(found) == {shown, answer}
        assert found[shown].waiting == ("Sở Văn hóa, Thể thao và Du lịch",)


def test_another_senders_number_or_another_day_is_another_paper(office: ExchangeOffice) -> None:
    office.sent()
    office.sent(dated_on=date(2026, 6, 2))
    office.sent(sender_id=office.health, recipients=(office.police,))
    with office.store.reading() as session:
        assert duplicates.suspects(session, ["exchange"]) == []


# what a review counts ---------------------------------------------------------------------------


@pytest.fixture
def reviewed(tmp_path: Path) -> Iterator[ReviewOffice]:
    found = review_office(tmp_path)
    yield found
    found.store.close()


def test_a_review_counts_what_its_bodies_exchanged_in_its_period(reviewed: ReviewOffice) -> None:
    def sent(day: date, **values: Any) -> None:
        given = {
            "dated_on": day,
            "sender_id": reviewed.police.id,
            "recipients": (reviewed.health.id,),
            "abstract": f"Tin ngày {day}",
        }
        reviewed.enter("exchange", **given | values)

    with reviewed.store.changing("Thêm") as session:
        other = records.enter(session, "agency", {"name": "Sở Tư pháp"}).id
    first, last = reviewed.review.period_from, reviewed.review.period_to
    sent(first, is_valuable=True)
    sent(last)
    sent(last, kind="request", reply_due_on=last)
    sent(last, regulation_id=reviewed.regulation.id, recipients=(other,))
    sent(first - ONE)
    sent(last + ONE)
    sent(last, recipients=(other,))
    sent(last, abstract="Có văn bản mật", secrecy="mat")
    with reviewed.store.reading() as session:
        facts = figures.read_facts(session, reviewed.review, today=TODAY)
        told = {f.key: f for f in figures.figures_of(session, facts, today=TODAY)}
    counted = {key: int(figure.value) for key, figure in told.items() if "exchanged" in key}
    assert counted == {
        "exchanged": 4,
        "exchanged_valuable": 1,
        "exchanged_asked": 1,
        "exchanged_overdue": 1,
    }
    assert {source.kind for source in told["exchanged"].sources} == {"exchange"}
    assert len(told["exchanged"].sources) == 4
