"""Where one document of a file ends and the next begins.

One Word file often holds a decision and the regulation it encloses, with Điều starting again at 1.
A document begins with its letterhead, or with its title when it has none.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from app.importers.analysis.bodies import starts_body
from app.importers.analysis.closing import is_signing_line, opens_recipients
from app.importers.analysis.forms import ENCLOSED_FORMS, title_in
from app.importers.analysis.letterhead import is_date_line, is_motto, is_number_line, is_rule
from app.importers.analysis.markers import (
    ARTICLE,
    CHAPTER,
    PART,
    SECTION,
    appendix_number,
    marker_of,
    plain_heading,
)
from app.importers.analysis.opening import is_enclosing_remark, is_title
from app.importers.analysis.quotes import quoted
from app.importers.lines import Line

_HEAD = 60  # lines within which a document's first title must stand
_NEAR = 16  # lines after a later title within which its body must begin
_ABOVE = 14  # lines above a title that may be its letterhead


@dataclass(frozen=True)
class Span:
    """One document's place among the file's lines: [start, end), and its title's line if any."""

    start: int
    title: int | None
    end: int


def spans_of(lines: Sequence[Line]) -> list[Span]:
    """Part *lines* into documents, in order and without gaps."""
    parter = _Parter(lines)
    for place in range(len(lines)):
        parter.read(place)
    return parter.spans()


class _Parter:
    """Walks the lines once and notes where a new document begins."""

    def __init__(self, lines: Sequence[Line]) -> None:
        self.lines = lines
        self.quoted = quoted([line.text for line in lines])
        self.starts: list[tuple[int, int | None]] = []
        self.last_article = 0
        self.in_appendix = False
        self.has_body = False
        self.closed = False

    def read(self, place: int) -> None:
        """Take in one line."""
        text = self.lines[place].text
        if self.quoted[place]:
            return
        if place == 0 and appendix_number(text) is not None:
            self.starts.append((0, None))  # the whole file is an annex; its specimens are no acts
            self.in_appendix = True
            return
        if self._opens_document(place):
            self._begin(place, place)
        elif self.has_body and appendix_number(text) is not None:
            self.in_appendix = True
        elif not self.in_appendix:
            self._note_body(place, text)

    def spans(self) -> list[Span]:
        """The documents found."""
        starts = self.starts or [(0, None)]
        starts[0] = (0, starts[0][1])
        ends = [start for start, _ in starts[1:]] + [len(self.lines)]
        return [Span(start, title, end) for (start, title), end in zip(starts, ends, strict=True)]

    def _note_body(self, place: int, text: str) -> None:
        marker = marker_of(text)
        if marker is not None and marker.level == ARTICLE and marker.sure:
            if marker.number == "1" and self.last_article >= 1 and self.closed:
                self._begin(place, None)  # a title we did not recognise stands above
            self.last_article = max(self.last_article, _number(marker.number))
        self.has_body = self.has_body or (marker is not None and marker.level <= ARTICLE)
        self.has_body = self.has_body or (marker is None and plain_heading(text) is not None)
        if self.has_body:
            self.closed = self.closed or opens_recipients(text) or is_signing_line(text)

    def _opens_document(self, place: int) -> bool:
        if not is_title(self.lines[place].text) or self._is_heading(place):
            return False
        if not self.starts:
            return place < _HEAD and not self.last_article
        if not (self.has_body or self.closed):
            return False
        return self._is_enclosed(place) if self.in_appendix else self._has_body_below(place)

    def _is_heading(self, place: int) -> bool:
        """True right under "Chương I": "QUY ĐỊNH …" is its heading then."""
        before = marker_of(self.lines[place - 1].text) if place else None
        return before is not None and before.level < ARTICLE and not before.rest

    def _is_enclosed(self, place: int) -> bool:
        """Inside an annex only "QUY CHẾ (Ban hành kèm theo …)" and its like begin a document."""
        found = title_in(self.lines[place].text)
        below = [line.text for line in self.lines[place + 1 : place + 9]]
        return (
            found is not None
            and any(found[0].upper().startswith(form) for form in ENCLOSED_FORMS)
            and any(is_enclosing_remark(text) for text in below)
        )

    def _has_body_below(self, place: int) -> bool:
        """A later title counts when a body, or the remark that encloses it, soon follows."""
        if not self.lines[place].is_caps:
            return False
        for line in self.lines[place + 1 : place + _NEAR]:
            if is_enclosing_remark(line.text) or is_motto(line.text):
                return True
            marker = marker_of(line.text)
            if marker is not None and marker.level == ARTICLE:
                return marker.number == "1"
            if marker is not None and marker.level in (PART, CHAPTER, SECTION):
                return marker.number.upper() in ("I", "1", "THỨ NHẤT")
            if self.closed and (line.text.startswith("Căn cứ") or plain_heading(line.text)):
                return True
        return False

    def _begin(self, place: int, title: int | None) -> None:
        start = self._start_of_head(place) if self.starts else place
        self.starts.append((start, title))
        self.last_article = 0 if title is not None else 1
        self.in_appendix = self.closed = False
        self.has_body = title is None

    def _start_of_head(self, title: int) -> int:
        """The first line of the letterhead, or the chapter's heading, above line *title*."""
        start = title
        lowest = max(self.starts[-1][0] + 1, title - _ABOVE)
        for place in range(title - 1, lowest - 1, -1):
            if not self._is_head_line(self.lines[place], self.lines[start]):
                break
            start = place
        return start

    def _is_head_line(self, line: Line, below: Line) -> bool:
        text = line.text
        if line.table:
            return line.table == below.table or self._has_motto(line.table)
        if opens_recipients(text) or is_signing_line(text):
            return False
        marker = marker_of(text)
        if marker is not None:
            return marker.level < ARTICLE
        if is_motto(text) or is_number_line(text) or is_date_line(text) or is_rule(text):
            return True
        return line.is_caps and (
            starts_body(text) or text.startswith(("TỈNH", "THÀNH PHỐ", "DỰ THẢO"))
        )

    def _has_motto(self, table: int) -> bool:
        return any(line.table == table and is_motto(line.text) for line in self.lines)


def _number(text: str) -> int:
    return int("".join(filter(str.isdigit, text)) or 0)
