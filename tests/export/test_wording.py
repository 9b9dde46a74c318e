"""Numbers, dates and blanks are written the way NĐ 30/2020 and the offices write them."""

from __future__ import annotations

import unicodedata
from datetime import date
from decimal import Decimal

import pytest
from hypothesis import given
from hypothesis import strategies as st
from lxml import etree

from app.export.packet_content import Figure
from app.export.wording import (
    NBSP,
    change,
    document_number,
    figure_in_text,
    number,
    number_in_text,
    place_and_date,
    printable,
    short_date,
    typeset,
)


@pytest.mark.parametrize(
    ("value", "shown"),
    [("36720", "36.720"), ("61.475", "61,475"), ("0", "0"), ("1000000.50", "1.000.000,5"),
     ("-3", "\u22123"), ("100", "100"), ("0.05", "0,05")],
)  # fmt: skip
def test_numbers_take_dots_for_thousands_and_a_comma(value: str, shown: str) -> None:
    assert number(Decimal(value)) == shown


@pytest.mark.parametrize(
    ("value", "shown"), [("2", "02"), ("9", "09"), ("10", "10"), ("0", "0"), ("2.5", "2,5")]
)
def test_running_text_writes_small_counts_with_a_nought(value: str, shown: str) -> None:
    assert number_in_text(Decimal(value)) == shown


def test_a_qualifier_and_a_unit_stay_with_their_number() -> None:
    figure = Figure("p", "Lượt người", Decimal(36720), "lượt người", "nearly")

    assert figure_in_text(figure) == f"gần{NBSP}36.720{NBSP}lượt người"
    assert figure_in_text(Figure("s", "Tỷ lệ", Decimal("16.8"), "%")) == f"16,8{NBSP}%"


def test_change_is_said_in_number_and_share() -> None:
    moved = Figure("p", "", Decimal(120), previous=Decimal(100))

    assert change(moved) == f"+20 (+20{NBSP}%)"
    assert change(Figure("p", "", Decimal(5), previous=Decimal(0))) == "+5"
    assert (
        change(Figure("p", "", Decimal(80), previous=Decimal(100))) == f"\u221220 (\u221220{NBSP}%)"
    )
    assert change(Figure("p", "", Decimal(5))) == ""


@pytest.mark.parametrize(
    ("day", "shown"),
    [
        (date(2014, 9, 5), "05/9/2014"),
        (date(2026, 2, 15), "15/02/2026"),
        (date(1997, 11, 4), "04/11/1997"),
    ],
)
def test_dates_pad_the_day_and_the_first_two_months_only(day: date, shown: str) -> None:
    assert short_date(day) == shown


def test_the_date_line_leaves_room_when_the_day_is_not_known() -> None:
    assert place_and_date("Thanh Hóa", date(2026, 2, 5), 2026).replace(NBSP, " ") == (
        "Thanh Hóa, ngày 05 tháng 02 năm 2026"
    )
    blank = place_and_date("Thanh Hóa", None, 2026).replace(NBSP, " ")
    assert blank.split() == ["Thanh", "Hóa,", "ngày", "tháng", "năm", "2026"]


@pytest.mark.parametrize(
    ("text", "shown"),
    [
        ("Quy chế số 88 ngày 04/11/1997", "Quy chế số_88 ngày_04/11/1997"),
        ("khoản 2 Điều 5", "khoản_2 Điều_5"),
        ("điểm đ khoản 1", "điểm_đ khoản_1"),
        ("Chương II", "Chương_II"),
        ("năm 2026, quý IV", "năm_2026, quý_IV"),
        ("đạt 16,8%", "đạt 16,8_%"),
        ("số đông", "số đông"),
        ("tháng giêng", "tháng giêng"),
    ],
)
def test_a_number_is_never_parted_from_its_word(text: str, shown: str) -> None:
    assert typeset(text).replace(NBSP, "_") == shown


def test_straight_quotes_become_curly_in_pairs() -> None:
    assert typeset('nêu "an ninh" và "trật tự"') == "nêu “an ninh” và “trật tự”"
    assert typeset('cao 5"') == 'cao 5"'


@pytest.mark.parametrize(
    ("number_", "shown"),
    [("7/BC-CAT", "07/BC-CAT"), ("12/BC", "12/BC"), ("05-QC/TU", "05-QC/TU"), ("", "")],
)
def test_a_document_number_below_ten_takes_a_nought(number_: str, shown: str) -> None:
    assert document_number(number_) == shown


@given(st.text())
def test_whatever_is_typed_can_be_written_into_a_file(text: str) -> None:
    shown = typeset(text)

    element = etree.Element("t")
    element.text = shown  # lxml refuses what XML cannot say
    assert unicodedata.is_normalized("NFC", shown)
    assert printable(shown.replace(NBSP, " ")) == printable(shown)


@given(
    st.decimals(
        allow_nan=False, allow_infinity=False, places=3, min_value=-(10**9), max_value=10**9
    )
)
def test_a_written_number_reads_back(value: Decimal) -> None:
    shown = number(value)

    assert Decimal(shown.replace(".", "").replace(",", ".").replace("\u2212", "-")) == value
