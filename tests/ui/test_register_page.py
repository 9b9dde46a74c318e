"""A clerk at a register: commands, table, pane, and everything reached by key."""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Damaged, NotFound
from app.ui import theme
from app.ui.actions import command, commands_of
from app.ui.common.list import menus
from app.ui.common.parts.office import Office
from tests.ui.demo_room import DemoPage, DemoStore, office_on, rows
from tests.ui.register_steps import (
    CTRL,
    click_heading,
    done,
    named,
    numbers,
    opened,
    said,
    settle,
    stand,
)


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = office_on(DemoStore(rows()))
    yield office
    office.remember.keep()


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> DemoPage:
    return opened(office, qtbot)


def test_enter_and_double_click_open_the_record(page: DemoPage, qtbot: QtBot) -> None:
    stand(page, "88")

    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    rect = page.view.visualRect(page.view.currentIndex())
    viewport = page.view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())

    assert done(page) == [("open", ["88"]), ("open", ["88"])]


def test_a_command_on_enter_acts_once(office: Office, qtbot: QtBot) -> None:
    class Opens(DemoPage):
        @command("Mở", tip="Mở quy chế", shortcut="Return", per_record=True)
        def open(self) -> None:
            self._note("open")

    page = Opens(office)
    qtbot.addWidget(page)
    with qtbot.waitActive(page):
        page.show()
    stand(page, "88")
    page.view.setFocus()

    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    qtbot.keyClick(page.view, Qt.Key.Key_Enter)

    assert done(page) == [("open", ["88"]), ("open", ["88"])]


def test_a_command_for_many_says_how_many_and_one_for_one_is_off(page: DemoPage) -> None:
    page.view.selectAll()
    settle()

    assert page.commands["withdraw"].text() == "Rút 17 quy chế"
    assert page.commands["withdraw"].isEnabled()
    assert not page.commands["edit"].isEnabled()
    assert page.selection_words == "Đã chọn 17 quy chế"


@pytest.mark.parametrize("key", [Qt.Key.Key_Delete, Qt.Key.Key_F2, Qt.Key.Key_Return])
def test_no_key_acts_on_records_while_the_filter_is_typed_in(
    page: DemoPage, qtbot: QtBot, key: Qt.Key
) -> None:
    page.find_in_list()
    page.filters.field.insert("y tế")

    qtbot.keyClick(page.filters.field, key)

    assert done(page) == []


def test_keys_act_in_the_table(page: DemoPage, qtbot: QtBot) -> None:
    stand(page, "88")

    qtbot.keyClick(page.view, Qt.Key.Key_F2)
    qtbot.keyClick(page.view, Qt.Key.Key_Delete)
    qtbot.keyClick(page.view, Qt.Key.Key_N, CTRL)

    assert done(page) == [("edit", ["88"]), ("withdraw", ["88"]), ("add", ["88"])]


def test_ctrl_c_copies_rows_with_their_heading_in_the_order_on_screen(
    page: DemoPage, qtbot: QtBot
) -> None:
    page.view.arrange(["state", "number"], {"abstract", "partner", "signed_on", "articles"})
    stand(page, "88")

    qtbot.keyClick(page.view, Qt.Key.Key_C, CTRL)

    assert QGuiApplication.clipboard().text() == "Tình trạng\tSố, ký hiệu\nĐã bị thay thế\t88\n"


def test_the_menu_of_a_row_is_its_commands(page: DemoPage) -> None:
    menu = menus.of_rows(page)
    words = [action.text() for action in menu.actions() if action.text()]

    assert words == ["Mở", "Sửa", "Rút quy chế", "Xem chi tiết", "Sao chép dòng", "Sắp xếp theo"]
    menu.close()


def test_every_command_explains_itself_and_shares_no_key(page: DemoPage) -> None:
    told = [spec for _, spec in commands_of(DemoPage)]
    keys = [spec.shortcut for spec in told if spec.shortcut]

    assert all(spec.text and spec.tip for spec in told)
    assert len(keys) == len(set(keys))


def test_what_the_clerk_arranged_is_there_next_time(
    page: DemoPage, office: Office, qtbot: QtBot
) -> None:
    page.view.arrange(["state", "number", "abstract"], {"partner", "articles"})
    page.view.setColumnWidth(0, 222)
    header = page.view.horizontalHeader()
    click_heading(page, "abstract", qtbot)
    page.pane.want_tab("Lịch sử")
    page._remember_tab("Lịch sử")
    page.splitter.moveSplitter(600, 1)
    width = page.splitter.sizes()[1]

    again = opened(office, qtbot)

    shown = [column.key for column in again.view.visible_columns()]
    assert shown == ["state", "number", "abstract", "signed_on"]
    assert again.view.columnWidth(0) == 222
    assert again.table.order == (1, False)
    assert again.pane.tab == "Lịch sử"
    assert abs(again.splitter.sizes()[1] - width) <= 1
    assert header.count() == 6


def test_a_click_on_a_heading_sorts_and_another_reverses(page: DemoPage, qtbot: QtBot) -> None:
    click_heading(page, "number", qtbot)
    up = numbers(page)
    click_heading(page, "number", qtbot)

    assert page.table.order == (0, True)
    assert numbers(page) == up[::-1]


def test_the_last_column_stays(page: DemoPage) -> None:
    every = {column.key for column in page.table.columns}

    page.view.arrange([], every)

    assert len(page.view.visible_columns()) == 1


def test_the_columns_fit_the_page_without_scrolling_sideways(page: DemoPage) -> None:
    total = sum(
        page.view.columnWidth(at)
        for at in range(page.table.columnCount())
        if not page.view.isColumnHidden(at)
    )

    assert total == page.view.viewport().width()


def test_the_pane_goes_under_the_table_when_the_page_is_narrow(page: DemoPage) -> None:
    assert page.splitter.orientation() == Qt.Orientation.Horizontal

    page.resize(1000, 700)

    assert page.splitter.orientation() == Qt.Orientation.Vertical


def test_long_text_has_a_tooltip_only_when_it_is_cut(page: DemoPage) -> None:
    index = page.table.index(0, 1)

    assert page.view.cells.needed(index) <= page.view.columnWidth(1)
    page.view.setColumnWidth(1, 60)
    assert page.view.cells.needed(index) > page.view.columnWidth(1)


def test_the_row_under_the_mouse_is_tinted(page: DemoPage, qtbot: QtBot) -> None:
    rect = page.view.visualRect(page.table.index(3, 1))

    QTest.mouseMove(page.view.viewport(), QPoint(5, 5))
    QTest.mouseMove(page.view.viewport(), rect.center())

    assert page.view.cells.hovered == 3


def test_the_pane_follows_the_selection_and_keeps_its_tab(page: DemoPage, qtbot: QtBot) -> None:
    stand(page, "88")
    settle()
    assert "Bảo đảm an ninh, trật tự hoạt động văn hóa" in said(page.pane)

    page.pane.want_tab("Lịch sử")
    stand(page, "190")
    settle()

    assert "Sửa quy chế" in said(page.pane)


def test_the_pane_says_how_many_when_several_are_chosen(page: DemoPage) -> None:
    page.view.selectAll()
    settle()

    assert said(page.pane) == "Đã chọn 17 quy chế."


def test_a_register_that_cannot_be_read_says_so_and_keeps_what_it_showed(
    page: DemoPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def damaged(_session: object) -> list[object]:
        raise Damaged(path="so.phop", why="trang 7 không đọc được.")

    monkeypatch.setattr(page, "records", damaged)
    page.read_again()

    assert "so.phop bị hỏng" in page.message.sentence()
    assert page.table.held == 17


def test_a_record_that_went_meanwhile_is_said_in_the_pane(
    page: DemoPage, monkeypatch: pytest.MonkeyPatch
) -> None:
    def gone(_session: object, _row: object) -> None:
        raise NotFound

    monkeypatch.setattr(page, "detail", gone)
    stand(page, "88")
    settle()

    assert said(page.pane) == str(NotFound())


def test_looking_at_many_records_leaves_nothing_behind(page: DemoPage) -> None:
    def looked() -> int:
        for row in range(17):
            page.view.go_to(row)
            settle()
        QApplication.sendPostedEvents(None, QEvent.Type.DeferredDelete)
        return len(QApplication.allWidgets())

    looked()
    before = looked()

    assert looked() == before


def test_a_message_of_the_office_is_said_under_the_filters(page: DemoPage, office: Office) -> None:
    office.said.connect(page.say)
    undone: list[bool] = []

    office.say("info", "Đã rút 1 quy chế.", [("Hoàn tác", lambda: undone.append(True))])
    assert page.message.sentence() == "Đã rút 1 quy chế."

    named(page.message, "Hoàn tác").click()
    assert undone == [True]
    assert page.message.sentence() == ""


def test_every_widget_that_takes_the_focus_has_a_name(page: DemoPage) -> None:
    nameless = [
        widget
        for widget in page.findChildren(QWidget)
        if widget.focusPolicy() & Qt.FocusPolicy.TabFocus
        and widget.isVisible()
        and not widget.accessibleName()
    ]

    assert nameless == []


def test_tab_walks_the_page_in_reading_order(page: DemoPage, qtbot: QtBot) -> None:
    page.find_in_list()
    seen = []
    for _ in range(40):
        focus = QApplication.focusWidget()
        assert focus is not None
        seen.append(focus)
        QTest.keyClick(focus, Qt.Key.Key_Tab)
    tops = [w.mapTo(page, QPoint(0, 0)).y() for w in seen[: seen.index(page.view) + 1]]

    assert page.view in seen, "Tab reaches the table"
    assert QApplication.focusWidget() is not page.view or len(set(seen)) > 5
    assert tops == sorted(tops)


@pytest.mark.parametrize("percent", [125, 150])
def test_larger_text_cuts_no_word_on_the_page(page: DemoPage, percent: int) -> None:
    theme.wear("light", percent)
    page.resize(1072, 650)
    settle()

    for made in page.findChildren(QPushButton):
        if made.isVisible() and made.property("role") != "node":
            needed = made.fontMetrics().horizontalAdvance(made.text())
            assert made.width() >= needed, made.text()
            assert made.height() >= made.fontMetrics().height(), made.text()
    assert page.view.verticalHeader().defaultSectionSize() == theme.px(32)
    theme.wear("light", 100)
