"""A bug: say so plainly, keep what was being typed, let it be reported, and go on.

What a clerk can put right is an AppError and never comes here. The report holds versions and the
traceback; values from the register, keys and the person's folder name are taken out of it.
"""

from __future__ import annotations

import logging
import platform
import sys
import threading
import traceback
from collections.abc import Callable
from datetime import datetime
from types import TracebackType

import PySide6
from PySide6.QtCore import (
    QObject,
    Qt,
    Signal,
    qInstallMessageHandler,
)
from PySide6.QtGui import QFont, QFontDatabase, QGuiApplication
from PySide6.QtWidgets import QApplication, QPlainTextEdit, QWidget

import app
from app import durable, paths
from app.discretion import redacted
from app.errors import AppError, Cancelled
from app.text import moment_words
from app.ui import qt_log
from app.ui.common.parts import dialogs
from app.ui.common.parts.dialog import Dialog
from app.ui.common.parts.widgets import button, column, row, text
from app.ui.theme import hold
from app.ui.tokens import M
from app.words import told

Keep = Callable[[], object]
Tell = Callable[[AppError], object]

_log = logging.getLogger("phoihop")
_MOST_LINES = 400
WIDTH = 640


def report_of(error: BaseException) -> str:
    """Versions and traceback of *error*, without what belongs to the office or the person."""
    lines = traceback.format_exception(error)
    return "\n".join((*_versions(), "", *redacted("".join(lines)).splitlines()[-_MOST_LINES:]))


class CrashHandler(QObject):
    """Takes every error nobody caught, from whatever thread, to the dialog on the UI thread.

    `keep` is called first and puts the open form away as a draft. `tell` shows an AppError that
    slipped through a slot: it has a sentence of its own and is no bug.
    """

    _caught = Signal(object)

    def __init__(self, keep: Keep | None = None, tell: Tell | None = None) -> None:
        super().__init__()
        self.keep, self.tell = keep, tell
        self._is_showing = False
        # queued: an error inside a paint event must not open a dialog inside that event
        self._caught.connect(self.show_error, Qt.ConnectionType.QueuedConnection)

    def install(self) -> None:
        """From now on errors and Qt's own complaints come here."""
        sys.excepthook = self._from_hook
        threading.excepthook = self._from_thread
        qInstallMessageHandler(qt_log.take)

    def uninstall(self) -> None:
        """Give the hooks back: for tests, and after the window has gone."""
        sys.excepthook = sys.__excepthook__
        threading.excepthook = threading.__excepthook__
        qInstallMessageHandler(None)

    def take(self, error: BaseException) -> None:
        """Show *error*, from any thread."""
        self._caught.emit(error)

    def show_error(self, error: BaseException) -> None:
        """Keep the form, write the log, and tell the clerk. Runs on the UI thread."""
        if isinstance(error, Cancelled):
            return
        if isinstance(error, AppError) and self.tell is not None:
            self.tell(error)
            return
        report = report_of(error)
        _log.error("%s", report)
        kept = self._put_away()
        if self._is_showing:  # an error while the dialog is up must not pile up dialogs
            return
        self._is_showing = True
        try:
            show_report(report, kept)
        finally:
            self._is_showing = False

    def _put_away(self) -> bool:
        """Keep the open form. A failure here is logged: the first error is the one to show."""
        try:
            return bool(self.keep and self.keep())
        except Exception:
            _log.exception("the draft could not be kept")
            return False

    def _from_hook(
        self, kind: type[BaseException], error: BaseException, _trace: TracebackType | None
    ) -> None:
        if issubclass(kind, KeyboardInterrupt):
            QApplication.quit()
            return
        self.take(error)

    def _from_thread(self, caught: threading.ExceptHookArgs) -> None:
        if caught.exc_value is not None:
            self.take(caught.exc_value)


def show_report(report: str, form_was_kept: bool) -> None:
    """Open the dialog; a seam for tests."""
    dialog = CrashDialog(report, form_was_kept, QApplication.activeWindow())
    dialog.exec()
    dialog.deleteLater()


class CrashDialog(Dialog):
    """Says that the program failed, that it goes on, and offers the report."""

    def __init__(self, report: str, form_was_kept: bool, parent: QWidget | None = None) -> None:
        super().__init__(parent, WIDTH)
        self.report = report
        self.setWindowTitle(self.tr("Có lỗi trong chương trình"))
        self._status = text("", "muted")
        go_on = button(self.tr("Tiếp tục làm việc"), "primary", does=self.accept)
        go_on.setDefault(True)
        self.lay_out(
            column(
                text(self.tr("Có lỗi trong chương trình"), "lead"),
                M.s2,
                text(self._sentence(form_was_kept), wrap=True),
                M.s3,
                self._shown(),
            ),
            row(
                button(self.tr("Sao chép"), does=self.copy),
                button(self.tr("Lưu ra tệp"), does=self.save),
                self._status,
                None,
                go_on,
            ),
        )
        go_on.setFocus()

    def copy(self) -> None:
        """Put the report on the clipboard."""
        QGuiApplication.clipboard().setText(self.report)
        self._status.setText(self.tr("Đã sao chép."))

    def save(self) -> None:
        """Write the report where the clerk says."""
        name = f"loi-phoi-hop-{datetime.now().astimezone():%Y%m%d-%H%M}.txt"
        proposed = paths.exports_folder().parent / name
        kinds = self.tr("Văn bản (*.txt)")
        chosen = dialogs.save_file(self, self.tr("Lưu báo cáo lỗi"), kinds, proposed)
        if chosen is None:
            return
        try:
            durable.write_bytes(chosen, self.report.encode())
        except AppError as error:
            self._status.setText(str(error))
        else:
            self._status.setText(self.tr("Đã lưu {}.").format(chosen.name))

    def _sentence(self, form_was_kept: bool) -> str:
        first = self.tr(
            "Thao tác vừa rồi bị dừng giữa chừng; những gì đã lưu không bị ảnh hưởng và chương "
            "trình vẫn chạy tiếp. Hãy xem rồi gửi báo cáo dưới đây cho người hỗ trợ."
        )
        kept = self.tr(" Nội dung đang nhập đã được giữ thành bản nháp.")
        return first + kept if form_was_kept else first

    def _shown(self) -> QPlainTextEdit:
        shown = QPlainTextEdit(self.report)
        shown.setReadOnly(True)
        shown.setAccessibleName(self.tr("Báo cáo lỗi"))
        shown.setLineWrapMode(QPlainTextEdit.LineWrapMode.NoWrap)
        fixed: QFont = QFontDatabase.systemFont(QFontDatabase.SystemFont.FixedFont)
        shown.setFont(fixed)
        hold(shown, height=220)
        return shown


def _versions() -> tuple[str, ...]:
    return (
        told(
            "Phối Hợp {version}, {at}",
            version=app.__version__,
            at=moment_words(datetime.now().astimezone(), seconds=True),
        ),
        f"Python {platform.python_version()}, PySide {PySide6.__version__}, {platform.platform()}",
    )
