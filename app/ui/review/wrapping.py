"""A title of limited height."""

from __future__ import annotations

from PySide6.QtCore import Qt
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import QLabel, QSizePolicy

from app.ui.common.parts.wrapping import wrapped
from app.ui.theme import font, look
from app.ui.tokens import M


class ShortTitle(QLabel):
    """A title in a few lines at most; what does not fit is in its tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self._words, self._most = "", 2
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

    def limit(self, lines: int) -> None:
        """Take no more than so many *lines*."""
        if lines != self._most:
            self._most = lines
            self._break()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._break()

    def _break(self) -> None:
        face = (M.title, 600)
        lines = wrapped(self._words, face, max(self.width(), 1))
        if len(lines) > self._most:
            kept = lines[: self._most - 1]
            rest = " ".join(lines[len(kept) :])
            short = QFontMetrics(font(*face)).elidedText(
                rest, Qt.TextElideMode.ElideRight, self.width()
            )
            lines = (*kept, short)
        self.setText("\n".join(lines))
