"""Laws of an obligation's periods: every due is found again by its key, however it is asked for."""

from __future__ import annotations

from datetime import date, timedelta

from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.recurrence import Recurrence
from app.models.recurrence.rhythm import Rhythm, event_day, period_words
from app.models.working_days import default_working_days
from tests.models.rhythms import periodic

CALENDAR = default_working_days()
STARTS = st.dates(date(2015, 1, 1), date(2030, 12, 31))
SPANS = st.integers(0, 900)


@settings(max_examples=60, deadline=None)
@given(rule=periodic(), starts=STARTS, span=SPANS)
def test_a_due_is_found_again_by_its_period(rule: Recurrence, starts: date, span: int) -> None:
    rhythm = Rhythm(rule, starts)

    for due in rhythm.dues(None, starts + timedelta(days=span), CALENDAR)[:12]:
        assert rhythm.due_of(due.period, CALENDAR) == due


@settings(max_examples=60, deadline=None)
@given(rule=periodic(), starts=STARTS, span=SPANS, cut=st.integers(0, 900))
def test_two_stretches_hold_what_the_whole_holds(rule, starts, span, cut) -> None:
    rhythm, last = Rhythm(rule, starts), starts + timedelta(days=span + cut)
    middle = starts + timedelta(days=cut)

    halves = [
        *rhythm.dues(None, middle, CALENDAR),
        *rhythm.dues(middle + timedelta(days=1), last, CALENDAR),
    ]

    assert halves == list(rhythm.dues(None, last, CALENDAR))


@settings(max_examples=60, deadline=None)
@given(rule=periodic(), starts=STARTS, last=STARTS)
def test_nothing_is_owed_after_the_last_day(rule: Recurrence, starts: date, last: date) -> None:
    rhythm = Rhythm(rule, starts, last_day=last)

    assert all(due.due_on <= last for due in rhythm.dues(None, date(2032, 1, 1), CALENDAR))
    assert rhythm.next_after(last, CALENDAR) is None


def test_a_period_is_never_shown_by_its_key() -> None:
    said = {
        "2026": "năm 2026",
        "2026-09": "tháng 9/2026",
        "2026-Q3": "quý III năm 2026",
        "2026-H2": "6 tháng cuối năm 2026",
        "2026-W05": "tuần 05 năm 2026",
        "2026-09.2": "tháng 9/2026, lần 2",
        "5Y-1": "lần 1",
        "2026x5": "kỳ từ năm 2026",
        "event:2026-11-18": "sự việc ngày 18/11/2026",
        "event:2026-11-18.2": "sự việc ngày 18/11/2026, lần 2",
        "once": "một lần",
    }

    assert {period: period_words(period) for period in said} == said
    assert event_day("event:2026-11-18.2") == date(2026, 11, 18)
    assert event_day("2026") is None
