"""Ctrl+K: type, look, Enter; wherever the clerk is."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.ui.main_window import MainWindow
from tests.ui.fakes import ROOMS, FakeHit, FakePage, FakeStore, WaitingPage


def test_search_opens_the_record_in_its_room(
    window: MainWindow, store: FakeStore, qtbot: QtBot
) -> None:
    store.hits = [
        FakeHit("obligation", "Nghĩa vụ", "Báo cáo \x02quý\x03 III"),
        FakeHit("occurrence", "Kỳ thực hiện", "Kỳ \x02quý\x03 III", "kết quả \x02quý\x03"),
    ]
    qtbot.keyClick(window.focusWidget(), Qt.Key.Key_K, Qt.KeyboardModifier.ControlModifier)
    palette = window.palette_pane
    assert palette.isVisible()
    qtbot.keyClicks(palette.field, "quy")
    qtbot.waitUntil(lambda: store.asked[-1:] == ["quy"] and not palette._searches.under_way)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    assert not palette.isVisible()
    page = window.page
    assert isinstance(page, WaitingPage)
    assert page.arrived[0].record_id == store.hits[1].id


def test_enter_right_after_the_last_letter_opens_what_was_asked_for(
    window: MainWindow, store: FakeStore, qtbot: QtBot
) -> None:
    store.hits = [FakeHit("agency", "Cơ quan", "Sở \x02Nội\x03 vụ")]
    window.search("")
    qtbot.keyClicks(window.palette_pane.field, "noi")
    qtbot.keyClick(window.palette_pane.field, Qt.Key.Key_Return)
    qtbot.waitUntil(lambda: not window.palette_pane.isVisible())

    assert store.asked == ["noi"]
    assert window.room is ROOMS[2]


def test_the_keys_of_the_palette_step_over_the_names_of_groups(
    window: MainWindow, store: FakeStore, qtbot: QtBot
) -> None:
    store.hits = [FakeHit("agency", "Cơ quan", "A"), FakeHit("occurrence", "Kỳ", "B")]
    window.search("x")
    palette = window.palette_pane
    qtbot.waitUntil(lambda: palette.note == "2 kết quả")
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Down)
    qtbot.keyClick(palette.field, Qt.Key.Key_Return)

    page = window.page_of("obligation")
    assert isinstance(page, FakePage)
    assert [place.record_id for place in page.arrived] == [store.hits[1].id]


def test_a_search_without_hits_says_for_what(window: MainWindow, qtbot: QtBot) -> None:
    window.search("y tế 2011")

    qtbot.waitUntil(lambda: window.palette_pane.note == "Không có kết quả cho “y tế 2011”")
    qtbot.keyClick(window.palette_pane.field, Qt.Key.Key_Escape)
    assert not window.palette_pane.isVisible()


def test_a_letter_typed_at_the_search_door_arrives_in_the_palette(
    window: MainWindow, qtbot: QtBot
) -> None:
    window.sidebar.search.setFocus()
    qtbot.keyClicks(window.sidebar.search, "d")

    assert window.palette_pane.field.text() == "d"
    assert window.sidebar.search.text() == ""


def test_a_store_that_cannot_search_says_why(
    window: MainWindow, store: FakeStore, monkeypatch: pytest.MonkeyPatch, qtbot: QtBot
) -> None:
    def refuse(text: str, limit: int) -> None:
        raise Refused(why="Ổ đĩa đã bị tháo.")

    monkeypatch.setattr(store, "search", refuse)
    window.search("quý")

    qtbot.waitUntil(lambda: window.palette_pane.note == "Ổ đĩa đã bị tháo.")
