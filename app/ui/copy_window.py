"""A second window over a copy of a register: everything can be looked at, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent

from app import durable
from app.settings import Settings
from app.store.copy import CopyStore
from app.ui.common.drafts import Drafts
from app.ui.common.office import Office
from app.ui.common.window_state import WindowState
from app.ui.main_window import MainWindow
from app.ui.room import Room


class CopyWindow(MainWindow):
    """Goes, with all that it copied, when it is closed."""

    def __init__(
        self, source: Path, rooms: Sequence[Room], today: Callable[[], date], settings: Settings
    ) -> None:
        """Raises BackupUnusable or NewerStore; then there is no window."""
        self._scratch = durable.make_scratch()
        try:
            self._store = CopyStore(source, self._scratch / "office")
        except BaseException:
            durable.clear(self._scratch)
            raise
        office = Office(
            self._store,
            today=today,
            settings=settings,
            remember=WindowState(self._scratch / "window.json"),
            drafts=Drafts(self._scratch / "drafts"),
        )
        super().__init__(office, rooms)
        self.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)

    def closeEvent(self, event: QCloseEvent) -> None:
        super().closeEvent(event)
        if event.isAccepted():
            self.let_go()

    def let_go(self) -> None:
        """Close the copy and remove it."""
        self.office.tasks.wait()
        self._store.close()
        durable.clear(self._scratch)
