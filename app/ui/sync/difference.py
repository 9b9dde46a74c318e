"""Where two texts differ, word by word."""

from __future__ import annotations

import re
from collections.abc import Iterator
from difflib import SequenceMatcher
from html import escape

_WORD = re.compile(r"\w+|\s+|[^\w\s]")
_MOST = 3000  # words; beyond, lines are compared: a word by word comparison would take seconds
_BOLD = '<span style="font-weight:600">{}</span>'


def highlighted(words: str, other: str) -> str:
    """*words* as rich text; what *other* does not say is bold, unless all of it differs."""
    parts = list(_parts(words, other))
    if not any(is_same and part.strip() for part, is_same in parts):
        return _shown(words)
    return "".join(
        _shown(part) if is_same or not part.strip() else _BOLD.format(_shown(part))
        for part, is_same in parts
    )


def _parts(words: str, other: str) -> Iterator[tuple[str, bool]]:
    one, two = _cut(words), _cut(other)
    if max(len(one), len(two)) > _MOST:
        one, two = words.splitlines(keepends=True), other.splitlines(keepends=True)
    matcher = SequenceMatcher(None, one, two, autojunk=False)
    for kind, first, last, _, _ in matcher.get_opcodes():
        if first < last:
            yield "".join(one[first:last]), kind == "equal"


def _cut(words: str) -> list[str]:
    return _WORD.findall(words)


def _shown(words: str) -> str:
    return escape(words).replace("\n", "<br>")
