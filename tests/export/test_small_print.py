"""What stands only now and then in a report: one addressee, a body with nothing due, no change."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, datetime
from decimal import Decimal
from pathlib import Path

import openpyxl
import pytest
from docx import Document
from docx.oxml.ns import qn
from openpyxl.cell import Cell

from app.errors import FileProblem, Unreadable
from app.export.finished_workbook import finish
from app.export.packet import write_packet
from app.export.packet_content import Figure, PacketContent, Signature
from app.export.report import write_report
from app.export.report_annexes import TASK_HEADER, annexes_of
from app.export.sheet import _verify
from app.export.sources import write_sources
from app.export.text_width import line_count, text_width
from app.export.wording import NBSP, change
from app.export.workbook import MOST_LETTERS, OfficeWorkbook, orientation_of
from app.export.written_check import check_sources
from tests.export.packet_sample import agency, content
from tests.export.word_reading import style_of, text_in, written


def lines(tmp_path: Path, made: PacketContent, style: str) -> list[str]:
    body = written(tmp_path, made).element.body
    return [text_in(p) for p in body.iter(qn("w:p")) if p.pPr is not None and _is(p, style)]


def _is(paragraph: object, style: str) -> bool:
    try:
        return style_of(paragraph) == style
    except AttributeError:
        return False


@pytest.mark.parametrize(
    ("names", "said"),
    [
        ((), []),
        (("Bộ Công an",), ["Kính gửi: Bộ Công an"]),
        (("Bộ Công an", "Bộ Y tế"), ["Kính gửi:", "- Bộ Công an", "- Bộ Y tế"]),
    ],
)
def test_one_addressee_stands_in_the_line_and_several_below_it(
    tmp_path: Path, names: tuple[str, ...], said: list[str]
) -> None:
    assert lines(tmp_path, content(addressees=names), "KinhGui") == said


def test_a_signer_without_authority_has_no_empty_line_above_the_position(tmp_path: Path) -> None:
    sign = Signature(authority=("",), position="Giám đốc")
    assert lines(tmp_path, content(signature=sign), "ChuKy")[:1] == ["GIÁM ĐỐC"]


def test_bodies_with_nothing_due_are_named_together_and_no_others(tmp_path: Path) -> None:
    made = replace(content(), agencies=(agency("Sở Y tế", 2), agency("Sở Nội vụ", 0)))
    noted = [line for line in lines(tmp_path, made, "GhiChuBang") if "Không có nhiệm vụ" in line]
    assert noted == ["Không có nhiệm vụ nào đến hạn trong kỳ: Sở Nội vụ."]

    busy = replace(content(), agencies=(agency("Sở Y tế", 2),))
    assert not [x for x in lines(tmp_path, busy, "GhiChuBang") if "Không có nhiệm vụ" in x]


@pytest.mark.parametrize(
    ("value", "previous", "unit", "said"),
    [
        ("12", None, "", ""),
        ("12", "12", "", "0"),
        ("13", "12", "", f"+1 (+8,3{NBSP}%)"),
        ("11", "12", "", f"\u22121 (\u22128,3{NBSP}%)"),
        ("12", "0", "", "+12"),
        ("17.5", "16.5", "%", "+1"),
    ],
)
def test_a_change_bears_its_sign_and_none_where_nothing_moved(
    value: str, previous: str | None, unit: str, said: str
) -> None:
    before = None if previous is None else Decimal(previous)
    assert change(Figure("k", "Số", Decimal(value), unit, previous=before)) == said


def test_what_the_files_properties_hold_is_cut_where_word_stops_reading(tmp_path: Path) -> None:
    long = "Quy chế phối hợp " * 40
    path = tmp_path / "report.docx"
    letterhead = replace(content().letterhead, issuer=long)
    write_report(content(title=long, abstract=long, letterhead=letterhead), path)
    core = Document(str(path)).core_properties
    told = (core.title, core.subject, core.author, core.keywords, core.last_modified_by)
    assert max(map(len, told)) == 255


@pytest.mark.parametrize(
    ("widths", "lies"),
    [
        ([10.0] * 6, "portrait"),
        ([10.0] * 7, "landscape"),
        ([95.0], "portrait"),
        ([95.5], "landscape"),
    ],
)
def test_a_sheet_lies_when_it_is_wide_or_has_many_columns(widths: list[float], lies: str) -> None:
    assert orientation_of(widths) == lies


def test_a_cell_holds_as_many_letters_as_excel_reads_and_says_where_it_was_cut() -> None:
    at = datetime(2026, 11, 23, tzinfo=UTC)
    book = OfficeWorkbook(title="Phụ lục", subject="", author="Công an tỉnh", at=at)
    sheet = book.sheet("Trang")
    for row, letters in enumerate((MOST_LETTERS, MOST_LETTERS + 1), start=1):
        cell = sheet.cell(row, 1)
        assert isinstance(cell, Cell)
        book._put_text(cell, "a" * letters)
    assert [len(str(sheet.cell(row, 1).value)) for row in (1, 2)] == [MOST_LETTERS, MOST_LETTERS]
    assert str(sheet["A1"].value).endswith("a")
    assert not str(sheet["A2"].value).endswith("a")
    assert book.cut == [f"{sheet.title}!A2"]


def test_a_list_read_back_with_too_few_rows_is_refused(tmp_path: Path) -> None:
    path = tmp_path / "danh sách.xlsx"
    book = openpyxl.Workbook()
    for row in ("Cơ quan", "Sở Y tế"):
        book.worksheets[0].append([row])
    book.save(path)
    _verify(path, 2)
    with pytest.raises(Unreadable, match="chỉ có 2 dòng, lẽ ra phải có 3"):
        _verify(path, 3)


def test_a_figure_that_its_sources_deny_is_never_printed(tmp_path: Path) -> None:
    made = content()
    wrong = replace(made.figures[0], value=made.figures[0].value + 1)
    with pytest.raises(ValueError, match="tasks"):
        write_packet(replace(made, figures=(wrong, *made.figures[1:])), tmp_path / "ra")
    assert not (tmp_path / "ra").exists()


def test_the_conclusions_have_an_appendix_once_there_are_any() -> None:
    def last(made: PacketContent) -> str:
        return annexes_of(made)[-1].title

    assert last(content()) == "Kết luận hội nghị và nhiệm vụ giao"
    assert last(content(conclusions=())) == "Báo cáo và ý kiến của các cơ quan"


def test_what_an_obligation_yields_stands_in_its_row(tmp_path: Path) -> None:
    made = written(tmp_path, content(agencies=("Sở Y tế",), rows=1))
    tables = [[[cell.text for cell in row.cells] for row in table.rows] for table in made.tables]
    (tasks,) = (rows for rows in tables if tuple(rows[0]) == TASK_HEADER)
    shown = dict(zip(TASK_HEADER, tasks[-1], strict=True))
    assert (shown["Sản phẩm"], shown["Chủ trì"]) == ("Báo cáo", "Sở Y tế")


def test_a_line_that_just_fits_is_not_broken() -> None:
    room = text_width("Công an tỉnh", 13)
    assert line_count("Công an tỉnh", 13, room + 0.01) == 1
    assert line_count("Công an tỉnh", 13, room - 0.01) == 2


@pytest.mark.parametrize(("letters", "lines"), [("mm", 1), ("mmm", 2), ("mmmmm", 3)])
def test_a_word_longer_than_the_room_is_broken(letters: str, lines: int) -> None:
    assert line_count(letters, 13, text_width("mm", 13)) == lines


def test_blank_lines_between_recipients_are_nobody(tmp_path: Path) -> None:
    made = content(recipients=("- Bộ Công an;", "  ", "Lưu: VT."))
    assert lines(tmp_path, made, "NoiNhan") == ["- Bộ Công an;", "- Lưu: VT."]


def test_a_list_of_sources_that_lost_a_record_is_noticed(tmp_path: Path) -> None:
    path = tmp_path / "nguồn.xlsx"
    write_sources(content(), path)
    assert check_sources(path, content()) == sum(len(f.sources) for f in content().figures)
    with pytest.raises(FileProblem, match="không đủ bản ghi nguồn"):
        check_sources(path, content(rows=7))


def test_each_sheet_gets_the_values_of_its_own_formulas(tmp_path: Path) -> None:
    path = tmp_path / "hai trang.xlsx"
    book = openpyxl.Workbook()
    book.create_sheet("Hai")
    for sheet in book.worksheets:
        sheet["A1"], sheet["A2"] = "=1+1", "=A1"
    book.save(path)

    told: dict[tuple[int, str], float | str] = {(0, "A1"): 2, (1, "A1"): 3, (1, "A2"): "chữ"}
    finish(path, told, datetime(2026, 11, 23, tzinfo=UTC))

    read = openpyxl.load_workbook(path, data_only=True).worksheets
    values = [[sheet["A1"].value, sheet["A2"].value] for sheet in read]
    assert values == [[2, None], [3, "chữ"]]
