"""Names from the register become names that Excel takes for its sheets."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.export.sheet_names import sheet_names


def test_a_slash_in_a_bodys_name_becomes_a_dash() -> None:
    assert sheet_names(["Sở GD/ĐT"]) == ("Sở GD-ĐT",)


def test_equal_names_are_told_apart_within_the_limit() -> None:
    long = "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Thanh Hóa"

    first, second, third = sheet_names([long, long, long.upper()])

    assert (len(first), second[-4:], third[-4:]) == (31, " (2)", " (3)")


def test_our_own_sheets_and_excels_reserved_name_are_not_taken() -> None:
    assert sheet_names(["Tổng hợp", "history"], ["Tổng hợp"]) == ("Tổng hợp (2)", "history (2)")


@pytest.mark.parametrize("name", ["", "'", "***", "\ufffe", "\n", "a" + "\u0301\u0323" * 40])
def test_a_name_of_nothing_still_names_a_sheet(name: str) -> None:
    assert sheet_names([name])[0].strip()


@given(st.lists(st.text(max_size=60), max_size=12))
def test_sheet_names_are_always_legal_and_unlike(names: list[str]) -> None:
    found = sheet_names(names, ["Danh mục"])

    assert len({name.casefold() for name in (*found, "Danh mục")}) == len(names) + 1
    for name in found:
        assert 0 < len(name.encode("utf-16-le")) // 2 <= 31
        assert not re.search(r"[\[\]:*?/\\]", name)
        assert name[0] != "'"
        assert name[-1] != "'"
