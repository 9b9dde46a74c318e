"""Read a packet back from the disk and compare it with what should be in it (fault F070)."""

from __future__ import annotations

import zlib
from pathlib import Path
from zipfile import BadZipFile, ZipFile

from docx import Document
from docx.opc.exceptions import OpcError
from docx.oxml.ns import qn
from lxml.etree import _Element
from openpyxl import load_workbook

from app.errors import FileProblem
from app.export.annex import agency_sheets
from app.export.annex_frame import FIRST_ROW
from app.export.annex_sheets import TASK_COLUMNS
from app.export.packet_content import PacketContent
from app.export.report import bookmark_texts
from app.export.report_annexes import TASK_HEADER
from app.export.sources import SOURCES_SHEET
from app.export.wording import figure_in_table, typeset
from app.words import told

_ID = len(TASK_COLUMNS)
# What python-docx, openpyxl and the parsers below them say of a package that is not whole.
_BROKEN = (
    BadZipFile,
    zlib.error,
    OpcError,
    SyntaxError,  # of XML: both parsers derive theirs from it
    LookupError,
    RuntimeError,  # zipfile: encrypted, or packed in a way it does not know
    TypeError,
    ValueError,
    EOFError,
    OSError,
)


def check_report(path: Path, content: PacketContent) -> int:
    """Check the Word report; returns how many task rows it holds. Raises FileProblem."""
    try:
        _check_sums(path)
        body = Document(str(path)).element.body
    except _BROKEN as error:
        raise _mismatch(path, told("không đọc lại được")) from error
    marks = _bookmarks(body)
    expected = bookmark_texts(content) | {
        content.codes[figure.key]: figure_in_table(figure) for figure in content.figures
    }
    for name, text in expected.items():
        if marks.get(name) != text:
            raise _mismatch(
                path, told("thiếu số liệu {name} ({typeset})", name=name, typeset=typeset(text))
            )
    rows = sum(_task_rows(table) for table in body.iter(qn("w:tbl")))
    if rows != content.task_count:
        raise _mismatch(
            path,
            told(
                "có {rows} dòng nhiệm vụ thay vì {task_count}",
                rows=rows,
                task_count=content.task_count,
            ),
        )
    return rows


def check_annex(path: Path, content: PacketContent) -> int:
    """Check the Excel annex, row by row; returns how many task rows it holds."""
    try:
        _check_sums(path)
        book = load_workbook(path, data_only=True)
    except _BROKEN as error:
        raise _mismatch(path, told("không đọc lại được")) from error
    rows = 0
    for agency, name in zip(content.agencies, agency_sheets(content), strict=True):
        sheet = book[name]
        found = [
            cell.value for (cell,) in sheet.iter_rows(min_row=FIRST_ROW, min_col=_ID, max_col=_ID)
        ]
        ids = [value for value in found if value is not None]
        if ids != [row.id for row in agency.rows]:
            raise _mismatch(path, told("trang “{name}” không đủ dòng", name=name))
        rows += len(ids)
    return rows


def check_sources(path: Path, content: PacketContent) -> int:
    """Check the Excel list of sources, record by record; returns how many it names."""
    try:
        _check_sums(path)
        book = load_workbook(path, read_only=True, data_only=True)
        try:
            rows = list(book[SOURCES_SHEET].iter_rows(min_row=FIRST_ROW, values_only=True))
        finally:
            book.close()
        found = [(row[0], row[-1]) for row in rows if row[0] is not None]
    except _BROKEN as error:
        raise _mismatch(path, told("không đọc lại được")) from error
    codes = content.codes
    if found != [(codes[f.key], source.id) for f in content.figures for source in f.sources]:
        raise _mismatch(path, told("không đủ bản ghi nguồn"))
    return len(found)


def _check_sums(path: Path) -> None:
    """Raise BadZipFile if a part of the package is not what was written."""
    with ZipFile(path) as archive:
        damaged = archive.testzip()
    if damaged is not None:
        raise BadZipFile(damaged)


def _mismatch(path: Path, why: str) -> FileProblem:
    return FileProblem(
        path=path.name,
        why=told(
            "tệp vừa ghi {why}. Bộ tài liệu chưa được xuất; hãy kiểm tra ổ đĩa rồi xuất lại.",
            why=why,
        ),
    )


def _bookmarks(body: _Element) -> dict[str, str]:
    """The text inside each bookmark; ours never cross a paragraph."""
    found: dict[str, str] = {}
    for start in body.iter(qn("w:bookmarkStart")):
        text, node = "", start.getnext()
        while node is not None and node.tag != qn("w:bookmarkEnd"):
            text += "".join(t.text or "" for t in node.iter(qn("w:t")))
            node = node.getnext()
        found[start.get(qn("w:name"), "")] = text
    return found


def _task_rows(table: _Element) -> int:
    """How many rows of obligations *table* holds; 0 when it is a table of something else."""
    rows = table.findall(qn("w:tr"))
    cells = rows[0].findall(qn("w:tc")) if rows else []
    header = tuple("".join(t.text or "" for t in cell.iter(qn("w:t"))) for cell in cells)
    return len(rows) - 1 if header == TASK_HEADER else 0
