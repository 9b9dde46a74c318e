"""The window on the screens that offices have: 1366×768 and 1920×1080, scaled as they are."""

from __future__ import annotations

from collections.abc import Iterator
from functools import partial
from itertools import chain

import pytest
from PySide6.QtCore import QRect, QSize
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.ui import roominess, theme
from app.ui.common.parts.office import Office
from app.ui.main_window import MainWindow
from app.ui.rooms import ROOMS
from tests.offices import TODAY
from tests.ui import fitting, stages
from tests.ui.settling import come_to_rest
from tests.ui.stages import Sample

SMALLEST = QSize(911 - 16, 470 - 39)
"""Inside the frame that Windows draws, on 1366×768 at 150 %."""
SIZES = (SMALLEST, QSize(960, 500), QSize(1093, 574), QSize(1280, 680))


@pytest.fixture(scope="module")
def sample(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Sample]:
    given = Sample(tmp_path_factory.mktemp("sample"))
    yield given
    given.store.close()


@pytest.fixture
def window(sample: Sample, qtbot: QtBot) -> Iterator[MainWindow]:
    theme.wear(theme.Mode.LIGHT, 100)
    office = Office(sample.store, today=lambda: TODAY)
    window = MainWindow(office, ROOMS)
    qtbot.addWidget(window, before_close_func=lambda _window: stages.lift_all(window))
    window.resize(SMALLEST)
    with qtbot.waitActive(window):
        window.show()
    yield window
    office.tasks.wait()
    office.deleteLater()


def test_every_room_fits_every_screen(window: MainWindow, qtbot: QtBot) -> None:
    wrong = [
        fault
        for name in stages.rooms(window, partial(come_to_rest, qtbot, window))
        for fault in _faults(name, window)
    ]

    assert not wrong, "\n".join(wrong)


def test_every_form_fits_every_screen(window: MainWindow, sample: Sample, qtbot: QtBot) -> None:
    wrong = [
        fault
        for name in stages.laid(window, sample, partial(come_to_rest, qtbot, window))
        for fault in _faults(name, window)
    ]

    assert not wrong, "\n".join(wrong)


@pytest.mark.parametrize(
    ("area", "percent"), [(QRect(0, 0, 911, 470), 100), (QRect(0, 0, 1366, 728), 150)]
)
def test_every_dialog_fits_its_screen(
    window: MainWindow,
    sample: Sample,
    monkeypatch: pytest.MonkeyPatch,
    area: QRect,
    percent: int,
) -> None:
    monkeypatch.setattr(roominess, "available", lambda _widget: area)
    theme.wear(theme.Mode.LIGHT, percent)
    wrong: list[str] = []
    try:
        for name, dialog in stages.dialogs(window, sample):
            QApplication.processEvents()
            if area.size().expandedTo(dialog.frameSize()) != area.size():
                wrong.append(f"{name}: {dialog.frameSize().toTuple()}")
            wrong += _shown_badly(name, dialog)
            wrong += _walked_badly(name, dialog)
    finally:
        theme.wear(theme.Mode.LIGHT, 100)

    assert not wrong, "\n".join(wrong)


def test_everything_fits_the_smallest_screen_in_english(
    english_window: None, window: MainWindow, sample: Sample, qtbot: QtBot
) -> None:
    settle = partial(come_to_rest, qtbot, window)
    wrong: list[str] = []
    for name in chain(stages.rooms(window, settle), stages.laid(window, sample, settle)):
        wrong += _shown_badly(name, window)
        wrong += _walked_badly(name, window)

    assert not wrong, "\n".join(wrong)


def test_every_room_and_form_fits_with_large_text(
    window: MainWindow, sample: Sample, qtbot: QtBot
) -> None:
    settle = partial(come_to_rest, qtbot, window)
    wrong: list[str] = []
    try:
        for percent in (125, 150):
            theme.wear(theme.Mode.LIGHT, percent)
            window.resize(1366 - 16, 728 - 39)
            forms = stages.laid(window, sample, settle) if percent == max(stages.SCALES) else ()
            for name in chain(stages.rooms(window, settle), forms):
                wrong += _shown_badly(f"{name} {percent} %", window)
    finally:
        theme.wear(theme.Mode.LIGHT, 100)

    assert not wrong, "\n".join(wrong)


def _faults(name: str, window: MainWindow) -> Iterator[str]:
    for size in SIZES:
        window.resize(size)
        for _ in range(3):  # layouts settle in rounds
            QApplication.processEvents()
        said = f"{name} {size.width()}x{size.height()}"
        if window.size() != size:
            yield f"{said}: the window is {window.size().toTuple()}"
        if needed := fitting.too_large(window, size):
            yield f"{said}: {needed}"
        yield from _shown_badly(said, window)
        if size == SMALLEST:
            yield from _walked_badly(said, window)
    window.resize(SMALLEST)


def _shown_badly(name: str, window: QWidget) -> Iterator[str]:
    yield from (f"{name}: out of reach {each}" for each in fitting.out_of_reach(window))
    yield from (f"{name}: cut {each}" for each in fitting.cut(window))


def _walked_badly(name: str, window: QWidget) -> Iterator[str]:
    unseen, missed = fitting.walked(window)
    yield from (f"{name}: not in sight {each}" for each in unseen)
    yield from (f"{name}: no Tab comes to {each}" for each in missed)
