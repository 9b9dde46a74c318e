"""The source of an import as it was read, with the place of what is looked at marked."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import Signal
from PySide6.QtGui import QMouseEvent, QResizeEvent, QTextCursor, QTextFormat
from PySide6.QtWidgets import QFrame, QPlainTextEdit, QTextEdit

from app.ui.theme import colour, look, px
from app.ui.tokens import M


class SourceView(QPlainTextEdit):
    """Read-only; `pointed` carries the line that was clicked."""

    pointed = Signal(int)

    def __init__(self, lines: Sequence[str], name: str) -> None:
        super().__init__()
        self._marked: tuple[int, int] | None = None
        self.setReadOnly(True)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setProperty("source", True)  # noqa: FBT003 - a Qt property
        self.setPlainText("\n".join(line.replace("\n", " ") for line in lines))
        self.setAccessibleName(name)
        look.changed.connect(self._on_look)
        self._on_look()

    def mark(self, first: int, last: int) -> None:
        """Mark the lines from *first* to *last* and bring them into sight."""
        self._marked = (first, last)
        self._draw_mark()
        self._show_mark()

    def marked_text(self) -> str:
        """The lines that are marked."""
        if self._marked is None:
            return ""
        return self._cursor(*self._marked).selectedText().replace("\u2029", "\n")

    def mouseReleaseEvent(self, event: QMouseEvent) -> None:
        super().mouseReleaseEvent(event)
        if not self.textCursor().hasSelection():
            self.pointed.emit(self.cursorForPosition(event.pos()).blockNumber())

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if not self.textCursor().hasSelection():  # what is selected would be let go
            self._show_mark()  # the lines break elsewhere, or fewer of them are in sight

    def _on_look(self) -> None:
        self.document().setDocumentMargin(px(M.s5))
        self._draw_mark()

    def _show_mark(self) -> None:
        if self._marked is not None:
            start = self.document().findBlockByNumber(self._marked[0])
            self.setTextCursor(QTextCursor(start))
            self.centerCursor()

    def _draw_mark(self) -> None:
        if self._marked is None:
            return
        made = QTextEdit.ExtraSelection()
        made.cursor = self._cursor(*self._marked)
        made.format.setBackground(colour("select"))
        made.format.setProperty(QTextFormat.Property.FullWidthSelection, True)  # noqa: FBT003
        self.setExtraSelections([made])

    def _cursor(self, first: int, last: int) -> QTextCursor:
        cursor = QTextCursor(self.document().findBlockByNumber(first))
        end = self.document().findBlockByNumber(last)
        cursor.setPosition(end.position() + end.length() - 1, QTextCursor.MoveMode.KeepAnchor)
        return cursor
