"""The list of sources: every figure of the report with the records that it counts.

A workbook for people, which goes with the packet, and a JSON file for programs, which stays with
the office, of the same content. The JSON is stable: `{"format": "phoihop.sources", "version": 1,
"packet", "review", "folder", "files", "figures": [{"code", "key", "label", "value", "unit",
"qualifier", "how", "note", "previous", "bookmarks", "sources": [{"kind", "id", "words",
"amount"}]}]}`; numbers are decimal text, `folder` is where the packet's `files` were written.
"""

from __future__ import annotations

import json
from collections.abc import Sequence
from decimal import Decimal
from pathlib import Path

from app import durable, paths
from app.export.annex_frame import FIRST_ROW, HEADER_ROW, head_of, list_tools
from app.export.packet_content import Figure, PacketContent, SourceRef
from app.export.report import bookmark_texts
from app.export.workbook import OfficeWorkbook, SheetColumn, Value, protect
from app.json_tree import Json
from app.kinds import word_of

SOURCES_SHEET = "Nguồn"
_HOW = {
    "counted": "Đếm bản ghi",
    "summed": "Cộng số liệu báo cáo",
    "ratio": "Tỷ lệ",
}
_LEVELS = {"exact": "Chính xác", "nearly": "Gần", "over": "Trên"}
_FIGURE_COLUMNS = (
    SheetColumn("Mã số liệu", 10, "Mã"),
    SheetColumn("Số liệu", 44),
    SheetColumn("Giá trị", 14, "Số lẻ"),
    SheetColumn("Đơn vị", 12, "Giữa ô"),
    SheetColumn("Mức", 12, "Giữa ô"),
    SheetColumn("Cách tính", 22),
    SheetColumn("Số bản ghi nguồn", 12, "Số"),
    SheetColumn("Ghi chú", 26),
    SheetColumn("Dấu trang trong báo cáo", 18, "Mã"),
)
_SOURCE_COLUMNS = (
    SheetColumn("Mã số liệu", 10, "Mã"),
    SheetColumn("TT", 6, "Số thứ tự"),
    SheetColumn("Loại bản ghi", 22),
    SheetColumn("Nội dung", 60),
    SheetColumn("Giá trị góp", 14, "Số lẻ"),
    SheetColumn("Mã bản ghi", 40, "Mã"),
)


def write_sources(content: PacketContent, path: Path) -> None:
    """Write the workbook of sources to *path*."""
    book = OfficeWorkbook(
        title=f"Danh mục nguồn số liệu: {content.title}",
        subject=content.abstract,
        author=content.about.written_by,
        at=content.about.written_at,
    )
    marks = _bookmarks(content)
    figures = [
        _figure_row(content.codes[f.key], f, marks[content.codes[f.key]]) for f in content.figures
    ]
    _write_list(
        book,
        content,
        name="Số liệu",
        title="Danh mục số liệu của báo cáo",
        columns=_FIGURE_COLUMNS,
        rows=figures,
    )
    sources = [
        _source_row(content.codes[figure.key], n, source)
        for figure in content.figures
        for n, source in enumerate(figure.sources, start=1)
    ]
    _write_list(
        book,
        content,
        name=SOURCES_SHEET,
        title="Bản ghi nguồn của từng số liệu",
        columns=_SOURCE_COLUMNS,
        rows=sources,
    )
    book.save(path)


def write_sources_json(content: PacketContent, path: Path, files: Sequence[Path]) -> None:
    """Write the same list for programs, and where the packet's *files* lie, all in one folder."""
    marks = _bookmarks(content)
    figures = [
        _figure_json(content.codes[f.key], f, marks[content.codes[f.key]]) for f in content.figures
    ]
    whole = {
        "format": "phoihop.sources",
        "version": 1,
        "packet": content.about.packet_id,
        "review": content.title,
        "folder": paths.named(files[0].parent),
        "files": [file.name for file in files],
        "figures": figures,
    }
    durable.write_bytes(path, (json.dumps(whole, ensure_ascii=False, indent=1) + "\n").encode())


def _write_list(
    book: OfficeWorkbook,
    content: PacketContent,
    *,
    name: str,
    title: str,
    columns: Sequence[SheetColumn],
    rows: Sequence[Sequence[Value]],
) -> None:
    sheet = book.sheet(name)
    book.head(sheet, [*head_of(content, "", title), ("", "Chú dẫn")], len(columns))
    book.header(sheet, HEADER_ROW, columns)
    for n, row in enumerate(rows):
        book.row(sheet, FIRST_ROW + n, columns, row)
    list_tools(sheet, HEADER_ROW + max(len(rows), 1), len(columns), "B")
    protect(sheet)


def _figure_row(code: str, figure: Figure, marks: Sequence[str]) -> Sequence[Value]:
    return (
        code, figure.label, figure.value, figure.unit, _LEVELS[figure.qualifier],
        _HOW[figure.how], len(figure.sources), figure.note, ", ".join(marks),
    )  # fmt: skip


def _source_row(code: str, number: int, source: SourceRef) -> Sequence[Value]:
    return code, number, word_of(source.kind), source.words, source.amount, source.id


def _figure_json(code: str, figure: Figure, marks: Sequence[str]) -> dict[str, Json]:
    return {
        "code": code,
        "key": figure.key,
        "label": figure.label,
        "value": f"{figure.value:f}",
        "unit": figure.unit,
        "qualifier": figure.qualifier,
        "how": figure.how,
        "note": figure.note,
        "previous": _plain(figure.previous),
        "bookmarks": list(marks),
        "sources": [
            {"kind": s.kind, "id": s.id, "words": s.words, "amount": _plain(s.amount)}
            for s in figure.sources
        ],
    }


def _plain(value: Decimal | None) -> str | None:
    return None if value is None else f"{value:f}"


def _bookmarks(content: PacketContent) -> dict[str, list[str]]:
    """The bookmarks of each figure's code in the report: its annex line, then its citations."""
    found = {code: [code] for code in content.codes.values()}
    for name in bookmark_texts(content):
        found[name.partition("_")[0]].append(name)
    return found
