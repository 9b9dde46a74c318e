"""Before a restore: what will be lost, how it can be had back, and why it is done."""

from __future__ import annotations

from PySide6.QtWidgets import QWidget

from app.text import clean
from app.ui.common.form.fields import Line
from app.ui.common.parts.dialog import AskingDialog
from app.ui.common.parts.dialogs import WIDTH
from app.ui.common.parts.widgets import Glyph, button, column, row, text
from app.ui.tokens import M


class RestoreDialog(AskingDialog):
    """`why` is the reason once the clerk has agreed; empty otherwise."""

    def __init__(self, title: str, consequence: str, parent: QWidget | None = None) -> None:
        super().__init__(parent, WIDTH)
        self.why = ""
        self.setWindowTitle(title)
        self.setModal(True)
        self.reason = Line(self.tr("Ví dụ: nhập nhầm tệp của năm trước"))
        self.reason.setAccessibleName(self.tr("Lý do khôi phục"))
        self._error = text("", "danger", wrap=True)
        self._mark = Glyph("attention", "danger", 14)
        self._mark.hide()
        label = text(self.tr("Lý do *"))
        label.setBuddy(self.reason)
        self.keep = button(self.tr("Để lại"), does=self.reject)
        self.act = button(self.tr("Khôi phục"), "primary", does=self.agree)
        error = row(self._mark, self._error, gap=6)
        error.setStretch(1, 1)
        self.lay_out(
            column(
                text(title, "lead", wrap=True),
                M.s2,
                text(consequence, wrap=True),
                M.s3,
                label,
                M.s1,
                self.reason,
                M.s1,
                error,
            ),
            row(None, self.keep, self.act),
        )
        self.setAccessibleDescription(consequence)
        self.reason.setFocus()

    @property
    def problem(self) -> str:
        """What still stands in the way, as last said."""
        return self._error.text()

    def agree(self) -> None:
        """Close with the reason; without one nothing happens yet."""
        reason = clean(self.reason.text())
        if not reason:
            self._error.setText(self.tr("Chưa nhập lý do. Lý do được giữ cùng sổ."))
            self._mark.show()
            self.reason.setFocus()
            return
        self.why = reason
        self.accept()

    def on_enter(self) -> None:
        """In the field Enter only goes on to the safe button."""
        self.keep.setFocus()


def ask_restore(parent: QWidget | None, title: str, consequence: str) -> str:
    """Ask; return the reason, or an empty string when the clerk would rather not."""
    dialog = RestoreDialog(title, consequence, parent)
    dialog.exec()
    dialog.deleteLater()
    return dialog.why
