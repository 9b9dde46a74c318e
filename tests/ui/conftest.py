"""Fixtures of the window: an office on a store without a file, and a form laid open."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import QRect
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.ui import roominess
from app.ui.common.form.form_page import FormPage
from app.ui.common.pane import status
from app.ui.common.parts.office import Office
from app.ui.main_window import MainWindow
from app.ui.qt_words import QtWords
from tests.ui.desk import Desk
from tests.ui.fakes import ROOMS, FakeStore, fake_office
from tests.ui.form_to_try import AGENCIES, SPEC, Open, PaperDraft


@pytest.fixture(autouse=True)
def desk_screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen of the usual size; the one of the platform for tests has 800×800 points."""
    monkeypatch.setattr(roominess, "available", lambda _widget: QRect(0, 0, 1920, 1040))


@pytest.fixture(autouse=True)
def known_states(monkeypatch: pytest.MonkeyPatch) -> None:
    """A status that is drawn as unknown is a fault of ours."""

    def refuse(words: str) -> status.State:
        raise AssertionError(f"no such status: {words}")

    monkeypatch.setattr(status, "unknown", refuse)


@pytest.fixture
def english_window(english: None, qapp: QApplication) -> Iterator[None]:
    """What is made meanwhile is drawn in English."""
    words = QtWords()
    qapp.installTranslator(words)
    yield
    qapp.removeTranslator(words)


@pytest.fixture
def store() -> FakeStore:
    return FakeStore()


@pytest.fixture
def office(store: FakeStore, qtbot: QtBot) -> Iterator[Office]:
    office = fake_office(store)
    yield office
    office.tasks.wait()
    office.deleteLater()


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> MainWindow:
    window = MainWindow(office, ROOMS)
    qtbot.addWidget(window)
    window.show()
    return window


@pytest.fixture
def desk(tmp_path: Path, qtbot: QtBot) -> Iterator[Desk]:
    desk = Desk(tmp_path, qtbot)
    yield desk
    desk.close()


@pytest.fixture
def form_office(qtbot: QtBot) -> Iterator[Office]:
    office = fake_office(FakeStore(), today=lambda: date(2026, 11, 23))
    yield office
    office.deleteLater()


@pytest.fixture
def saved() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def open_form(form_office: Office, qtbot: QtBot, saved: list[dict[str, Any]]) -> Open:
    def opened(values: dict[str, Any] | None = None, save: Any = saved.append, **more: Any):
        page = FormPage(
            form_office, SPEC, PaperDraft, values or {}, save, choices=lambda _: AGENCIES, **more
        )
        qtbot.addWidget(page)
        page.resize(1169, 700)
        with qtbot.waitActive(page):
            page.show()
        page.setFocus()
        return page

    return opened
