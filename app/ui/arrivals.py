"""A carried file that a start was given: shown in Đồng bộ as soon as nothing stands before it."""

from __future__ import annotations

import logging
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer
from PySide6.QtWidgets import QApplication

from app.carried import Carried, kind_of
from app.ui.common.parts.office import Place
from app.ui.main_window import MainWindow

_LOOK_AGAIN_MS = 250
_log = logging.getLogger(__name__)


class Arrivals(QObject):
    """Opens files in *window* one after the other; no file is lost by coming at a bad moment."""

    def __init__(self, window: MainWindow) -> None:
        super().__init__(window)
        self._window = window
        self._waiting: list[Path] = []
        self._is_opening = False  # its questions have loops of their own

    def bring(self, path: Path) -> None:
        """Show *path*, or say in a sentence why not."""
        self._waiting.append(path)
        self._open_next()

    def _open_next(self) -> None:
        """A question on screen is answered first: the page below it must not change."""
        while self._waiting and not self._is_opening:
            if QApplication.activeModalWidget() is not None or QApplication.activePopupWidget():
                QTimer.singleShot(_LOOK_AGAIN_MS, self, self._open_next)
                return
            self._is_opening = True
            try:
                self._open(self._waiting.pop(0))
            finally:
                self._is_opening = False

    def _open(self, path: Path) -> None:
        office = self._window.office
        if kind_of(path) is None:
            told = self.tr("Phối Hợp không mở được tệp {name}: chỉ mở {kinds}.")
            office.say("danger", told.format(name=path.name, kinds=self._kinds()))
        elif self._window.go(Place("sync", carried=path)):
            _log.info("a carried file is shown: %s", kind_of(path))
        else:
            told = self.tr("Chưa mở tệp {}: trang này còn đang làm dở.").format(path.name)
            office.say("warn", told, [(self.tr("Mở tệp"), partial(self.bring, path))])

    def _kinds(self) -> str:
        words = {
            Carried.PACKAGE: self.tr("gói đồng bộ"),
            Carried.INVITATION: self.tr("thư mời"),
            Carried.REQUEST: self.tr("tệp xin tham gia"),
            Carried.APPROVAL: self.tr("tệp chấp thuận"),
        }
        return ", ".join(f"{words[kind]} ({kind})" for kind in Carried)
