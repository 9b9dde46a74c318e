"""The schedule: which instances there are, when each is due and in what state it is."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.occurrence_state import OccurrenceState, occurrence_state
from app.models.recurrence.rhythm import after_title
from app.services.obligation import obligations, schedule
from tests.services.obligation_office import TODAY, ObligationOffice

DAYS = st.dates(date(2020, 1, 1), date(2030, 12, 31))


@pytest.fixture
def office(tmp_path: Path) -> Iterator[ObligationOffice]:
    office = ObligationOffice(tmp_path)
    yield office
    office.store.close()


@pytest.mark.parametrize(
    ("due", "done", "cancelled", "paused", "state"),
    [
        (date(2026, 11, 22), None, None, False, "Quá hạn"),
        (date(2026, 11, 23), None, None, False, "Sắp đến hạn"),
        (date(2026, 11, 30), None, None, False, "Sắp đến hạn"),
        (date(2026, 12, 1), None, None, False, "Trong hạn"),
        (date(2026, 11, 20), date(2026, 11, 20), None, False, "Hoàn thành đúng hạn"),
        (date(2026, 11, 20), date(2026, 11, 1), None, False, "Hoàn thành đúng hạn"),
        (date(2026, 11, 20), date(2026, 11, 21), None, False, "Hoàn thành quá hạn"),
        (date(2026, 11, 20), None, date(2026, 11, 1), False, "Đã hủy"),
        (date(2026, 11, 20), None, None, True, "Tạm dừng"),
        (None, None, None, False, "Chưa xác định hạn"),
        (None, date(2026, 11, 20), None, False, "Hoàn thành đúng hạn"),
    ],
)
def test_a_state_follows_from_the_dates(due, done, cancelled, paused, state) -> None:
    assert (
        occurrence_state(
            due, today=TODAY, completed_on=done, cancelled_on=cancelled, is_paused=paused
        )
        == state
    )


@given(due=st.none() | DAYS, today=DAYS, done=st.none() | DAYS, cancelled=st.none() | DAYS)
def test_only_what_is_dated_open_and_past_is_overdue(due, today, done, cancelled) -> None:
    state = occurrence_state(due, today=today, completed_on=done, cancelled_on=cancelled)

    is_late = due is not None and due < today and done is None and cancelled is None
    assert (state is OccurrenceState.OVERDUE) == is_late


@given(due=DAYS, done=DAYS, later=st.integers(1, 400))
def test_an_extension_never_makes_a_completion_later(due, done, later) -> None:
    before = occurrence_state(due, today=done, completed_on=done)
    after = occurrence_state(due + timedelta(days=later), today=done, completed_on=done)

    assert after is OccurrenceState.DONE_IN_TIME or before is OccurrenceState.DONE_LATE


def test_a_quarterly_obligation_has_one_row_for_each_quarter(office: ObligationOffice) -> None:
    office.obligation()

    rows = [row for row in office.rows() if row.due and row.due.year == 2026]

    assert [(row.period, row.due, row.state) for row in rows] == [
        ("2026-Q1", date(2026, 3, 20), "Quá hạn"),
        ("2026-Q2", date(2026, 6, 20), "Quá hạn"),
        ("2026-Q3", date(2026, 9, 20), "Quá hạn"),
        ("2026-Q4", date(2026, 12, 20), "Trong hạn"),
    ]
    last = rows[-1]
    assert (
        last.subject,
        last.bodies.lead,
        last.bodies.coordinating,
        last.whole.number,
        last.days_left,
    ) == (
        "Báo cáo kết quả phối hợp quý IV",
        "Sở Y tế",
        "Công an tỉnh",
        "21/QC-CAT-SYT",
        27,
    )
    assert last.remind_on == date(2026, 12, 18)  # the 20th is a Sunday


def test_before_the_fifteenth_means_the_fourteenth(office: ObligationOffice) -> None:
    office.obligation("trước ngày 15/12 hằng năm")

    assert office.row("2026", date(2026, 12, 14)).state == "Sắp đến hạn"
    assert office.row("2026", date(2026, 12, 15)).state == "Quá hạn"


def test_what_can_not_be_dated_is_kept_and_never_overdue(office: ObligationOffice) -> None:
    office.obligation("theo chế độ báo cáo của Chính phủ", title="Báo cáo chung")
    office.obligation(
        "trong 05 ngày làm việc kể từ ngày nhận được đề nghị", title="Trả lời xác minh"
    )

    rows = office.rows(date(2035, 1, 1))

    assert [(row.record.title, row.state, row.due) for row in rows] == [
        ("Báo cáo chung", "Chưa xác định hạn", None),
        ("Trả lời xác minh", "Chưa xác định hạn", None),
    ]


def test_an_event_sets_off_working_days(office: ObligationOffice) -> None:
    obligation = office.obligation("trong 05 ngày làm việc kể từ ngày nhận được đề nghị")
    with office.store.changing("Ghi sự kiện") as session:
        obligations.note_event(session, obligation, date(2026, 11, 18), "Đề nghị xác minh")
        obligations.note_event(session, obligation, date(2026, 11, 18), "Đề nghị thứ hai")

    rows = [row for row in office.rows() if row.period]

    # 24/11 is a holiday from 2026, so the fifth working day after 18/11 is 26/11.
    assert [(row.due, row.written.event) for row in sorted(rows, key=lambda row: row.period)] == [
        (date(2026, 11, 26), "Đề nghị xác minh"),
        (date(2026, 11, 26), "Đề nghị thứ hai"),
    ]


@pytest.mark.parametrize(
    "ending",
    [
        {"standing": "repealed", "ended_on": date(2026, 7, 1)},
        {"standing": "ended", "ended_on": date(2026, 7, 1)},
        {"expires_on": date(2026, 6, 30)},
    ],
)
def test_a_regulation_that_has_ended_stops_creating_obligations(
    office: ObligationOffice, ending
) -> None:
    office.obligation()
    office.revise("regulation", office.regulation, **ending)

    assert list(office.states()) == ["2026-Q1", "2026-Q2"]


def test_a_replaced_regulation_stops_creating_obligations(office: ObligationOffice) -> None:
    office.obligation()
    newer = office.sign("45/QC-CAT-SYT", date(2026, 7, 1))
    office.enter("relation", regulation_id=newer, older_id=office.regulation, kind="replaces")

    assert list(office.states()) == ["2026-Q1", "2026-Q2"]


def test_a_draft_regulation_binds_nobody(office: ObligationOffice) -> None:
    office.obligation()
    office.revise("regulation", office.regulation, standing="draft")

    assert list(office.states().values()) == ["Chưa xác định hạn"]


def test_a_paused_obligation_creates_nothing_and_what_fell_in_the_pause_is_not_overdue(
    office: ObligationOffice,
) -> None:
    obligation = office.obligation()
    with office.store.changing("Tạm dừng") as session:
        obligations.pause(session, obligation, on=date(2026, 5, 1), ground="Sắp xếp bộ máy")
    assert office.states() == {"2026-Q1": "Quá hạn", "": "Tạm dừng"}

    with office.store.changing("Thực hiện lại") as session:
        obligations.resume(session, obligation, on=date(2026, 10, 1))

    states = office.states()
    assert [states[period] for period in ("2026-Q1", "2026-Q2", "2026-Q3", "2026-Q4")] == [
        "Quá hạn",
        "Đã hủy",
        "Đã hủy",
        "Trong hạn",
    ]
    assert "Sắp xếp bộ máy" in office.row("2026-Q2").ground


def test_a_withdrawn_obligation_and_a_withdrawn_regulation_are_not_listed(
    office: ObligationOffice,
) -> None:
    first, _second = office.obligation(title="Một"), office.obligation(title="Hai")
    with office.store.changing("Rút") as session:
        obligations.withdraw(session, [first])
    assert {row.record.title for row in office.rows()} == {"Hai"}

    with office.store.changing("Rút quy chế") as session:
        from app.services.any_kind import records

        records.withdraw(session, "regulation", [office.regulation])
    assert office.rows() == []


def test_mine_is_what_my_bodies_lead_or_help_with(office: ObligationOffice) -> None:
    office.obligation(title="Của tôi", lead_id=office.police, coordinating=(office.health,))
    office.obligation(title="Tôi phối hợp")
    office.obligation(title="Của người", lead_id=office.health, coordinating=(office.culture,))

    rows = office.rows(mine=(office.police,))

    assert {row.record.title for row in rows if row.bodies.is_mine} == {"Của tôi", "Tôi phối hợp"}
    assert {row.record.title for row in rows if row.bodies.is_led_by_me} == {"Của tôi"}


def test_a_window_holds_what_counts_in_it_and_each_instance_once(office: ObligationOffice) -> None:
    obligation = office.obligation()
    with office.store.changing("Gia hạn") as session:
        obligations.extend(
            session, obligation, "2026-Q3", to=date(2026, 10, 5), ground="Công văn 15"
        )

    third = office.rows(window=(date(2026, 7, 1), date(2026, 9, 30)))
    fourth = office.rows(window=(date(2026, 10, 1), date(2026, 12, 31)))

    assert [row.period for row in third] == []
    assert [row.period for row in fourth] == ["2026-Q3", "2026-Q4"]


def test_a_obligation_far_ahead_is_not_lost_from_sight(office: ObligationOffice) -> None:
    office.obligation("mỗi 10 năm một lần", title="Tổng kết")

    assert [row.due for row in office.rows()] == [date(2035, 12, 31)]


def test_a_daily_obligation_of_many_years_keeps_its_latest_days(office: ObligationOffice) -> None:
    office.obligation("hằng ngày", starts_on=date(2005, 1, 1))

    rows = office.rows()

    assert rows[-1].due == date(2027, 12, 31)
    assert len(rows) > 8_000


def test_a_touched_instance_outlives_a_change_of_its_rule(office: ObligationOffice) -> None:
    obligation = office.obligation()
    with office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, obligation, "2026-Q1", on=date(2026, 3, 19))
    with office.store.changing("Sửa") as session:
        obligations.revise(session, obligation, {"recurrence": "hằng tháng, chậm nhất ngày 10"})

    row = office.row("2026-Q1")

    assert (row.state, row.due_on, row.label) == (
        "Hoàn thành đúng hạn",
        date(2026, 3, 20),
        "quý I năm 2026",
    )


def test_ids_are_those_that_every_office_computes(office: ObligationOffice) -> None:
    from app.models import Occurrence

    obligation = office.obligation()
    before = office.row("2026-Q1").id
    with office.store.changing("Ghi hoàn thành") as session:
        touched = obligations.complete(session, obligation, "2026-Q1", on=date(2026, 3, 19))

    assert before == touched.id == Occurrence.id_for(obligation, "2026-Q1")


def test_the_count_at_the_door_is_that_of_the_list(office: ObligationOffice) -> None:
    obligation = office.obligation()
    office.obligation("hằng tháng, chậm nhất ngày 10", title="Hằng tháng")
    office.obligation("thường xuyên", title="Thường xuyên")
    event = office.obligation(
        "trong 05 ngày làm việc kể từ ngày nhận được đề nghị", title="Trả lời"
    )
    with office.store.changing("Ghi") as session:
        obligations.complete(session, obligation, "2026-Q1", on=date(2026, 5, 1))
        obligations.extend(session, obligation, "2026-Q2", to=date(2026, 12, 1), ground="Công văn")
        obligations.extend(session, obligation, "2026-Q3", to=date(2026, 10, 1), ground="Công văn")
        obligations.note_event(session, event, date(2026, 10, 1), "Đề nghị")
        obligations.note_event(session, event, date(2026, 11, 20), "Đề nghị")

    with office.store.reading() as session:
        count = schedule.overdue_count(session, today=TODAY)

    assert count == sum(row.state == "Quá hạn" for row in office.rows()) == 13


@pytest.mark.parametrize(
    ("label", "words"),
    [
        ("quý III năm 2026", " quý III"),
        ("tháng 9/2026, lần 2", " tháng 9, lần 2"),
        ("6 tháng đầu năm 2026", " 6 tháng đầu năm"),
        ("tuần 05 năm 2026", " tuần 05"),
        ("năm 2026", " năm 2026"),
        ("tháng 1/2026 – tháng 2/2026", " tháng 1/2026 – tháng 2/2026"),
        ("sự việc ngày 16/11/2026, lần 2", " (sự việc 16/11/2026, lần 2)"),
        ("một lần", ""),
    ],
)
def test_a_period_follows_the_title_in_few_words(label: str, words: str) -> None:
    assert after_title(label) == words
