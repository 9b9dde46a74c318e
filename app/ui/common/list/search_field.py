"""A field to look for something, with a glass that grows with the text."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QRect
from PySide6.QtGui import QKeyEvent, QKeySequence, QPainter, QPaintEvent
from PySide6.QtWidgets import QLineEdit

from app.ui.icons import draw_icon
from app.ui.theme import px

_ICON, _EDGE = 16, 7


class SearchField(QLineEdit):
    """Draws its glass itself: the icon of a line edit's action keeps its size at 150 % text."""

    def __init__(self, hint: str) -> None:
        super().__init__()
        self.setProperty("role", "search")
        self.setPlaceholderText(hint)
        self.setAccessibleName(hint)
        self._make_room()

    @property
    def has_step_back(self) -> bool:
        """Whether something was typed that undo or redo would bring back."""
        return self.isUndoAvailable() or self.isRedoAvailable()

    def event(self, event: QEvent) -> bool:
        """Leave undo and redo to the register while there is nothing of this field's to undo."""
        if event.type() == QEvent.Type.ShortcutOverride and isinstance(event, QKeyEvent):
            asks = event.matches(QKeySequence.StandardKey.Undo)
            asks = asks or event.matches(QKeySequence.StandardKey.Redo)
            if asks and not self.has_step_back:
                event.ignore()
                return False
        return super().event(event)

    def changeEvent(self, event: QEvent) -> None:
        super().changeEvent(event)
        if event.type() == QEvent.Type.StyleChange:
            self._make_room()

    def paintEvent(self, event: QPaintEvent) -> None:
        super().paintEvent(event)
        painter = QPainter(self)
        side = px(_ICON)
        place = QRect(px(_EDGE), (self.height() - side) // 2, side, side)
        draw_icon(painter, "search", place, "muted", "field")
        painter.end()

    def _make_room(self) -> None:
        self.setTextMargins(px(_ICON + _EDGE + 5), 0, 0, 0)
