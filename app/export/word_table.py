"""Tables of a Word document: fixed widths, headers that repeat, rows that stay whole."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Literal

from app.export.word_xml import paragraph, run, twips
from app.export.wording import typeset

_STYLES = {"left": "BangChu", "center": "BangGiua", "right": "BangSo"}
_BORDERS = "".join(
    f'<w:{side} w:val="single" w:sz="4" w:space="0" w:color="000000"/>'
    for side in ("top", "left", "bottom", "right", "insideH", "insideV")
)


@dataclass(frozen=True)
class TableColumn:
    """One column; `share` is its part of the table's width beside the other columns' shares."""

    title: str
    share: float
    align: Literal["left", "center", "right"] = "left"


@dataclass(frozen=True)
class Runs:
    """A cell whose content is ready markup (a bookmark, a field) and not a clerk's text."""

    xml: str


Cell = str | Runs
Row = Sequence[Cell]


def table(
    columns: Sequence[TableColumn], rows: Iterable[Row], width: float, *, total: Row | None = None
) -> str:
    """A bordered table *width* millimetres wide; the header repeats on every page."""
    grid = _grid(columns, width)
    head = _row(
        [paragraph("BangDau", run(c.title)) for c in columns],
        grid,
        "<w:cantSplit/><w:tblHeader/>",
        ' <w:vAlign w:val="center"/>',
    )
    listed = list(rows)
    ends = len(listed) if total is not None else 0  # the total never stands alone on a page
    body = "".join(
        _body_row(columns, row, grid, keep=number == ends)
        for number, row in enumerate(listed, start=1)
    )
    last = "" if total is None else _total_row(columns, total, grid)
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/>'
        f'<w:tblBorders>{_BORDERS}</w:tblBorders><w:tblLayout w:type="fixed"/></w:tblPr>'
        f"<w:tblGrid>{_columns(grid)}</w:tblGrid>"
        f"{head}{body}{last}</w:tbl>"
    )


def side_by_side(left: str, right: str, left_width: float, width: float) -> str:
    """A table without borders: the letterhead, or Nơi nhận beside the signature."""
    grid = [twips(left_width), twips(width - left_width)]
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/></w:tcPr>{content}</w:tc>'
        for w, content in zip(grid, (left, right), strict=True)
    )
    return (
        f'<w:tbl><w:tblPr><w:tblW w:w="{sum(grid)}" w:type="dxa"/><w:tblLayout w:type="fixed"/>'
        '<w:tblCellMar><w:left w:w="0" w:type="dxa"/><w:right w:w="0" w:type="dxa"/></w:tblCellMar>'
        f"</w:tblPr><w:tblGrid>{_columns(grid)}</w:tblGrid>"
        f"<w:tr><w:trPr><w:cantSplit/></w:trPr>{cells}</w:tr></w:tbl>"
    )


def _body_row(columns: Sequence[TableColumn], row: Row, grid: Sequence[int], *, keep: bool) -> str:
    kept = "<w:keepNext/>" if keep else ""
    cells = [
        paragraph(_STYLES[column.align], _content(cell), properties=kept)
        for column, cell in zip(columns, row, strict=True)
    ]
    return _row(cells, grid, "<w:cantSplit/>")


def _total_row(columns: Sequence[TableColumn], row: Row, grid: Sequence[int]) -> str:
    cells = [
        paragraph("BangCong", _content(cell), properties=f'<w:jc w:val="{column.align}"/>')
        for column, cell in zip(columns, row, strict=True)
    ]
    return _row(cells, grid, "<w:cantSplit/>")


def _row(paragraphs: Sequence[str], grid: Sequence[int], properties: str, cell: str = "") -> str:
    cells = "".join(
        f'<w:tc><w:tcPr><w:tcW w:w="{w}" w:type="dxa"/>{cell}</w:tcPr>{p}</w:tc>'
        for w, p in zip(grid, paragraphs, strict=True)
    )
    return f"<w:tr><w:trPr>{properties}</w:trPr>{cells}</w:tr>"


def _content(cell: Cell) -> str:
    return cell.xml if isinstance(cell, Runs) else run(typeset(cell))


def _columns(grid: Sequence[int]) -> str:
    return "".join(f'<w:gridCol w:w="{width}"/>' for width in grid)


def _grid(columns: Sequence[TableColumn], width: float) -> list[int]:
    whole = sum(column.share for column in columns)
    return [twips(width * column.share / whole) for column in columns]
