"""A Word 97 file put together by hand: compound file, FIB, piece table, fonts and runs."""

from __future__ import annotations

import re
import struct
from collections.abc import Sequence

_SECTOR = 512
_FREE, _END, _FAT, _NONE = 0xFFFFFFFF, 0xFFFFFFFE, 0xFFFFFFFD, 0xFFFFFFFF


def old_word(
    text: str,
    *,
    font: str = "Times New Roman",
    wide: bool = True,
    flags: int = 0,
    mark: int = 0xA5EC,
    deleted: tuple[int, int] | None = None,
    papers: Sequence[bytes] = (),
    levels: Sequence[tuple[int, str]] = (),
) -> bytes:
    """A .doc of *text* (`\\r` ends a paragraph, `\\x07` a cell) in one *font*.

    *deleted* marks characters as a tracked deletion; *flags* and *mark* go into the FIB; *papers*
    dress the paragraphs in order; *levels* (format code, drawn text) make one list, number 1.
    """
    raw = text.encode("utf-16-le") if wide else text.encode("latin-1")
    start, width = 1024, 2 if wide else 1
    runs = _runs(start, len(text), width, deleted)
    page_at = (start + len(raw) + _SECTOR - 1) // _SECTOR
    parts = {
        33: _pieces(len(text), start, wide=wide),
        15: _fonts(font),
        12: struct.pack("<3I", start, start + len(raw), page_at),
    }
    if papers:
        parts[13] = struct.pack("<3I", start, start + len(raw), page_at + 1)
    if levels:
        parts |= {73: _list(levels), 74: struct.pack("<IiIIBBBBI", 1, 7, 0, 0, 0, 0, 0, 0, 0)}
    table, places = _table(parts)
    stream = _fib(mark, flags | 0x0200, len(text), places)
    stream = stream.ljust(start, b"\0") + raw
    stream = stream.ljust(page_at * _SECTOR, b"\0") + _page(runs)
    if papers:
        stream += _paper_page(text, start, width, papers)
    return compound({"WordDocument": stream, "1Table": table})


def compound(streams: dict[str, bytes]) -> bytes:
    """A compound file (OLE2) of *streams*, each padded past the mini stream's limit."""
    padded = {name: data.ljust(4096, b"\0") for name, data in streams.items()}
    chains, place = {}, 2  # sector 0 is the FAT, sector 1 the directory
    fat = [_FAT, _END]
    body = b""
    directory_more = (len(padded) + 1 + 3) // 4 - 1
    if directory_more:
        raise ValueError("the maker's directory has one sector")
    for name, data in padded.items():
        count = (len(data) + _SECTOR - 1) // _SECTOR
        chains[name] = place
        fat += [place + n + 1 for n in range(count - 1)] + [_END]
        body += data.ljust(count * _SECTOR, b"\0")
        place += count
    if len(fat) > 128:
        raise ValueError("the maker's FAT has one sector")
    fat += [_FREE] * (128 - len(fat))
    return _header() + struct.pack("<128I", *fat) + _directory(padded, chains) + body


def _runs(
    start: int, length: int, width: int, deleted: tuple[int, int] | None
) -> list[tuple[int, int, bytes]]:
    font = struct.pack("<HH", 0x4A4F, 0)
    end = start + length * width
    if deleted is None:
        return [(start, end, font)]
    first, last = (start + place * width for place in deleted)
    return [
        (start, first, font),
        (first, last, font + struct.pack("<HB", 0x0800, 1)),
        (last, end, font),
    ]


def _page(runs: list[tuple[int, int, bytes]]) -> bytes:
    edges = [runs[0][0], *(end for _, end, _ in runs)]
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(edges)}I", page, 0, *edges)
    place = _SECTOR - 2
    for number, (_, _, properties) in enumerate(runs):
        place -= (len(properties) + 2) // 2 * 2
        page[place] = len(properties)
        page[place + 1 : place + 1 + len(properties)] = properties
        page[4 * len(edges) + number] = place // 2
    page[-1] = len(runs)
    return bytes(page)


def in_table(*, ends_row: bool = False) -> bytes:
    """The dress of a paragraph in a table."""
    return struct.pack("<HB", 0x2416, 1) + (struct.pack("<HB", 0x2417, 1) if ends_row else b"")


def numbered(level: int) -> bytes:
    """The dress of a paragraph in list 1."""
    return struct.pack("<HBHH", 0x260A, level, 0x460B, 1)


def _paper_page(text: str, start: int, width: int, papers: Sequence[bytes]) -> bytes:
    ends = [start + found.end() * width for found in re.finditer("[\r\x07]", text)]
    page = bytearray(_SECTOR)
    struct.pack_into(f"<{len(ends) + 1}I", page, 0, start, *ends)
    place = _SECTOR - 2
    for number, dress in enumerate(papers):
        whole = struct.pack("<H", 0) + dress
        whole += bytes(1 - len(whole) % 2)
        place -= (len(whole) + 2) // 2 * 2
        page[place] = (len(whole) + 1) // 2
        page[place + 1 : place + 1 + len(whole)] = whole
        page[4 * (len(ends) + 1) + 13 * number] = place // 2
    page[-1] = len(ends)
    return bytes(page)


def _pieces(length: int, start: int, *, wide: bool) -> bytes:
    stored = start if wide else (start * 2) | 0x40000000
    plc = struct.pack("<2I", 0, length) + struct.pack("<HIH", 0, stored, 0)
    return b"\x02" + struct.pack("<I", len(plc)) + plc


def _fonts(font: str) -> bytes:
    name = (font + "\0").encode("utf-16-le")
    return struct.pack("<HH", 1, 0) + bytes([39 + len(name)]) + bytes(39) + name


def _list(levels: Sequence[tuple[int, str]]) -> bytes:
    found = struct.pack("<H", 1) + struct.pack("<ii", 7, 0) + bytes(20)
    for place in range(9):
        form, drawn = levels[place] if place < len(levels) else (0, "")
        shape = drawn.translate({ord("0") + n + 1: chr(n) for n in range(9)}).replace("%", "")
        found += struct.pack("<iB", 1, form) + bytes(23)
        found += struct.pack("<H", len(shape)) + shape.encode("utf-16-le")
    return found


def _table(parts: dict[int, bytes]) -> tuple[bytes, dict[int, tuple[int, int]]]:
    found, table = {}, b"\0" * 16
    for place, data in parts.items():
        found[place] = (len(table), len(data))
        table += data
    return table, found


def _fib(mark: int, flags: int, length: int, places: dict[int, tuple[int, int]]) -> bytes:
    base = struct.pack("<HHHHHH", mark, 0xC1, 0, 0, 0, flags).ljust(32, b"\0")
    words = struct.pack("<H", 14) + bytes(28)
    longs = struct.pack("<H", 22) + bytes(12) + struct.pack("<i", length) + bytes(72)
    pairs = b"".join(struct.pack("<II", *places.get(n, (0, 0))) for n in range(93))
    return base + words + longs + struct.pack("<H", 93) + pairs


def _header() -> bytes:
    head = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1" + bytes(16)
    head += struct.pack("<HHHHH", 0x3E, 3, 0xFFFE, 9, 6) + bytes(6)
    head += struct.pack("<IIIIIIIII", 0, 1, 1, 0, 4096, _END, 0, _END, 0)
    return head + struct.pack("<I", 0) + struct.pack("<I", _FREE) * 108


def _directory(streams: dict[str, bytes], chains: dict[str, int]) -> bytes:
    names = sorted(streams, key=lambda name: (len(name), name.upper()))
    found = _entry("Root Entry", 5, _NONE, _NONE, 1, _END, 0)
    for number, name in enumerate(names, start=1):
        following = number + 1 if number < len(names) else _NONE
        found += _entry(name, 2, _NONE, following, _NONE, chains[name], len(streams[name]))
    return found + bytes(128) * (4 - 1 - len(names))


def _entry(name: str, kind: int, left: int, right: int, child: int, start: int, size: int) -> bytes:
    raw = (name + "\0").encode("utf-16-le")
    head = raw.ljust(64, b"\0") + struct.pack("<HBB", len(raw), kind, 1)
    return (
        head + struct.pack("<III", left, right, child) + bytes(36) + struct.pack("<IQ", start, size)
    )
