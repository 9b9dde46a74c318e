"""A second window over a copy of a register: everything can be looked at, nothing written."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from pathlib import Path

from PySide6.QtCore import Qt
from PySide6.QtGui import QCloseEvent

from app import paths
from app.settings import Settings
from app.store.copy import CopyStore
from app.store.scratch import Scratch
from app.ui.common.form.drafts import Drafts
from app.ui.common.parts.office import Office
from app.ui.common.parts.window_state import WindowState
from app.ui.main_window import MainWindow
from app.ui.room import Room


class CopyWindow(MainWindow):
    """Goes, with all that it copied, when it is closed."""

    def __init__(
        self, source: Path, rooms: Sequence[Room], today: Callable[[], date], settings: Settings
    ) -> None:
        """Raises BackupUnusable or NewerStore; then there is no window."""
        self._scratch = Scratch(paths.scratch_folder())
        try:
            place = self._scratch.folder()
            self._store = CopyStore(source, place / "office")
        except BaseException:
            self._scratch.close()
            raise
        office = Office(
            self._store,
            today=today,
            settings=settings,
            remember=WindowState(place / "window.json"),
            drafts=Drafts(place / "drafts"),
            scratch=self._scratch,
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
        self._scratch.close()
