"""Waiting for a window to come to rest, however slow the machine."""

from __future__ import annotations

from PySide6.QtCore import QTimer
from PySide6.QtWidgets import QWidget
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow

_LONGEST = 15_000


def come_to_rest(qtbot: QtBot, window: MainWindow) -> None:
    """Wait until no work is under way, no page is being read and no pane is about to be built."""
    for _ in range(2):  # what is read elsewhere is shown, and then its pane is built
        window.office.tasks.wait()
        qtbot.waitUntil(lambda: _is_at_rest(window), timeout=_LONGEST)
        qtbot.wait(5)


def _is_at_rest(window: MainWindow) -> bool:
    if window.office.tasks.under_way:
        return False
    pages = [window, *window.findChildren(QWidget)]
    return not any(
        getattr(getattr(page, "reading", None), "is_loading", False)
        or _is_due(getattr(page, "_detail_due", None))
        for page in pages
    )


def _is_due(timer: object) -> bool:
    return isinstance(timer, QTimer) and timer.isActive()
