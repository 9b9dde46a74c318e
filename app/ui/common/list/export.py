"""A list leaves the window: to an Excel file, or to the clipboard."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import TYPE_CHECKING

from PySide6.QtGui import QGuiApplication

from app.export.listing import Listing
from app.progress import Progress
from app.registers.column import Cell, Column, text_of
from app.registers.held_rows import Row
from app.ui.common.list import export_place
from app.ui.common.list.table import title_of, value_of
from app.words import in_vietnamese, kept, told

if TYPE_CHECKING:
    from app.ui.common.list.page import ListPage


@in_vietnamese()
def listing(page: ListPage[Row]) -> Listing[Row]:
    """The list as it is on screen: its columns, its order, its rows, and what was asked."""
    return Listing(
        title=page.title,
        office=page.office.store.office_name,
        columns=_columns(page),
        records=page.table.records(),
        note=note(page),
        at=datetime.now().astimezone(),
    )


def note(page: ListPage[Row]) -> str:
    """What the list shows, in words: "Cần rà soát; Lĩnh vực: Y tế; 17 / 48 quy chế"."""
    view = page.views.current_title()
    count = f"{page.views.found_text()} {page.register.noun}"
    marked = sum(page.table.is_marked(row) for row in page.table.records())
    disputed = page.tr("{} bản ghi đang xung đột").format(marked) if marked else ""
    return "; ".join(filter(None, (view, page.filters.asked(), count, disputed)))


def _columns(page: ListPage[Row]) -> list[Column[Row]]:
    """The columns on screen; the first says of a record in conflict that it is."""
    first, *others = map(_in_vietnamese, page.view.visible_columns())
    if not page.table.marked:
        return [first, *others]

    def value(row: Row) -> Cell:
        plain = value_of(first, row)
        return f"{text_of(plain)} {kept('(xung đột)')}" if page.table.is_marked(row) else plain

    return [replace(first, value=value), *others]


def _in_vietnamese(column: Column[Row]) -> Column[Row]:
    """*column* as it is written down, whenever and wherever its cells are asked for."""
    return replace(column, value=in_vietnamese()(column.value))


@in_vietnamese()
def copy(page: ListPage[Row]) -> None:
    """Put the selected rows on the clipboard, tab-separated, under their headings."""
    columns = page.view.visible_columns()
    lines = [[title_of(column) for column in columns]]
    lines += [[text_of(value_of(column, row)) for column in columns] for row in page.chosen()]
    if len(lines) > 1:
        QGuiApplication.clipboard().setText("".join(_line(line) for line in lines))


def export(page: ListPage[Row]) -> None:
    """Ask where to, write the file off the UI thread, and say where it is."""
    asked = listing(page)
    proposed = (asked.title, f" {page.office.today():%Y-%m-%d}", ".xlsx")
    title, kinds = page.tr("Xuất danh sách ra Excel"), page.tr("Sổ Excel (*.xlsx)")
    path = export_place.choose_file(page, page.office, title, kinds, proposed)
    if path is None:
        return
    said = page.tr("Đã xuất {n} {noun} ra {file}.").format(
        n=len(asked.records), noun=told(page.register.noun), file=path.name
    )

    def write(progress: Progress) -> None:
        from app.export.sheet import write_sheet  # openpyxl takes long to import

        write_sheet(path, asked, progress)

    page.office.tasks.start(
        write,
        lambda _nothing: page.office.say_written(said, path),
        label=page.tr("Đang xuất danh sách ra Excel"),
    )


def _line(cells: list[str]) -> str:
    return "\t".join(cell.replace("\t", " ").replace("\n", " ") for cell in cells) + "\n"
