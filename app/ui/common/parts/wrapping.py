"""Words broken into lines, for what is painted by hand and for what breaks none by itself."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtGui import QTextLayout

from app.ui.theme import font, look

Face = tuple[int, int]
"""Size in pixels at 100 % text, and weight."""


def wrapped(words: str, face: Face, width: int) -> tuple[str, ...]:
    """*words* in lines of at most *width* pixels at the clerk's own text size."""
    return _wrapped(words, face, look.percent, width)


@lru_cache(maxsize=4096)
def _wrapped(words: str, face: Face, percent: int, width: int) -> tuple[str, ...]:
    """Asked for at every repaint, so it is kept."""
    del percent  # part of what is remembered: the font grows with it
    found: list[str] = []
    for part in words.split("\n"):
        layout = QTextLayout(part, font(*face))
        layout.beginLayout()
        while (line := layout.createLine()).isValid():
            line.setLineWidth(width)
            found.append(part[line.textStart() : line.textStart() + line.textLength()].rstrip())
        layout.endLayout()
    return tuple(found)
