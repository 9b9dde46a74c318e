"""What every room owes: names for whoever cannot see, Vietnamese, a page that can be drawn."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QAbstractSpinBox,
    QComboBox,
    QHeaderView,
    QLineEdit,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.journal.keys import Keyring
from app.store import Store
from app.ui import theme
from app.ui.application import draw_every_room
from app.ui.common.parts.office import Office
from app.ui.main_window import MainWindow
from app.ui.room import Room
from app.ui.rooms import ROOMS

INPUTS = (QLineEdit, QPlainTextEdit, QComboBox, QAbstractSpinBox, QAbstractItemView)
EACH = pytest.mark.parametrize("room", ROOMS, ids=lambda room: room.key)


@pytest.fixture
def office(tmp_path: Path, qtbot: QtBot) -> Iterator[Office]:
    store = Store(tmp_path / "office", keyring=Keyring(tmp_path / "keys"))
    office = Office(store, today=lambda: date(2026, 11, 23))
    yield office
    office.tasks.wait()
    office.deleteLater()
    store.close()


@pytest.fixture
def window(office: Office, qtbot: QtBot) -> MainWindow:
    window = MainWindow(office, ROOMS)
    qtbot.addWidget(window)
    window.show()
    return window


@EACH
def test_every_input_of_a_room_has_a_name(window: MainWindow, room: Room) -> None:
    window.enter(room.key)
    unnamed = [w for w in _reached(window.page_of(room.key)) if not w.accessibleName()]

    assert not unnamed


@EACH
def test_every_button_of_a_room_has_a_word(window: MainWindow, room: Room) -> None:
    window.enter(room.key)
    buttons = [w for w in window.page_of(room.key).findChildren(QAbstractButton) if w.isVisible()]

    assert not [b for b in buttons if not (b.text().strip() or b.accessibleName())]


@EACH
def test_a_room_fits_the_smallest_screen(window: MainWindow, room: Room) -> None:
    window.enter(room.key)
    window.resize(1366, 728)

    assert window.minimumSizeHint().width() <= 1366


def test_every_room_of_an_empty_office_can_be_drawn(office: Office, tmp_path: Path) -> None:
    drawn = draw_every_room(office, tmp_path / "pictures")

    assert [each.room for each in drawn if each.picture is None] == []


@pytest.mark.usefixtures("qapp")
@pytest.mark.parametrize("percent", [125, 150])
def test_large_text_fits_the_smallest_screen(office: Office, qtbot: QtBot, percent: int) -> None:
    theme.wear(theme.Mode.LIGHT, percent)
    try:
        window = MainWindow(office, ROOMS)
        qtbot.addWidget(window)
        window.show()
        for room in ROOMS:
            window.enter(room.key)
        assert window.minimumSizeHint().width() <= 1366
    finally:
        theme.wear(theme.Mode.LIGHT, 100)


def _reached(page: QWidget) -> list[QWidget]:
    """The inputs that can be reached; the parts Qt makes for itself inside them are not ours."""
    found = [w for w in page.findChildren(QWidget) if isinstance(w, INPUTS)]
    own = [w for w in found if not isinstance(w, QHeaderView) and w.focusPolicy() and w.isVisible()]
    return [w for w in own if not isinstance(w.parentWidget(), QComboBox | QAbstractSpinBox)]
