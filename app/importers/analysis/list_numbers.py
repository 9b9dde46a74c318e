"""Automatic numbering of Word: the "Điều 5." and "a)" that are drawn but stand nowhere in the text.

Counting follows ECMA-376 part 1, 17.9: lists that share an abstract numbering share its counters,
a level starts again after any higher level, unless its `restart` says otherwise. The old .doc
counts the same way.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

_LEVELS = 9
_UNNUMBERED = ("bullet", "none")


@dataclass(frozen=True)
class ListLevel:
    """One level of a list: where it starts, how it counts and what it draws ("Điều %1.").

    `restart` is the level (from 1) after which it starts again, None for any higher level; `legal`
    draws all numbers as digits; `style` is the paragraph style that stands on this level.
    """

    start: int = 1
    format: str = "decimal"
    text: str = ""
    restart: int | None = None
    legal: bool = False
    style: str = ""


@dataclass
class _List:
    """One abstract numbering: its levels and how far each has counted."""

    levels: Mapping[int, ListLevel]
    counts: dict[int, int] = field(default_factory=dict)


class ListNumbers:
    """The lists of one file; ask for labels paragraph by paragraph, in reading order."""

    def __init__(self) -> None:
        self._lists: dict[str, _List] = {}
        self._of_num: dict[str, str] = {}
        self._overrides: dict[str, Mapping[int, ListLevel | int]] = {}
        self._begun: set[tuple[str, int]] = set()

    def add_list(self, name: str, levels: Mapping[int, ListLevel]) -> None:
        """Make an abstract list known."""
        self._lists[name] = _List(levels)

    def add_use(
        self, num: str, name: str, overrides: Mapping[int, ListLevel | int] | None = None
    ) -> None:
        """Make *num*, which paragraphs name, a use of list *name*; a number overrides a start."""
        self._of_num[num] = name
        self._overrides[num] = overrides or {}

    def label(self, num: str, level: int, style: str = "") -> str:
        """The number drawn before the next paragraph of list *num*: "Điều 5.", "a)", "-"."""
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

    @staticmethod
    def _level_of_style(one: _List, style: str, level: int) -> int:
        """A style without a level of its own stands on the level that names it."""
        named = (place for place, shape in one.levels.items() if style and shape.style == style)
        return next(named, level)

    def _shape(self, num: str, one: _List, level: int) -> ListLevel | None:
        override = self._overrides.get(num, {}).get(level)
        return override if isinstance(override, ListLevel) else one.levels.get(level)

    def _count(self, num: str, one: _List, level: int, shape: ListLevel) -> None:
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

    def _drawn(self, num: str, one: _List, shape: ListLevel) -> str:
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
