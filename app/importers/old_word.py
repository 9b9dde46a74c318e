"""Word 97–2003 files (.doc) in: the text through the piece table, old letters by their fonts.

Layout after [MS-DOC]: FIB at the start of the WordDocument stream, piece table (Clx) in the table
stream, runs of formatting in 512-byte pages. Automatic numbers are not computed: when the file has
some, a warning asks for a .docx.
"""

from __future__ import annotations

import io
import re
import struct
from collections.abc import Sequence
from dataclasses import dataclass, replace

import olefile

from app.importers.lettering import likeness, mended, read_in_font
from app.importers.lines import Line, lines_of_paragraph, lines_of_table
from app.importers.old_word_runs import Run, runs_of
from app.importers.refusal import NotReadable
from app.text import clean

_WORD97 = 0xA5EC
_WORD_BEFORE = frozenset({0xA5DC, 0xA5DB, 0xA59C, 0xA5D0})
_ENCRYPTED, _TABLE1 = 0x0100, 0x0200
_CLX = 33  # places in the FIB's table of offsets, [MS-DOC] 2.5.6
_LISTS = 73
_DAMAGED = "tệp .doc bị hỏng; hãy mở bằng Word, chọn sửa chữa rồi lưu thành .docx."
_CELL, _FIELD, _RESULT, _END = "\x07", "\x13", "\x14", "\x15"
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
        text, letterings = _text(word, table)
        has_lists = _pair(word, _LISTS)[1] > 2
    except (OSError, struct.error, IndexError, ValueError, KeyError, UnicodeError) as error:
        raise NotReadable(_DAMAGED) from error
    lines = _lines(text)
    texts, guessed = mended([line.text for line in lines])
    letterings |= {guessed} - {""}
    found = [replace(line, text=one) for line, one in zip(lines, texts, strict=True) if one]
    return found, _warnings(found, letterings, has_lists=has_lists)


def _warnings(lines: Sequence[Line], letterings: set[str], *, has_lists: bool) -> list[str]:
    found = []
    if letterings:
        names = ", ".join(sorted(letterings))
        found.append(f"Chữ trong tệp theo bảng mã cũ {names}; đã chuyển sang Unicode.")
    if has_lists:
        found.append(
            "Tệp .doc có thể dùng đánh số tự động, số khoản và điểm sẽ thiếu: "
            "đối chiếu, hoặc mở bằng Word và lưu lại thành .docx."
        )
    text = "\n".join(line.text for line in lines)
    if len(text) > 200 and likeness(text) < 0.02:
        found.append("Tệp không có chữ tiếng Việt có dấu: đối chiếu kỹ với bản gốc.")
    return found


def _streams(file: olefile.OleFileIO) -> tuple[bytes, bytes]:
    """The text stream and its table stream; refuses what is not a readable Word file."""
    if file.exists("EncryptedPackage") or file.exists("EncryptionInfo"):
        raise NotReadable("tệp được đặt mật khẩu; hãy bỏ mật khẩu trong Word rồi thử lại.")
    if any("DRM" in part for entry in file.listdir() for part in entry):
        raise NotReadable("tệp bị khóa quyền (IRM); cần bản không khóa từ nơi gửi.")
    if file.exists("Workbook") or file.exists("Book"):
        raise NotReadable("đây là bảng tính Excel, không phải văn bản Word.")
    if not file.exists("WordDocument"):
        raise NotReadable("không thấy nội dung văn bản Word bên trong tệp.")
    word = file.openstream("WordDocument").read()
    mark, flags = struct.unpack_from("<H", word, 0)[0], struct.unpack_from("<H", word, 10)[0]
    if mark in _WORD_BEFORE:
        raise NotReadable(
            "tệp do Word quá cũ (trước 1997) ghi; hãy mở bằng Word và lưu thành .docx."
        )
    if mark != _WORD97:
        raise NotReadable(_DAMAGED)
    if flags & _ENCRYPTED:
        raise NotReadable("tệp được đặt mật khẩu; hãy bỏ mật khẩu trong Word rồi thử lại.")
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


def _text(word: bytes, table: bytes) -> tuple[str, set[str]]:
    """The main text in Unicode, and the names of the old letterings met."""
    length = _main_length(word)
    runs = runs_of(word, table, _pair)
    letterings: set[str] = set()
    found: list[str] = []
    for piece in _pieces(word, table):
        if piece.start >= length:
            break
        found += _piece_text(word, piece, min(piece.end, length), runs, letterings)
    return "".join(found), letterings


def _piece_text(
    word: bytes, piece: _Piece, end: int, runs: Sequence[Run], letterings: set[str]
) -> list[str]:
    width = 1 if piece.narrow else 2
    first, last = piece.offset, piece.offset + (end - piece.start) * width
    if last > len(word) or last < first:
        raise NotReadable(_DAMAGED)
    found = []
    for start, stop, run in _cut(first, last, runs):
        raw = word[start:stop]
        text = (
            raw.decode("cp1252", "replace") if piece.narrow else raw.decode("utf-16-le", "replace")
        )
        found.append(_run_text(text, run, letterings))
    return found


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


def _run_text(text: str, run: Run | None, letterings: set[str]) -> str:
    if run is None:
        return text
    if run.deleted or run.hidden:
        return re.sub(r"[^\x13\x14\x15\r\x07]", "", text)  # the marks of structure must stay
    decoded, lettering = read_in_font(text, run.font)
    if lettering:
        letterings.add(lettering)
    return decoded


def _without_fields(text: str) -> str:
    """Field codes out, their results in; the result of a table of contents out too."""
    found: list[str] = []
    codes: list[tuple[str, bool]] = []  # code so far, whether its result has begun
    for c in text:
        if c == _FIELD:
            codes.append(("", False))
        elif c == _RESULT and codes:
            codes[-1] = (codes[-1][0], True)
        elif c == _END and codes:
            codes.pop()
        elif codes and not codes[-1][1]:
            codes[-1] = (codes[-1][0] + c, False)
        elif not any(code.strip().upper().startswith("TOC") for code, _ in codes):
            found.append(c)
    return "".join(found)


def _lines(text: str) -> list[Line]:
    """Paragraphs as lines; cells end with a bell, and a row with an empty one."""
    lines: list[Line] = []
    rows: list[list[list[Line]]] = []
    row: list[list[Line]] = []
    cell: list[Line] = []
    tables = 0
    for piece in re.findall(r"[^\r\x07\x0c]*[\r\x07\x0c]?", _without_fields(text)):
        words, mark = (piece[:-1], piece[-1:]) if piece[-1:] in "\r\x07\x0c" else (piece, "")
        paragraph = lines_of_paragraph(words.translate(_MARKS), split=mark == _CELL or bool(row))
        cell += paragraph
        if mark == _CELL and not words and not cell and row:
            rows.append(row)
            row = []
        elif mark == _CELL:
            row.append(cell)
            cell = []
        elif not row and cell:
            # A paragraph that ends with a return may be the first of a cell with several, or plain
            # text: until a bell is met they read the same, so let it out as text.
            if rows:
                tables += 1
                lines += lines_of_table(rows, tables)
                rows = []
            lines += cell
            cell = []
    tables += 1
    lines += lines_of_table([*rows, *([row] if row else [])], tables) + cell
    return [line for line in lines if clean(line.text)]
