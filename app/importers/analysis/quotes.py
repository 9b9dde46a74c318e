"""Which lines are quotations: an amending act quotes whole Điều that are not its own."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from app.importers.analysis.markers import ARTICLE, marker_of

_OPENS = re.compile(r"^\s*[“\"„«]")
_AS_FOLLOWS = re.compile(r"như sau\s*:?\s*$", re.IGNORECASE)
_LONGEST = 400  # lines; a mark left open further than that was forgotten


def quoted(texts: list[str]) -> list[bool]:
    """For each line, whether it stands inside a quotation begun at the start of a line."""
    found = [False] * len(texts)
    marks = [_marks(text) for text in texts]
    place = 0
    while place < len(texts):
        if not _OPENS.match(texts[place]):
            place += 1
            continue
        end = _end_of_quotation(marks, place)
        found[place : end + 1] = [True] * (end + 1 - place)
        place = end + 1
    return [q or _unmarked_quotation(texts, n) for n, q in enumerate(found)]


@dataclass(frozen=True)
class _Marks:
    """What a line does to a quotation: how many more it opens than closes, straight marks."""

    depth: int
    straight: int
    opens_straight: bool
    ends_straight: bool


def _marks(text: str) -> _Marks:
    depth = sum(map(text.count, "“„«")) - sum(map(text.count, "”»"))
    ends = text.rstrip(" .;,").endswith('"')
    return _Marks(depth, text.count('"'), text.startswith('"'), ends)


def _end_of_quotation(marks: Sequence[_Marks], start: int) -> int:
    """The last line of the quotation opened at *start*; *start* itself when it never closes."""
    depth = 0
    for place in range(start, min(len(marks), start + _LONGEST)):
        line = marks[place]
        depth += line.depth
        if line.ends_straight and (place > start or line.straight > 1):
            return place
        if depth <= 0 and not marks[start].opens_straight:
            return place
    return start


def _unmarked_quotation(texts: list[str], place: int) -> bool:
    """A Điều right after "… Điều 5 … như sau:" is the amended text, even without marks."""
    marker = marker_of(texts[place])
    if marker is None or marker.level != ARTICLE or not place:
        return False
    before = texts[place - 1]
    return bool(_AS_FOLLOWS.search(before)) and bool(
        re.search(rf"[ĐÐđ]iều\s+{re.escape(marker.number)}(?!\w)", before)
    )
