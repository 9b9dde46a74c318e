"""A window left open over night must not show yesterday's deadlines in the morning."""

from __future__ import annotations

from PySide6.QtCore import QEvent, QObject, QTimer
from PySide6.QtWidgets import QWidget

from app.models import MODELS
from app.store.store import Changes
from app.ui.common.parts.office import Office

_EVERY_MS = 60_000


class DayWatch(QObject):
    """Tells every page of *office* to read again when the day has turned.

    Asked each minute while *window* is shown, and when it comes forward: a timer that slept with
    the machine may be late.
    """

    def __init__(self, office: Office, window: QWidget) -> None:
        super().__init__(window)
        self._office, self._day = office, office.today()
        self._timer = QTimer(self, interval=_EVERY_MS)
        self._timer.timeout.connect(self.look)
        window.installEventFilter(self)

    def look(self) -> None:
        """Compare the calendar with the day that was shown last."""
        day = self._office.today()
        if day != self._day:
            self._day = day
            self._office.changed.emit(Changes("", frozenset(MODELS)))

    def eventFilter(self, _watched: QObject, event: QEvent) -> bool:
        """Follow the window; nothing is taken from it."""
        match event.type():
            case QEvent.Type.Show:
                self._timer.start()
            case QEvent.Type.Hide:
                self._timer.stop()
            case QEvent.Type.WindowActivate:
                self.look()
            case _:
                pass
        return False
