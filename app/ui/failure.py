"""A dialog for what keeps the window from opening: one sentence, a copy of it, and the log."""

from __future__ import annotations

from collections.abc import Sequence
from pathlib import Path

from PySide6.QtGui import QGuiApplication

from app import last_word
from app.settings import Settings
from app.ui.common.parts.dialog import Dialog
from app.ui.common.parts.office import open_path
from app.ui.common.parts.widgets import button, column, row, text
from app.ui.tokens import M
from app.words import told

WIDTH = 480


class FailureDialog(Dialog):
    """Says *sentence*; there is no window behind it, and none will come."""

    def __init__(self, sentence: str, log: Path) -> None:
        super().__init__(None, WIDTH)
        self.sentence, self._log = sentence, log
        self.setWindowTitle("Phối Hợp")
        self.setAccessibleDescription(sentence)
        self.status = text("", "muted")
        closes = button(self.tr("Đóng"), "primary", does=self.accept)
        closes.setDefault(True)
        where = self.tr("Nhật ký của chương trình: {}").format(log)
        said = column(
            text(told(last_word.TITLE), "lead"),
            M.s2,
            text(sentence, wrap=True),
            M.s2,
            text(where, "small", wrap=True),
        )
        foot = row(
            button(self.tr("Sao chép"), does=self.copy),
            button(self.tr("Mở thư mục nhật ký"), does=self.open_log),
            self.status,
            None,
            closes,
        )
        self.lay_out(said, foot)
        closes.setFocus()

    def copy(self) -> None:
        """Put the sentence and the place of the log on the clipboard."""
        QGuiApplication.clipboard().setText(last_word.with_log(self.sentence, self._log))
        self.status.setText(self.tr("Đã sao chép."))

    def open_log(self) -> None:
        """Show where the log lies."""
        open_path(self._log.parent)


def tell(sentence: str, log: Path, argv: Sequence[str], settings: Settings) -> None:
    """Open the dialog, with an application made for it if there is none."""
    from app.ui.application import make_application

    made = make_application(argv, settings)
    dialog = FailureDialog(sentence, log)
    dialog.exec()
    dialog.deleteLater()
    made.processEvents()
