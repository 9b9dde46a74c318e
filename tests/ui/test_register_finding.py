"""A clerk looks for records: words, chips, views, and what an empty answer says."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QLineEdit, QMenu
from pytestqt.qtbot import QtBot

from app.registers.condition import Condition, Period, Span
from app.registers.register import View
from app.ui.common.parts.office import Office
from tests.ui.demo_room import REGULATIONS, DemoPage, DemoStore, office_on, rows
from tests.ui.register_steps import (
    CTRL,
    named,
    numbers,
    on,
    opened,
    put,
    said,
    view_button,
)


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = office_on(DemoStore(rows()))
    yield office
    office.remember.keep()


@pytest.fixture
def page(office: Office, qtbot: QtBot) -> DemoPage:
    return opened(office, qtbot)


def test_it_opens_in_the_registers_own_order_on_the_first_row(page: DemoPage) -> None:
    assert numbers(page)[:2] == ["18/QC-CAT-SYT", "12/QC-CAT-SKHCN"]
    assert numbers(page)[-1] == "…/QC-CAT-SDTTG", "no date stands last"
    assert page.heading.noted() == "17"
    assert page.views.found_text() == "17 / 17"
    assert on(page).number == "18/QC-CAT-SYT"


def test_ctrl_f_goes_to_the_filter_and_down_goes_into_the_table(
    page: DemoPage, qtbot: QtBot
) -> None:
    qtbot.keyClick(page.view, Qt.Key.Key_F, CTRL)
    assert page.filters.field.hasFocus()

    qtbot.keyClicks(page.filters.field, "van hoa DU LICH")
    assert page.views.found_text() == "2 / 17"

    qtbot.keyClick(page.filters.field, Qt.Key.Key_Down)
    assert page.view.hasFocus()
    assert on(page).number == "21/QC-CAT-SVHTTDL"


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


def test_a_register_may_open_at_a_view_of_its_own(office: Office, qtbot: QtBot) -> None:
    class Stale(DemoPage):
        register = replace(
            REGULATIONS,
            views=(
                View("stale", "Cần rà soát", lambda row: row.state == "Cần rà soát"),
                View("all", "Tất cả", lambda _row: True),
            ),
        )

    page = Stale(office)
    qtbot.addWidget(page)

    assert page.views.found_text() == "4 / 17"


def test_a_counted_view_says_how_many(page: DemoPage) -> None:
    assert view_button(page, "Cần rà soát").text() == "Cần rà soát  4"


def test_an_empty_register_says_what_to_do_and_offers_it(qtbot: QtBot) -> None:
    page = opened(office_on(DemoStore()), qtbot)

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
