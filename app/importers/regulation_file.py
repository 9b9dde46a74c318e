"""A file in, a proposal out: nothing is saved or run, nothing outside the file is fetched."""

from __future__ import annotations

import hashlib
from pathlib import Path

from app.errors import Unreadable
from app.importers.analysis.reading import documents_of
from app.importers.file_kind import FileKind, kind_of
from app.importers.lines import Line
from app.importers.other.plain_text import lines_of_text
from app.importers.proposal import ImportProposal
from app.importers.refusal import NotReadable
from app.progress import Progress, quiet
from app.words import told

LARGEST_FILE = 200 * 1024 * 1024
"""Bytes; no regulation is larger, and reading more would stop the office's computer."""

MOST_LINES = 200_000
"""Five thousand pages; what is longer is no regulation, and reading its tree would take minutes."""

_STEPS = 4


def read_regulation(path: Path, progress: Progress = quiet) -> ImportProposal:
    """Read a regulation from a Word (.docx, .docm, .doc), RTF, HTML or text file.

    The kind is told by content, not by the name. Raises Unreadable with one sentence for anything
    that cannot be read whole, and Cancelled when *progress* says so.
    """
    progress(0, _STEPS)
    data = _bytes(path)
    progress(1, _STEPS)
    lines, warnings = _lines(path, data)
    progress(2, _STEPS)
    if not lines:
        raise Unreadable(
            path=path.name, why="tệp không có chữ nào; nếu là bản chụp, hãy dùng bản gốc."
        )
    if len(lines) > MOST_LINES:
        raise Unreadable(
            path=path.name, why="văn bản dài hơn 200.000 dòng; hãy tách riêng phần quy chế."
        )
    documents = documents_of(lines, path.stem)
    progress(3, _STEPS)
    proposal = ImportProposal(
        path=path,
        sha256=hashlib.sha256(data).hexdigest(),
        size=len(data),
        documents=documents,
        lines=tuple(line.text for line in lines),
        warnings=tuple(warnings),
    )
    progress(_STEPS, _STEPS)
    return proposal


def _bytes(path: Path) -> bytes:
    try:
        if path.is_dir():
            raise Unreadable(path=path.name, why="đây là thư mục; hãy chọn một tệp.")
        if path.stat().st_size > LARGEST_FILE:
            raise Unreadable(
                path=path.name, why="tệp lớn hơn 200 MB; hãy tách nhỏ hoặc bỏ bớt ảnh."
            )
        return path.read_bytes()
    except FileNotFoundError as error:
        raise Unreadable(path=path.name, why="tệp không còn ở đó; hãy chọn lại.") from error
    except PermissionError as error:
        why = told("không có quyền đọc, hoặc tệp đang bị chương trình khác giữ.")
        raise Unreadable(path=path.name, why=why) from error
    except (OSError, ValueError) as error:
        raise Unreadable(
            path=path.name, why="ổ đĩa báo lỗi khi đọc; hãy chép tệp ra nơi khác."
        ) from error


def _lines(path: Path, data: bytes) -> tuple[list[Line], list[str]]:
    try:
        return _read(kind_of(data), data)
    except NotReadable as error:
        raise Unreadable(path=path.name, why=str(error)) from error


def _read(kind: FileKind, data: bytes) -> tuple[list[Line], list[str]]:
    """Each reader is loaded when first needed: lxml and olefile are not small."""
    if kind is FileKind.WORD:
        from app.importers.word.reading import lines_of_word

        return lines_of_word(data)
    if kind is FileKind.OLD_WORD:
        from app.importers.old_word.reading import lines_of_old_word

        return lines_of_old_word(data)
    if kind is FileKind.RTF:
        from app.importers.other.rtf import lines_of_rtf

        return lines_of_rtf(data)
    if kind is FileKind.HTML:
        from app.importers.other.html_text import lines_of_html

        return lines_of_html(data)
    return lines_of_text(data)
