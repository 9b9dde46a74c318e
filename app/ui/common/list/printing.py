"""A list on paper: A4 lying, the heading on every page, text wrapped and never cut."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING, Never

from PySide6.QtCore import QMarginsF, QRectF, Qt
from PySide6.QtGui import (
    QColor,
    QFont,
    QFontMetricsF,
    QPagedPaintDevice,
    QPageLayout,
    QPageSize,
    QPainter,
    QPen,
    QTextOption,
)
from PySide6.QtPrintSupport import QPrinter

from app.errors import Refused
from app.export.listing import Listing
from app.registers.column import Column, text_of
from app.registers.held_rows import Row
from app.text import date_words
from app.ui.common.list import export
from app.ui.common.list.print_preview import PrintPreview, write_pdf
from app.ui.common.list.table import title_of, value_of
from app.words import in_vietnamese, kept, marked

if TYPE_CHECKING:
    from app.ui.common.list.page import ListPage

_FAMILY = "Times New Roman"
_POINTS, _SMALL, _TITLE = 11, 10, 14
_PADDING = 4.0
_CLOSED = marked(
    "Không mở được máy in hay tệp để in. Chọn máy in khác, hoặc lưu PDF ở thư mục khác."
)
_REST = 44  # characters a column gets whose width is "what is left"
_MARGINS = QMarginsF(15, 20, 15, 15)  # left, top, right, bottom in millimetres


def preview(page: ListPage[Row]) -> None:
    """Show the list of *page* as it will be on paper, and print it from there."""
    asked = export.listing(page)
    printer = prepared(QPrinter(QPrinter.PrinterMode.HighResolution))
    PrintPreview(asked.title, printer, lambda to: paint(to, asked), page.office, page).open()


def to_pdf(page: ListPage[Row], path: Path) -> int:
    """Write the list of *page* to a PDF file, as the preview does; the number of pages."""
    asked = export.listing(page)
    paper = prepared(QPrinter(QPrinter.PrinterMode.HighResolution)).pageLayout()
    return write_pdf(path, asked.title, paper, lambda to: paint(to, asked))


def prepared(device: QPrinter) -> QPrinter:
    """*device* set to A4, lying, with the margins of the office."""
    size = QPageSize(QPageSize.PageSizeId.A4)
    lying = QPageLayout.Orientation.Landscape
    device.setPageLayout(QPageLayout(size, lying, _MARGINS, QPageLayout.Unit.Millimeter))
    return device


@in_vietnamese()
def paint(device: QPagedPaintDevice, listing: Listing[Row]) -> int:
    """Paint *listing* on *device*; the number of pages.

    Raises Refused when the printer or the file behind *device* can't be opened.
    """
    painter = QPainter()
    if not painter.begin(device):
        raise Refused(why=_CLOSED)
    sheet = _Sheet(painter, device, listing)
    pages = list(sheet.pages())
    for number, rows in enumerate(pages, start=1):
        if number > 1:
            device.newPage()
        sheet.draw(rows, number, len(pages))
    painter.end()
    return len(pages)


@dataclass(frozen=True)
class _Row:
    cells: tuple[str, ...]
    height: float


class _Sheet:
    """Measures and draws; all lengths are dots of the device."""

    def __init__(self, painter: QPainter, device: QPagedPaintDevice, listing: Listing[Row]) -> None:
        self._painter, self._listing = painter, listing
        self._device = device
        dots = device.logicalDpiX() / 72
        self._padding = _PADDING * dots
        self._pen = QPen(QColor("#000000"), max(0.5 * dots, 1.0))
        area = device.pageLayout().paintRectPixels(device.logicalDpiX())
        self._width, self._height = float(area.width()), float(area.height())
        self._widths = self._shared(listing.columns)
        self._head = self._row([title_of(column) for column in listing.columns], bold=True)
        self._foot = self._metrics(_SMALL).height() * 1.6

    def pages(self) -> Iterator[list[_Row]]:
        """The rows of each page; a list without rows has one page."""
        room = self._room(first=True)
        page: list[_Row] = []
        for record in self._listing.records:
            row = self._row([text_of(value_of(c, record)) for c in self._listing.columns])
            if page and row.height > room:
                yield page
                page, room = [], self._room(first=False)
            page.append(row)
            room -= row.height
        yield page

    def draw(self, rows: Sequence[_Row], number: int, of: int) -> None:
        """Draw one page: heading, rows, foot."""
        self._painter.setPen(self._pen)
        top = self._draw_title() if number == 1 else 0.0
        for row, bold in [(self._head, True), *((row, False) for row in rows)]:
            self._draw_row(row, top, bold=bold)
            top += row.height
        self._draw_foot(number, of)

    def _room(self, *, first: bool) -> float:
        taken = self._title_height() if first else 0.0
        return self._height - taken - self._head.height - self._foot

    def _shared(self, columns: Sequence[Column[Never]]) -> list[float]:
        """The width of the page shared out as the columns' own widths ask."""
        asked = [column.width or _REST for column in columns]
        return [self._width * each / sum(asked) for each in asked]

    def _row(self, cells: Sequence[str], *, bold: bool = False) -> _Row:
        self._painter.setFont(self._font(_POINTS, bold=bold))
        tallest = 0.0
        for words, width in zip(cells, self._widths, strict=True):
            room = QRectF(0, 0, width - 2 * self._padding, 1e6)
            tallest = max(tallest, self._painter.boundingRect(room, words, _wrapped()).height())
        least = self._metrics(_POINTS).height()
        return _Row(tuple(cells), max(tallest, least) + 2 * self._padding)

    def _draw_row(self, row: _Row, top: float, *, bold: bool) -> None:
        left = 0.0
        self._painter.setFont(self._font(_POINTS, bold=bold))
        columns = self._listing.columns
        for words, width, column in zip(row.cells, self._widths, columns, strict=True):
            box = QRectF(left, top, width, row.height)
            if bold:
                self._painter.fillRect(box, QColor("#E7E6E6"))
            self._painter.drawRect(box)
            inside = box.adjusted(self._padding, self._padding, -self._padding, -self._padding)
            self._painter.drawText(inside, words, _wrapped(column, bold=bold))
            left += width

    def _draw_title(self) -> float:
        small, title = self._metrics(_SMALL).height(), self._metrics(_TITLE).height()
        whole = self._width
        lines = (
            (self._listing.office, _SMALL, False, QRectF(0, 0, whole, small)),
            (self._listing.title.upper(), _TITLE, True, QRectF(0, small * 1.4, whole, title)),
            (self._listing.note, _SMALL, False, QRectF(0, small * 1.7 + title, whole, small)),
        )
        for words, points, bold, box in lines:
            self._painter.setFont(self._font(points, bold=bold))
            centred = Qt.AlignmentFlag.AlignHCenter
            side = Qt.AlignmentFlag.AlignLeft if box.top() == 0 else centred
            metrics = self._metrics(points)
            shown = metrics.elidedText(words, Qt.TextElideMode.ElideRight, whole)
            self._painter.drawText(box, side, shown)
        return self._title_height()

    def _title_height(self) -> float:
        return self._metrics(_SMALL).height() * 3.5 + self._metrics(_TITLE).height()

    def _draw_foot(self, number: int, of: int) -> None:
        self._painter.setFont(self._font(_SMALL))
        box = QRectF(0, self._height - self._foot, self._width, self._foot)
        low = Qt.AlignmentFlag.AlignBottom
        at = self._listing.at
        printed = kept("In lúc {at:%H:%M} ngày {day}", at=at, day=date_words(at))
        self._painter.drawText(box, Qt.AlignmentFlag.AlignLeft | low, printed)
        self._painter.drawText(box, Qt.AlignmentFlag.AlignRight | low, f"Trang {number}/{of}")

    def _font(self, points: int, *, bold: bool = False) -> QFont:
        made = QFont(_FAMILY)
        made.setPointSize(points)
        made.setBold(bold)
        return made

    def _metrics(self, points: int) -> QFontMetricsF:
        return QFontMetricsF(self._font(points), self._device)


def _wrapped(column: Column[Never] | None = None, *, bold: bool = False) -> QTextOption:
    option = QTextOption()
    option.setWrapMode(QTextOption.WrapMode.WrapAtWordBoundaryOrAnywhere)
    if bold:
        option.setAlignment(Qt.AlignmentFlag.AlignCenter)
    elif column is not None and column.kind in ("number", "days"):
        option.setAlignment(Qt.AlignmentFlag.AlignRight)
    return option
