"""A small panel that opens under a button and goes when the clerk looks elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.theme import hold


class Popup(QFrame):
    """*width* pixels wide at 100 % text. Esc or a click elsewhere closes it."""

    def __init__(self, parent: QWidget, width: int) -> None:
        super().__init__(parent, Qt.WindowType.Popup)
        self.setObjectName("popup")
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        hold(self, width=width)

    def open_under(self, opener: QWidget) -> None:
        """Show it under *opener*, moved so that the screen holds it."""
        self.adjustSize()
        place = opener.mapToGlobal(QPoint(0, opener.height() + 2))
        room = opener.screen().availableGeometry()
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        if place.y() + self.height() > room.bottom():
            place.setY(opener.mapToGlobal(QPoint(0, -self.height() - 2)).y())
        self.move(place)
        self.show()
