"""The sheets that the summary counts: one for each body, and what the bodies reported.

A body's sheet is meant to come back: its key columns are locked, result and state are open, and
a hidden column carries each record's id.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from decimal import Decimal

from openpyxl.formatting.rule import CellIsRule
from openpyxl.styles import Font, PatternFill
from openpyxl.worksheet.datavalidation import DataValidation
from openpyxl.worksheet.worksheet import Worksheet

from app.export.annex_frame import FIRST_ROW, HEADER_ROW, head_of, list_tools
from app.export.packet_content import (
    STATE_WORDS,
    AgencyPart,
    PacketContent,
    ReportedFigure,
    TaskRow,
)
from app.export.workbook import OfficeWorkbook, SheetColumn, Value, protect

LISTS = "Danh mục"
FIGURES = "Số liệu"
TASK_COLUMNS = (
    SheetColumn("STT", 6, "Số thứ tự"),
    SheetColumn("Nhiệm vụ", 32),
    SheetColumn("Nguồn", 20),
    SheetColumn("Ngày giao", 11, "Ngày"),
    SheetColumn("Chủ trì", 15),
    SheetColumn("Phối hợp", 16),
    SheetColumn("Thời hạn", 11, "Ngày"),
    SheetColumn("Gia hạn đến", 11, "Ngày"),
    SheetColumn("Sản phẩm", 13),
    SheetColumn("Kết quả", 20, "Ô nhập"),
    SheetColumn("Đánh giá", 15, "Ô nhập"),
    SheetColumn("Mã bản ghi", 38, "Mã", hidden=True),
)
_TASK, _STATE = "B", "K"
_REPORTED_COLUMNS = (
    SheetColumn("STT", 6, "Số thứ tự"),
    SheetColumn("Mã chỉ tiêu", 10, "Mã"),
    SheetColumn("Chỉ tiêu", 40),
    SheetColumn("Đơn vị tính", 14, "Giữa ô"),
    SheetColumn("Cơ quan", 28),
    SheetColumn("Giá trị", 14, "Số lẻ"),
    SheetColumn("Mức", 10, "Giữa ô"),
    SheetColumn("Báo cáo số", 18),
    SheetColumn("Mã bản ghi", 38, "Mã", hidden=True),
)
_CODE, _AMOUNT = "B", "F"
_LEVELS = {"exact": "", "nearly": "Gần", "over": "Trên"}


@dataclass(frozen=True)
class AgencySheet:
    """Where a body's tasks stand: quoted references for the summary's formulas."""

    agency: AgencyPart
    tasks: str
    states: str


@dataclass(frozen=True)
class Indicator:
    """One reported indicator with its total over the bodies."""

    code: str
    label: str
    unit: str
    total: Decimal


@dataclass(frozen=True)
class FiguresSheet:
    """Where the reported values stand, and the indicators whose values may be added."""

    codes: str
    amounts: str
    indicators: tuple[Indicator, ...]


def write_agency(
    book: OfficeWorkbook, content: PacketContent, agency: AgencyPart, name: str
) -> AgencySheet:
    """The sheet of one body."""
    sheet = book.sheet(name)
    number = f"II.{len(book.book.worksheets) - 1}"
    shown = len(TASK_COLUMNS) - 1  # the id stays off paper and screen
    lines = head_of(content, number, f"Kết quả thực hiện nhiệm vụ của {agency.name}")
    if not agency.rows:
        lines[-1] = ("Không có nhiệm vụ nào đến hạn trong kỳ.", "Chú dẫn")
    book.head(sheet, lines, shown)
    book.header(sheet, HEADER_ROW, TASK_COLUMNS)
    for n, row in enumerate(agency.rows):
        book.row(sheet, FIRST_ROW + n, TASK_COLUMNS, _values(n + 1, row))
    last = HEADER_ROW + max(len(agency.rows), 1)
    list_tools(sheet, last, shown, "C")
    _state_tools(sheet, last)
    protect(sheet)
    return AgencySheet(agency, _range(name, _TASK, last), _range(name, _STATE, last))


def write_figures(book: OfficeWorkbook, content: PacketContent) -> FiguresSheet | None:
    """What the bodies reported, one row each; None when nobody reported a figure."""
    if not content.reported:
        return None
    sheet = book.sheet(FIGURES)
    shown = len(_REPORTED_COLUMNS) - 1
    book.head(sheet, head_of(content, "III", "Số liệu các cơ quan báo cáo"), shown)
    book.header(sheet, HEADER_ROW, _REPORTED_COLUMNS)
    indicators = _indicators(content.reported)
    codes = {indicator.label: indicator.code for indicator in indicators}
    for n, item in enumerate(content.reported):
        values: Sequence[Value] = (
            n + 1, codes[item.indicator], item.indicator, item.unit, item.agency, item.value,
            _LEVELS[item.qualifier], item.report, item.id,
        )  # fmt: skip
        book.row(sheet, FIRST_ROW + n, _REPORTED_COLUMNS, values)
    last = HEADER_ROW + len(content.reported)
    added = tuple(item for item in indicators if item.unit != "%")
    list_tools(sheet, last, shown, "D")
    protect(sheet)
    return FiguresSheet(_range(FIGURES, _CODE, last), _range(FIGURES, _AMOUNT, last), added)


def quoted(name: str) -> str:
    """A sheet's name as formulas cite it."""
    return "'" + name.replace("'", "''") + "'"


def _values(number: int, row: TaskRow) -> Sequence[Value]:
    of = row.instance
    return (
        number, of.subject, of.whole.source, of.record.starts_on, of.bodies.lead,
        of.bodies.coordinating, of.due_on or of.label, of.extended_to, of.record.product,
        row.result, STATE_WORDS[row.state], row.id,
    )  # fmt: skip


def _state_tools(sheet: Worksheet, last: int) -> None:
    """A list to choose the state from, and a colour for what is late beside its words."""
    cells = f"{_STATE}{FIRST_ROW}:{_STATE}{last}"
    choice = DataValidation("list", formula1=f"{quoted(LISTS)}!$A$2:$A${len(STATE_WORDS) + 1}")
    choice.errorTitle = "Đánh giá"
    choice.error = "Chọn một trong các mức đánh giá của danh sách."
    choice.add(cells)
    sheet.add_data_validation(choice)
    late = CellIsRule(  # type: ignore[no-untyped-call]
        operator="equal",
        formula=[f'"{STATE_WORDS["open_late"]}"'],
        font=Font(bold=True, color="FF9C0006"),
        fill=PatternFill(bgColor="FFFFC7CE"),
    )
    sheet.conditional_formatting.add(cells, late)


def _indicators(reported: Sequence[ReportedFigure]) -> list[Indicator]:
    """The indicators in the order they first appear.

    They are added up by code, because a name may hold what SUMIFS takes for a wildcard.
    """
    found: dict[str, Indicator] = {}
    for item in reported:
        known = found.get(item.indicator)
        code = known.code if known else f"CT{len(found) + 1:02d}"
        total = (known.total if known else Decimal(0)) + item.value
        found[item.indicator] = Indicator(code, item.indicator, item.unit, total)
    return list(found.values())


def _range(sheet: str, letter: str, last: int) -> str:
    return f"{quoted(sheet)}!${letter}${FIRST_ROW}:${letter}${last}"
