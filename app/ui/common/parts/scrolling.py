"""What is longer than its place scrolls; what the keyboard comes to is brought into sight."""

from __future__ import annotations

from PySide6.QtCore import QObject, Qt
from PySide6.QtWidgets import QApplication, QFrame, QScrollArea, QWidget

_ROUND = 12
"""Pixels shown round what has the focus, so that its frame and its neighbour can be seen."""


def scrolling(inner: QWidget | None = None) -> QScrollArea:
    """A place that is as wide as *inner* needs to be told and scrolls it up and down."""
    made = QScrollArea()
    made.setWidgetResizable(True)
    made.setFrameShape(QFrame.Shape.NoFrame)
    made.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    made.setFocusPolicy(Qt.FocusPolicy.NoFocus)
    if inner is not None:
        made.setWidget(inner)
    return made


class FocusInSight(QObject):
    """Scrolls to whatever in *window* the keyboard comes to.

    Qt does so only for a Tab within one scroll area: not for one that enters it, nor for Alt and
    a letter or a first wrong field. What the mouse pressed is in sight and must not move under it.
    """

    def __init__(self, window: QWidget) -> None:
        super().__init__(window)
        self._window = window
        application = QApplication.instance()
        if isinstance(application, QApplication):
            application.focusChanged.connect(self._follow)

    def _follow(self, _old: QWidget | None, new: QWidget | None) -> None:
        pressed = QApplication.mouseButtons() != Qt.MouseButton.NoButton
        if new is not None and not pressed and self._window.isAncestorOf(new):
            bring_into_sight(new)


def bring_into_sight(widget: QWidget) -> None:
    """Scroll every place that holds *widget* so that it can be seen."""
    over = widget.parentWidget()
    while over is not None:
        if isinstance(over, QScrollArea):
            over.ensureWidgetVisible(widget, _ROUND, _ROUND)
        over = over.parentWidget()
