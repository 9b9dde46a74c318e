"""What a clerk does with obligations and their instances."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from sqlmodel import select

from app.errors import InvalidFields, Refused
from app.models import Obligation, Occurrence
from app.services.agreement import histories
from app.services.obligation import obligations
from tests.services.obligation_office import TODAY, ObligationOffice

Q3 = "2026-Q3"


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ObligationOffice]:
    office = ObligationOffice(tmp_path)
    yield office
    office.store.close()


def test_extend_complete_undo(office: ObligationOffice) -> None:
    obligation = office.obligation()
    with office.store.changing("Điều chỉnh hạn") as session:
        obligations.extend(session, obligation, Q3, to=date(2026, 10, 10), ground="Công văn 15/SYT")
    extended = office.row(Q3, date(2026, 9, 25))
    assert (extended.due_on, extended.due, extended.state) == (
        date(2026, 9, 20),
        date(2026, 10, 10),
        "Trong hạn",
    )

    with office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(
            session, obligation, Q3, on=date(2026, 10, 9), evidence="Báo cáo số 12"
        )
    assert office.row(Q3).state == "Hoàn thành đúng hạn"

    assert office.store.undo() == "Ghi hoàn thành"
    assert office.row(Q3).state == "Quá hạn"
    assert office.row(Q3).extended_to == date(2026, 10, 10)

    assert office.store.undo() == "Điều chỉnh hạn"
    row = office.row(Q3)
    assert (row.extended_to, row.is_touched, row.state) == (None, False, "Quá hạn")

    office.store.redo()
    assert office.row(Q3).extended_to == date(2026, 10, 10)


def test_an_untouched_instance_has_no_row_and_a_touched_one_says_whose_it_is(
    office: ObligationOffice,
) -> None:
    obligation = office.obligation()
    office.rows()
    with office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, obligation, Q3, on=date(2026, 9, 18))

    with office.store.reading() as session:
        (only,) = session.exec(select(Occurrence)).all()
    assert (only.period, only.due_on, only.regulation_id) == (
        Q3,
        date(2026, 9, 20),
        office.regulation,
    )


def test_late_is_late(office: ObligationOffice) -> None:
    obligation = office.obligation()
    with office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, obligation, Q3, on=date(2026, 9, 21))

    assert office.row(Q3).state == "Hoàn thành quá hạn"


def test_an_instance_is_completed_once_and_may_be_opened_again(office: ObligationOffice) -> None:
    obligation = office.obligation()
    with office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, obligation, Q3, on=date(2026, 9, 18))

    with (
        pytest.raises(Refused, match="đã ghi hoàn thành ngày 18/09/2026"),
        office.store.changing("x") as session,
    ):
        obligations.complete(session, obligation, Q3, on=date(2026, 9, 19))
    with office.store.changing("Mở lại") as session:
        obligations.reopen(session, obligation, Q3)

    assert office.row(Q3).state == "Quá hạn"


def test_nothing_is_completed_in_the_future(office: ObligationOffice) -> None:
    obligation = office.obligation()

    with pytest.raises(InvalidFields, match="sau hôm nay"), office.store.changing("x") as session:
        obligations.complete(session, obligation, "2026-Q4", on=date(2026, 12, 1), today=TODAY)

    assert office.row("2026-Q4").is_touched is False


def test_a_cancelled_instance_says_why_and_is_not_completed(office: ObligationOffice) -> None:
    obligation = office.obligation()
    with office.store.changing("Hủy kỳ") as session:
        obligations.cancel(session, obligation, Q3, on=TODAY, ground="Gộp vào báo cáo năm")

    row = office.row(Q3)
    assert (row.state, row.ground) == ("Đã hủy", "Gộp vào báo cáo năm")
    with pytest.raises(Refused, match="đã hủy"), office.store.changing("x") as session:
        obligations.complete(session, obligation, Q3, on=TODAY)


@pytest.mark.parametrize(
    ("to", "ground", "field"),
    [(date(2026, 10, 1), "", "extension_ground"), (date(2026, 9, 20), "có", "extended_to")],
)
def test_an_extension_needs_a_ground_and_a_later_day(office, to, ground, field) -> None:
    obligation = office.obligation()

    with pytest.raises(InvalidFields) as refused, office.store.changing("x") as session:
        obligations.extend(session, obligation, Q3, to=to, ground=ground)

    assert list(refused.value.problems) == [field]


def test_a_period_the_obligation_does_not_owe_is_refused(office: ObligationOffice) -> None:
    obligation = office.obligation()

    with pytest.raises(Refused, match="không có tháng 9/2026"), office.store.changing("x") as s:
        obligations.complete(s, obligation, "2026-09", on=TODAY)


def test_a_obligation_without_dates_is_done_on_the_day_it_was_done(
    office: ObligationOffice,
) -> None:
    obligation = office.obligation("thường xuyên", title="Nắm tình hình")
    with office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, obligation, "", on=date(2026, 5, 5), result="Đã trao đổi")

    row = office.row("event:2026-05-05")

    assert (row.state, row.due, row.written.result) == ("Hoàn thành đúng hạn", None, "Đã trao đổi")


def test_an_event_is_refused_where_the_calendar_gives_the_dates(office: ObligationOffice) -> None:
    obligation = office.obligation()

    with pytest.raises(Refused, match="có hạn theo lịch"), office.store.changing("x") as session:
        obligations.note_event(session, obligation, TODAY, "Đề nghị")


def test_a_provision_says_which_regulation(office: ObligationOffice) -> None:
    article = office.enter("provision", regulation_id=office.regulation, kind="article", number="9")
    other = office.sign("45/QC-CAT-SYT", date(2021, 1, 1))

    obligation = office.obligation(regulation_id=None, provision_id=article)
    assert office.rows()[0].whole.source == "Điều 9, 21/QC-CAT-SYT"
    with pytest.raises(InvalidFields, match="thuộc một quy chế khác"):
        office.obligation(regulation_id=other, provision_id=article)
    with pytest.raises(InvalidFields, match="không chuyển"), office.store.changing("x") as session:
        obligations.revise(session, obligation, {"regulation_id": other})


def test_a_obligation_comes_from_somewhere(office: ObligationOffice) -> None:
    with pytest.raises(InvalidFields, match="Chọn quy chế"):
        office.obligation(regulation_id=None)


def test_obligations_are_handed_over_in_bulk_with_ground_and_date(office: ObligationOffice) -> None:
    ids = [
        office.obligation(title="Một"),
        office.obligation(title="Hai", coordinating=(office.culture,)),
    ]
    other = office.obligation(title="Ba", lead_id=office.police, coordinating=())
    with office.store.changing("Chuyển nghĩa vụ") as session:
        count = obligations.reassign(
            session,
            [*ids, other],
            from_agency=office.health,
            to_agency=office.culture,
            on=date(2026, 3, 1),
            ground="Quyết định sắp xếp",
        )
    with office.store.reading() as session:
        one, two, three = (session.get_one(Obligation, id_) for id_ in (*ids, other))

    assert count == 2
    assert (one.lead_id, one.coordinating) == (office.culture, (office.police,))
    assert (two.lead_id, two.coordinating) == (office.culture, ())
    assert "01/03/2026" in (one.note or "")
    assert "Quyết định sắp xếp" in (one.note or "")
    assert three.note is None


def test_nothing_is_handed_to_a_body_that_has_ended(office: ObligationOffice) -> None:
    obligation = office.obligation()
    office.revise("agency", office.culture, valid_to=date(2025, 2, 28))

    with pytest.raises(Refused, match="đã kết thúc hoạt động"), office.store.changing("x") as s:
        obligations.reassign(
            s,
            [obligation],
            from_agency=office.health,
            to_agency=office.culture,
            on=TODAY,
            ground="x",
        )


def test_the_history_names_the_period_in_words(office: ObligationOffice) -> None:
    obligation = office.obligation()
    with office.store.changing("Ghi hoàn thành") as session:
        touched = obligations.complete(session, obligation, Q3, on=date(2026, 9, 18))
    with office.store.reading() as session:
        (event,) = histories.of_record(session, "occurrence", touched.id)

    assert ("Kỳ", "quý III năm 2026") in {(line.field, line.after) for line in event.lines}
