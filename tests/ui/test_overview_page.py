"""The first room: every number and every line opens what it counts."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtTest import QTest
from PySide6.QtWidgets import QAbstractButton, QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.services.obligation import obligations
from app.store import OfficeFacts
from app.ui import theme
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.parts import SmallTable
from app.ui.common.parts.office import Office
from app.ui.main_window import MainWindow
from app.ui.overview.figures import BarButton, FigureButton
from app.ui.rooms import ROOMS
from tests.services.obligation_office import TODAY, ObligationOffice


@pytest.fixture
def owing(tmp_path: Path) -> Iterator[ObligationOffice]:
    owing = ObligationOffice(tmp_path)
    owing.store.set_facts(OfficeFacts("Công an tỉnh", (owing.police,), "Chuyên viên"))
    owing.obligation()
    ours = {"lead_id": owing.police, "coordinating": (owing.health,)}
    owing.obligation("chậm nhất ngày 20/11/2026", title="Rà soát đầu mối", **ours)
    owing.obligation("chậm nhất ngày 27/11/2026", title="Giao ban", **ours)
    yield owing
    owing.store.close()


@pytest.fixture
def window(qtbot: QtBot, owing: ObligationOffice) -> Iterator[MainWindow]:
    office = Office(owing.store, today=lambda: TODAY)
    window = MainWindow(office, ROOMS)
    qtbot.addWidget(window)
    window.resize(1366, 728)
    with qtbot.waitActive(window):
        window.show()
    window.enter("overview")
    yield window
    office.tasks.wait()
    office.deleteLater()


def find(window: MainWindow, kind: type[QAbstractButton], begins: str) -> QAbstractButton:
    page = window.page_of("overview")
    (found,) = [
        b
        for b in page.findChildren(kind)
        if b.isVisible() and b.accessibleName().startswith(begins)
    ]
    return found


def settle(window: MainWindow) -> None:
    """Wait for what a slow machine counts off the UI thread, and for layouts."""
    page: Any = window.page_of("overview")
    for _ in range(400):  # a change that comes while it counts makes it count again
        window.office.tasks.wait()
        QTest.qWait(5)
        if not window.office.tasks.under_way and not page.reading.is_loading:
            break
    QTest.qWait(20)


def opened(window: MainWindow) -> RegisterPage[Any]:
    page = window.page
    assert isinstance(page, RegisterPage)
    return page


def words(window: MainWindow) -> list[str]:
    labels = window.page_of("overview").findChildren(QLabel)
    return [label.text() for label in labels if label.isVisible()]


def test_the_day_is_named_with_the_holiday_that_follows(window: MainWindow) -> None:
    assert "Thứ Hai, 23/11/2026. Ngày mai 24/11/2026 nghỉ lễ." in words(window)


def test_a_figure_opens_the_list_it_counts_by_mouse_and_by_key(
    window: MainWindow, qtbot: QtBot
) -> None:
    figure = find(window, FigureButton, "4 Nghĩa vụ quá hạn")
    qtbot.mouseClick(figure, Qt.MouseButton.LeftButton)
    assert opened(window).table.rowCount() == 4

    window.enter("overview")
    figure = find(window, FigureButton, "1 Đến hạn trong tuần")
    figure.setFocus()
    qtbot.keyClick(figure, Qt.Key.Key_Space)
    assert opened(window).table.rowCount() == 1


def test_a_bar_opens_what_that_body_owes(window: MainWindow, qtbot: QtBot) -> None:
    qtbot.mouseClick(find(window, BarButton, "Sở Y tế: 3"), Qt.MouseButton.LeftButton)

    assert {r.bodies.lead for r in map(opened(window).table.record_at, range(3))} == {"Sở Y tế"}
    assert opened(window).table.rowCount() == 3


def test_a_line_opens_its_instance(window: MainWindow, qtbot: QtBot) -> None:
    tables = window.page_of("overview").findChildren(SmallTable)
    lists = [[t.table.record_at(n).subject for n in range(t.table.rowCount())] for t in tables]
    assert lists == [
        ["Rà soát đầu mối"],
        ["Giao ban"],
        [f"Báo cáo kết quả phối hợp quý {n}" for n in ("I", "II", "III")],
    ]
    first = tables[0]
    place = first.visualRect(first.table.index(0, 0)).center()
    qtbot.mouseClick(first.viewport(), Qt.MouseButton.LeftButton, pos=place)

    current = opened(window).current()
    assert current is not None
    assert current.record.title == "Rà soát đầu mối"


def test_numbers_follow_every_change(window: MainWindow, owing: ObligationOffice) -> None:
    obligation = owing.row("2026-Q1").obligation_id
    with owing.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, obligation, "2026-Q1", on=date(2026, 3, 1))

    settle(window)
    assert find(window, FigureButton, "3 Nghĩa vụ quá hạn").isEnabled()


def test_stale_regulations_say_why(window: MainWindow) -> None:
    assert find(window, QPushButton, "21/QC-CAT-SYT").isEnabled()
    assert any("chưa lần nào được ghi thực hiện" in label for label in words(window))


@pytest.mark.parametrize("percent", [100, 150])
def test_no_figure_is_cut_at_any_text_size(window: MainWindow, percent: int) -> None:
    theme.wear(theme.Mode.LIGHT, percent)
    try:
        figures = window.page_of("overview").findChildren(FigureButton)
        assert len(figures) == 4
        settle(window)
        page = window.page_of("overview")
        edges = [figure.mapTo(page, figure.rect().topRight()).x() for figure in figures]
        assert all(figure.width() >= figure.sizeHint().width() for figure in figures)
        assert max(edges) < page.width()
    finally:
        theme.wear(theme.Mode.LIGHT, 100)
