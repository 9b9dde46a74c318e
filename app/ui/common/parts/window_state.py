"""How the window was left: widths, orders, tabs, the last room. Losing it harms nobody."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtCore import QObject, QTimer

from app import durable
from app.json_tree import Json
from app.settings import read_json, write_json

_LATER_MS = 800


class WindowState(QObject):
    """A few JSON values by key. Written a moment after the last change, and by `keep()`."""

    def __init__(self, path: Path, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._path = path
        self._values = read_json(path)
        self._is_kept = True
        self._later = QTimer(self, singleShot=True, interval=_LATER_MS)
        self._later.timeout.connect(self.keep)

    def get(self, key: str, default: Json = None) -> Json:
        """What was put under *key*, or *default*."""
        return self._values.get(key, default)

    def words(self, key: str, default: str = "") -> str:
        """The words put under *key*; *default* where there are none."""
        found = self.get(key)
        return found if isinstance(found, str) else default

    def number(self, key: str, default: int) -> int:
        """The whole number put under *key*; *default* where there is none."""
        found = self.get(key)
        return found if isinstance(found, int) else default

    def put(self, key: str, value: Json) -> None:
        """Remember *value*, which must be JSON; None forgets the key."""
        if self._values.get(key) == value:
            return
        if value is None:
            self._values.pop(key, None)
        else:
            self._values[key] = value
        self._is_kept = False
        self._later.start()

    def keep(self) -> None:
        """Write now: called when the window closes."""
        self._later.stop()
        if self._is_kept:
            return
        self._is_kept = True
        try:
            write_json(self._path, self._values)
        except durable.Refusal as error:  # a full disk must not stop the window from closing
            logging.getLogger(__name__).warning("%s", error)
