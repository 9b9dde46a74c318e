"""The tree of a document: lines in, Phần / Chương / Mục / Điều / khoản / điểm out.

The rules come from NĐ 30/2020 (Phụ lục I, mục II.6) and from how offices break them: gaps, doubled
numbers, "1)" for "1.", Điều without a heading, units quoted from another act.
"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from app.importers.analysis.markers import (
    ARTICLE,
    CLAUSE,
    POINT,
    POINT_LETTERS,
    SECTION,
    SUBPOINT,
    UNIT_KINDS,
    Marker,
    appendix_number,
    marker_of,
    plain_heading,
)
from app.importers.analysis.quotes import quoted
from app.importers.lines import Line, is_caps
from app.importers.proposal import ProvisionProposal
from app.words import told

_ENDED = re.compile(r"[.;:,…]$")
_APPENDIX = -1
_LONGEST_HEADING = 300


@dataclass
class _Unit:
    level: int
    number: str
    first: str = ""  # what stood on the marked line: a heading or a text, decided at the end
    bold: bool = False
    awaits_heading: bool = False
    lines: list[str] = field(default_factory=list)
    children: list[_Unit] = field(default_factory=list)

    def add(self, text: str) -> None:
        """One more line; a sentence broken in the middle is joined again."""
        last = self.lines[-1] if self.lines else (self.first if self.level >= CLAUSE else "")
        if last and text[0].islower() and not _ENDED.search(last) and last[-1].isalnum():
            if self.lines:
                self.lines[-1] += " " + text
            else:
                self.first += " " + text
            return
        self.lines.append(text)


@dataclass(frozen=True)
class Tree:
    """The roots of a document and what looked wrong in its numbering, as sentences."""

    provisions: tuple[ProvisionProposal, ...]
    warnings: tuple[str, ...]


def tree_of(lines: Sequence[Line]) -> Tree:
    """Read the units of a body's *lines*; lines before the first unit are left out."""
    reader = _Reader(lines)
    for place in range(len(lines)):
        reader.read(place)
    headed = _most_articles_have_headings(reader.articles)
    provisions = tuple(_frozen(unit, headed=headed) for unit in reader.roots)
    return Tree(provisions, tuple(reader.warnings))


def is_by_article(texts: Sequence[str]) -> bool:
    """True when the text is ordered by Điều; then "I." and "A." are not headings.

    A plan may show a specimen with "Điều 1" in it: where headings come first, only a real run of
    Điều makes the order.
    """
    numbers: list[int] = []
    headings = False
    for text in texts:
        marker = marker_of(text)
        if marker is not None and marker.level == ARTICLE:
            numbers.append(_value(marker.number))
        elif not numbers:
            headings = headings or plain_heading(text) is not None
    if not headings:
        return bool(numbers)
    return len(numbers) >= 3 and numbers[:3] == [1, 2, 3]


class _Reader:
    """Walks the lines once, keeping the path of open units."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        texts = [line.text for line in lines]
        self.quoted = quoted(texts)
        self.by_article = is_by_article(texts)
        self.roots: list[_Unit] = []
        self.path: list[_Unit] = []
        self.articles: list[_Unit] = []
        self.warnings: list[str] = []

    def read(self, place: int) -> None:
        """Take in one line: a new unit, a heading's next line, or text of the open unit."""
        line = self.lines[place]
        if self._in_appendix() and not self._is_appendix(place):
            self.path[-1].lines.append(line.text)
        elif self._is_appendix(place):
            self._open_appendix(line.text)
        elif not self.quoted[place] and (marker := self._marker(line.text)) is not None:
            self._open(marker, line)
        elif self.path and self._continues_heading(line):
            self.path[-1].first = f"{self.path[-1].first} {line.text}".strip()
        elif self.path:
            self.path[-1].awaits_heading = False
            self.path[-1].add(line.text)

    def _marker(self, text: str) -> Marker | None:
        marker = marker_of(text) or (None if self.by_article else plain_heading(text))
        if marker is None or marker.level < ARTICLE:
            return marker
        if marker.level == ARTICLE:
            return marker if self.by_article and self._is_next_article(marker) else None
        return marker if self._fits(marker) else None

    def _is_next_article(self, marker: Marker) -> bool:
        if not self.articles:
            return marker.sure or marker.number == "1"
        last = _value(self.articles[-1].number)
        if marker.sure:
            return True
        return last < _value(marker.number) <= last + 1

    def _fits(self, marker: Marker) -> bool:
        """Whether a numbered or lettered line can be a unit where it stands."""
        if self.by_article and not self.articles:
            return False
        if marker.level == CLAUSE:
            return self._clause_fits(marker)
        if "." in marker.number:
            return self._inside(CLAUSE) is not None
        parent = self._inside(CLAUSE) or self._inside(ARTICLE) or self._inside(SECTION)
        if parent is None:
            return False
        return marker.sure or self._follows(parent, marker.number)

    def _clause_fits(self, marker: Marker) -> bool:
        article = self._inside(ARTICLE)
        if article is None and self.by_article:
            return False
        around = article.children if article is not None else self._open_siblings()
        before = _last(around, CLAUSE)
        last = 0 if before is None else int(before.number)
        number = int(marker.number)
        if marker.sure:
            return number == 1 or last < number <= last + 5
        return number == last + 1

    def _open_siblings(self) -> list[_Unit]:
        above = [unit for unit in self.path if unit.level < CLAUSE]
        return above[-1].children if above else self.roots

    def _follows(self, parent: _Unit, letter: str) -> bool:
        before = _last(parent.children, POINT)
        if before is None:
            return letter == "a"
        return POINT_LETTERS.find(letter[0]) > POINT_LETTERS.find(before.number[0])

    def _inside(self, level: int) -> _Unit | None:
        return next((unit for unit in reversed(self.path) if unit.level == level), None)

    def _open(self, marker: Marker, line: Line) -> None:
        level = self._level(marker)
        while self.path and self.path[-1].level >= level:
            self.path.pop()
        unit = _Unit(level, marker.number, marker.rest, line.bold)
        unit.awaits_heading = level < ARTICLE
        if level == ARTICLE:
            self._check_article(unit)
            self.articles.append(unit)
        (self.path[-1].children if self.path else self.roots).append(unit)
        self.path.append(unit)

    def _level(self, marker: Marker) -> int:
        """Points under "1.1" are one level deeper than points under khoản."""
        dotted = any(unit.level == POINT and "." in unit.number for unit in self.path)
        return (
            SUBPOINT
            if marker.level == POINT and "." not in marker.number and dotted
            else marker.level
        )

    def _check_article(self, unit: _Unit) -> None:
        if not self.articles:
            return
        before = self.articles[-1].number
        gap = _value(unit.number) - _value(before)
        if unit.number == before or gap < 0:
            self.warnings.append(
                told(
                    "Điều {number} đứng sau Điều {before}: kiểm tra số thứ tự.",
                    number=unit.number,
                    before=before,
                )
            )
        elif gap > 1:
            self.warnings.append(
                told(
                    "Từ Điều {before} nhảy sang Điều {number}: có thể thiếu Điều.",
                    before=before,
                    number=unit.number,
                )
            )

    def _continues_heading(self, line: Line) -> bool:
        unit = self.path[-1]
        if not unit.awaits_heading or unit.lines:
            return False
        if not unit.first:
            return len(line.text) <= _LONGEST_HEADING
        if len(unit.first) > _LONGEST_HEADING or _ENDED.search(unit.first.rstrip(",")):
            return False
        return line.is_caps if is_caps(unit.first) else (line.bold and unit.bold)

    def _in_appendix(self) -> bool:
        return bool(self.path) and self.path[-1].level == _APPENDIX

    def _is_appendix(self, place: int) -> bool:
        """An annex opens after the body, on a line of its own, outside any quotation."""
        if not self.roots or self.quoted[place]:
            return False
        return appendix_number(self.lines[place].text) is not None

    def _open_appendix(self, text: str) -> None:
        number, heading = appendix_number(text) or ("", "")
        unit = _Unit(_APPENDIX, number, heading)
        self.roots.append(unit)
        self.path = [unit]


def _last(units: Sequence[_Unit], level: int) -> _Unit | None:
    return next((unit for unit in reversed(units) if unit.level == level), None)


def _value(number: str) -> int:
    digits = re.match(r"\d+", number)
    return int(digits.group()) if digits else 0


def _most_articles_have_headings(articles: Sequence[_Unit]) -> bool:
    """Decisions write Điều as sentences, regulations give each Điều a heading: ask the majority."""
    plain = [unit for unit in articles if unit.first]
    clear = [u for u in plain if (u.lines or u.children) and not _ENDED.search(u.first)]
    return bool(plain) and len(clear) * 2 >= len(plain)


def _frozen(unit: _Unit, *, headed: bool) -> ProvisionProposal:
    heading, text = _heading_and_text(unit, headed=headed)
    kind = "appendix" if unit.level == _APPENDIX else UNIT_KINDS[unit.level]
    children = tuple(_frozen(child, headed=headed) for child in unit.children)
    return ProvisionProposal(kind, unit.number, heading, text, children)


def _heading_and_text(unit: _Unit, *, headed: bool) -> tuple[str, str]:
    if unit.level == _APPENDIX and not unit.first:
        titled = next((n for n, line in enumerate(unit.lines) if not is_caps(line)), 0)
        return " ".join(unit.lines[:titled]), "\n".join(unit.lines[titled:])
    below = "\n".join(unit.lines)
    if unit.level < ARTICLE:
        return unit.first, below
    if unit.level == ARTICLE and _is_heading(unit, headed=headed):
        return unit.first.rstrip(".:; "), below
    if unit.level == ARTICLE and not unit.first and _next_line_is_heading(unit):
        return unit.lines[0], "\n".join(unit.lines[1:])
    return "", "\n".join(filter(None, (unit.first, below)))


def _is_heading(unit: _Unit, *, headed: bool) -> bool:
    if not unit.first or len(unit.first) > _LONGEST_HEADING:
        return False
    has_more = bool(unit.lines or unit.children)
    if not _ENDED.search(unit.first):
        return has_more or unit.bold
    return headed and has_more and len(unit.first) <= 120 and "." not in unit.first[:-1]


def _next_line_is_heading(unit: _Unit) -> bool:
    """True when "Điều 5." is alone on its line and the next one is its heading."""
    if not unit.lines or not (len(unit.lines) > 1 or unit.children):
        return False
    return len(unit.lines[0]) <= 150 and not _ENDED.search(unit.lines[0])
