"""A small panel that opens under a button and goes when the clerk looks elsewhere."""

from __future__ import annotations

from PySide6.QtCore import QPoint, Qt
from PySide6.QtWidgets import QAbstractItemView, QFrame, QWidget

from app.ui import roominess
from app.ui.theme import hold, px
from app.ui.tokens import M


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
        self._squeeze(self.height() - roominess.available(opener).height())
        place = opener.mapToGlobal(QPoint(0, opener.height() + 2))
        room = roominess.available(opener)
        place.setX(max(room.left(), min(place.x(), room.right() - self.width())))
        if place.y() + self.height() > room.bottom():
            above = opener.mapToGlobal(QPoint(0, -self.height() - 2)).y()
            place.setY(above if above >= room.top() else room.bottom() + 1 - self.height())
        self.move(place)
        self.show()

    def _squeeze(self, excess: int) -> None:
        """Take *excess* pixels from its list, which scrolls, where the screen is too low for it."""
        shown = self.findChild(QAbstractItemView)
        if excess > 0 and shown is not None:
            shown.setFixedHeight(max(px(M.row), shown.height() - excess))
            self.adjustSize()
