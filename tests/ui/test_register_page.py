"""A clerk at a register: finding, sorting, keeping the place, reaching everything by key."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import date
from time import perf_counter
from typing import Any

import pytest
from PySide6.QtCore import QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QApplication, QLabel, QLineEdit, QMenu, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.registers.condition import Condition, Period, Span
from app.ui import theme
from app.ui.actions import commands_of
from app.ui.common import list_menus
from app.ui.common.office import Office, Place
from app.ui.common.register_page import RegisterPage
from tests.ui.demo_room import DemoPage, DemoStore, many, rows

ALT, CTRL = Qt.KeyboardModifier.AltModifier, Qt.KeyboardModifier.ControlModifier


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = Office(DemoStore(rows()), today=lambda: date(2026, 11, 23))
    yield office
    office.remember.keep()


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> DemoPage:
    return opened(office, qtbot)


def opened(office: Office, qtbot: QtBot) -> DemoPage:
    theme.wear("light", 100)
    page = DemoPage(office)
    qtbot.addWidget(page)
    page.resize(1169, 700)
    with qtbot.waitExposed(page):
        page.show()
    page.activateWindow()
    page.setFocus()
    qtbot.waitUntil(lambda: QApplication.focusWidget() is page.focusProxy())
    settle()
    return page


def settle() -> None:
    """Let what is due at once, such as the detail pane, happen."""
    for _ in range(4):
        QApplication.processEvents()


def numbers(page: RegisterPage) -> list[str]:
    return [row.number for row in page.table.records()]


def said(widget: QWidget) -> str:
    return "\n".join(label.text() for label in widget.findChildren(QLabel) if label.isVisible())


def done(page: DemoPage) -> list[tuple[str, list[str]]]:
    return getattr(page, "done", [])


# finding ---------------------------------------------------------------------------


def test_it_opens_in_the_registers_own_order_on_the_first_row(page: DemoPage) -> None:
    assert numbers(page)[:2] == ["18/QC-CAT-SYT", "12/QC-CAT-SKHCN"]
    assert numbers(page)[-1] == "…/QC-CAT-SDTTG", "no date stands last"
    assert page.heading.noted() == "17"
    assert page.views.found_text() == "17 / 17"
    assert page.current().number == "18/QC-CAT-SYT"


def test_ctrl_f_goes_to_the_filter_and_down_goes_into_the_table(
    page: DemoPage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.view, Qt.Key.Key_F, CTRL)
    assert page.filters.field.hasFocus()

    qtbot.keyClicks(page.filters.field, "van hoa DU LICH")
    assert page.views.found_text() == "2 / 17"

    qtbot.keyClick(page.filters.field, Qt.Key.Key_Down)
    assert page.view.hasFocus()
    assert page.current().number == "21/QC-CAT-SVHTTDL"


def test_escape_clears_the_filter_and_every_chip(page: DemoPage, qtbot: QtBot) -> None:
    page.filters.put(Condition("state", ("Cần rà soát",)))
    page.find_in_list()
    qtbot.keyClicks(page.filters.field, "quan ly")
    assert page.views.found_text() == "1 / 17"

    qtbot.keyClick(page.filters.field, Qt.Key.Key_Escape)

    assert page.views.found_text() == "17 / 17"
    assert not page.filters.conditions
    assert page.filters.field.text() == ""


def test_conditions_and_view_and_words_all_hold_at_once(page: DemoPage, qtbot: QtBot) -> None:
    page.filters.put(Condition("partner", ("Sở Y tế", "Sở VHTTDL")))
    assert page.views.found_text() == "4 / 17"

    qtbot.mouseClick(view_button(page, "Cần rà soát"), Qt.MouseButton.LeftButton)
    assert numbers(page) == ["21/QC-CAT-SVHTTDL"]

    page.filters.put(Condition("signed_on", period=Period(Span.YEAR)))
    assert numbers(page) == []


def test_a_chip_goes_with_one_click(page: DemoPage, qtbot: QtBot) -> None:
    page.filters.put(Condition("state", ("Dự thảo",)))
    chip = named(page, "Bỏ điều kiện Tình trạng: Dự thảo")

    qtbot.mouseClick(chip, Qt.MouseButton.LeftButton)

    assert page.views.found_text() == "17 / 17"


def test_the_words_of_a_condition_are_ticked_in_a_list_that_can_be_searched(
    page: DemoPage, qtbot: QtBot
) -> None:
    picker = page.filters.pick_words("partner")
    qtbot.keyClicks(picker.findChild(QLineEdit), "so y")
    qtbot.keyClick(picker.findChild(QLineEdit), Qt.Key.Key_Return)

    assert page.filters.conditions == (Condition("partner", ("Sở Y tế",)),)
    assert page.views.found_text() == "2 / 17"


def test_a_period_of_ones_own_is_typed_by_halves(page: DemoPage, qtbot: QtBot) -> None:
    picker = page.filters.pick_period("signed_on")
    first, last = picker.findChildren(QLineEdit)
    qtbot.keyClicks(first, "1/1/2022")
    qtbot.keyClicks(last, "31/12/2023")
    qtbot.mouseClick(named(picker, "Áp dụng"), Qt.MouseButton.LeftButton)

    assert numbers(page) == ["23/QC-CAT-STC", "09/QC-CAT-SGDĐT", "21/QC-CAT-SVHTTDL"]


def test_a_period_that_ends_before_it_begins_is_refused_in_words(
    page: DemoPage, qtbot: QtBot
) -> None:
    picker = page.filters.pick_period("signed_on")
    first, last = picker.findChildren(QLineEdit)
    qtbot.keyClicks(first, "31/12/2023")
    qtbot.keyClicks(last, "1/1/2022")
    qtbot.mouseClick(named(picker, "Áp dụng"), Qt.MouseButton.LeftButton)

    assert "Từ ngày đứng sau Đến ngày" in said(picker)
    assert not page.filters.conditions
    picker.close()


def test_the_menu_of_conditions_offers_the_periods_that_move_with_today(page: DemoPage) -> None:
    menu = page.filters.menu()
    periods = menu.findChildren(QMenu)[0]
    offered = [action.text() for action in periods.actions()]

    assert offered[:4] == ["Tháng 11/2026", "Quý IV/2026", "Năm 2026", "30 ngày tới"]
    periods.actions()[2].trigger()
    assert numbers(page) == ["18/QC-CAT-SYT"]
    menu.close()


def test_a_counted_view_says_how_many(page: DemoPage) -> None:
    assert view_button(page, "Cần rà soát").text() == "Cần rà soát  4"


# answers to emptiness ------------------------------------------------------------


def test_an_empty_register_says_what_to_do_and_offers_it(qtbot: QtBot) -> None:
    page = opened(Office(DemoStore(), today=lambda: date(2026, 11, 23)), qtbot)

    assert "Chưa có quy chế nào" in said(page)
    assert "Ctrl+N" in said(page)
    assert page.views.found_text() == ""


def test_no_result_is_another_sentence_and_names_what_was_asked(
    page: DemoPage, qtbot: QtBot
) -> None:
    page.find_in_list()
    page.filters.field.insert("y tế 2011")

    assert "Không có kết quả cho “y tế 2011”" in said(page)
    assert page.views.found_text() == "0 / 17"
    qtbot.mouseClick(named(page, "Bỏ mọi điều kiện"), Qt.MouseButton.LeftButton)
    assert page.views.found_text() == "17 / 17"


def test_a_view_with_nothing_in_it_offers_all(page: DemoPage, qtbot: QtBot) -> None:
    put(page, [row for row in rows() if row.state == "Dự thảo"])
    qtbot.mouseClick(view_button(page, "Cần rà soát"), Qt.MouseButton.LeftButton)

    assert "Không có quy chế nào trong “Cần rà soát”" in said(page)
    qtbot.mouseClick(named(page, "Xem tất cả"), Qt.MouseButton.LeftButton)
    assert page.views.found_text() == "1 / 1"


# the place ----------------------------------------------------------------------------


def test_the_place_survives_refresh_sort_and_filter(page: DemoPage, qtbot: QtBot) -> None:
    place = stand(page, "155/QĐ-UBND")

    put(page, [*rows(), *many(40)])
    page.view.sort_by("abstract")
    qtbot.keyClicks(page.filters.field, "nguoi nuoc ngoai")

    assert page.current_id() == place
    assert page.view.selectionModel().isRowSelected(page.view.currentIndex().row())


def test_a_place_that_was_filtered_away_is_taken_up_again(page: DemoPage, qtbot: QtBot) -> None:
    place = stand(page, "155/QĐ-UBND")

    qtbot.keyClicks(page.filters.field, "y te")
    assert page.current_id() is None
    page.filters.clear()

    assert page.current_id() == place


def test_the_place_is_kept_when_others_come_before_it_and_the_rest_go(page: DemoPage) -> None:
    place = stand(page, "155/QĐ-UBND")

    put(page, [*many(40), next(row for row in rows() if row.id == place)])
    assert page.current_id() == place

    put(page, [])
    put(page, rows())
    assert page.current_id() is not None


def test_when_a_record_leaves_the_register_its_neighbour_is_stood_on(page: DemoPage) -> None:
    stand(page, "155/QĐ-UBND")
    after = numbers(page)[numbers(page).index("155/QĐ-UBND") + 1]

    put(page, [row for row in rows() if row.number != "155/QĐ-UBND"])

    assert page.current().number == after


def test_a_selection_of_many_survives_a_change_by_somebody_else(page: DemoPage) -> None:
    page.view.selectAll()
    page.view.selectionModel().select(page.table.index(0, 0), deselect())
    chosen = set(page.chosen_ids())

    put(page, [replace(row, abstract=row.abstract + " mới") for row in rows()])

    assert set(page.chosen_ids()) == chosen


def test_the_row_stays_where_it_was_on_screen(qtbot: QtBot) -> None:
    page = opened(Office(DemoStore(many(500)), today=lambda: date(2026, 11, 23)), qtbot)
    page.view.go_to(300)
    top = page.view.rowViewportPosition(page.view.currentIndex().row())

    put(page, many(400))

    assert page.view.rowViewportPosition(page.view.currentIndex().row()) == top


def test_a_page_out_of_sight_waits_with_reading_until_it_is_seen(
    page: DemoPage, office: Office
) -> None:
    page.hide()
    before = office.store.read
    put(page, many(3))
    assert office.store.read == before

    page.show()
    assert page.table.held == 3


def test_a_slow_register_is_read_elsewhere_and_keeps_the_place(
    page: DemoPage, office: Office, qtbot: QtBot
) -> None:
    place = stand(page, "155/QĐ-UBND")
    page._is_slow = True

    put(page, [*rows(), *many(5)])
    office.tasks.wait()
    qtbot.waitUntil(lambda: page.table.held == 22)

    assert page.current_id() == place


def test_another_room_may_send_the_clerk_to_a_record_the_filter_hides(
    page: DemoPage, qtbot: QtBot
) -> None:
    qtbot.keyClicks(page.filters.field, "y te")
    wanted = next(row.id for row in rows() if row.number == "88")

    page.arrive(Place("demo", wanted))

    assert page.current().number == "88"
    assert page.filters.field.text() == ""


def test_a_figure_opens_the_list_it_counts(page: DemoPage) -> None:
    page.arrive(Place("demo", view="stale", facets={"partner": ["Sở Nội vụ"]}))

    assert numbers(page) == ["31/QC-CAT-SNV"]
    assert page.views.found_text() == "1 / 17"


# commands -------------------------------------------------------------------------


def test_enter_and_double_click_open_the_record(page: DemoPage, qtbot: QtBot) -> None:
    stand(page, "88")

    qtbot.keyClick(page.view, Qt.Key.Key_Return)
    rect = page.view.visualRect(page.view.currentIndex())
    viewport = page.view.viewport()
    qtbot.mouseClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())
    qtbot.mouseDClick(viewport, Qt.MouseButton.LeftButton, pos=rect.center())

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
    menu = list_menus.of_rows(page)
    words = [action.text() for action in menu.actions() if action.text()]

    assert words == ["Mở", "Sửa", "Rút quy chế", "Sao chép dòng", "Sắp xếp theo"]
    menu.close()


def test_every_command_explains_itself_and_shares_no_key(page: DemoPage) -> None:
    told = [spec for _, spec in commands_of(DemoPage)]
    keys = [spec.shortcut for spec in told if spec.shortcut]

    assert all(spec.text and spec.tip for spec in told)
    assert len(keys) == len(set(keys))


# the table ---------------------------------------------------------------------------


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


# the pane and everyone ------------------------------------------------------------------


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


def test_ten_thousand_rows_open_filter_and_sort_quickly(qtbot: QtBot) -> None:
    office = Office(DemoStore(many(10_000)), today=lambda: date(2026, 11, 23))
    started = perf_counter()
    page = opened(office, qtbot)
    opening = perf_counter() - started
    started = perf_counter()
    page.filters.field.setText("y te")
    filtering = perf_counter() - started
    page.filters.field.clear()
    started = perf_counter()
    page.view.sort_by("abstract")
    sorting = perf_counter() - started

    assert opening < 1.5, opening  # 0.5 s on a quiet machine, the window included
    assert filtering < 0.3, filtering
    assert sorting < 0.5, sorting


# means -------------------------------------------------------------------------------


def put(page: DemoPage, held: Any) -> None:
    page.office.store.put(held)
    settle()


def stand(page: DemoPage, number: str) -> Any:
    page.view.go_to(numbers(page).index(number))
    return page.current_id()


def named(widget: QWidget, name: str) -> QPushButton:
    found = [b for b in widget.findChildren(QPushButton) if b.accessibleName() == name]
    return next(b for b in found if b.isVisible())


def view_button(page: DemoPage, title: str) -> QPushButton:
    return next(b for b in page.views.findChildren(QPushButton) if b.text().startswith(title))


def click_heading(page: DemoPage, key: str, qtbot: QtBot) -> None:
    header = page.view.horizontalHeader()
    number = [column.key for column in page.table.columns].index(key)
    place = QPoint(header.sectionViewportPosition(number) + 12, header.height() // 2)
    qtbot.mouseClick(header.viewport(), Qt.MouseButton.LeftButton, pos=place)


def deselect() -> Any:
    from PySide6.QtCore import QItemSelectionModel

    flag = QItemSelectionModel.SelectionFlag
    return flag.Deselect | flag.Rows
