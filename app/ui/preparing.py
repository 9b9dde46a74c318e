"""Work before there is a window: a small dialog with a count and a way to stop."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtGui import QCloseEvent

from app.errors import Cancelled
from app.progress import Progress
from app.ui.common.parts.dialog import Dialog
from app.ui.common.parts.progress_bar import ProgressBar
from app.ui.common.parts.widgets import column, row, text
from app.ui.tasks import Tasks
from app.ui.tokens import M

WIDTH = 560


class Preparing(Dialog):
    """Does one piece of work while it is on screen; closing it asks the work to stop."""

    def __init__(self, work: Callable[[Progress], object], title: str, label: str) -> None:
        super().__init__(None, WIDTH)
        self.setWindowTitle("Phối Hợp")
        self.tasks = Tasks(self)
        self.error: Exception | None = Cancelled()
        bar = ProgressBar()
        self.lay_out(
            row(text(title, "title", wrap=True), pad=(M.s4, 0, M.s4, 0)),
            column(bar),
            pad=(M.s2, M.s4, M.s2, M.s3),
        )
        self.tasks.started.connect(bar.follow)
        task = self.tasks.start(work, self._on_done, label=label, failed=self._on_failed)
        task.finished.connect(self.accept)

    def closeEvent(self, event: QCloseEvent) -> None:
        event.ignore()
        self.tasks.cancel()

    def reject(self) -> None:
        """Esc asks the work to stop; the dialog goes when it has."""
        self.tasks.cancel()

    def _on_done(self, _result: object) -> None:
        self.error = None

    def _on_failed(self, error: Exception) -> None:
        self.error = error


def carry_out(work: Callable[[Progress], object], title: str, label: str) -> None:
    """Do *work* with a dialog on screen. Raises what it raised; Cancelled when it was stopped."""
    dialog = Preparing(work, title, label)
    dialog.exec()
    dialog.tasks.wait()
    error = dialog.error
    dialog.deleteLater()
    if error is not None:
        raise error
