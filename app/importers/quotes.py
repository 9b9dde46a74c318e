"""Which lines are quotations: an amending act quotes whole Điều that are not its own."""

from __future__ import annotations

import re

from app.importers.markers import ARTICLE, marker_of

_OPENS = re.compile(r"^\s*[“\"„«]")
_CLOSES = re.compile(r"[”\"»]\s*[.;,]?\s*$")
_AS_FOLLOWS = re.compile(r"như sau\s*:?\s*$", re.IGNORECASE)
_LONGEST = 400  # lines; a mark left open further than that was forgotten


def quoted(texts: list[str]) -> list[bool]:
    """For each line, whether it stands inside a quotation begun at the start of a line."""
    found = [False] * len(texts)
    place = 0
    while place < len(texts):
        if not _OPENS.match(texts[place]):
            place += 1
            continue
        end = _end_of_quotation(texts, place)
        found[place : end + 1] = [True] * (end + 1 - place)
        place = end + 1
    return [q or _unmarked_quotation(texts, n) for n, q in enumerate(found)]


def _end_of_quotation(texts: list[str], start: int) -> int:
    """The last line of the quotation opened at *start*; *start* itself when it never closes."""
    depth = 0
    for place in range(start, min(len(texts), start + _LONGEST)):
        line = texts[place]
        depth += line.count("“") + line.count("„") + line.count("«")
        depth -= line.count("”") + line.count("»")
        straight = _CLOSES.search(line) and line.rstrip(" .;,").endswith('"')
        if straight and (place > start or line.count('"') > 1):
            return place
        if depth <= 0 and '"' not in texts[start][:2]:
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
