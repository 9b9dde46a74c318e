"""The first sheet of the annex: formulas over the bodies' sheets, a total and a check."""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence

from openpyxl.utils import get_column_letter
from openpyxl.worksheet.worksheet import Worksheet

from app.export.annex_frame import FIRST_ROW, HEADER_ROW, head_of, list_tools
from app.export.annex_sheets import AgencySheet, FiguresSheet
from app.export.packet_content import STATE_WORDS, PacketContent
from app.export.workbook import OfficeWorkbook, SheetColumn, protect

_STATES = tuple(STATE_WORDS)
_COLUMNS = (
    SheetColumn("STT", 6, "Số thứ tự"),
    SheetColumn("Cơ quan", 36),
    SheetColumn("Tổng số", 10, "Số"),
    *(SheetColumn(words, 13, "Số") for words in STATE_WORDS.values()),
    SheetColumn("Tỷ lệ hoàn thành đúng hạn", 14, "Tỷ lệ"),
)
_SIZE, _LEGIBLE = 11, 7  # points: of the letters, and the least they may be shrunk to
_LINE, _PAPER = 15, 595  # points: a row of one line, and the height of A4 that lies
_INDICATOR = (SheetColumn("Mã", 6, "Mã"), SheetColumn("Chỉ tiêu", 36))
_TOTAL, _FIRST_STATE = 3, 4
_LAST_STATE = _FIRST_STATE + len(_STATES) - 1
_SHARE = _LAST_STATE + 1


def write_summary(
    book: OfficeWorkbook,
    sheet: Worksheet,
    content: PacketContent,
    agencies: Sequence[AgencySheet],
    figures: FiguresSheet | None,
    *,
    row_count: str,
) -> None:
    """Fill *sheet*. *row_count* refers to the cell of the notes that holds the number of rows."""
    title = "Tổng hợp tình hình thực hiện nhiệm vụ (đơn vị tính: lượt nhiệm vụ)"
    book.head(sheet, head_of(content, "I", title), len(_COLUMNS))
    book.header(sheet, HEADER_ROW, _COLUMNS)
    for n, agency in enumerate(agencies):
        _write_body(book, sheet, FIRST_ROW + n, agency)
    last = HEADER_ROW + len(agencies)
    total = last + 1
    _write_total(book, sheet, total, agencies)
    _write_check(book, sheet, total, row_count)
    end = total + 1
    if figures is not None and figures.indicators:
        end = _write_indicators(book, sheet, total + 3, figures)
    list_tools(sheet, max(last, FIRST_ROW), len(_COLUMNS), "C")
    if end > total + 1 and _fits_one_page(sheet, end):
        # Or the head of the one table would stand over the other.
        sheet.page_setup.fitToHeight = 1
    sheet.print_area = f"A1:{get_column_letter(len(_COLUMNS))}{end}"
    protect(sheet)


def _fits_one_page(sheet: Worksheet, last: int) -> bool:
    """Whether the rows down to *last* are legible when they share a page."""
    said = {row: rows.height for row, rows in sheet.row_dimensions.items()}
    height = sum(said.get(row) or _LINE for row in range(1, last + 1))
    margins = sheet.page_margins
    room = _PAPER - (margins.top + margins.bottom) * 72
    return bool(_SIZE * room / height >= _LEGIBLE)


def _write_body(book: OfficeWorkbook, sheet: Worksheet, row: int, place: AgencySheet) -> None:
    states = Counter(task.state for task in place.agency.rows)
    book.row(sheet, row, _COLUMNS[:2], (row - HEADER_ROW, place.agency.name))
    text = f"=COUNTA({place.tasks})"
    book.formula(sheet, row, _TOTAL, text, value=len(place.agency.rows), style="Số")
    for n, state in enumerate(_STATES):
        column = _FIRST_STATE + n
        heading = f"{get_column_letter(column)}${HEADER_ROW}"
        text = f"=COUNTIFS({place.states},{heading})"
        book.formula(sheet, row, column, text, value=states[state], style="Số")
    _write_share(book, sheet, row, states, "Tỷ lệ")


def _write_total(
    book: OfficeWorkbook, sheet: Worksheet, row: int, places: Sequence[AgencySheet]
) -> None:
    states = Counter(task.state for place in places for task in place.agency.rows)
    book.put(sheet, row, 1, None, "Dòng cộng")
    book.put(sheet, row, 2, "Cộng", "Dòng cộng")
    counts = [states.total(), *(states[state] for state in _STATES)]
    for n, count in enumerate(counts):
        letter = get_column_letter(_TOTAL + n)
        text = f"=SUM({letter}{FIRST_ROW}:{letter}{row - 1})" if places else "=0"
        book.formula(sheet, row, _TOTAL + n, text, value=count, style="Số cộng")
    _write_share(book, sheet, row, states, "Tỷ lệ cộng")


def _write_share(
    book: OfficeWorkbook, sheet: Worksheet, row: int, states: Counter[str], style: str
) -> None:
    done, total = f"{get_column_letter(_FIRST_STATE)}{row}", f"{get_column_letter(_TOTAL)}{row}"
    value = states[_STATES[0]] / states.total() if states.total() else ""
    text = f'=IF({total}=0,"",{done}/{total})'
    book.formula(sheet, row, _SHARE, text, value=value, style=style)


def _write_check(book: OfficeWorkbook, sheet: Worksheet, total: int, row_count: str) -> None:
    """One cell that must say 0: the states add up, and no row of the records is missing."""
    first, last = get_column_letter(_FIRST_STATE), get_column_letter(_LAST_STATE)
    whole = f"{get_column_letter(_TOTAL)}{total}"
    book.put(sheet, total + 1, 2, "Kiểm tra: chênh lệch (phải bằng 0)", "Thân bảng")
    text = f"=ABS(SUM({first}{total}:{last}{total})-{whole})+ABS({whole}-{row_count})"
    book.formula(sheet, total + 1, _TOTAL, text, value=0, style="Số")


def _write_indicators(
    book: OfficeWorkbook, sheet: Worksheet, row: int, figures: FiguresSheet
) -> int:
    """The reported indicators added up over the bodies; returns the last row used."""
    for column, words in (
        (1, "Mã"),
        (2, "Chỉ tiêu các cơ quan báo cáo"),
        (3, "Tổng"),
        (4, "Đơn vị tính"),
    ):
        book.put(sheet, row, column, words, "Đầu bảng")
    for indicator in figures.indicators:
        row += 1
        book.row(sheet, row, _INDICATOR, (indicator.code, indicator.label))
        text = f"=SUMIFS({figures.amounts},{figures.codes},A{row})"
        book.formula(sheet, row, 3, text, value=float(indicator.total), style="Số lẻ")
        book.put(sheet, row, 4, indicator.unit, "Giữa ô")
    return row
