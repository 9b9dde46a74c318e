"""A packet is called what an office would call it, and fits where it goes."""

from __future__ import annotations

from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest

from app import place
from app.errors import PathTooLong
from app.export.packet_names import papers_words, period_words, place_of, refuse_deep
from tests.export.packet_sample import content

_USER = "C:/Users/nguyenvana"
_DEEP = "Hội nghị sơ kết 01 năm thực hiện các quy chế phối hợp " * 3


@pytest.mark.parametrize(
    ("first", "last", "said"),
    [
        ("2023-01-01", "2023-12-31", "2023"),
        ("2022-12-15", "2023-12-14", "2023"),
        ("2022-08-15", "2023-08-14", "2023"),
        ("2018-01-01", "2023-12-31", "2018-2023"),
        ("2026-01-01", "2026-03-31", "quý I năm 2026"),
        ("2025-12-15", "2026-03-14", "quý I năm 2026"),
        ("2026-09-15", "2026-12-14", "quý IV năm 2026"),
        ("2025-12-15", "2026-06-14", "6 tháng đầu năm 2026"),
        ("2026-07-01", "2026-12-31", "6 tháng cuối năm 2026"),
        ("2025-12-15", "2026-09-14", "9 tháng đầu năm 2026"),
        ("2026-01-01", "2026-10-31", "tháng 1-10 năm 2026"),
        ("2026-05-01", "2026-05-31", "tháng 5 năm 2026"),
        ("2025-10-01", "2026-02-28", "tháng 10-2025 đến 2-2026"),
    ],
)
def test_a_period_is_said_as_offices_say_it(first: str, last: str, said: str) -> None:
    assert period_words(date.fromisoformat(first), date.fromisoformat(last)) == said


@pytest.mark.parametrize(
    ("numbers", "said"),
    [
        (["190/QCPH-CAT-SYT"], "QCPH 190"),
        (["190"], "số 190"),
        (["35/2019/QĐ-UBND"], "QĐ 35-2019"),
        (["01/QCPH-CAT-SYT", "05/CTPH-CAT-MTTQ"], "QCPH 01 và CTPH 05"),
        (["1", "2", "3"], "3 văn bản"),
        (["12/QCPH", "(dự thảo chưa có số)"], "2 văn bản"),
        ([], ""),
    ],
)
def test_papers_are_named_by_their_numbers_or_counted(numbers: list[str], said: str) -> None:
    assert papers_words(numbers) == said


def test_the_folder_is_short_and_each_file_says_what_it_is_of() -> None:
    found = place_of(content(), Path("/ra"))

    assert found.folder == Path("/ra/Sơ kết 2023 - QCPH 12 và QCPH 13")
    assert found.files == (
        "Báo cáo sơ kết 2023 - QCPH 12 và QCPH 13.docx",
        "Phụ lục số liệu sơ kết 2023 - QCPH 12 và QCPH 13.xlsx",
        "Danh mục nguồn sơ kết 2023 - QCPH 12 và QCPH 13.xlsx",
    )


@pytest.mark.parametrize(
    "documents",
    [
        f"{_USER}/Documents/Phối Hợp",
        f"{_USER}/OneDrive - Văn phòng Ủy ban nhân dân tỉnh Thanh Hóa/Desktop/Phối Hợp",
    ],
)
def test_usual_places_hold_a_packet_whole(documents: str) -> None:
    made = content(title=_DEEP, abstract=_DEEP)

    found = place_of(made, Path("/" + documents.replace(":", "")))

    assert found.report == "Báo cáo sơ kết 2023 - QCPH 12 và QCPH 13.docx"
    assert max(place.units(found.folder / name) for name in found.files) <= 218


@pytest.mark.parametrize("depth", range(80, 218))
def test_a_deep_place_shortens_the_names_or_is_refused(depth: int) -> None:
    out = Path("/" + "t" * (depth - 1))
    made = replace(content(), regulations=())

    try:
        found = place_of(made, out)
    except PathTooLong:
        assert depth > 160
        with pytest.raises(PathTooLong):
            refuse_deep(out.with_name(out.name + "t" * 40))
        return
    refuse_deep(out)
    assert len(set(found.files)) == 3
    for name, kind in zip(found.files, ("Báo cáo", "Phụ lục", "Danh mục"), strict=True):
        assert place.units(found.folder / name) <= 218
        assert name.startswith(kind)
