"""Write a list as an Excel workbook: the columns, the order and the rows on screen."""

from __future__ import annotations

from pathlib import Path
from typing import Never

from openpyxl import load_workbook
from openpyxl.utils import get_column_letter

from app import durable
from app.errors import Unreadable
from app.export.listing import Listing, Row
from app.export.sheet_names import sheet_names
from app.export.workbook import OfficeWorkbook, SheetColumn, orientation_of, print_setup
from app.progress import Progress, quiet
from app.registers.column import Column

_STYLES = {"number": "Số", "days": "Số", "date": "Ngày"}
_LEAST, _MOST, _REST = 8, 60, 48
_AIR = 3  # capitals are wider than the digits Excel counts widths by
_STEP = 200


def write_sheet(path: Path, listing: Listing[Row], progress: Progress = quiet) -> None:
    """Write *listing* to *path*: real dates and numbers, text stays text, ready for A4.

    Raises FileBusy, TargetGone, DiskFull or Cancelled; *path* is then as it was.
    """
    with durable.landing(path, lambda written: _verify(written, len(listing.records))) as beside:
        _book(listing, progress).save(beside)


def _book(listing: Listing[Row], progress: Progress) -> OfficeWorkbook:
    book = OfficeWorkbook(
        title=listing.title, subject=listing.note, author=listing.office, at=listing.at
    )
    columns = [_sheet_column(column) for column in listing.columns]
    sheet = book.sheet(sheet_names([listing.title])[0])
    head = [(listing.office, "Cơ quan"), (listing.title.upper(), "Tiêu đề")]
    head += [(listing.note, "Chú dẫn")] if listing.note else []
    book.head(sheet, head, len(columns))
    top = len(head) + 2
    book.header(sheet, top, columns)
    total = len(listing.records)
    for number, record in enumerate(listing.records, start=1):
        book.row(sheet, top + number, columns, [c.value(record) for c in listing.columns])
        if number % _STEP == 0:
            progress(number, total)
    last = top + total
    sheet.freeze_panes = f"B{top + 1}"
    sheet.auto_filter.ref = f"A{top}:{get_column_letter(len(columns))}{last}"
    lies = orientation_of([column.width for column in columns])
    print_setup(sheet, header_row=top, last_row=last, columns=len(columns), orientation=lies)
    return book


def _sheet_column(column: Column[Never]) -> SheetColumn:
    width = min(max((column.width or _REST) + _AIR, _LEAST, len(column.title) + _AIR), _MOST)
    return SheetColumn(column.title, width, _STYLES.get(column.kind, "Thân bảng"))


def _verify(path: Path, rows: int) -> None:
    """Read the file back: a workbook that can't be read must not replace one that can."""
    book = load_workbook(path, read_only=True)
    try:
        found = book.worksheets[0].max_row or 0
    finally:
        book.close()
    if found < rows:
        why = f"tệp vừa ghi chỉ có {found} dòng, lẽ ra phải có {rows}. Hãy xuất lại."
        raise Unreadable(path=path.name, why=why)
