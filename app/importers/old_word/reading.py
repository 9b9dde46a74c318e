"""Word 97–2003 files (.doc) in: the text through the piece table, old letters by their fonts.

Layout after [MS-DOC]: FIB at the start of the WordDocument stream, piece table (Clx) in the table
stream, formatting of runs and paragraphs in 512-byte pages.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

import olefile

from app.importers.analysis.lettering import likeness, mended, read_in_font
from app.importers.lines import Line
from app.importers.old_word.paragraphs import Paper, Papers
from app.importers.old_word.runs import Run, runs_of
from app.importers.other.page import Page
from app.importers.refusal import NotReadable
from app.text import clean
from app.words import marked, told

_WORD97 = 0xA5EC
_WORD_BEFORE = frozenset({0xA5DC, 0xA5DB, 0xA59C, 0xA5D0})
_ENCRYPTED, _TABLE1 = 0x0100, 0x0200
_CLX = 33  # places in the FIB's table of offsets, [MS-DOC] 2.5.6
_DAMAGED = marked("tệp .doc bị hỏng; hãy mở bằng Word, chọn sửa chữa rồi lưu thành .docx.")
_CELL, _FIELD, _RESULT, _END = "\x07", "\x13", "\x14", "\x15"
_PARAGRAPH_ENDS = "\r\x07\x0c"
_STRUCTURE = re.compile("[\r\x07\x0c\x13\x14\x15]")
_MARKS = str.maketrans(
    {"\x1e": "-", "\x1f": None, "\x01": None, "\x02": None, "\x05": None, "\x08": None}
)


@dataclass(frozen=True)
class _Piece:
    """A stretch of the text: characters [start, end), stored at byte *offset*."""

    start: int
    end: int
    offset: int
    narrow: bool


def lines_of_old_word(data: bytes) -> tuple[list[Line], list[str]]:
    """The lines of a .doc and what to warn of. Raises NotReadable."""
    try:
        with olefile.OleFileIO(io.BytesIO(data)) as file:
            word, table = _streams(file)
        story = _Story(word, table)
        story.read(_pieces(word, table), _main_length(word))
    except (OSError, struct.error, IndexError, ValueError, KeyError, UnicodeError) as error:
        raise NotReadable(_DAMAGED) from error
    lines = story.page.lines
    texts, guessed = mended([line.text for line in lines])
    found = [replace(line, text=text) for line, text in zip(lines, texts, strict=True)]
    return found, _warnings(found, story.letterings | ({guessed} - {""}))


def _warnings(lines: Sequence[Line], letterings: set[str]) -> list[str]:
    found = []
    if letterings:
        names = ", ".join(sorted(letterings))
        found.append(
            told("Chữ trong tệp theo bảng mã cũ {names}; đã chuyển sang Unicode.", names=names)
        )
    text = "\n".join(line.text for line in lines)
    if len(text) > 200 and likeness(text) < 0.02:
        found.append(told("Tệp không có chữ tiếng Việt có dấu: đối chiếu kỹ với bản gốc."))
    return found


def _streams(file: olefile.OleFileIO) -> tuple[bytes, bytes]:
    """The text stream and its table stream; refuses what is not a readable Word file."""
    if any("DRM" in part for entry in file.listdir(storages=True) for part in entry):
        raise NotReadable(told("tệp bị khóa quyền (IRM); cần bản không khóa từ nơi gửi."))
    if file.exists("EncryptedPackage") or file.exists("EncryptionInfo"):
        raise NotReadable(told("tệp được đặt mật khẩu; hãy bỏ mật khẩu trong Word rồi thử lại."))
    if file.exists("Workbook") or file.exists("Book"):
        raise NotReadable(told("đây là bảng tính Excel, không phải văn bản Word."))
    if not file.exists("WordDocument"):
        raise NotReadable(told("không thấy nội dung văn bản Word bên trong tệp."))
    word = file.openstream("WordDocument").read()
    mark, flags = struct.unpack_from("<H", word, 0)[0], struct.unpack_from("<H", word, 10)[0]
    if mark in _WORD_BEFORE:
        raise NotReadable(
            told("tệp do Word quá cũ (trước 1997) ghi; hãy mở bằng Word và lưu thành .docx.")
        )
    if mark != _WORD97:
        raise NotReadable(_DAMAGED)
    if flags & _ENCRYPTED:
        raise NotReadable(told("tệp được đặt mật khẩu; hãy bỏ mật khẩu trong Word rồi thử lại."))
    name = "1Table" if flags & _TABLE1 else "0Table"
    if not file.exists(name):
        raise NotReadable(_DAMAGED)
    return word, file.openstream(name).read()


def _pair(word: bytes, place: int) -> tuple[int, int]:
    """Offset and length number *place* of the FIB's table."""
    words = struct.unpack_from("<H", word, 32)[0]
    longs_at = 34 + 2 * words
    longs = struct.unpack_from("<H", word, longs_at)[0]
    pairs_at = longs_at + 2 + 4 * longs
    count = struct.unpack_from("<H", word, pairs_at)[0]
    if place >= count:
        return 0, 0
    offset, length = struct.unpack_from("<II", word, pairs_at + 2 + 8 * place)
    return offset, length


def _main_length(word: bytes) -> int:
    """Characters of the main text: footnotes, headers and comments come after it."""
    words = struct.unpack_from("<H", word, 32)[0]
    return int(struct.unpack_from("<i", word, 34 + 2 * words + 2 + 4 * 3)[0])


def _pieces(word: bytes, table: bytes) -> list[_Piece]:
    offset, length = _pair(word, _CLX)
    clx = table[offset : offset + length]
    place = 0
    while place < len(clx) and clx[place] == 1:  # formatting of pieces: not needed
        place += 3 + struct.unpack_from("<H", clx, place + 1)[0]
    if place >= len(clx) or clx[place] != 2:
        raise NotReadable(_DAMAGED)
    size = struct.unpack_from("<I", clx, place + 1)[0]
    plc = clx[place + 5 : place + 5 + size]
    count = (len(plc) - 4) // 12
    ends = struct.unpack_from(f"<{count + 1}I", plc, 0)
    pieces = []
    for number in range(count):
        stored = struct.unpack_from("<I", plc, 4 * (count + 1) + 8 * number + 2)[0]
        narrow = bool(stored & 0x40000000)
        start = stored & 0x3FFFFFFF
        pieces.append(
            _Piece(ends[number], ends[number + 1], start // 2 if narrow else start, narrow)
        )
    return pieces


class _Story:
    """The main text, read piece by piece into a page."""

    def __init__(self, word: bytes, table: bytes) -> None:
        self.word = word
        self.runs = runs_of(word, table, _pair)
        self.papers = Papers(word, table, _pair)
        self.letterings: set[str] = set()
        self.page = Page()
        self.codes: list[tuple[str, bool]] = []  # open fields: code so far, result begun
        self.after_cell = False

    def read(self, pieces: Sequence[_Piece], length: int) -> None:
        """Take in the first *length* characters; notes and headers come after them."""
        for piece in pieces:
            if piece.start >= length:
                break
            width = 1 if piece.narrow else 2
            last = piece.offset + (min(piece.end, length) - piece.start) * width
            if last > len(self.word) or last < piece.offset:
                raise NotReadable(_DAMAGED)
            for start, stop, run in _cut(piece.offset, last, self.runs):
                self._stretch(start, stop, run, narrow=piece.narrow)
        self._end("\r", self.papers.at(0))
        self.page.end_table()

    def _stretch(self, start: int, stop: int, run: Run | None, *, narrow: bool) -> None:
        """Characters dressed alike: text up to a mark, the mark, and so on."""
        raw = self.word[start:stop]
        text = raw.decode("cp1252" if narrow else "utf-16-le", "replace")
        place, width = 0, 1 if narrow else 2
        for found in _STRUCTURE.finditer(text):
            self._text(text[place : found.start()], run)
            self._mark(found.group(), start + found.start() * width)
            place = found.end()
        self._text(text[place:], run)

    def _text(self, text: str, run: Run | None) -> None:
        if self.codes and not self.codes[-1][1]:
            self.codes[-1] = (self.codes[-1][0] + text, False)
            return
        if (run is not None and (run.deleted or run.hidden)) or self._in_contents():
            return
        if run is not None:
            text, lettering = read_in_font(text, run.font)
            self.letterings |= {lettering} - {""}
        self.page.text += text.translate(_MARKS)
        bold = run is not None and run.bold
        self.page.bold = self.page.bold and (bold or not any(c.isalnum() for c in text))

    def _in_contents(self) -> bool:
        return any(code.strip().upper().startswith("TOC") for code, _ in self.codes)

    def _mark(self, mark: str, byte: int) -> None:
        if mark == _FIELD:
            self.codes.append(("", False))
        elif mark == _RESULT and self.codes:
            self.codes[-1] = (self.codes[-1][0], True)
        elif mark == _END and self.codes:
            self.codes.pop()
        elif mark in _PARAGRAPH_ENDS:
            self._end(mark, self.papers.at(byte))

    def _end(self, mark: str, paper: Paper) -> None:
        """Close a paragraph, a cell or a row, its automatic number put before it."""
        blank = not clean(self.page.text)
        if paper.list and not blank:
            number = self.papers.numbers.label(str(paper.list), paper.level)
            self.page.text = f"{number} {self.page.text}"
        ends_row = paper.ends_row if self.papers else blank and self.after_cell
        if mark == _CELL and ends_row:
            self.page.end_row()
        elif mark == _CELL:
            self.page.end_cell()
        else:
            self.page.end_paragraph(in_table=paper.in_table)
        self.after_cell = mark == _CELL and not ends_row


def _cut(first: int, last: int, runs: Sequence[Run]) -> list[tuple[int, int, Run | None]]:
    """The bytes [first, last) cut where the formatting changes."""
    found: list[tuple[int, int, Run | None]] = []
    place = first
    for run in runs:
        if run.end <= place or run.start >= last:
            continue
        if run.start > place:
            found.append((place, run.start, None))
            place = run.start
        found.append((place, min(run.end, last), run))
        place = min(run.end, last)
    if place < last:
        found.append((place, last, None))
    return found
