"""Which days the office works."""

from datetime import date, timedelta

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from app.models.lunar import solar_date
from app.models.working_days import (
    DayKind,
    WorkingDays,
    default_working_days,
    statutory_days,
)

CALENDAR = default_working_days()
DAYS = st.dates(date(2010, 1, 1), date(2060, 12, 31))


@pytest.mark.parametrize(
    "off",
    [
        date(2023, 1, 2), date(2023, 1, 20), date(2023, 1, 26), date(2023, 5, 3), date(2023, 9, 4),
        date(2024, 2, 8), date(2024, 2, 14), date(2024, 4, 18), date(2024, 4, 29), date(2024, 9, 3),
        date(2025, 1, 31), date(2025, 4, 7), date(2025, 5, 2), date(2025, 9, 1),
        date(2026, 1, 2), date(2026, 2, 16), date(2026, 2, 20), date(2026, 4, 27),
        date(2026, 8, 31), date(2026, 9, 1), date(2026, 9, 2), date(2026, 11, 24),
        date(2026, 7, 4), date(2026, 7, 5),
    ],
)  # fmt: skip
def test_announced_holidays_and_weekends_are_off(off):
    assert not CALENDAR.is_working(off)


@pytest.mark.parametrize(
    "worked",
    [
        date(2024, 5, 4), date(2025, 4, 26), date(2026, 1, 10), date(2026, 8, 22),  # made up
        date(2025, 11, 24),  # a holiday only from 2026
        date(2024, 2, 7), date(2024, 2, 15), date(2026, 2, 13), date(2026, 2, 23),
        date(2026, 9, 3), date(2025, 9, 3),
    ],
)  # fmt: skip
def test_ordinary_days_and_made_up_saturdays_are_worked(worked):
    assert CALENDAR.is_working(worked)


def test_every_announced_day_has_a_name_and_a_source():
    for year in range(2023, CALENDAR.last_known_year + 1):
        for day in CALENDAR.special_days(year):
            assert day.name
            assert day.source


def test_each_announced_year_has_the_days_of_the_law():
    for year, holidays in ((2023, 11), (2024, 11), (2025, 11), (2026, 12)):
        days = CALENDAR.special_days(year)
        assert sum(day.kind is DayKind.HOLIDAY for day in days) == holidays
        swapped = [day for day in days if "hoán đổi" in day.name]
        worked = [day for day in days if day.kind is DayKind.WORKED]
        assert len(swapped) == len(worked)


def test_five_working_days_jump_over_tet():
    assert CALENDAR.add(date(2026, 2, 12), 5) == date(2026, 2, 26)


def test_the_day_of_the_event_is_not_counted():
    assert CALENDAR.add(date(2026, 3, 2), 1) == date(2026, 3, 3)
    assert CALENDAR.add(date(2026, 3, 6), 1) == date(2026, 3, 9)


def test_no_days_is_the_same_day_even_when_off():
    assert CALENDAR.add(date(2026, 3, 7), 0) == date(2026, 3, 7)


def test_a_made_up_saturday_counts():
    assert CALENDAR.add(date(2025, 4, 25), 1) == date(2025, 4, 26)


def test_a_year_nobody_announced_is_computed_and_said_to_be_so():
    assert CALENDAR.last_known_year == 2026
    assert CALENDAR.last_known_year == 2026
    assert not CALENDAR.is_working(date(2027, 2, 8))  # Tết 2027 is 6 February
    assert not CALENDAR.is_working(date(2027, 5, 3))  # 1/5/2027 is a Saturday
    assert not CALENDAR.is_working(date(2027, 11, 24))


def test_years_before_the_table_are_computed_too():
    assert not CALENDAR.is_working(date(2012, 1, 23))  # mùng 1 Tết Nhâm Thìn
    assert CALENDAR.is_working(date(2012, 11, 23))


@pytest.mark.parametrize(
    ("year", "tet", "gio_to"),
    [
        (1997, date(1997, 2, 7), date(1997, 4, 16)),
        (2007, date(2007, 2, 17), date(2007, 4, 26)),  # a day before the Chinese new year
        (2023, date(2023, 1, 22), date(2023, 4, 29)),  # after a leap second month
        (2024, date(2024, 2, 10), date(2024, 4, 18)),
        (2025, date(2025, 1, 29), date(2025, 4, 7)),
        (2026, date(2026, 2, 17), date(2026, 4, 26)),
        (2030, date(2030, 2, 2), date(2030, 4, 12)),  # Chinese libraries say 3 February
    ],
)
def test_the_lunar_calendar_is_the_vietnamese_one(year, tet, gio_to):
    assert solar_date(1, 1, year) == tet
    assert solar_date(10, 3, year) == gio_to


def test_tet_always_falls_between_late_january_and_late_february():
    for year in range(1901, 2199):
        tet = solar_date(1, 1, year)
        assert date(year, 1, 20) <= tet <= date(year, 2, 21)


def test_what_the_law_gives_agrees_with_what_was_announced_in_number():
    for year in (2023, 2024, 2025, 2026):
        computed = {day.day for day in statutory_days(year) if day.kind is DayKind.HOLIDAY}
        announced = {day.day for day in CALENDAR.special_days(year) if day.kind is DayKind.HOLIDAY}
        assert len(computed) == len(announced)
        assert len(computed & announced) >= len(computed) - 2  # Tết and 2/9 may lean either way


@given(DAYS, st.integers(-60, 60))
@settings(max_examples=200)
def test_counting_forward_and_back_agree(day, count):
    landed = CALENDAR.add(day, count)
    if count > 0:
        assert CALENDAR.is_working(landed)
        assert CALENDAR.count(day, landed) == count
    elif count < 0:
        assert CALENDAR.is_working(landed)
        assert CALENDAR.count(landed - timedelta(days=1), day - timedelta(days=1)) == -count


@given(DAYS)
def test_the_working_day_before_is_never_after(day):
    assert CALENDAR.on_or_before(day) <= day <= CALENDAR.on_or_after(day)
    assert CALENDAR.previous_working_day(day) < day < CALENDAR.next_working_day(day)


@pytest.mark.parametrize(
    "text",
    [
        "x = [",
        '[[day]]\non = 2026-01-01\nkind = "feast"\nname = "a"\nsource = "b"',
        '[[day]]\non = "hôm nay"\nkind = "holiday"\nname = "a"\nsource = "b"',
        '[[day]]\nfrom = 2026-01-05\nto = 2026-01-01\nkind = "holiday"\nname = "a"\nsource = "b"',
        '[[day]]\nkind = "holiday"\nname = "a"\nsource = "b"',
        '[[day]]\non = 2026-01-01T00:00:00\nkind = "holiday"\nname = "a"\nsource = "b"',
    ],
)
def test_a_spoiled_table_is_refused_in_words(tmp_path, text):
    path = tmp_path / "holidays.toml"
    path.write_text(text, encoding="utf-8")
    with pytest.raises(ValueError, match="Bảng ngày nghỉ"):
        WorkingDays.load(path)


def test_counting_ten_thousand_days_is_refused():
    with pytest.raises(ValueError, match="quá lớn"):
        CALENDAR.add(date(2026, 1, 1), 10_000)
