"""The window in English: nothing of ours is left in Vietnamese, and lists that go out are."""

from __future__ import annotations

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel, QLineEdit, QTabBar, QTableView, QWidget
from pytestqt.qtbot import QtBot

from app import paths
from app.export.listing import Listing
from app.services.any_kind import records
from app.ui import help_pane
from app.ui.common.list.export import listing
from app.ui.common.parts.office import Office
from app.ui.main_window import MainWindow
from app.ui.rooms import ROOMS
from app.ui.settings.page import _PARTS
from tests.offices import TODAY, open_store
from tests.ui.settling import come_to_rest
from tests.ui.stages import lift_all

VIETNAMESE = re.compile("[À-ỹĐđ]")
KEPT = ("Phối Hợp", "Tiếng Việt")
EXAMPLES = (
    "Example: ",
    "Language / Ngôn ngữ",
    "One legal basis a line",
    "If left blank, the folder Phối Hợp",
)
"""What shows how something is typed, which is in Vietnamese, or is said in both languages."""


@pytest.fixture
def window(english_window: None, tmp_path: Path, qtbot: QtBot) -> Iterator[MainWindow]:
    """Every room, on a register that nobody has written to."""
    store = open_store(tmp_path)
    office = Office(store, today=lambda: TODAY)
    window = MainWindow(office, ROOMS)
    qtbot.addWidget(window, before_close_func=lambda _window: lift_all(window))
    window.resize(1366, 728)
    with qtbot.waitActive(window):
        window.show()
    yield window
    office.tasks.wait()
    office.deleteLater()
    store.close()


def said(widget: QWidget) -> Iterator[str]:
    """Every text that is seen of *widget*."""
    for each in widget.findChildren(QWidget):
        if not each.isVisible():
            continue
        match each:
            case QLabel() | QAbstractButton():
                yield each.text()
            case QLineEdit():
                yield each.placeholderText()
            case QTabBar():
                yield from (each.tabText(at) for at in range(each.count()))
            case QTableView():
                model = each.model()
                for at in range(model.columnCount()):
                    yield str(model.headerData(at, Qt.Orientation.Horizontal))
        yield each.windowTitle()
        yield each.toolTip()
        yield each.accessibleName()
        yield from (action.text() for action in each.actions())


def left(window: MainWindow) -> set[str]:
    """What stands on screen in Vietnamese; nothing has been typed yet."""
    place = str(window.office.store.folder.path)
    return {
        text
        for text in said(window)
        if VIETNAMESE.search(text)
        and text.strip() not in KEPT
        and not text.startswith(EXAMPLES)
        and place not in text
        and str(paths.home()) not in text
    }


def test_no_room_of_an_empty_register_says_a_word_in_vietnamese(
    window: MainWindow, qtbot: QtBot
) -> None:
    found = {}
    for room in ROOMS:
        window.enter(room.key)
        come_to_rest(qtbot, window)
        found[room.key] = left(window)
    window.enter("settings")
    settings: Any = window.page_of("settings")
    for part in _PARTS:
        settings.show_part(part)
        come_to_rest(qtbot, window)
        found[part] = left(window)

    assert {name: texts for name, texts in found.items() if texts} == {}


@pytest.mark.parametrize("room", ["agency", "regulation", "legal_document", "obligation", "review"])
def test_no_form_says_a_word_in_vietnamese(window: MainWindow, room: str, qtbot: QtBot) -> None:
    window.enter(room)
    come_to_rest(qtbot, window)
    page: Any = window.page_of(room)
    page.add() if room == "obligation" else page.open_form(None)
    come_to_rest(qtbot, window)

    assert left(window) == set()


def test_a_list_goes_out_in_vietnamese(window: MainWindow, qtbot: QtBot) -> None:
    with window.office.store.changing("Thêm cơ quan") as session:
        records.enter(session, "agency", {"name": "Sở Y tế", "kind": "department"})
    window.enter("agency")
    come_to_rest(qtbot, window)
    page: Any = window.page_of("agency")
    shown = [str(page.table.index(0, at).data()) for at in range(page.table.columnCount())]
    out: Listing[Any] = listing(page)
    row = out.records[0]

    assert page.title == "Agencies"
    assert "Active" in shown
    assert out.title == "Cơ quan"
    assert [column.title for column in out.columns][:2] == ["Tên cơ quan", "Tên viết gọn"]
    assert "Đang hoạt động" in [column.value(row) for column in out.columns]


def test_every_page_of_the_help_is_there_in_english(english: None) -> None:
    pages = {path.name for path in (paths.resources() / "help").glob("*.md")}
    read = {room.key: help_pane.help_file(room.key) for room in ROOMS}

    assert {path.name for path in (paths.resources() / "help/en").glob("*.md")} == pages
    assert {path.parent.name for path in read.values()} == {"en"}
