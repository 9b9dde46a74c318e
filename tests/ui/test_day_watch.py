"""The day turns while the window is open."""

from __future__ import annotations

from datetime import date
from typing import Any

from PySide6.QtCore import QEvent
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui.main_window import MainWindow
from tests.ui.fakes import ROOMS, FakeStore, WaitingPage, fake_office


def test_pages_read_again_on_the_first_morning_look(qtbot: QtBot, monkeypatch: Any) -> None:
    days = [date(2026, 11, 23)]
    office = fake_office(FakeStore(), today=lambda: days[-1])
    window = MainWindow(office, ROOMS)
    qtbot.addWidget(window)
    window.show()
    told: list[Any] = []
    office.changed.connect(told.append)

    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    assert told == [], "the same day: nothing to read again"

    days.append(date(2026, 11, 24))
    monkeypatch.setattr(WaitingPage, "waits", 14)
    QApplication.sendEvent(window, QEvent(QEvent.Type.WindowActivate))
    assert "obligation" in told[0].tables
    assert window.sidebar.waiting("obligation") == "14"

    window._calendar.look()
    assert len(told) == 1, "told once a day"
    office.deleteLater()
