"""Dirty numbers: what is the same paper and what is not."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.models.document_number import may_be_same, number_key, number_parts


@pytest.mark.parametrize(
    "written",
    [
        "07/2012/TTLT-BCA-BQP",
        "07-2012-TTLT-BCA-BQP",
        "Số: 07 / 2012 / TTLT – BCA - BQP",
        "(07/2012/TTLT/BCA-BQP)",
        "7/2012/ttlt-bca-bqp ngày 29/6/2012",
        "số 07/2012/TTLT-BCA&BQP",
        "07/TTLT-BCA-BQP-2012",
        "Thông tư liên tịch số 07/2012/TTLT-BCA-BQP",
    ],
)
def test_every_spelling_of_a_number_has_one_key(written: str) -> None:
    assert number_key(written) == "7/2012/TTLT-BCA-BQP"


@pytest.mark.parametrize(
    ("written", "key"),
    [
        ("số 88 ngày 04/11/1997", "88"),
        ("Số 05-QC/BTCTU-BNCTU", "5/QC-BTCTU-BNCTU"),
        ("190QCPH-CAT-SYT", "190/QCPH-CAT-SYT"),
        ("12-NQ/TW", "12/NQ-TW"),
        ("15a/QĐ-UBND", "15a/QD-UBND"),
        ("510/QĐ-BCA-V05", "510/QD-BCA-V05"),
        ("28/2026/QH16", "28/2026/QH16"),
        ("50/96/QĐ-UB", "50/1996/QD-UB"),
        ("Số:      /QĐ-UBND", ""),
        ("", ""),
        ("không số", ""),
    ],
)
def test_old_party_and_bare_numbers_are_understood(written: str, key: str) -> None:
    assert number_key(written) == key


def test_a_lost_year_is_no_difference_but_another_year_is() -> None:
    assert may_be_same("77/NĐ-CP", "77/2010/NĐ-CP")
    assert not may_be_same("77/2011/NĐ-CP", "77/2010/NĐ-CP")
    assert not may_be_same("77/NĐ-CP", "78/2010/NĐ-CP")
    assert not may_be_same("Số:   /NĐ-CP", "Số:   /NĐ-CP")


def test_a_half_decomposed_number_is_the_same_number() -> None:
    assert number_key("77/2010/NĐ-CP") == number_key("77/2010/N\u0110-CP")
    assert number_key("04/HĐND-UBMTTQ") == number_key("04/H\u0110ND-UBMTTQ")


@given(st.text(max_size=60))
def test_no_text_breaks_the_reader_and_a_key_is_its_own_key(text: str) -> None:
    key = number_key(text)
    assert number_key(key) == key
    assert number_parts(key).symbols == number_parts(text).symbols or not key
