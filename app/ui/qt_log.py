"""What Qt complains of goes to the log; what ends the process is seen as well."""

from __future__ import annotations

import logging
import os
import sys
from pathlib import Path

from PySide6.QtCore import QMessageLogContext, QtMsgType

from app import last_word, paths
from app.discretion import redacted
from app.words import told

_LEVELS = {
    QtMsgType.QtDebugMsg: logging.DEBUG,
    QtMsgType.QtInfoMsg: logging.INFO,
    QtMsgType.QtWarningMsg: logging.WARNING,
}
_log = logging.getLogger("phoihop")


def take(kind: QtMsgType, _context: QMessageLogContext, words: str) -> None:
    """Qt's message handler. After a fatal message Qt would abort: the process ends here instead."""
    _log.log(_LEVELS.get(kind, logging.ERROR), "Qt: %s", redacted(words))
    if kind == QtMsgType.QtFatalMsg:
        say_fatal(words, paths.log_file())
        logging.shutdown()
        os._exit(1)


def say_fatal(words: str, log: Path) -> None:
    """Say that Qt cannot go on, where it is seen: it is Qt's own boxes that cannot be used."""
    sentence = told(
        "Thư viện giao diện của Phối Hợp không chạy được trên máy này. Cài lại Phối "
        "Hợp bằng bộ cài đặt; nếu vẫn lỗi, gửi nhật ký cho người hỗ trợ. Dữ liệu không "
        "bị ảnh hưởng.\n\nQt: {words}",
        words=" ".join(words.split()),
    )
    whole = last_word.with_log(sentence, log)
    if not last_word.show_plainly(whole):
        sys.stderr.write(f"{whole}\n")
        sys.stderr.flush()
