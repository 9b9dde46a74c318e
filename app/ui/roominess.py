"""How much room there is, said once: the window, its panes and its dialogs ask here.

Sizes are points at 100 % text and grow with the clerk's text size, as all on screen does. The
smallest screen is 1366×768 at 150 %: 911×512 points, less the task bar and the window's frame.
"""

from __future__ import annotations

from enum import StrEnum

from PySide6.QtCore import QEvent, QObject, QRect, QSize, QTimer, Signal
from PySide6.QtGui import QScreen
from PySide6.QtWidgets import QWidget

from app.ui.theme import px
from app.ui.tokens import M

LEAST = QSize(880, 430)
"""What every page fits into: the inside of the window on the smallest screen."""
_FRAME = QSize(16, 40)
"""What Windows puts round a window; asked of the window itself once it is on screen."""


class Beside(StrEnum):
    """Where the second of two parts stands: beside the first, under it, or in its place."""

    SIDE = "side"
    UNDER = "under"
    ALONE = "alone"


def beside(size: QSize, *parts: int) -> Beside:
    """Where the second of two parts goes in a page of *size*, each with its least width.

    A page that is neither wide enough for both nor high enough for one over the other shows one
    at a time.
    """
    if is_wide(size.width(), *parts):
        return Beside.SIDE
    return Beside.ALONE if is_low(size.height()) else Beside.UNDER


def is_low(height: int) -> bool:
    """Whether a page of this height has no room for two parts, one over the other."""
    return height < px(M.tall_page)


def is_wide(width: int, *parts: int) -> bool:
    """Whether *parts*, each with its least width, fit side by side into *width* pixels."""
    return width >= px(sum(parts))


def names_rooms(window_width: int) -> bool:
    """Whether the sidebar can say the names of the rooms and leave a list its pane beside it."""
    return is_wide(window_width, M.side, M.wide_page)


def available(widget: QWidget) -> QRect:
    """What the task bar leaves of the screen of *widget*."""
    return widget.screen().availableGeometry()


def most(window: QWidget) -> QSize:
    """The largest size of *window* inside its frame on its screen."""
    frame = window.frameGeometry().size() - window.size()
    return available(window).size() - (_FRAME if frame.isEmpty() else frame)


def fit(window: QWidget) -> None:
    """Make *window* no larger than its screen and bring it there whole, frame and all."""
    if window.isMaximized() or window.isFullScreen():
        return
    window.resize(window.size().boundedTo(most(window)))
    area = available(window)
    whole = window.size() + (area.size() - most(window))
    place = QRect(window.pos(), whole)
    window.move(clamped(place, area).topLeft())


def clamped(wanted: QRect, area: QRect) -> QRect:
    """*wanted* made small enough for *area* and moved into it."""
    size = wanted.size().boundedTo(area.size())
    x = max(area.left(), min(wanted.left(), area.left() + area.width() - size.width()))
    y = max(area.top(), min(wanted.top(), area.top() + area.height() - size.height()))
    return QRect(x, y, size.width(), size.height())


class Screens(QObject):
    """Keeps *window* no larger than its screen, when that becomes another one, smaller or coarser.

    `changed` is sent first, so that a window may take another size of its own. A window that has
    room enough is left where it is: the clerk may be drawing it across from one screen to the next.
    """

    changed = Signal()

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        self._watched: list[QScreen] = []
        self._due = QTimer(self, singleShot=True, interval=0)  # Qt moves and scales in steps
        self._due.timeout.connect(self.keep)
        window.installEventFilter(self)

    def keep(self) -> None:
        """Bring the window back to its screen."""
        self.changed.emit()
        size = self._window.size()
        if size != size.boundedTo(most(self._window)):
            fit(self._window)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        """A window has a screen from the moment it is first shown."""
        if watched is self._window and event.type() == QEvent.Type.Show and not self._watched:
            handle = self._window.windowHandle()
            handle.screenChanged.connect(self._on_screen)
            self._listen(handle.screen())
        return super().eventFilter(watched, event)

    def _on_screen(self, screen: QScreen) -> None:
        self._listen(screen)
        self._due.start()

    def _listen(self, screen: QScreen) -> None:
        if screen not in self._watched:
            self._watched.append(screen)
            screen.availableGeometryChanged.connect(self._due.start)
