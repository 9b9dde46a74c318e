"""Choosing columns: by mouse, by key, never to nothing."""

from __future__ import annotations

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QListWidget, QPushButton
from pytestqt.qtbot import QtBot

from app.json_tree import Json
from app.ui import theme
from app.ui.common.list.column_chooser import ColumnChooser
from app.ui.common.list.table import RecordTable
from app.ui.common.list.view import RecordView
from tests.ui.demo_room import COLUMNS, Row, rows

ALT = Qt.KeyboardModifier.AltModifier


@pytest.fixture
def view(qtbot: QtBot) -> RecordView[Row]:
    theme.wear("light", 100)
    table = RecordTable(COLUMNS)
    view = RecordView(table)
    table.setParent(view)
    table.show(rows())
    qtbot.addWidget(view)
    view.resize(760, 400)
    view.show()
    return view


@pytest.fixture
def chooser(view: RecordView[Row], qtbot: QtBot) -> ColumnChooser:
    chooser = ColumnChooser(view, view)
    qtbot.addWidget(chooser)
    chooser.show()
    return chooser


def shown(view: RecordView[Row]) -> list[str]:
    return [column.key for column in view.visible_columns()]


def listing(chooser: ColumnChooser) -> QListWidget:
    return chooser.findChildren(QListWidget)[0]


def tick(chooser: ColumnChooser, row: int, state: Qt.CheckState) -> None:
    listing(chooser).item(row).setCheckState(state)


def test_a_tick_shows_or_hides_at_once(view: RecordView[Row], chooser: ColumnChooser) -> None:
    tick(chooser, 5, Qt.CheckState.Checked)
    tick(chooser, 0, Qt.CheckState.Unchecked)

    assert shown(view) == ["abstract", "partner", "signed_on", "state", "articles"]


def test_the_last_column_cannot_be_unticked(view: RecordView[Row], chooser: ColumnChooser) -> None:
    for row in range(4):
        tick(chooser, row, Qt.CheckState.Unchecked)
    last = listing(chooser).item(4)

    assert not last.flags() & Qt.ItemFlag.ItemIsUserCheckable
    assert shown(view) == ["state"]


def test_alt_and_an_arrow_move_a_column(
    view: RecordView[Row], chooser: ColumnChooser, qtbot: QtBot
) -> None:
    listed = listing(chooser)
    listed.setCurrentRow(4)

    qtbot.keyClick(listed, Qt.Key.Key_Up, ALT)
    qtbot.keyClick(listed, Qt.Key.Key_Up, ALT)

    assert shown(view) == ["number", "abstract", "state", "partner", "signed_on"]
    assert listed.currentItem().text() == "Tình trạng"


def test_a_row_dragged_in_the_list_moves_the_column(
    view: RecordView[Row], chooser: ColumnChooser
) -> None:
    model = listing(chooser).model()

    model.moveRow(model.index(0, 0).parent(), 0, model.index(0, 0).parent(), 5)

    assert shown(view) == ["abstract", "partner", "signed_on", "state", "number"]


def test_reset_puts_everything_back(view: RecordView[Row], chooser: ColumnChooser) -> None:
    view.setColumnWidth(0, 300)
    tick(chooser, 1, Qt.CheckState.Unchecked)

    reset = next(b for b in chooser.findChildren(QPushButton) if b.text() == "Đặt lại")
    reset.click()

    assert shown(view) == ["number", "abstract", "partner", "signed_on", "state"]
    assert view.dragged == {}
    assert view.columnWidth(0) == 154


def test_fitting_forgets_dragged_widths(view: RecordView[Row], chooser: ColumnChooser) -> None:
    view.setColumnWidth(3, 400)

    fit = next(b for b in chooser.findChildren(QPushButton) if b.text() == "Vừa bề ngang")
    fit.click()

    assert sum(view.columnWidth(n) for n in range(5)) == view.viewport().width()


def test_unknown_and_new_columns_of_a_remembered_state_do_no_harm(view: RecordView[Row]) -> None:
    view.restore_columns(
        {"order": ["state", "gone", "number"], "hidden": ["gone"], "widths": {"gone": 9}}
    )

    assert shown(view) == ["state", "number", "abstract", "partner", "signed_on"]


@pytest.mark.parametrize(
    "kept", [None, [], {"order": 7}, {"widths": ["number"]}, {"sort": "number"}, {"hidden": [1]}]
)
def test_a_damaged_remembered_state_leaves_the_columns_as_shipped(
    view: RecordView[Row], kept: Json
) -> None:
    shipped = shown(view)
    view.restore_columns(kept)

    assert shown(view) == shipped
