"""What a clerk does in the room Trao đổi thông tin."""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.models import Agency, Exchange, ExchangeReceipt
from app.models.exchange import Direction
from app.models.occurrence_row import OccurrenceRow
from app.models.reply_state import ReplyState
from app.services import exchanges
from app.services.any_kind import records
from app.services.obligation import schedule
from app.ui.exchange import form
from tests.offices import TODAY, body, obligation, regulation
from tests.ui.desk import CTRL, Desk

SHIFT = Qt.KeyboardModifier.ShiftModifier
RETURN = Qt.Key.Key_Return


@pytest.fixture
def room(desk: Desk) -> Any:
    return desk.enter("exchange")


@pytest.fixture
def health(desk: Desk) -> Agency:
    return body(desk.store, "Sở Y tế", short_name="Sở Y tế", code="SYT")


def all_of(desk: Desk) -> list[Exchange]:
    with desk.store.reading() as session:
        found = records.live(session, Exchange)
    return sorted(found, key=lambda exchange: exchange.number or "")


def choose(desk: Desk, name: str, value: object) -> None:
    held: Any = desk.form.form.fields[name]
    held.show_value(value)
    held.edited.emit()
    desk.settle()


def third_quarter(desk: Desk) -> OccurrenceRow:
    with desk.store.reading() as session:
        rows = schedule.occurrences(session, today=TODAY)
    return next(row for row in rows if row.period == "2026-Q3")


def asked(desk: Desk, sender: Agency, to: Agency, **values: Any) -> Exchange:
    given: dict[str, Any] = {
        "number": "12/SYT",
        "kind": "request",
        "dated_on": TODAY - timedelta(days=20),
        "sender_id": sender.id,
        "recipients": (to.id,),
        "abstract": "Đề nghị cử lực lượng",
        "reply_due_on": TODAY - timedelta(days=1),
    }
    with desk.store.changing("Ghi văn bản") as session:
        return exchanges.enter(session, given | values, (desk.police.id,))


def test_papers_of_one_heap_are_entered_one_after_the_other(
    desk: Desk, room: Any, health: Agency
) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    choose(desk, "recipients", (health.id,))
    desk.fill("number", "1/CAT")
    desk.fill("abstract", "Tin thứ nhất")
    desk.press(RETURN, CTRL)
    assert desk.form.form.fields["number"].entry().hasFocus(), "the next begins where it differs"
    desk.fill("number", "2/CAT")
    desk.fill("abstract", "Tin thứ hai")
    desk.press(Qt.Key.Key_S, CTRL)

    first, second = all_of(desk)
    assert (first.recipients, second.recipients) == ((health.id,), (health.id,))
    assert (first.sender_id, second.dated_on) == (desk.police.id, TODAY)
    assert room.current().id == second.id


@pytest.mark.usefixtures("room")
def test_the_next_form_begins_with_what_was_entered_last(desk: Desk, health: Agency) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    choose(desk, "recipients", (health.id,))
    desk.fill("dated_on", "20/11/2026")
    desk.fill("abstract", "Tin")
    desk.press(Qt.Key.Key_S, CTRL)
    desk.press(Qt.Key.Key_N, CTRL)

    held = desk.form.form.values()
    assert (held["recipients"], held["dated_on"]) == ((health.id,), date(2026, 11, 20))
    assert not held["abstract"]


def test_something_received_bears_our_own_number(desk: Desk, room: Any, health: Agency) -> None:
    desk.press(Qt.Key.Key_N, CTRL | SHIFT)
    choose(desk, "sender_id", health.id)
    desk.fill("number", "88/SYT")
    desk.fill("abstract", "Báo cáo tình hình")
    desk.fill("received_number", "967")
    desk.fill("received_on", "23/11/2026")
    desk.press(Qt.Key.Key_S, CTRL)

    row = room.current()
    assert (row.direction, row.received_number) == (Direction.RECEIVED, "967")
    desk.press(Qt.Key.Key_F2)
    assert desk.form.form.values()["received_number"] == "967"
    desk.fill("received_number", "968")
    desk.press(Qt.Key.Key_S, CTRL)
    with desk.store.reading() as session:
        (held,) = records.live(session, ExchangeReceipt)
    assert (held.number, held.agency_id) == ("968", desk.police.id)


def test_what_is_owed_is_answered_from_its_own_row(desk: Desk, room: Any, health: Agency) -> None:
    was = asked(desk, health, desk.police)
    desk.settle()
    room.views.choose("owed")
    room.visit(was.id)
    desk.settle()
    assert room.current().state is ReplyState.OVERDUE
    desk.press(RETURN, CTRL)
    assert "Ghi văn bản trả lời" in desk.said()
    desk.fill("number", "5/CAT")
    desk.fill("abstract", "Đã cử lực lượng")
    desk.press(Qt.Key.Key_S, CTRL)

    answer = next(each for each in all_of(desk) if each.answers_id)
    assert (answer.sender_id, answer.recipients) == (desk.police.id, (health.id,))
    with desk.store.reading() as session:
        (state,) = exchanges.states(session, [was], today=TODAY).values()
    assert state is ReplyState.ANSWERED_LATE


def test_nobody_waits_any_more_with_a_ground(desk: Desk, room: Any, health: Agency) -> None:
    was = asked(desk, desk.police, health)
    desk.settle()
    room.visit(was.id)
    desk.settle()
    room.close_waiting()
    desk.settle()
    desk.press(Qt.Key.Key_S, CTRL)
    assert "Ghi lý do thôi chờ trả lời." in desk.said()
    desk.fill("closed_ground", "Đã trao đổi trực tiếp")
    desk.press(Qt.Key.Key_S, CTRL)

    (now,) = all_of(desk)
    assert (now.closed_on, now.closed_ground) == (TODAY, "Đã trao đổi trực tiếp")


@pytest.mark.usefixtures("room")
def test_a_report_that_was_sent_completes_the_instance_it_fulfils(
    desk: Desk, health: Agency
) -> None:
    rule = regulation(desk.store, desk.police, health)
    obligation(desk.store, rule, desk.police)
    desk.settle()
    wanted = third_quarter(desk)
    desk.press(Qt.Key.Key_N, CTRL)
    choose(desk, "recipients", (health.id,))
    desk.fill("number", "60/BC-CAT")
    desk.fill("abstract", "Báo cáo quý III")
    choose(desk, form.FULFILS, wanted.id)
    desk.press(Qt.Key.Key_S, CTRL)

    done = third_quarter(desk)
    told = (done.written.completed_on, done.written.evidence)
    assert told == (TODAY, "60/BC-CAT ngày 23/11/2026")
    assert all_of(desk)[0].fulfils_id == done.id
    desk.store.undo()
    assert all_of(desk) == [], "one act, one undo"


def test_marking_one_secret_asks_and_takes_its_words_out(
    desk: Desk, room: Any, health: Agency, monkeypatch: pytest.MonkeyPatch
) -> None:
    was = asked(desk, desk.police, health, abstract="Nội dung phải bảo mật")
    desk.settle()
    room.visit(was.id)
    questions: list[str] = []
    monkeypatch.setattr("app.ui.common.list.kept_page.ask", desk.agree(questions))
    desk.press(Qt.Key.Key_F2)
    choose(desk, "secrecy", "mat")
    desk.press(Qt.Key.Key_S, CTRL)

    (now,) = all_of(desk)
    assert (now.secrecy, now.abstract, len(questions)) == ("mat", "Có văn bản mật", 1)


def test_an_answer_that_was_left_is_resumed_as_the_answer_that_it_was(
    desk: Desk, room: Any, health: Agency
) -> None:
    was = asked(desk, health, desk.police)
    desk.settle()
    room.visit(was.id)
    desk.settle()
    desk.press(RETURN, CTRL)
    desk.fill("abstract", "Đã cử lực lượng")
    assert desk.form.keep_draft()
    key = desk.form.key
    desk.form.closed.emit()
    desk.settle()
    room.add_received()
    desk.settle()
    assert not desk.form.form.values()["abstract"], "another form knows nothing of it"
    desk.give_up()
    desk.settle()

    room.resume_draft(key)
    desk.settle()
    desk.press(RETURN, CTRL)
    assert len(all_of(desk)) == 1, "one question has one answer: no second is begun with it"
    desk.press(Qt.Key.Key_S, CTRL)
    answer = next(each for each in all_of(desk) if each.id != was.id)
    assert (answer.answers_id, answer.abstract) == (was.id, "Đã cử lực lượng")
    desk.press(Qt.Key.Key_N, CTRL)
    assert desk.form.form.values()["kind"] == "information", "the next is no answer"


@pytest.mark.parametrize("press", ["add_sent", "add_received"])
def test_what_was_left_is_resumed_as_sent_or_received(desk: Desk, room: Any, press: str) -> None:
    getattr(room, press)()
    desk.settle()
    title = desk.form.spec.title
    desk.fill("abstract", "Dở dang")
    assert desk.form.keep_draft()
    key = desk.form.key
    desk.form.closed.emit()
    desk.settle()
    room.resume_draft(key)
    desk.settle()
    assert (desk.form.spec.title, desk.form.form.values()["abstract"]) == (title, "Dở dang")


@pytest.mark.usefixtures("room")
def test_a_paper_of_tomorrow_completes_nothing_and_says_so_at_its_date(
    desk: Desk, health: Agency
) -> None:
    obligation(desk.store, regulation(desk.store, desk.police, health), desk.police)
    desk.press(Qt.Key.Key_N, CTRL)
    choose(desk, "recipients", (health.id,))
    desk.fill("abstract", "Báo cáo quý III")
    desk.fill("dated_on", "24/11/2026")
    choose(desk, form.FULFILS, third_quarter(desk).id)
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.form.form.wrong() == ["dated_on"]
    assert all_of(desk) == []


def test_a_paper_is_offered_what_its_recipients_sent_to_its_sender(
    desk: Desk, room: Any, health: Agency
) -> None:
    other = body(desk.store, "Sở Tư pháp")
    was = asked(desk, health, desk.police)
    asked(desk, other, desk.police, number="1/STP")
    asked(desk, desk.police, health, number="2/CAT")
    reply = asked(desk, desk.police, health, number="3/CAT", reply_due_on=None)
    far = asked(desk, other, health, number="4/STP")
    desk.settle()

    def offered() -> list[str]:
        room.open_form(reply.id)
        desk.settle()
        field: Any = desk.form.form.fields["answers_id"]
        field.entry().setFocus()
        field.entry().offer("")
        words = [said.split(",")[0] for said in field.entry()._words.stringList()]
        desk.give_up()
        desk.settle()
        return words

    day = "ngày 03/11/2026"
    assert offered() == [f"{was.number} {day}"]
    with desk.store.changing("Nối") as session:
        records.revise(session, Exchange, reply.id, {"answers_id": far.id})
    desk.settle()
    assert offered() == [f"{far.number} {day}", f"{was.number} {day}"]
