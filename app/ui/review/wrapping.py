"""Words broken into lines, for what is painted by hand and for titles of limited height."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent, QTextLayout
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.ui.theme import font, look
from app.ui.tokens import M

Face = tuple[int, int]
"""Size in pixels at 100 % text, and weight."""


def wrapped(words: str, face: Face, width: int) -> tuple[str, ...]:
    """*words* in lines of at most *width* pixels at the clerk's own text size."""
    return _wrapped(words, face, look.percent, width)


class ShortTitle(QLabel):
    """A title in two lines at most; what does not fit is in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._words = ""
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "title")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)
        look.changed.connect(self._break)

    def say(self, words: str) -> None:
        """Show *words*."""
        self._words = words
        self.setToolTip(words)
        self.setAccessibleName(words)
        self._break()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        face = (M.title, 600)
        lines = wrapped(self._words, face, max(self.width(), 1))
        if len(lines) > 2:
            rest = " ".join(lines[1:])
            short = QFontMetrics(font(*face)).elidedText(
                rest, Qt.TextElideMode.ElideRight, self.width()
            )
            lines = (lines[0], short)
        self.setText("\n".join(lines))


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
