"""Automatic numbering of Word: the "Điều 5." and "a)" that are drawn but stand nowhere in the text.

Counting follows ECMA-376 part 1, 17.9: lists that share an abstract numbering share its counters,
a level starts again after any higher level, unless `lvlRestart` says otherwise.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, field

from lxml import etree

from app.importers.word_package import W

_LEVELS = 9
_UNNUMBERED = ("bullet", "none")


@dataclass
class _Level:
    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass
class _List:
    """One abstract numbering: its levels and how far each has counted."""

    levels: dict[int, _Level]
    counts: dict[int, int] = field(default_factory=dict)


class WordNumbering:
    """The numbering part; ask it once for each paragraph, in reading order."""

    def __init__(self, root: etree._Element | None) -> None:
        self._lists: dict[str, _List] = {}
        self._of_num: dict[str, str] = {}
        self._overrides: dict[str, dict[int, _Level | int]] = {}
        self._begun: set[tuple[str, int]] = set()
        if root is None:
            return
        for abstract in root.findall(f"{W}abstractNum"):
            levels = {_int(one, "ilvl"): _level(one) for one in abstract.findall(f"{W}lvl")}
            self._lists[abstract.get(f"{W}abstractNumId", "")] = _List(levels)
        for num in root.findall(f"{W}num"):
            self._read_num(num)

    def label(self, num: str, level: int, style: str = "") -> str:
        """The number drawn before the next paragraph of list *num*: "Điều 5.", "a)", "- "."""
        one = self._lists.get(self._of_num.get(num, ""))
        if one is None or not 0 <= level < _LEVELS:
            return ""
        level = self._level_of_style(one, style, level)
        shape = self._shape(num, one, level)
        if shape is None:
            return ""
        self._count(num, one, level, shape)
        if shape.format == "bullet":
            return "-"
        return self._drawn(num, one, shape)

    def _read_num(self, num: etree._Element) -> None:
        name = num.get(f"{W}numId", "")
        abstract = num.find(f"{W}abstractNumId")
        self._of_num[name] = "" if abstract is None else str(abstract.get(f"{W}val", ""))
        for override in num.findall(f"{W}lvlOverride"):
            level, start = override.find(f"{W}lvl"), override.find(f"{W}startOverride")
            place = _int(override, "ilvl")
            if level is not None:
                self._overrides.setdefault(name, {})[place] = _level(level)
            elif start is not None:
                self._overrides.setdefault(name, {})[place] = _int(start, "val", 1)

    @staticmethod
    def _level_of_style(one: _List, style: str, level: int) -> int:
        """A style without a level of its own stands on the level that names it."""
        named = (place for place, shape in one.levels.items() if style and shape.style == style)
        return next(named, level)

    def _shape(self, num: str, one: _List, level: int) -> _Level | None:
        override = self._overrides.get(num, {}).get(level)
        return override if isinstance(override, _Level) else one.levels.get(level)

    def _count(self, num: str, one: _List, level: int, shape: _Level) -> None:
        override = self._overrides.get(num, {}).get(level)
        first_time = (num, level) not in self._begun
        self._begun.add((num, level))
        if override is not None and first_time:
            one.counts[level] = override if isinstance(override, int) else override.start
        else:
            one.counts[level] = one.counts.get(level, shape.start - 1) + 1
        for above in range(level):
            upper = one.levels.get(above)
            one.counts.setdefault(above, upper.start if upper else 1)
        for below in range(level + 1, _LEVELS):
            lower = one.levels.get(below)
            if lower is None or lower.restart is None or 0 < level + 1 <= lower.restart:
                one.counts.pop(below, None)

    def _drawn(self, num: str, one: _List, shape: _Level) -> str:
        def replaced(found: re.Match[str]) -> str:
            place = int(found[1]) - 1
            other = self._shape(num, one, place) or shape
            form = "decimal" if shape.legal else other.format
            return in_format(one.counts.get(place, other.start), form)

        if shape.format in _UNNUMBERED and "%" not in shape.text:
            return shape.text
        return re.sub(r"%([1-9])", replaced, shape.text)


def in_format(number: int, form: str) -> str:
    """*number* as Word draws it in a `numFmt`; unknown formats are digits, as in Word."""
    return _FORMATS.get(form, str)(number)


def _level(element: etree._Element) -> _Level:
    restart = element.find(f"{W}lvlRestart")
    return _Level(
        start=_int(element.find(f"{W}start"), "val", 1),
        format=_val(element.find(f"{W}numFmt"), "decimal"),
        text=_val(element.find(f"{W}lvlText"), ""),
        restart=None if restart is None else _int(restart, "val"),
        legal=element.find(f"{W}isLgl") is not None,
        style=_val(element.find(f"{W}pStyle"), ""),
    )


def _val(element: etree._Element | None, default: str) -> str:
    return default if element is None else str(element.get(f"{W}val", default))


def _int(element: etree._Element | None, attribute: str, default: int = 0) -> int:
    value = "" if element is None else str(element.get(f"{W}{attribute}", ""))
    return int(value) if re.fullmatch(r"-?\d{1,6}", value) else default


def _letters(number: int) -> str:
    """A … z, then aa, bb: how Word goes on; it knows no đ."""
    if not 0 < number <= 26 * 30:
        return str(number)
    return chr(ord("a") + (number - 1) % 26) * ((number - 1) // 26 + 1)


def _roman(number: int) -> str:
    if not 0 < number < 4000:
        return str(number)
    found = ""
    for value, sign in _ROMAN:
        found += sign * (number // value)
        number %= value
    return found


_ROMAN = (
    (1000, "M"),
    (900, "CM"),
    (500, "D"),
    (400, "CD"),
    (100, "C"),
    (90, "XC"),
    (50, "L"),
    (40, "XL"),
    (10, "X"),
    (9, "IX"),
    (5, "V"),
    (4, "IV"),
    (1, "I"),
)
_FORMATS: dict[str, Callable[[int], str]] = {
    "lowerLetter": _letters,
    "upperLetter": lambda n: _letters(n).upper(),
    "lowerRoman": lambda n: _roman(n).lower(),
    "upperRoman": _roman,
    "decimalZero": lambda n: f"{n:02d}",
    "none": lambda n: "",  # noqa: ARG005 - drawn as nothing whatever the count
}
