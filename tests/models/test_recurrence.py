"""Rules and their dates, by example."""

from datetime import date

import pytest
from dateutil.rrule import MONTHLY, WEEKLY, YEARLY, rrule
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.recurrence import (
    LAST_DAY,
    MOST,
    DayRule,
    Recurrence,
    due_after_event,
    expand,
    read_phrase,
)
from app.models.recurrence.data_window import custom
from app.models.working_days import default_working_days

CALENDAR = default_working_days()


def dues(rule, first, last, starts_on=None, ends_on=None):
    return expand(
        rule,
        starts_on=starts_on or first,
        ends_on=ends_on,
        window=(first, last),
        calendar=CALENDAR,
    )


def days(rule, first, last, **life):
    return [due.due_on for due in dues(rule, first, last, **life)]


YEAR = (date(2026, 1, 1), date(2026, 12, 31))


def test_a_month_end_does_not_drift():
    rule = Recurrence.every(1, "month", DayRule(1, 31))
    assert days(rule, date(2026, 1, 1), date(2026, 5, 31)) == [
        date(2026, 1, 31), date(2026, 2, 28), date(2026, 3, 31), date(2026, 4, 30),
        date(2026, 5, 31),
    ]  # fmt: skip


def test_a_cycle_signed_on_29_february_comes_back_to_it():
    rule = Recurrence.every(1, "year", since="signing")
    assert days(rule, date(2024, 1, 1), date(2028, 12, 31), starts_on=date(2024, 2, 29)) == [
        date(2025, 2, 28), date(2026, 2, 28), date(2027, 2, 28), date(2028, 2, 29),
    ]  # fmt: skip


def test_before_a_day_excludes_it_and_by_a_day_includes_it():
    before = Recurrence.every(1, "month", DayRule(1, 15, before=True))
    by = Recurrence.every(1, "month", DayRule(1, 15))
    assert days(before, date(2026, 6, 1), date(2026, 6, 30)) == [date(2026, 6, 14)]
    assert days(by, date(2026, 6, 1), date(2026, 6, 30)) == [date(2026, 6, 15)]


def test_before_the_first_is_the_last_day_of_the_month_before():
    rule = Recurrence.every(1, "month", DayRule(2, 1, before=True))
    found = dues(rule, date(2026, 2, 1), date(2026, 2, 28), starts_on=date(2026, 1, 1))
    assert [(due.period, due.due_on) for due in found] == [("2026-02", date(2026, 2, 28))]


def test_before_the_31st_of_a_short_month_is_its_last_day():
    rule = Recurrence.every(1, "month", DayRule(1, 31, before=True))
    assert days(rule, date(2026, 1, 1), date(2026, 3, 31)) == [
        date(2026, 1, 30), date(2026, 2, 28), date(2026, 3, 30),
    ]  # fmt: skip


def test_a_quarterly_report_in_the_month_after_keeps_the_name_of_its_quarter():
    rule = Recurrence.every(1, "quarter", DayRule(4, 10))
    found = dues(rule, *YEAR, starts_on=date(2025, 10, 1))
    assert [(due.period, due.label, due.due_on) for due in found][:2] == [
        ("2025-Q4", "quý IV năm 2025", date(2026, 1, 10)),
        ("2026-Q1", "quý I năm 2026", date(2026, 4, 10)),
    ]


def test_several_days_of_a_period_have_keys_that_do_not_move():
    one = Recurrence.every(1, "month", DayRule(1, 1))
    two = Recurrence.every(1, "month", DayRule(1, 1), DayRule(1, 15))
    september = (date(2026, 9, 1), date(2026, 9, 30))
    assert [due.period for due in dues(one, *september)] == ["2026-09"]
    assert [(due.period, due.label) for due in dues(two, *september)] == [
        ("2026-09", "tháng 9/2026, lần 1"),
        ("2026-09.2", "tháng 9/2026, lần 2"),
    ]


@pytest.mark.parametrize(
    ("rule", "keys"),
    [
        (Recurrence.every(1, "half"), ["2026-H1", "2026-H2"]),
        (Recurrence.every(1, "year"), ["2026"]),
        (Recurrence.every(2, "year"), ["2025x2"]),
        (Recurrence.every(5, "month"), ["2025-11x5", "2026-04x5"]),
        (Recurrence.every(2, "week", DayRule(1, 5)), ["2025-12-29", "2026-01-12", "2026-01-26"]),
        (
            Recurrence.every(1, "week", DayRule(1, 1)),
            ["2026-W02", "2026-W03", "2026-W04", "2026-W05"],
        ),
    ],
)
def test_every_rhythm_names_its_periods(rule, keys):
    last = date(2026, 1, 30) if rule.unit == "week" else date(2026, 12, 31)
    starts_on = date(2025, 11, 3) if rule.unit != "week" else date(2025, 12, 30)
    found = dues(rule, date(2026, 1, 1), last, starts_on=starts_on)
    assert [due.period for due in found] == keys


def test_a_deadline_on_a_day_off_stays_and_reminds_the_working_day_before():
    rule = Recurrence.every(1, "year", DayRule(2, 17))
    (due,) = dues(rule, *YEAR)
    assert due.due_on == date(2026, 2, 17)  # mùng 1 Tết
    assert due.remind_on == date(2026, 2, 13)
    assert not due.is_guess


def test_a_year_not_announced_is_a_guess():
    rule = Recurrence.every(1, "year", DayRule(2, 17))
    (due,) = dues(rule, date(2027, 1, 1), date(2027, 12, 31))
    assert due.is_guess


def test_decree_09_windows():
    def window(unit, day):
        rule = Recurrence.every(1, unit, data_window="nd09")
        (due,) = dues(rule, day, day, starts_on=date(2025, 1, 1))
        return due.data_from, due.data_to

    assert window("month", date(2026, 3, 31)) == (date(2026, 2, 15), date(2026, 3, 14))
    assert window("quarter", date(2026, 3, 31)) == (date(2025, 12, 15), date(2026, 3, 14))
    assert window("half", date(2026, 6, 30)) == (date(2025, 12, 15), date(2026, 6, 14))
    assert window("half", date(2026, 12, 31)) == (date(2026, 6, 15), date(2026, 12, 14))
    assert window("year", date(2026, 12, 31)) == (date(2025, 12, 15), date(2026, 12, 14))


def test_a_window_of_its_own_begins_the_year_before():
    rule = Recurrence.every(
        1, "year", DayRule(11, 15, before=True), data_window=custom((1, 11), (31, 10))
    )
    (due,) = dues(rule, *YEAR)
    assert (due.data_from, due.data_to) == (date(2025, 11, 1), date(2026, 10, 31))


def test_days_after_the_period_count_calendar_or_working_days():
    plain = Recurrence.every(1, "quarter", DayRule(after=10))
    working = Recurrence.every(1, "month", DayRule(after=3, working=True))
    assert days(plain, date(2026, 4, 1), date(2026, 6, 30), starts_on=YEAR[0]) == [
        date(2026, 4, 10)
    ]
    # April ends on a holiday, 1 May is one too, 2 and 3 May are a weekend.
    assert days(working, date(2026, 5, 1), date(2026, 5, 31), starts_on=YEAR[0]) == [
        date(2026, 5, 6)
    ]


def test_from_one_day_to_another_tells_when_it_opens():
    rule = Recurrence.every(1, "month", DayRule(1, 30, opens=25))
    (due,) = dues(rule, date(2026, 2, 1), date(2026, 2, 28))
    assert (due.opens_on, due.due_on) == (date(2026, 2, 25), date(2026, 2, 28))


def test_n_times_in_a_period_are_all_due_by_its_end():
    rule = Recurrence.every(1, "year", times=2)
    assert [(due.period, due.due_on) for due in dues(rule, *YEAR)] == [
        ("2026", date(2026, 12, 31)),
        ("2026.2", date(2026, 12, 31)),
    ]


def test_the_last_report_is_owed_after_the_obligation_has_ended():
    rule = Recurrence.every(1, "quarter", DayRule(4, 10))
    found = days(rule, *YEAR, starts_on=date(2025, 1, 1), ends_on=date(2026, 6, 30))
    assert found == [date(2026, 1, 10), date(2026, 4, 10), date(2026, 7, 10)]


def test_a_obligation_that_ends_in_mid_period_owes_nothing_later_in_it():
    rule = Recurrence.every(1, "year", DayRule(12, 15))
    assert days(rule, *YEAR, starts_on=date(2020, 1, 1), ends_on=date(2026, 6, 30)) == []


def test_a_obligation_owes_nothing_for_a_period_over_before_it_began():
    rule = Recurrence.every(1, "quarter", DayRule(4, 10))
    assert days(rule, *YEAR, starts_on=date(2026, 4, 1))[0] == date(2026, 7, 10)


def test_once_is_once():
    rule = Recurrence.once(date(2026, 9, 20), before=True)
    (due,) = dues(rule, *YEAR, starts_on=date(2026, 11, 1))
    assert (due.period, due.due_on, due.remind_on) == (
        "once", date(2026, 9, 19), date(2026, 9, 18),
    )  # fmt: skip
    assert dues(rule, date(2027, 1, 1), date(2027, 12, 31)) == []


def test_several_rhythms_run_side_by_side():
    rule = Recurrence.several(
        [Recurrence.every(1, "half", DayRule(6, 15)), Recurrence.every(1, "year", DayRule(12, 20))]
    )
    assert [due.period for due in dues(rule, *YEAR)] == ["2026-H1", "2026-H2", "2026"]


def test_a_runaway_rule_is_cut_short():
    rule = Recurrence.every(1, "day", times=31)
    found = dues(rule, date(1990, 1, 1), date(2190, 1, 1))
    assert MOST <= len(found) < MOST + 31
    assert len(found) % 31 == 0  # the last day is whole, so that the rest may begin the day after


def test_rules_without_dates_give_none():
    for rule in (
        Recurrence.unscheduled("thường xuyên"),
        Recurrence.after_event(5, "working_day", "ngày nhận đủ hồ sơ"),
    ):
        assert dues(rule, *YEAR) == []


@pytest.mark.parametrize(
    ("rule", "due_on"),
    [
        (Recurrence.after_event(5, "working_day", "ngày nhận"), date(2026, 2, 26)),
        (Recurrence.after_event(5, "day", "ngày nhận"), date(2026, 2, 17)),
        (Recurrence.after_event(1, "month", "ngày nhận"), date(2026, 3, 12)),
        (Recurrence.after_event(24, "hour", "khi nhận"), date(2026, 2, 13)),
        (Recurrence.after_event(2, "hour", "khi nhận"), date(2026, 2, 12)),
        (Recurrence.after_event(8, "working_hour", "khi nhận"), date(2026, 2, 13)),
        (Recurrence.before_event(3, "working_day", "phiên họp"), date(2026, 2, 9)),
        (Recurrence.before_event(30, "day", "phiên họp"), date(2026, 1, 13)),
    ],
)
def test_days_are_counted_from_an_event(rule, due_on):
    due = due_after_event(rule, date(2026, 2, 12), CALENDAR)
    assert due.due_on == due_on
    assert due.period == "event:2026-02-12"


def test_a_rule_without_an_event_cannot_be_set_off():
    with pytest.raises(ValueError, match="sự việc"):
        due_after_event(Recurrence.every(1, "month"), date(2026, 1, 1), CALENDAR)


def test_three_months_are_a_quarter_unless_counted_from_the_signing():
    assert Recurrence.every(3, "month") == Recurrence.every(1, "quarter")
    assert Recurrence.every(6, "month") == Recurrence.every(2, "quarter")
    assert Recurrence.every(24, "month") == Recurrence.every(2, "year")
    assert Recurrence.every(6, "month", since="signing").unit == "month"


@pytest.mark.parametrize(
    "given_json",
    [
        None, [], "monthly", {}, {"kind": "sometimes"}, {"kind": ["every"]},
        {"kind": "every", "unit": "month", "colour": "red"},
        {"kind": "every", "unit": "month", "count": 0},
        {"kind": "every", "unit": "month", "count": True},
        {"kind": "every", "unit": "month", "count": 3},
        {"kind": "every", "unit": "month", "days": [{"day": 32}]},
        {"kind": "every", "unit": "month", "days": [{"day": 5}, {"day": 5}]},
        {"kind": "every", "unit": "month", "days": {"day": 5}},
        {"kind": "every", "unit": "day", "days": [{"day": 5}]},
        {"kind": "every", "unit": "week", "days": [{"day": 8}]},
        {"kind": "every", "unit": "week", "data_window": "nd09"},
        {"kind": "every", "unit": "month", "data_window": "01/11-31/10"},
        {"kind": "every", "unit": "year", "data_window": "31/02-31/10"},
        {"kind": "once"}, {"kind": "once", "due": "15/6/2026"}, {"kind": "once", "due": 5},
        {"kind": "once", "due": "0001-01-01"},
        {"kind": "once", "due": "2026-06-15", "opens": "2026-07-01"},
        {"kind": "after", "unit": "working_day", "count": 5},
        {"kind": "after", "unit": "fortnight", "count": 5, "event": "ngày nhận"},
        {"kind": "several", "parts": [{"kind": "every", "unit": "month"}]},
        {"kind": "several", "parts": [{"kind": "every", "unit": "month"}] * 2},
        {"kind": "unscheduled", "reason": "lazy"}, {"kind": "unscheduled"},
        {"kind": "every", "unit": "month", "text": "x"},
    ],
)  # fmt: skip
def test_what_is_not_a_rule_is_refused_in_words(given_json):
    with pytest.raises(ValueError, match=r"\w"):
        Recurrence.from_json(given_json)


def test_json_says_only_what_differs_from_the_default():
    rule = Recurrence.every(1, "quarter", DayRule(3, 20, before=True))
    assert rule.to_json() == {
        "kind": "every",
        "unit": "quarter",
        "days": [{"part": 3, "day": 20, "before": True}],
    }


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        (Recurrence.every(1, "quarter", DayRule(3, 20)),
         "Hằng quý, chậm nhất ngày 20 tháng cuối quý"),
        (Recurrence.every(2, "week"), "Mỗi 2 tuần một lần"),
        (Recurrence.every(1, "half", DayRule(6, 15, before=True), data_window="nd09"),
         "6 tháng một lần, trước ngày 15 tháng cuối kỳ; số liệu theo Nghị định 09/2019/NĐ-CP"),
        (Recurrence.every(1, "year", DayRule(13, 30), also="đột xuất khi có yêu cầu"),
         "Hằng năm, chậm nhất ngày 30 tháng 1 năm sau; ngoài ra đột xuất khi có yêu cầu"),
        (Recurrence.every(1, "month", DayRule(1, LAST_DAY)),
         "Hằng tháng, chậm nhất ngày cuối cùng của tháng"),
        (Recurrence.every(5, "year", since="signing"), "Mỗi 5 năm một lần kể từ ngày ký"),
        (Recurrence.after_event(5, "working_day", "ngày nhận đủ hồ sơ"),
         "Trong 5 ngày làm việc kể từ ngày nhận đủ hồ sơ"),
        (Recurrence.before_event(3, "working_day", "phiên họp"),
         "Ít nhất 3 ngày làm việc trước phiên họp"),
        (Recurrence.once(date(2026, 9, 20)), "Một lần, chậm nhất ngày 20/09/2026"),
        (Recurrence.unscheduled("giữa nhiệm kỳ"), "Chưa xác định hạn: giữa nhiệm kỳ"),
    ],
)  # fmt: skip
def test_a_rule_speaks_as_the_office_does(rule, words):
    assert rule.words() == words
    assert read_phrase(words) == rule


# Against python-dateutil, which counts the same things another way.

STARTS = st.dates(date(2000, 1, 1), date(2060, 12, 31))


@given(STARTS, st.sampled_from([1, 2, 4, 5, 7]), st.integers(1, 28))
@settings(max_examples=100)
def test_months_agree_with_dateutil(start, every, day):
    rule = Recurrence.every(every, "month", DayRule(1, day))
    last = date(start.year + 6, 12, 31)
    month = start.replace(day=1)
    oracle = [
        found.date()
        for found in rrule(MONTHLY, dtstart=month, until=last, interval=every, bymonthday=day)
        if found.date() >= start
    ]
    assert days(rule, start, last, starts_on=start) == oracle


@given(STARTS, st.integers(1, 9), st.integers(1, 7))
@settings(max_examples=100)
def test_weeks_agree_with_dateutil(start, every, weekday):
    rule = Recurrence.every(every, "week", DayRule(1, weekday))
    last = date(start.year + 2, 12, 31)
    oracle = [
        found.date()
        for found in rrule(WEEKLY, dtstart=start, until=last, interval=every, byweekday=weekday - 1)
    ]
    assert days(rule, start, last, starts_on=start) == oracle


@given(STARTS, st.integers(1, 4), st.integers(1, 12))
@settings(max_examples=100)
def test_last_days_of_a_month_of_the_year_agree_with_dateutil(start, every, month):
    rule = Recurrence.every(every, "year", DayRule(month, LAST_DAY))
    last = date(start.year + 12, 12, 31)
    oracle = [
        found.date()
        for found in rrule(
            YEARLY, dtstart=start.replace(month=1, day=1), until=last, interval=every,
            bymonth=month, bymonthday=-1,
        )
        if found.date() >= start
    ]  # fmt: skip
    assert days(rule, start, last, starts_on=start) == oracle
