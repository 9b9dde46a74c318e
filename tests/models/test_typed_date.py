"""Dates as clerks type them."""

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.typed_date import read_date

TODAY = date(2026, 11, 23)


@pytest.mark.parametrize(
    "typed",
    [
        "5/3", "5/3/26", "05/03/2026", "5.3.2026", "5-3-2026", "050326", "05032026", "0503",
        "2026-03-05", "2026-3-5", " 5 / 3 / 2026 ", "ngày 5 tháng 3 năm 2026", "5 tháng 3",
        "Ngày mùng 5 tháng 3",
    ],
)  # fmt: skip
def test_every_way_to_type_a_date_is_read(typed):
    assert read_date(typed, TODAY) == date(2026, 3, 5)


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("hôm nay", date(2026, 11, 23)),
        ("Hôm Nay", date(2026, 11, 23)),
        ("hom nay", date(2026, 11, 23)),
        (";", date(2026, 11, 23)),
        ("hôm qua", date(2026, 11, 22)),
        ("ngày mai", date(2026, 11, 24)),
        ("4/11/97", date(1997, 11, 4)),
        ("29/2/2028", date(2028, 2, 29)),
    ],
)
def test_words_and_old_years_are_read(typed, meant):
    assert read_date(typed, TODAY) == meant


def test_a_day_no_calendar_has_is_refused_in_words():
    with pytest.raises(ValueError, match="không có trong lịch") as refused:
        read_date("31/02/2026", TODAY)
    assert str(refused.value) == (
        "Ngày “31/02/2026” không có trong lịch. Nhập dạng ngày/tháng/năm, ví dụ 05/03/2026."
    )


@pytest.mark.parametrize(
    "typed",
    ["", "   ", "32/1", "29/2", "1/13/2026", "quý I", "5", "5/3/1", "5/3/226", "00/00/0000",
     "1/1/0001", "2026/03", "٥/٣", "5/3/2026 8 giờ", "99999999999999999999"],
)  # fmt: skip
def test_what_is_not_a_date_is_refused_with_a_sentence(typed):
    with pytest.raises(ValueError, match=r"ví dụ 05/03/2026\.$"):
        read_date(typed, TODAY)


@given(st.dates(date(1900, 1, 1), date(2199, 12, 31)))
def test_what_the_program_writes_it_reads(day):
    assert read_date(f"{day:%d/%m/%Y}", TODAY) == day
    assert read_date(day.isoformat(), TODAY) == day


@given(st.text(max_size=20))
def test_nothing_typed_is_ever_a_crash(typed):
    try:
        read_date(typed, TODAY)
    except ValueError as refused:
        assert "ví dụ 05/03/2026" in str(refused)  # noqa: PT017 - either outcome is right
