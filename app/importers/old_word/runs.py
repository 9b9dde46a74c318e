"""How the characters of a .doc are dressed: font, deleted, hidden ([MS-DOC] 2.8.5, 2.9.326)."""

from __future__ import annotations

import struct
from collections.abc import Callable
from dataclasses import dataclass

_CHARACTER_PAGES, _FONTS = 12, 15  # places in the FIB's table of offsets
_PAGE = 512
_FONT, _DELETED, _HIDDEN, _BOLD = 0x4A4F, 0x0800, 0x083C, 0x0835
_OPERAND = {0: 1, 1: 1, 2: 2, 3: 4, 4: 2, 5: 2, 7: 3}  # bytes by the top three bits of a sprm
_VARIABLE = 6

FindPair = Callable[[bytes, int], tuple[int, int]]


@dataclass(frozen=True)
class Run:
    """Bytes [start, end) of the text stream dressed alike; `font` is "" when none is set."""

    start: int
    end: int
    font: str
    deleted: bool
    hidden: bool
    bold: bool


def runs_of(word: bytes, table: bytes, pair: FindPair) -> list[Run]:
    """The runs that matter to reading, in the order of the stream."""
    fonts = _fonts(table, *pair(word, _FONTS))
    offset, length = pair(word, _CHARACTER_PAGES)
    count = (length - 4) // 8 if length >= 12 else 0
    if count <= 0:
        return []
    pages = struct.unpack_from(f"<{count}I", table, offset + 4 * (count + 1))
    found = [run for page in pages for run in _page(word, (page & 0x3FFFFF) * _PAGE, fonts)]
    return sorted(found, key=lambda run: run.start)


def _page(word: bytes, at: int, fonts: list[str]) -> list[Run]:
    page = word[at : at + _PAGE]
    if len(page) < _PAGE:
        return []
    count = page[-1]
    if 4 * (count + 1) + count >= _PAGE:
        return []
    edges = struct.unpack_from(f"<{count + 1}I", page, 0)
    found = []
    for number in range(count):
        place = page[4 * (count + 1) + number] * 2
        properties = page[place + 1 : place + 1 + page[place]] if place else b""
        found.append(_run(edges[number], edges[number + 1], properties, fonts))
    return found


def _run(start: int, end: int, properties: bytes, fonts: list[str]) -> Run:
    set_to = settings_of(properties)
    font = set_to.get(_FONT)
    name = fonts[font] if font is not None and font < len(fonts) else ""
    on = {code: set_to.get(code, 0) == 1 for code in (_DELETED, _HIDDEN, _BOLD)}
    return Run(start, end, name, on[_DELETED], on[_HIDDEN], on[_BOLD])


def settings_of(properties: bytes) -> dict[int, int]:
    """Each property set (its code) with the first bytes of its value."""
    found: dict[int, int] = {}
    place = 0
    while place + 2 <= len(properties):
        code = struct.unpack_from("<H", properties, place)[0]
        place += 2
        kind = code >> 13
        size = _OPERAND.get(kind, 0)
        if kind == _VARIABLE:
            size = 1 + (properties[place] if place < len(properties) else 0)
        found[code] = int.from_bytes(properties[place : place + min(size, 2)], "little")
        place += max(size, 1)
    return found


def _fonts(table: bytes, offset: int, length: int) -> list[str]:
    """The names in the font table, by number."""
    if length < 4:
        return []
    count = struct.unpack_from("<H", table, offset)[0]
    names: list[str] = []
    place, end = offset + 4, offset + length
    for _ in range(count):
        if place >= end:
            break
        size = table[place]
        raw = table[place + 40 : place + 1 + size]
        name = raw.decode("utf-16-le", "ignore").split("\x00", 1)[0]
        names.append(name)
        place += 1 + size
    return names
