"""How wide a line of Times New Roman is, near enough to draw a rule under part of it.

Phụ lục I of NĐ 30/2020 sizes the rules of a letterhead by the text above them, and this floor
may not ask Qt. Marks over a letter do not widen it, so the base letter's advance is enough.
"""

from __future__ import annotations

import unicodedata
from collections.abc import Mapping
from math import ceil

_PLAIN = str.maketrans("ƠơƯưĐ", "OoUuD")

_REGULAR = {
    250: " ,.", 278: "/:;ijlt", 333: "!()-If", 389: "Js", 444: "acez“”",
    500: "0123456789bdghknopquvxyđ–", 556: "FPS", 611: "ELTZ", 667: "BCR",
    722: "ADGHKNOQUVXYw", 778: "&m", 833: "%", 889: "M", 944: "W",
}  # fmt: skip
_BOLD = {
    250: " ,.", 278: "/il", 333: "!()-:;fjt", 389: "Is", 444: "cerz",
    500: "0123456789Jagovxy–“”", 556: "Sbdhknpquđ", 611: "FP", 667: "BELTZ",
    722: "ACDNRUVXYw", 778: "GHKOQ", 833: "&m", 944: "M", 1000: "%W",
}  # fmt: skip
_POINT = 25.4 / 72
_UNKNOWN = 556  # thousandths of the size, for a letter outside the tables


def text_width(text: str, size: float, *, bold: bool = False) -> float:
    """The width in millimetres of *text* set on one line at *size* points."""
    table = _BOLD_WIDTHS if bold else _REGULAR_WIDTHS
    units = sum(table.get(letter) or _advance(letter, table) for letter in text)
    return units / 1000 * size * _POINT


def longest_line(text: str, size: float, room: float, *, bold: bool = False) -> float:
    """The width of the longest line when *text* is broken at blanks to fit *room* millimetres."""
    return min(max(_lines(text, size, room, bold), default=0), room)


def line_count(text: str, size: float, room: float, *, bold: bool = False) -> int:
    """How many lines *text* takes in *room* millimetres; a word longer than the room is broken."""
    return sum(
        max(1, ceil(width / room))
        for line in text.split("\n")
        for width in _lines(line, size, room, bold) or [0]
    )


def _lines(text: str, size: float, room: float, bold: bool) -> list[float]:
    """The width of each line when *text* is broken at blanks."""
    lines: list[float] = []
    blank = text_width(" ", size, bold=bold)
    for word in text.split(" "):
        width = text_width(word, size, bold=bold)
        if lines and lines[-1] + blank + width <= room:
            lines[-1] += blank + width
        else:
            lines.append(width)
    return lines


def _advance(letter: str, table: dict[str, int]) -> int:
    """The width of a letter met for the first time: that of its base letter."""
    base = unicodedata.normalize("NFD", letter.translate(_PLAIN))[0]
    table[letter] = 0 if unicodedata.combining(letter) else table.get(base, _UNKNOWN)
    return table[letter]


def _by_letter(groups: Mapping[int, str]) -> dict[str, int]:
    return {letter: width for width, letters in groups.items() for letter in letters}


_REGULAR_WIDTHS = _by_letter(_REGULAR)
_BOLD_WIDTHS = _by_letter(_BOLD)
