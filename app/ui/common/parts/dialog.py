"""A dialog that every screen holds: what it says scrolls where it must, its buttons stay."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QSize, Qt
from PySide6.QtGui import QKeyEvent, QShowEvent
from PySide6.QtWidgets import QDialog, QLayout, QPushButton, QScrollArea, QWidget

from app.ui import roominess
from app.ui.common.parts.scrolling import FocusInSight, scrolling
from app.ui.common.parts.widgets import column, panel
from app.ui.theme import Pad, look, px
from app.ui.tokens import M

EDGE: Pad = (M.s5, M.s4, M.s5, M.s4)


class Dialog(QDialog):
    """*width* and *height* are pixels at 100 % text; without a height it is as high as its words.

    It is never larger than the screen; then what stands between head and foot scrolls. Keyboard
    focus is brought into sight.
    """

    def __init__(self, parent: QWidget | None, width: int, height: int = 0) -> None:
        super().__init__(parent)
        self._asked = (width, height)
        self._body: QWidget | None = None
        self._scroll: QScrollArea | None = None
        roominess.Screens(self).changed.connect(self.fit)
        look.changed.connect(self.fit)
        FocusInSight(self)

    def lay_out(self, body: QLayout, foot: QLayout, pad: Pad = EDGE) -> None:
        """Put *body* above *foot*, the line of buttons; *pad* is the edge round both."""
        left, top, right, bottom = pad
        self._body = panel(column(body, pad=(left, top, right, 0)))
        self._body.installEventFilter(self)
        self._scroll = scrolling(self._body)
        whole = column(self._scroll, column(foot, pad=(left, M.s4, right, bottom)))
        whole.setStretch(0, 1)
        whole.setSizeConstraint(QLayout.SizeConstraint.SetNoConstraint)
        self.setLayout(whole)
        self.fit()

    def fit(self) -> None:
        """Take the size that is wanted, as far as the screen has it, and stay on the screen."""
        if self._body is None or self._scroll is None:
            return
        most = roominess.most(self)
        width, height = (px(side) for side in self._asked)
        width = min(max(width, self._least()), most.width())
        wanted = QSize(width, height or self._needed(width)).boundedTo(most)
        if wanted != self.size():
            self.setFixedSize(wanted)
            if self.isVisible():
                roominess.fit(self)

    def _least(self) -> int:
        """The width that the buttons need, and a word that breaks nowhere, such as a path."""
        layout, said = self.layout(), self._body
        foot = layout.minimumSize().width() if layout is not None else 0
        return max(foot, said.minimumSizeHint().width() if said is not None else 0)

    def _needed(self, width: int) -> int:
        """The height of all of it at *width* pixels."""
        layout, inner = self.layout(), self._body.layout() if self._body is not None else None
        if layout is None or inner is None:
            return 0
        foot = layout.sizeHint().height() - self._scroll_hint()
        high = inner.heightForWidth(width) if inner.hasHeightForWidth() else 0
        return foot + max(high, inner.minimumSize().height())

    def _scroll_hint(self) -> int:
        return self._scroll.sizeHint().height() if self._scroll is not None else 0

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """What is said may grow while it is on screen: a refusal under a field."""
        if watched is self._body and event.type() == QEvent.Type.LayoutRequest:
            self.fit()
        return super().eventFilter(watched, event)

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        self.fit()


class AskingDialog(Dialog):
    """Enter presses the button that has the focus, never another behind the clerk's back."""

    def on_enter(self) -> None:
        """Enter was pressed where no button has the focus: nothing, unless a dialog says more."""

    def keyPressEvent(self, event: QKeyEvent) -> None:
        if event.key() not in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            super().keyPressEvent(event)
            return
        held = self.focusWidget()
        if isinstance(held, QPushButton):
            held.click()
        else:
            self.on_enter()
