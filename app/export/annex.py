"""The Excel annex: Tổng hợp with formulas, one sheet per body, lists and notes."""

from __future__ import annotations

import hashlib
from pathlib import Path

from openpyxl.workbook.defined_name import DefinedName

from app.export.annex_sheets import FIGURES, LISTS, quoted, write_agency, write_figures
from app.export.annex_summary import write_summary
from app.export.packet_content import STATE_WORDS, PacketContent
from app.export.sheet_names import sheet_names
from app.export.wording import period_words, short_date
from app.export.workbook import OfficeWorkbook, SheetColumn, Value, print_setup, protect
from app.progress import Progress, quiet

_SUMMARY, _NOTES = "Tổng hợp", "Thuyết minh"
_PACKET_ROW, _COUNT_ROW = 2, 3
_HOW_COUNTED = (
    "Mỗi dòng là một kỳ thực hiện, tính cho cơ quan chủ trì. Cột Kết quả và Đánh giá để mở cho "
    "cơ quan điền; các cột khác khóa, không có mật khẩu."
)


def write_annex(content: PacketContent, path: Path, progress: Progress = quiet) -> tuple[str, ...]:
    """Write the annex to *path*; returns a sentence for each text that was too long for a cell."""
    book = OfficeWorkbook(
        title=f"Phụ lục số liệu: {content.title}",
        subject=content.abstract,
        author=content.about.written_by,
        at=content.about.written_at,
    )
    summary = book.sheet(_SUMMARY)
    sheets = []
    for done, (agency, name) in enumerate(
        zip(content.agencies, agency_sheets(content), strict=True)
    ):
        progress(done, len(content.agencies))
        sheets.append(write_agency(book, content, agency, name))
    figures = write_figures(book, content)
    _write_lists(book, content)
    _write_notes(book, content)
    write_summary(
        book, summary, content, sheets, figures, row_count=f"{quoted(_NOTES)}!$B${_COUNT_ROW}"
    )
    book.book.defined_names["PH_ma_bo_tai_lieu"] = DefinedName(
        "PH_ma_bo_tai_lieu", attr_text=f"{quoted(_NOTES)}!$B${_PACKET_ROW}"
    )
    book.book.active = 0
    book.save(path)
    return tuple(
        f"Nội dung ở ô {cell} dài quá mức Excel cho phép nên đã cắt bớt." for cell in book.cut
    )


def agency_sheets(content: PacketContent) -> tuple[str, ...]:
    """The sheet names of the bodies, in their order."""
    own = (_SUMMARY, FIGURES, LISTS, _NOTES)
    return sheet_names([agency.short_name or agency.name for agency in content.agencies], own)


def rows_digest(content: PacketContent) -> str:
    """SHA-256 of the task rows, printed on the notes sheet to tell two copies apart."""
    rows = (row for agency in content.agencies for row in agency.rows)
    text = "\n".join(
        f"{r.id}\t{r.instance.subject}\t{r.instance.due_on}\t{r.state}\t{r.result}" for r in rows
    )
    return hashlib.sha256(text.encode()).hexdigest()


def _write_lists(book: OfficeWorkbook, content: PacketContent) -> None:
    """The hidden lists that validations choose from."""
    sheet = book.sheet(LISTS)
    book.header(sheet, 1, (SheetColumn("Đánh giá", 30), SheetColumn("Cơ quan", 50)))
    for row, words in enumerate(STATE_WORDS.values(), start=2):
        book.put(sheet, row, 1, words, "Thân bảng")
    for row, agency in enumerate(content.agencies, start=2):
        book.put(sheet, row, 2, agency.name, "Thân bảng")
    sheet.sheet_state = "hidden"
    protect(sheet)


def _write_notes(book: OfficeWorkbook, content: PacketContent) -> None:
    """How the annex was made, so that a printed copy can be traced."""
    about = content.about
    notes: list[tuple[str, Value]] = [
        ("Mã bộ tài liệu", about.packet_id),
        ("Số dòng nhiệm vụ", content.task_count),
        ("Kỳ số liệu", period_words(about.period_from, about.period_to)),
        ("Số liệu tính đến ngày", short_date(about.data_until)),
        ("Điều kiện lọc", "; ".join(about.filters) or "Không lọc"),
        ("Lập lúc", f"{about.written_at:%H:%M} ngày {short_date(about.written_at.date())}"),
        ("Đơn vị lập", about.written_by),
        ("Phần mềm", about.program),
        ("Mã kiểm tra nội dung (SHA-256)", rows_digest(content)),
        ("Cách tính", _HOW_COUNTED),
    ]  # fmt: skip
    sheet = book.sheet(_NOTES)
    columns = (SheetColumn("Mục", 32), SheetColumn("Nội dung", 60))
    book.header(sheet, 1, columns)
    for row, note in enumerate(notes, start=2):
        book.row(sheet, row, columns, note)
    print_setup(sheet, header_row=1, last_row=len(notes) + 1, columns=2, orientation="portrait")
    protect(sheet)
