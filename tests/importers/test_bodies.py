"""Names of bodies: put together from letterheads, taken apart from titles, known again."""

from __future__ import annotations

import pytest

from app.importers.analysis.bodies import (
    as_written_below,
    letterhead_bodies,
    merged,
    parties_named,
    separate_bodies,
    without_position,
)


@pytest.mark.parametrize(
    ("text", "bodies"),
    [
        ("giữa Sở Nông nghiệp và Môi trường với Sở Y tế về nước", 2),
        ("giữa Công an tỉnh và các sở, ban, ngành trong năm", 2),
        ("giữa Sở Lao động - Thương binh và Xã hội, Công an tỉnh và Sở Ngoại vụ về lao động", 3),
        ("GIỮA CÔNG AN TỈNH VÀ SỞ Y TẾ TRONG BẢO VỆ AN NINH", 2),
        ("về công tác năm 2020", 0),
    ],
)
def test_the_parties_of_a_title_are_told_apart(text: str, bodies: int) -> None:
    assert len(parties_named(text)) == bodies


def test_and_inside_a_name_is_left_alone() -> None:
    assert separate_bodies("Bộ Giáo dục và Đào tạo và Bộ Y tế") == (
        "Bộ Giáo dục và Đào tạo",
        "Bộ Y tế",
    )


@pytest.mark.parametrize(
    ("lines", "superior", "bodies"),
    [
        (["ỦY BAN NHÂN DÂN", "TỈNH LAM SƠN"], "", ("ỦY BAN NHÂN DÂN TỈNH LAM SƠN",)),
        (["UBND TỈNH LAM SƠN", "SỞ Y TẾ"], "UBND TỈNH LAM SƠN", ("SỞ Y TẾ",)),
        (["BỘ CÔNG AN", "CÔNG AN TỈNH LAM SƠN"], "BỘ CÔNG AN", ("CÔNG AN TỈNH LAM SƠN",)),
        (["BỘ CÔNG AN", "BỘ QUỐC PHÒNG"], "", ("BỘ CÔNG AN", "BỘ QUỐC PHÒNG")),
        (["CÔNG AN TỈNH", "SỞ Y TẾ"], "", ("CÔNG AN TỈNH", "SỞ Y TẾ")),
        (["CÔNG AN TỈNH - SỞ Y TẾ"], "", ("CÔNG AN TỈNH", "SỞ Y TẾ")),
        (["CÔNG AN TỈNH -", "SỞ Y TẾ"], "", ("CÔNG AN TỈNH", "SỞ Y TẾ")),
        (["SỞ NÔNG NGHIỆP", "VÀ MÔI TRƯỜNG"], "", ("SỞ NÔNG NGHIỆP VÀ MÔI TRƯỜNG",)),
    ],
)
def test_the_lines_of_a_letterhead_become_bodies(
    lines: list[str], superior: str, bodies: tuple[str, ...]
) -> None:
    assert letterhead_bodies([(line, False) for line in lines]) == (superior, bodies)


def test_the_bold_line_is_the_issuing_body() -> None:
    pieces = [("SỞ Y TẾ", False), ("BỆNH VIỆN LAM SƠN", True)]
    assert letterhead_bodies(pieces) == ("SỞ Y TẾ", ("BỆNH VIỆN LAM SƠN",))


def test_one_body_spelled_twice_is_one_body() -> None:
    assert merged(["SỞ LĐTBXH"], ["Sở Lao động - Thương binh và Xã hội"]) == (
        "Sở Lao động - Thương binh và Xã hội",
    )
    assert merged(["CÔNG AN TỈNH LAM SƠN"], ["Công an tỉnh"]) == ("CÔNG AN TỈNH LAM SƠN",)
    assert len(merged(["Bộ Tài chính"], ["Ban Tổ chức"])) == 2
    assert len(merged(["Ban Tuyên giáo"], ["Ban Tôn giáo"])) == 2


def test_small_letters_are_taken_from_the_text_and_never_guessed() -> None:
    text = "Giao Ủy ban nhân dân tỉnh Lam Sơn làm."
    written = "Ủy ban nhân dân tỉnh Lam Sơn"
    assert as_written_below("UỶ BAN NHÂN DÂN TỈNH LAM SƠN", text) == written
    assert as_written_below("ỦY BAN NHÂN DÂN TỈNH LAM SƠN", text) == written
    assert as_written_below("SỞ Y TẾ", text) == "SỞ Y TẾ"


def test_a_position_is_not_a_body() -> None:
    assert without_position("Chủ tịch Ủy ban nhân dân tỉnh") == "Ủy ban nhân dân tỉnh"
    assert without_position("Bộ trưởng Bộ Y tế") == "Bộ Y tế"
