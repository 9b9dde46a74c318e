"""What a clerk does in a window with little room: fold, look closer, come back."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import QRect, QSize, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.ui import roominess, theme
from app.ui.common.list.column_chooser import ColumnChooser
from app.ui.common.parts.dialogs import Question
from app.ui.common.parts.office import Office, Place
from app.ui.main_window import FIRST, MainWindow
from tests.offices import body
from tests.ui.desk import Desk
from tests.ui.fakes import ROOMS

SMALL = QRect(0, 0, 911, 470)
LOW, WIDE = QSize(895, 431), QSize(1366, 728)


@pytest.fixture
def screen(monkeypatch: pytest.MonkeyPatch) -> None:
    """A screen of 1366×768 at 150 %, less its task bar."""
    monkeypatch.setattr(roominess, "available", lambda _widget: SMALL)


@pytest.fixture
def low(desk: Desk) -> Desk:
    """A clerk in the room of bodies, in a window of the smallest size, two bodies in the list."""
    body(desk.store, "Sở Y tế tỉnh Thanh Hóa", short_name="Sở Y tế")
    desk.window.resize(LOW)
    page = desk.enter("agency")
    desk.stand(page, "Sở Y tế tỉnh Thanh Hóa")
    return desk


# the screen --------------------------------------------------------------------------


@pytest.mark.usefixtures("screen")
def test_the_first_window_is_no_larger_than_the_screen(window: MainWindow) -> None:
    assert SMALL.contains(QRect(window.pos(), roominess.most(window)))
    assert window.width() <= SMALL.width()
    assert window.height() <= SMALL.height()


def test_a_size_remembered_from_a_larger_screen_is_made_to_fit(
    office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    before = MainWindow(office, ROOMS)
    qtbot.addWidget(before)
    before.resize(1800, 1000)
    before.close()
    monkeypatch.setattr(roominess, "available", lambda _widget: SMALL)
    again = MainWindow(office, ROOMS)
    qtbot.addWidget(again)

    assert again.size() == again.size().boundedTo(SMALL.size())


def test_a_window_shrinks_with_its_screen(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.size() == FIRST
    window.move(500, 300)
    QGuiApplication.primaryScreen().availableGeometryChanged.emit(QRect(0, 0, 1900, 1040))
    qtbot.wait(10)
    assert window.pos().x() >= 490, "with room enough it stays where it was put"
    monkeypatch.setattr(roominess, "available", lambda _widget: SMALL)
    QGuiApplication.primaryScreen().availableGeometryChanged.emit(SMALL)

    qtbot.waitUntil(lambda: SMALL.contains(window.frameGeometry()))


def test_the_least_window_stands_on_the_smallest_screen(window: MainWindow) -> None:
    assert window.minimumSize().width() <= LOW.width()
    assert window.minimumSize().height() <= LOW.height()


def test_a_window_is_moved_back_whole() -> None:
    assert roominess.clamped(QRect(-40, 900, 2000, 300), SMALL) == QRect(0, 170, 911, 300)


# dialogs ------------------------------------------------------------------------------


@pytest.mark.usefixtures("screen")
def test_a_long_question_scrolls_and_keeps_its_buttons_in_view(qtbot: QtBot) -> None:
    question = Question(None, "Khôi phục?", "Mọi thay đổi sau đó mất. " * 90, ("Để lại", "Có"))
    qtbot.addWidget(question)
    with qtbot.waitActive(question):
        question.show()

    assert question.frameGeometry().height() <= SMALL.height()
    assert all(b.visibleRegion().boundingRect() == b.rect() for b in question.buttons)


def test_a_short_question_is_as_high_as_its_words(qtbot: QtBot) -> None:
    question = Question(None, "Rút khỏi sổ?", "Lịch sử vẫn giữ.", ("Để lại", "Rút"))
    qtbot.addWidget(question)
    question.show()

    assert question.height() < 160


@pytest.mark.usefixtures("screen")
def test_a_list_that_opens_under_a_button_stays_on_the_screen(desk: Desk) -> None:
    theme.wear(theme.Mode.LIGHT, 150)
    try:
        page = desk.enter("agency")
        chooser = ColumnChooser(page.view, page)
        chooser.open_under(page.filters.columns)
        assert chooser.height() <= SMALL.height()
        assert abs(chooser.y()) <= 2  # the platform of tests gives even a list a frame
        chooser.close()
    finally:
        theme.wear(theme.Mode.LIGHT, 100)


# the sidebar --------------------------------------------------------------------------


def test_a_narrow_window_shows_the_rooms_as_icons_with_names_and_counts(window: MainWindow) -> None:
    window.resize(LOW)
    door = window.sidebar._doors["obligation"]

    assert window.sidebar.is_folded
    assert door.text() == ""
    assert door.accessibleName() == "Nghĩa vụ, 13 việc đang chờ"
    assert door.toolTip() == "Nghĩa vụ (Ctrl+2)"
    assert window.sidebar.waiting("obligation") == "13"
    window.resize(WIDE)
    assert door.text().strip() == "Nghĩa vụ"


def test_what_the_clerk_wants_of_the_sidebar_is_remembered_for_windows_of_that_width(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    window.resize(LOW)
    qtbot.mouseClick(_named(window, "Hiện tên các phòng"), Qt.MouseButton.LeftButton)
    assert not window.sidebar.is_folded
    window.resize(WIDE)
    qtbot.mouseClick(_named(window, "Thu gọn"), Qt.MouseButton.LeftButton)
    again = MainWindow(office, ROOMS)
    qtbot.addWidget(again)
    again.show()

    again.resize(WIDE)
    assert again.sidebar.is_folded
    again.resize(LOW)
    assert not again.sidebar.is_folded


def test_a_large_count_is_short_at_an_icon_and_whole_for_who_listens(window: MainWindow) -> None:
    window.resize(LOW)
    window.sidebar.set_waiting("obligation", 412)

    assert window.sidebar.waiting("obligation") == "99+"
    assert "412 việc" in window.sidebar._doors["obligation"].accessibleName()


# the record instead of the list --------------------------------------------------------


def test_a_low_page_names_the_record_under_the_list_and_shows_it_on_demand(low: Desk) -> None:
    page: Any = low.window.page
    assert not page.pane.isVisible()
    low.press(Qt.Key.Key_Return, Qt.KeyboardModifier.AltModifier)

    assert page.pane.isVisible()
    assert not page.view.isVisible()
    assert page.pane.isAncestorOf(_focus())
    low.press(Qt.Key.Key_Escape)
    assert page.view.isVisible()
    assert _focus() is page.view
    assert page.current().name == "Sở Y tế tỉnh Thanh Hóa"


def test_the_mouse_finds_its_way_there_and_back(low: Desk) -> None:
    page: Any = low.window.page
    low.click("Xem chi tiết")
    assert page.pane.isVisible()
    low.click("Về danh sách cơ quan")

    assert page.view.isVisible()
    assert not page.pane.isVisible()


def test_who_is_sent_to_a_record_sees_all_of_it(low: Desk) -> None:
    page: Any = low.window.page
    low.window.go(Place("agency", low.police.id))
    low.settle()

    assert page.pane.isVisible()
    assert "Công an tỉnh Thanh Hóa" in low.said(page.pane)


def test_esc_in_a_record_leaves_the_conditions_of_the_list(low: Desk) -> None:
    page: Any = low.window.page
    page.filters.field.setText("y te")
    low.settle()
    low.click("Xem chi tiết")
    low.press(Qt.Key.Key_Escape)
    assert page.filters.field.text() == "y te"

    low.press(Qt.Key.Key_Escape)
    assert page.filters.field.text() == ""


def test_a_record_that_is_withdrawn_gives_the_page_back_to_the_list(
    low: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    page: Any = low.window.page
    low.click("Xem chi tiết")
    page.view.clearSelection()
    low.settle()

    assert page.view.isVisible()


def test_the_keyboard_stays_in_the_record_when_the_window_shrinks(low: Desk) -> None:
    page: Any = low.window.page
    low.window.resize(WIDE)
    low.settle()
    assert page.view.isVisible()
    assert page.pane.isVisible()
    page.pane.setFocus()
    low.window.resize(LOW)
    low.settle()

    assert page.pane.isVisible()
    assert page.pane.isAncestorOf(_focus())
    low.window.resize(WIDE)
    low.settle()
    assert page.view.isVisible()


# forms and the look ----------------------------------------------------------------------


def test_what_the_keyboard_comes_to_is_scrolled_into_sight(
    low: Desk,
) -> None:
    page: Any = low.window.page
    page.add()
    low.settle()
    last = list(low.form.form.fields.values())[-1].entry()
    assert last.visibleRegion().isEmpty()
    last.setFocus(Qt.FocusReason.ShortcutFocusReason)

    assert not last.visibleRegion().isEmpty()


@pytest.mark.parametrize(
    ("mode", "told"),
    [
        (theme.Mode.DARK, Qt.ColorScheme.Dark),
        (theme.Mode.LIGHT, Qt.ColorScheme.Light),
        (theme.Mode.SYSTEM, Qt.ColorScheme.Unknown),
    ],
)
@pytest.mark.usefixtures("qapp")
def test_the_frame_of_the_window_wears_the_theme_that_is_chosen(
    mode: theme.Mode, told: Qt.ColorScheme, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[Qt.ColorScheme] = []
    monkeypatch.setattr(
        type(QGuiApplication.styleHints()), "setColorScheme", lambda _hints, s: asked.append(s)
    )
    theme.wear(mode, 100)
    theme.wear(theme.Mode.LIGHT, 100)

    assert asked[0] is told


def _focus() -> QWidget:
    held = QApplication.focusWidget()
    assert held is not None
    return held


def _named(window: MainWindow, name: str) -> QPushButton:
    buttons = window.sidebar.findChildren(QPushButton)
    return next(each for each in buttons if each.accessibleName() == name)
