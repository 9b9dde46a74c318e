"""A workbook with the office's styles: cells that are never formulas by accident, A4 sheets.

Formulas are written with the value they have, because viewers and readers that do not calculate
would show an empty cell.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime
from decimal import Decimal
from pathlib import Path
from typing import Literal

from openpyxl import Workbook
from openpyxl.cell.cell import Cell
from openpyxl.styles import Alignment, Border, Font, NamedStyle, PatternFill, Protection, Side
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.properties import PageSetupProperties
from openpyxl.worksheet.worksheet import Worksheet

from app import place
from app.export.finished_workbook import finish
from app.export.text_width import line_count
from app.export.wording import printable

MOST_LETTERS = 32_767  # in a cell; Excel refuses the file beyond
_CUT = " … (còn nữa, xem bản Word)"
_ESCAPED = re.compile(r"_(?=x[0-9A-Fa-f]{4}_)")
_MANY = 6  # more columns than this lie on the paper
_UPRIGHT = 95  # characters that an upright sheet shows without shrinking them
_FONT = "Times New Roman"
_SIZE = 11
_LINE_HEIGHT = 14.5  # points, of one line at 11
_HIGHEST = 409  # points, the most a row can have
_CHARACTER = 1.82  # millimetres of text in one unit of column width, with a little to spare
_LINE = Side(style="thin", color="FF000000")
_GRID = Border(left=_LINE, right=_LINE, top=_LINE, bottom=_LINE)

Value = str | int | Decimal | date | None
Orientation = Literal["landscape", "portrait"]


@dataclass(frozen=True)
class SheetColumn:
    """One column: title, width in characters (at most 60), style, and whether it is hidden."""

    title: str
    width: float
    style: str = "Thân bảng"
    hidden: bool = False


class OfficeWorkbook:
    """A workbook under way. Add sheets, then `save`."""

    def __init__(self, *, title: str, subject: str, author: str, at: datetime) -> None:
        self.book = Workbook()
        self.book.remove(self.book.worksheets[0])
        for style in _styles():
            self.book.add_named_style(style)
        about = self.book.properties
        about.title, about.subject = printable(title)[:255], printable(subject)[:255]
        about.creator = about.lastModifiedBy = printable(author)[:255]
        about.created = about.modified = at.astimezone(UTC).replace(tzinfo=None)
        about.language = "vi-VN"
        self._at = at
        self._values: dict[tuple[int, str], int | float | str] = {}
        self.cut: list[str] = []  # where text was too long for a cell

    def sheet(self, name: str) -> Worksheet:
        """A new sheet at the end, without gridlines on screen."""
        sheet: Worksheet = self.book.create_sheet(name)
        sheet.sheet_view.showGridLines = False
        return sheet

    def head(self, sheet: Worksheet, lines: Sequence[tuple[str, str]], columns: int) -> None:
        """Title lines from row 1, each (text, style), centred over *columns* without merging."""
        for row, (text, style) in enumerate(lines, start=1):
            self.put(sheet, row, 1, text, style)
            for column in range(2, columns + 1):
                sheet.cell(row, column).style = style

    def header(self, sheet: Worksheet, row: int, columns: Sequence[SheetColumn]) -> None:
        """The header row of a list, and the columns' widths."""
        titles = [column.title for column in columns]
        sheet.row_dimensions[row].height = _height(columns, titles, bold=True)
        for number, column in enumerate(columns, start=1):
            self.put(sheet, row, number, column.title, "Đầu bảng")
            dimension = sheet.column_dimensions[get_column_letter(number)]
            dimension.width = min(column.width, 60)
            dimension.hidden = column.hidden

    def row(
        self, sheet: Worksheet, row: int, columns: Sequence[SheetColumn], values: Sequence[Value]
    ) -> None:
        """One row of a list, each cell in its column's style."""
        sheet.row_dimensions[row].height = _height(columns, values)
        for number, (column, value) in enumerate(zip(columns, values, strict=True), start=1):
            self.put(sheet, row, number, value, column.style)

    def put(self, sheet: Worksheet, row: int, column: int, value: Value, style: str) -> None:
        """Write *value* as what it is: text stays text even when it begins with "="."""
        cell = sheet.cell(row, column)
        assert isinstance(cell, Cell)  # noqa: S101 - no sheet of ours has merged cells
        cell.style = style
        if isinstance(value, str):
            self._put_text(cell, value)
        elif value is not None:
            cell.value = value

    def formula(
        self, sheet: Worksheet, row: int, column: int, text: str, *, value: float | str, style: str
    ) -> None:
        """Write the formula *text* together with the *value* that it has now."""
        cell = sheet.cell(row, column, text)
        cell.style = style
        self._values[self.book.sheetnames.index(sheet.title), cell.coordinate] = value

    def save(self, path: Path) -> None:
        """Write the workbook, then the formulas' values into it."""
        self.book.save(path)
        finish(path, self._values, self._at)

    def _put_text(self, cell: Cell, value: str) -> None:
        text = printable(value)
        if not text:
            return
        # Excel reads "_x000D_" as a line end; its own escape keeps such text as it was typed.
        text = _ESCAPED.sub("_x005F_", text)
        if len(text.encode("utf-16-le")) // 2 > MOST_LETTERS:
            text = place.beginning(text, MOST_LETTERS - len(_CUT)).rstrip() + _CUT
            self.cut.append(f"{cell.parent.title}!{cell.coordinate}")
        cell.value = text
        cell.data_type = "s"
        if text[0] in "=+-@":
            cell.quotePrefix = True  # so that pressing F2 and Enter does not make it a formula


def orientation_of(widths: Sequence[float]) -> Orientation:
    """How a sheet with columns of these widths lies: upright while its letters stay legible."""
    return "landscape" if len(widths) > _MANY or sum(widths) > _UPRIGHT else "portrait"


def print_setup(
    sheet: Worksheet, *, header_row: int, last_row: int, columns: int, orientation: Orientation
) -> None:
    """A4, one page wide, the header on every page, the sheet's name and page in the footer."""
    sheet.page_setup.paperSize = 9
    sheet.page_setup.orientation = orientation
    sheet.page_setup.fitToWidth, sheet.page_setup.fitToHeight = 1, 0
    sheet.sheet_properties.pageSetUpPr = PageSetupProperties(fitToPage=True)
    margins = sheet.page_margins
    top, right, bottom, left = (20, 15, 20, 30) if orientation == "portrait" else (30, 20, 15, 20)
    margins.top, margins.right, margins.bottom, margins.left = (
        mm / 25.4 for mm in (top, right, bottom, left)
    )
    margins.header = margins.footer = 8 / 25.4
    sheet.print_title_rows = f"{header_row}:{header_row}"
    sheet.print_area = f"A1:{get_column_letter(columns)}{last_row}"
    footer = sheet.oddFooter
    if footer is not None:
        footer.left.text, footer.right.text = "&A", "Trang &P/&N"
    sheet.print_options.horizontalCentered = True


def _height(
    columns: Sequence[SheetColumn], values: Sequence[Value], *, bold: bool = False
) -> float:
    """The height in points that a row's longest text needs.

    Excel finds it by itself, LibreOffice and viewers take what the file says; `finish` marks it
    as automatic, so that an edited row still grows.
    """
    lines = max(
        (
            line_count(value, _SIZE, column.width * _CHARACTER, bold=bold)
            for column, value in zip(columns, values, strict=True)
            if isinstance(value, str) and not column.hidden
        ),
        default=1,
    )
    return min(lines * _LINE_HEIGHT + 1, _HIGHEST)


def protect(sheet: Worksheet) -> None:
    """Lock what must come back as it went, without a password; filters and widths stay free."""
    protection = sheet.protection
    protection.sheet = True
    protection.autoFilter = protection.sort = False
    protection.formatColumns = protection.formatRows = False


def _styles() -> tuple[NamedStyle, ...]:
    head = PatternFill("solid", fgColor="FFE7E6E6")
    return (
        _style("Cơ quan", size=12, bold=True, align="left", grid=False),
        _style("Tiêu đề", size=14, bold=True, align="centerContinuous", grid=False),
        _style("Chú dẫn", size=11, italic=True, align="centerContinuous", grid=False),
        _style("Đầu bảng", bold=True, align="center", vertical="center", fill=head),
        _style("Thân bảng", align="left"),
        _style("Giữa ô", align="center"),
        _style("Ô nhập", align="left", locked=False),
        _style("Số thứ tự", align="center", number="0"),
        _style("Ngày", align="center", number="dd/mm/yyyy"),
        _style("Số", align="right", number="#,##0"),
        _style("Số lẻ", align="right", number="#,##0.###"),
        _style("Tỷ lệ", align="right", number="0.0%"),
        _style("Dòng cộng", bold=True, align="left"),
        _style("Số cộng", bold=True, align="right", number="#,##0"),
        _style("Tỷ lệ cộng", bold=True, align="right", number="0.0%"),
        _style("Mã", align="left", number="@"),
    )


def _style(
    name: str,
    *,
    size: int = _SIZE,
    bold: bool = False,
    italic: bool = False,
    align: Literal["left", "center", "right", "centerContinuous"] = "left",
    vertical: Literal["top", "center"] = "top",
    number: str = "General",
    grid: bool = True,
    fill: PatternFill | None = None,
    locked: bool = True,
) -> NamedStyle:
    style = NamedStyle(
        name=name,
        font=Font(name=_FONT, size=size, bold=bold, italic=italic, color="FF000000"),
        alignment=Alignment(
            horizontal=align, vertical=vertical, wrap_text=grid, indent=1 if align == "right" else 0
        ),
        number_format=number,
        protection=Protection(locked=locked),
    )
    if grid:
        style.border = _GRID
    if fill is not None:
        style.fill = fill
    return style
