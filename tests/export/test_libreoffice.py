"""LibreOffice opens the packet as we meant it: pages, repeated headers, recomputed formulas.

Skipped where LibreOffice is not installed; it stands in for Word and Excel, which only a hand on
Windows can try.
"""

from __future__ import annotations

import re
import shutil
import subprocess
from pathlib import Path

import pytest
from openpyxl import load_workbook

from app.export.annex import write_annex
from app.export.report import write_report
from tests.export.packet_sample import content

_OFFICE, _TEXT, _FONTS = (shutil.which(name) for name in ("soffice", "pdftotext", "pdffonts"))
pytestmark = [
    pytest.mark.slow,
    pytest.mark.skipif(not (_OFFICE and _TEXT and _FONTS), reason="needs LibreOffice and poppler"),
]


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    made = tmp_path_factory.mktemp("office")
    write_report(content(rows=30), made / "report.docx")
    write_annex(content(rows=30), made / "annex.xlsx")
    _convert(made, "pdf", "report.docx", "annex.xlsx")
    (made / "again").mkdir()
    _convert(made / "again", "xlsx", "../annex.xlsx")
    return made


def _convert(folder: Path, to: str, *names: str) -> None:
    profile = f"-env:UserInstallation={(folder / 'profile').as_uri()}"
    subprocess.run(
        [str(_OFFICE), profile, "--headless", "--convert-to", to, *names],
        cwd=folder, check=True, capture_output=True, timeout=100,
    )  # fmt: skip


def _pages(pdf: Path) -> list[str]:
    text = subprocess.run(
        [str(_TEXT), "-layout", str(pdf), "-"], check=True, capture_output=True, text=True
    )
    return text.stdout.split("\f")[:-1]


def test_no_page_of_the_report_is_empty(folder: Path) -> None:
    pages = _pages(folder / "report.pdf")

    assert len(pages) >= 10
    assert all(len(page.split()) > 3 for page in pages)


def test_the_first_page_has_no_number_and_the_second_has(folder: Path) -> None:
    first, second, *_ = _pages(folder / "report.pdf")

    assert first.split()[0] != "1"
    assert second.split()[0] == "2"


def test_the_header_row_is_repeated_on_every_page_of_a_long_table(folder: Path) -> None:
    pages = [page for page in _pages(folder / "report.pdf") if "Trao đổi thông tin về" in page]

    assert len(pages) >= 3
    assert all("Sản phẩm" in page for page in pages)


def test_headings_and_annexes_are_numbered(folder: Path) -> None:
    text = "\n".join(_pages(folder / "report.pdf"))

    for words in ("I. ĐẶC ĐIỂM", "1. Trao đổi thông tin", "b) Nguyên nhân chủ quan", "Phụ lục IV"):
        assert words in text


def test_the_signature_is_not_parted_from_the_recipients(folder: Path) -> None:
    pages = [page for page in _pages(folder / "report.pdf") if "PHÓ GIÁM ĐỐC" in page]

    assert len(pages) == 1
    assert "Nơi nhận:" in pages[0]
    assert "Đề nghị sửa đổi" in pages[0]


def test_fonts_are_embedded(folder: Path) -> None:
    listed = subprocess.run(
        [str(_FONTS), str(folder / "report.pdf")], check=True, capture_output=True, text=True
    )

    rows = listed.stdout.splitlines()[2:]
    assert rows
    assert all(re.search(r"\byes\s+yes\s+(yes|no)\b", row) for row in rows)
    assert all("Serif" in row or "Times" in row for row in rows)


def test_every_page_of_the_annex_has_its_header(folder: Path) -> None:
    pages = [page for page in _pages(folder / "annex.pdf") if "Trao đổi thông tin về" in page]

    assert len(pages) >= 3
    assert all("Nhiệm vụ" in page and "Trang" in page for page in pages)


def test_formulas_recomputed_are_what_was_written(folder: Path) -> None:
    ours = load_workbook(folder / "annex.xlsx", data_only=True)["Tổng hợp"]
    theirs = load_workbook(folder / "again" / "annex.xlsx", data_only=True)["Tổng hợp"]
    formulas = load_workbook(folder / "annex.xlsx")["Tổng hợp"]

    cells = [c.coordinate for row in formulas.iter_rows() for c in row if c.data_type == "f"]
    assert len(cells) > 30
    for cell in cells:
        assert theirs[cell].value == pytest.approx(ours[cell].value), cell
