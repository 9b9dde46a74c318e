"""Names from the register become names that Windows and Excel take."""

from __future__ import annotations

import re

import pytest
from hypothesis import given
from hypothesis import strategies as st

from app.export.safe_name import file_name, sheet_names, shortened


def test_a_slash_in_a_bodys_name_becomes_a_dash() -> None:
    assert sheet_names(["Sở GD/ĐT"]) == ("Sở GD-ĐT",)


def test_equal_names_are_told_apart_within_the_limit() -> None:
    long = "Bộ Chỉ huy Bộ đội Biên phòng tỉnh Thanh Hóa"

    first, second, third = sheet_names([long, long, long.upper()])

    assert (len(first), second[-4:], third[-4:]) == (31, " (2)", " (3)")


def test_our_own_sheets_and_excels_reserved_name_are_not_taken() -> None:
    assert sheet_names(["Tổng hợp", "history"], ["Tổng hợp"]) == ("Tổng hợp (2)", "history (2)")


@pytest.mark.parametrize("name", ["", "'", "***", "\ufffe", "\n"])
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


@pytest.mark.parametrize(
    ("name", "shown"),
    [
        ('Báo cáo: "sơ kết" 1/2', "Báo cáo- -sơ kết- 1-2.docx"),
        ("CON", "_CON.docx"),
        ("nul.txt", "_nul.txt.docx"),
        ("  ", "_.docx"),
        ("Hội nghị…", "Hội nghị….docx"),
    ],
)
def test_a_file_name_keeps_its_letters_and_loses_what_windows_refuses(
    name: str, shown: str
) -> None:
    assert file_name(name, ".docx") == shown


@given(st.text(max_size=300))
def test_a_file_name_is_short_and_ends_well(name: str) -> None:
    shown = file_name(name, ".xlsx", 90)

    assert len(shown.encode("utf-16-le")) // 2 <= 90
    assert not re.search(r'[<>:"/\\|?*\x00-\x1f]', shown)
    assert not file_name(name, limit=90).endswith((".", " "))


def test_an_emoji_is_not_cut_in_half() -> None:
    assert shortened("ab😀", 3) == "ab"
