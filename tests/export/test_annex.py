"""The Excel annex: what design/exports.md asks of it, read back from the file."""

from __future__ import annotations

import re
import zipfile
from collections import Counter
from dataclasses import replace
from datetime import date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Any

import pytest
from openpyxl import load_workbook

from app.export.annex import rows_digest, write_annex
from app.export.annex_frame import FIRST_ROW
from app.export.packet_content import STATE_WORDS, PacketContent, ReportedFigure
from app.export.workbook import MOST_LETTERS
from tests.export.packet_sample import BODIES, agency, content, task

NASTY = (
    "=1+1",
    "+84 237",
    "-",
    "@SUM(A1)",
    "\t=1",
    '=HYPERLINK("http://x")',
    "'x",
    "0123",
    "1/2",
    "&<>",
    "😀",
)


def written(tmp_path: Path, made: PacketContent | None = None, *, values: bool = False) -> Any:
    path = tmp_path / "annex.xlsx"
    write_annex(made or content(), path)
    return load_workbook(path, data_only=values)


def body_sheets(book: Any) -> list[Any]:
    return [
        book[name]
        for name in book.sheetnames[1:]
        if name not in ("Số liệu", "Danh mục", "Thuyết minh")
    ]


def test_sheets_stand_in_order_and_the_lists_are_hidden(tmp_path: Path) -> None:
    book = written(tmp_path)

    assert book.sheetnames == [
        "Tổng hợp", "Sở Y tế", "Sở Giáo dục và Đào tạo", "Bộ Chỉ huy Bộ đội Biên phòng tỉ",
        "Số liệu", "Danh mục", "Thuyết minh",
    ]  # fmt: skip
    assert book["Danh mục"].sheet_state == "hidden"
    assert book.active.title == "Tổng hợp"


def test_the_summary_is_formulas_with_their_values_beside_them(tmp_path: Path) -> None:
    formulas, values = written(tmp_path)["Tổng hợp"], written(tmp_path, values=True)["Tổng hợp"]

    assert formulas["C7"].value == "=COUNTA('Sở Y tế'!$B$7:$B$12)"
    assert formulas["D7"].value == "=COUNTIFS('Sở Y tế'!$K$7:$K$12,D$6)"
    assert [values.cell(10, column).value for column in range(2, 7)] == ["Cộng", 18, 6, 3, 3]
    assert values["K7"].value == pytest.approx(2 / 6)
    assert values["K7"].number_format == "0.0%"
    for row in formulas.iter_rows():
        for cell in row:
            if cell.data_type == "f":
                assert values[cell.coordinate].value is not None, cell.coordinate


def test_the_check_cell_is_nought(tmp_path: Path) -> None:
    formulas, values = written(tmp_path)["Tổng hợp"], written(tmp_path, values=True)["Tổng hợp"]

    assert "chênh lệch" in values["B11"].value
    assert values["C11"].value == 0
    assert "'Thuyết minh'!$B$3" in formulas["C11"].value


def test_reported_figures_are_added_by_code(tmp_path: Path) -> None:
    formulas, values = written(tmp_path)["Tổng hợp"], written(tmp_path, values=True)["Tổng hợp"]

    assert formulas["C14"].value == "=SUMIFS('Số liệu'!$F$7:$F$8,'Số liệu'!$B$7:$B$8,A14)"
    assert (values["A14"].value, values["C14"].value) == ("CT01", 36720)


def test_the_summary_shares_a_page_only_while_it_is_legible(tmp_path: Path) -> None:
    few = written(tmp_path, content())["Tổng hợp"]
    bodies = tuple(f"Sở thứ {n}" for n in range(40))
    many = written(tmp_path, content(agencies=bodies))["Tổng hợp"]

    assert (few.page_setup.fitToHeight, many.page_setup.fitToHeight) == (1, 0)


def test_percentages_are_listed_and_not_added(tmp_path: Path) -> None:
    share = ReportedFigure("x", "Tỷ lệ", "%", BODIES[0], Decimal("16.8"), "exact", "")

    book = written(tmp_path, content(reported=(share,)))

    assert book["Số liệu"]["F7"].value == 16.8
    assert "Tỷ lệ" not in {cell.value for cell in book["Tổng hợp"]["B"]}


def test_no_volatile_functions_and_no_links_outside(tmp_path: Path) -> None:
    written(tmp_path)
    with zipfile.ZipFile(tmp_path / "annex.xlsx") as archive:
        names = archive.namelist()
        whole = "".join(archive.read(name).decode() for name in names)

    assert not any("externalLink" in name or "vba" in name.lower() for name in names)
    assert not re.search(r"\b(NOW|TODAY|RAND|OFFSET|INDIRECT)\(", whole)
    assert 'TargetMode="External"' not in whole


def test_each_list_has_its_titles_frozen_panes_filter_and_paper(tmp_path: Path) -> None:
    book = written(tmp_path)

    for sheet in [book["Tổng hợp"], *body_sheets(book), book["Số liệu"]]:
        assert [sheet.cell(row, 1).value for row in (1, 2)] == [
            "ỦY BAN NHÂN DÂN TỈNH",
            "CÔNG AN TỈNH",
        ]
        assert str(sheet["A3"].value).startswith("Phụ lục ")
        assert "Kỳ số liệu từ ngày" in sheet["A5"].value
        assert sheet.freeze_panes in ("C7", "D7")
        assert sheet.auto_filter.ref.startswith("A6:")
        assert sheet.print_title_rows == "$6:$6"
        assert sheet.print_area
        assert (sheet.page_setup.paperSize, sheet.page_setup.orientation) == (9, "landscape")
        pages_high = 1 if sheet.title == "Tổng hợp" else 0  # its second table has another head
        assert (sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight) == (1, pages_high)
        assert sheet.sheet_properties.pageSetUpPr.fitToPage
        assert not sheet.sheet_view.showGridLines
        assert (sheet.oddFooter.left.text, sheet.oddFooter.right.text) == ("&A", "Trang &P/&N")
        assert not sheet.merged_cells.ranges
        assert all(d.width <= 60 for d in sheet.column_dimensions.values())


def test_upright_sheets_keep_the_margins_of_the_decree(tmp_path: Path) -> None:
    margins = written(tmp_path)["Thuyết minh"].page_margins

    found = [
        round(inches * 25.4)
        for inches in (margins.left, margins.right, margins.top, margins.bottom)
    ]
    assert found == [30, 15, 20, 20]


def test_dates_are_dates_and_blanks_are_blank(tmp_path: Path) -> None:
    sheet = written(tmp_path)["Sở Y tế"]

    assert (sheet["D7"].value, sheet["D7"].number_format) == (datetime(2022, 9, 5), "dd/mm/yyyy")
    assert sheet["G7"].value == datetime(2023, 1, 15)
    assert sheet["H7"].value is None
    assert sheet["G12"].value == "Khi có yêu cầu"
    assert not [c for row in sheet.iter_rows() for c in row if c.value == datetime(1900, 1, 1)]


def test_every_cell_of_a_bodys_sheet_is_what_its_record_says(tmp_path: Path) -> None:
    made = content(rows=12)
    book = written(tmp_path, made)

    for part, sheet in zip(made.agencies, body_sheets(book), strict=True):
        for n, row in enumerate(part.rows):
            cells = [cell.value for cell in sheet[FIRST_ROW + n]]
            said = [
                n + 1, row.instance.subject, row.instance.whole.source,
                row.instance.record.starts_on, row.instance.bodies.lead,
                row.instance.bodies.coordinating, row.instance.due_on or row.instance.label,
                row.instance.extended_to, row.instance.record.product, row.result,
                STATE_WORDS[row.state], row.id,
            ]  # fmt: skip
            expected = [
                datetime(v.year, v.month, v.day) if isinstance(v, date) else v for v in said
            ]
            assert cells[: len(said)] == [v if v != "" else None for v in expected]


def test_fonts_borders_and_wrapping_are_one_style_a_role(tmp_path: Path) -> None:
    book = written(tmp_path)
    sheet = book["Sở Y tế"]

    assert {"Tiêu đề", "Đầu bảng", "Thân bảng", "Ngày", "Số", "Tỷ lệ"} <= set(book.named_styles)
    head, body = sheet["B6"], sheet["B7"]
    assert (head.font.name, head.font.bold, head.alignment.horizontal) == (
        "Times New Roman",
        True,
        "center",
    )
    assert head.fill.fgColor.rgb != "00000000"
    assert (body.font.sz, body.alignment.wrap_text, body.alignment.vertical) == (11, True, "top")
    assert body.border.left.style == "thin"
    assert (sheet["A7"].alignment.horizontal, body.style) == ("center", "Thân bảng")


def test_rows_keep_an_automatic_height_that_fits_their_text(tmp_path: Path) -> None:
    long = replace(
        agency("Sở Y tế", 0), rows=(task(0, "Sở Y tế", task="Trao đổi thông tin " * 12),)
    )
    written(tmp_path, replace(content(), agencies=(long,)))
    with zipfile.ZipFile(tmp_path / "annex.xlsx") as archive:
        xml = archive.read("xl/worksheets/sheet2.xml").decode()

    row = re.search(r'<row r="7"[^>]*>', xml)
    assert row is not None
    assert float(re.search(r'ht="([\d.]+)"', row[0])[1]) > 60  # type: ignore[index]
    assert "customHeight" not in row[0]


def test_a_sheet_can_come_back(tmp_path: Path) -> None:
    book = written(tmp_path)
    sheet = book["Sở Y tế"]

    assert sheet.protection.sheet
    assert not sheet.protection.password
    assert not sheet.protection.autoFilter
    assert [sheet[cell].protection.locked for cell in ("B7", "J7", "K7")] == [True, False, False]
    assert sheet.column_dimensions["L"].hidden
    assert sheet["L7"].value == content().agencies[0].rows[0].id
    validation = sheet.data_validations.dataValidation[0]
    assert (validation.formula1, str(validation.sqref)) == ("'Danh mục'!$A$2:$A$8", "K7:K12")
    assert [c.value for c in book["Danh mục"]["A"][1:8]] == list(STATE_WORDS.values())
    assert book.defined_names["PH_ma_bo_tai_lieu"].attr_text == "'Thuyết minh'!$B$2"


def test_what_is_late_is_coloured_and_said(tmp_path: Path) -> None:
    sheet = written(tmp_path)["Sở Y tế"]

    (found,) = sheet.conditional_formatting
    assert str(found.sqref) == "K7:K12"
    assert found.rules[0].formula == ['"Đang thực hiện quá hạn"']
    assert Counter(c.value for c in sheet["K"])["Đang thực hiện quá hạn"] == 1


def test_the_notes_say_how_it_was_made(tmp_path: Path) -> None:
    made = content()
    notes = {
        row[0].value: row[1].value
        for row in written(tmp_path, made)["Thuyết minh"].iter_rows(min_row=2)
    }

    assert notes["Mã bộ tài liệu"] == "PH-0001"
    assert notes["Số dòng nhiệm vụ"] == 18
    assert notes["Mã kiểm tra nội dung (SHA-256)"] == rows_digest(made)
    assert notes["Phần mềm"] == "Phối Hợp 0.1.0"


def test_the_properties_name_the_office(tmp_path: Path) -> None:
    properties = written(tmp_path).properties

    assert properties.creator == properties.lastModifiedBy == "Công an tỉnh"
    assert properties.created == properties.modified == datetime(2023, 8, 5, 9, 30)


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_text_stays_text(tmp_path: Path, nasty: str) -> None:
    part = replace(
        agency("Sở Y tế", 0), name=nasty, short_name=nasty, rows=(task(0, nasty, task=nasty),)
    )

    sheet = written(tmp_path, replace(content(), agencies=(part,))).worksheets[1]

    assert sheet["B7"].data_type in ("s", "inlineStr")
    assert sheet["B7"].value == nasty.strip()
    assert bool(sheet["B7"].quotePrefix) == (nasty.strip()[0] in "=+-@")
    assert not re.search(r"[\[\]:*?/\\]", sheet.title)


def test_control_characters_and_excels_own_escapes_are_tamed(tmp_path: Path) -> None:
    rows = (task(0, "Sở Y tế", task="a\x0b\x00b\ufffe", result="x_x000D_y"),)

    sheet = written(
        tmp_path, replace(content(), agencies=(replace(agency("Sở Y tế", 0), rows=rows),))
    ).worksheets[1]

    assert sheet["B7"].value == "a\nb"
    assert sheet["J7"].value == "x_x005F_x000D_y"  # Excel shows x_x000D_y


def test_a_text_too_long_for_a_cell_is_cut_and_said(tmp_path: Path) -> None:
    rows = (task(0, "Sở Y tế", result="chữ " * 10_000),)
    made = replace(content(), agencies=(replace(agency("Sở Y tế", 0), rows=rows),))

    warnings = write_annex(made, tmp_path / "annex.xlsx")

    assert "Sở Y tế!J7" in warnings[0]
    value = load_workbook(tmp_path / "annex.xlsx")["Sở Y tế"]["J7"].value
    assert len(value) <= MOST_LETTERS
    assert value.endswith("(còn nữa, xem bản Word)")


def test_a_body_without_tasks_has_a_sheet_that_says_so(tmp_path: Path) -> None:
    book = written(tmp_path, content(rows=0), values=True)

    assert book["Sở Y tế"]["A5"].value == "Không có nhiệm vụ nào đến hạn trong kỳ."
    assert book["Tổng hợp"]["C7"].value == 0
    assert book["Tổng hợp"]["K7"].value in ("", None)


def test_an_annex_without_bodies_or_figures_still_opens(tmp_path: Path) -> None:
    book = written(tmp_path, content(agencies=(), reported=()), values=True)

    assert book.sheetnames == ["Tổng hợp", "Danh mục", "Thuyết minh"]
    assert book["Tổng hợp"]["C7"].value == 0


def test_equal_content_makes_equal_files(tmp_path: Path) -> None:
    write_annex(content(), tmp_path / "a.xlsx")
    write_annex(content(), tmp_path / "b.xlsx")

    assert (tmp_path / "a.xlsx").read_bytes() == (tmp_path / "b.xlsx").read_bytes()


def test_a_day_is_a_day_in_every_zone(tmp_path: Path) -> None:
    row = task(0, "Sở Y tế", due_on=date(2026, 6, 15))

    sheet = written(
        tmp_path, replace(content(), agencies=(replace(agency("Sở Y tế", 0), rows=(row,)),))
    ).worksheets[1]

    assert sheet["G7"].value == datetime(2026, 6, 15)
