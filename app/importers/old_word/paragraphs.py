"""The paragraphs of a .doc: which stand in a table, which end a row, which are numbered by Word.

Layout after [MS-DOC]: paragraph pages (PlcfBtePapx, 2.8.6), list tables (PlfLst 2.9.131, LVL
2.9.150) and list formats (PlfLfo, 2.9.134). Numbers are counted as in a .docx.
"""

from __future__ import annotations

import struct
from bisect import bisect_right
from collections.abc import Callable
from dataclasses import dataclass

from app.importers.analysis.list_numbers import ListLevel, ListNumbers
from app.importers.old_word.runs import settings_of

_PAPER_PAGES, _LISTS, _FORMATS, _STYLES = 13, 73, 74, 1  # places in the FIB's table of offsets
_PAGE = 512
_IN_TABLE, _ROW_END, _LIST, _LEVEL = 0x2416, 0x2417, 0x460B, 0x260A
_LIST_HEAD = 28  # bytes of an LSTF, and of an LVL before its formatting
_NUMBER_FORMATS = {
    1: "upperRoman",
    2: "lowerRoman",
    3: "upperLetter",
    4: "lowerLetter",
    22: "decimalZero",
    23: "bullet",
    255: "none",
}

FindPair = Callable[[bytes, int], tuple[int, int]]


@dataclass(frozen=True)
class Paper:
    """A paragraph's dress; `end` is the byte after it, `list` 0 when it has no automatic number."""

    end: int
    in_table: bool = False
    ends_row: bool = False
    list: int = 0
    level: int = 0


class Papers:
    """The paragraphs of one file, found by the byte a character stands at."""

    def __init__(self, word: bytes, table: bytes, pair: FindPair) -> None:
        self._papers = _all_papers(word, table, pair)
        self._ends = [paper.end for paper in self._papers]
        self.numbers = _numbers(table, pair(word, _LISTS), pair(word, _FORMATS))

    def __bool__(self) -> bool:
        return bool(self._papers)

    def at(self, byte: int) -> Paper:
        """The paragraph that holds *byte*."""
        place = bisect_right(self._ends, byte)
        return self._papers[place] if place < len(self._papers) else Paper(byte + 1)


def _all_papers(word: bytes, table: bytes, pair: FindPair) -> list[Paper]:
    offset, length = pair(word, _PAPER_PAGES)
    count = (length - 4) // 8 if length >= 12 else 0
    if count <= 0:
        return []
    styles = _lists_of_styles(table, *pair(word, _STYLES))
    pages = struct.unpack_from(f"<{count}I", table, offset + 4 * (count + 1))
    found = [p for page in pages for p in _page(word, (page & 0x3FFFFF) * _PAGE, styles)]
    return sorted(found, key=lambda paper: paper.end)


def _page(word: bytes, at: int, styles: dict[int, dict[int, int]]) -> list[Paper]:
    page = word[at : at + _PAGE]
    count = page[-1] if len(page) == _PAGE else 0
    if not count or 4 * (count + 1) + 13 * count >= _PAGE:
        return []
    edges = struct.unpack_from(f"<{count + 1}I", page, 0)
    found = []
    for number in range(count):
        place = page[4 * (count + 1) + 13 * number] * 2
        style, own = _properties(page, place)
        found.append(_paper(edges[number + 1], {**styles.get(style, {}), **own}))
    return found


def _properties(page: bytes, place: int) -> tuple[int, dict[int, int]]:
    """A paragraph's style and what it sets beside it."""
    if not place or place + 2 >= len(page):
        return 0, {}
    size = page[place] * 2 - 1
    if not page[place]:
        place, size = place + 1, page[place + 1] * 2
    start = place + 1
    if size < 2 or start + 2 > len(page):
        return 0, {}
    style = struct.unpack_from("<H", page, start)[0]
    return style, settings_of(page[start + 2 : start + size])


def _paper(end: int, set_to: dict[int, int]) -> Paper:
    number = set_to.get(_LIST, 0)
    return Paper(
        end,
        bool(set_to.get(_IN_TABLE)),
        bool(set_to.get(_ROW_END)),
        number if number < 0xF800 else 0,  # from there on: numbering taken off again
        min(set_to.get(_LEVEL, 0), 8),
    )


def _lists_of_styles(table: bytes, offset: int, length: int) -> dict[int, dict[int, int]]:
    """The list settings of paragraph styles, by style number ([MS-DOC] 2.9.271)."""
    if length < 20:
        return {}
    head = struct.unpack_from("<H", table, offset)[0]
    count, base = struct.unpack_from("<HH", table, offset + 2)
    place, found = offset + 2 + head, {}
    for number in range(count):
        if place + 2 > offset + length:
            break
        size = struct.unpack_from("<H", table, place)[0]
        style = table[place + 2 : place + 2 + size]
        place += 2 + size
        set_to = _style_settings(style, base)
        if _LIST in set_to:
            found[number] = {key: set_to[key] for key in (_LIST, _LEVEL) if key in set_to}
    return found


def _style_settings(style: bytes, base: int) -> dict[int, int]:
    if len(style) < base + 2 or struct.unpack_from("<H", style, 2)[0] & 0xF != 1:
        return {}  # not a paragraph style
    letters = struct.unpack_from("<H", style, base)[0]
    place = base + 2 + 2 * (letters + 1)
    place += place % 2
    if place + 4 > len(style):
        return {}
    size = struct.unpack_from("<H", style, place)[0]
    return settings_of(style[place + 4 : place + 2 + size])


def _numbers(table: bytes, lists: tuple[int, int], formats: tuple[int, int]) -> ListNumbers:
    numbers = ListNumbers()
    offset, length = lists
    count = struct.unpack_from("<H", table, offset)[0] if length >= 2 else 0
    place = offset + 2 + _LIST_HEAD * count
    for number in range(count):
        head = table[offset + 2 + _LIST_HEAD * number :][:_LIST_HEAD]
        levels: dict[int, ListLevel] = {}
        for level in range(1 if head[26] & 1 else 9):
            levels[level], place = _level(table, place)
        numbers.add_list(str(struct.unpack_from("<i", head, 0)[0]), levels)
    _add_uses(numbers, table, *formats)
    return numbers


def _level(table: bytes, place: int) -> tuple[ListLevel, int]:
    """The level at *place* of the table stream, and the place after it."""
    start, form = struct.unpack_from("<iB", table, place)
    dress = table[place + 24] + table[place + 25]  # bytes of formatting, not needed here
    place += _LIST_HEAD + dress
    letters = struct.unpack_from("<H", table, place)[0]
    raw = table[place + 2 : place + 2 + 2 * letters].decode("utf-16-le", "replace")
    text = "".join(f"%{ord(c) + 1}" if ord(c) < 9 else c for c in raw)
    shape = ListLevel(start, _NUMBER_FORMATS.get(form, "decimal"), text)
    return shape, place + 2 + 2 * letters


def _add_uses(numbers: ListNumbers, table: bytes, offset: int, length: int) -> None:
    """Paragraphs name a list by its use, counted from 1; a use may start a level anew."""
    if length < 4:
        return
    count = min(struct.unpack_from("<I", table, offset)[0], (length - 4) // 16)
    place = offset + 4 + 16 * count
    for number in range(count):
        at = offset + 4 + 16 * number
        overrides: dict[int, ListLevel | int] = {}
        place += 4
        for _ in range(table[at + 12]):
            start, flags = struct.unpack_from("<iI", table, place)
            place += 8
            if flags & 0x20:
                overrides[flags & 0xF], place = _level(table, place)
            elif flags & 0x10:
                overrides[flags & 0xF] = start
        numbers.add_use(str(number + 1), str(struct.unpack_from("<i", table, at)[0]), overrides)
