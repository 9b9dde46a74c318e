"""The table shows columns truthfully, keeps Qt's rules, and is quick with 10,000 rows."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st
from PySide6.QtCore import Qt
from pytestqt.modeltest import ModelTester
from pytestqt.qtbot import QtBot

from app import words
from app.models.occurrence_state import OccurrenceState
from app.registers.column import Column, Columns
from app.text import folded
from app.ui import theme
from app.ui.common.list.table import ID_ROLE, STATE_ROLE, RecordTable
from app.ui.common.list.view import RecordView
from app.ui.common.pane.status import STATES, state_of


@dataclass(frozen=True)
class Row:
    id: int
    name: str = ""
    due: date | None = None
    left: int | None = None


COLUMNS: Columns[Row] = (
    Column("name", "Tên", lambda r: r.name),
    Column("due", "Hạn", lambda r: r.due, kind="date"),
    Column("left", "Còn, ngày", lambda r: r.left, kind="days"),
)
UP, DOWN = Qt.SortOrder.AscendingOrder, Qt.SortOrder.DescendingOrder


def table(*rows: Row) -> RecordTable[Row]:
    made = RecordTable(COLUMNS)
    made.show(rows)
    return made


def names(shown: RecordTable[Row]) -> list[str]:
    return [shown.index(row, 0).data() for row in range(shown.rowCount())]


@pytest.mark.usefixtures("qapp")
def test_it_keeps_the_rules_of_a_model(qtmodeltester: ModelTester) -> None:
    qtmodeltester.check(table(Row(1, "Sở Y tế"), Row(2)))


def test_rows_become_low_again_when_the_text_does(qtbot: QtBot) -> None:
    view = RecordView(table(Row(1, "Sở Y tế")))
    qtbot.addWidget(view)
    theme.wear("light", 150)
    try:
        assert view.rowHeight(0) == 48
    finally:
        theme.wear("light", 100)
    assert view.rowHeight(0) == 32


def test_names_stand_in_vietnamese_order() -> None:
    shown = table(*(Row(n, name) for n, name in enumerate(["Zeta", "Đà Nẵng", "Dân vận", "Ăn"])))

    shown.sort(0, UP)

    assert names(shown) == ["Ăn", "Dân vận", "Đà Nẵng", "Zeta"]


def test_dates_are_shown_as_written_and_sorted_as_dates() -> None:
    days = [date(2026, 3, 11), date(2025, 12, 31), date(2026, 3, 2)]
    shown = table(*(Row(n, due=day) for n, day in enumerate(days)))

    shown.sort(1, UP)

    assert [shown.index(r, 1).data() for r in range(3)] == [
        "31/12/2025",
        "02/03/2026",
        "11/03/2026",
    ]


@pytest.mark.parametrize("order", [UP, DOWN])
def test_blanks_stand_last_in_both_directions(order: Qt.SortOrder) -> None:
    shown = table(Row(1, "", left=None), Row(2, "b", left=-8), Row(3, "a", left=12))

    shown.sort(2, order)

    assert shown.record_at(2).left is None
    assert shown.record_at(0).left == (-8 if order == UP else 12)


def test_numbers_are_sorted_as_numbers_and_shown_with_a_true_minus() -> None:
    shown = table(Row(1, left=100), Row(2, left=-64), Row(3, left=9))

    shown.sort(2, UP)

    assert [shown.index(r, 2).data() for r in range(3)] == ["−64", "9", "100"]
    assert shown.index(0, 2).data(Qt.ItemDataRole.TextAlignmentRole) & Qt.AlignmentFlag.AlignRight


def test_the_sorted_column_carries_an_arrow() -> None:
    shown = table(Row(1))
    across = Qt.Orientation.Horizontal

    shown.sort(1, DOWN)

    assert shown.headerData(1, across) == "Hạn ↓"
    assert shown.headerData(0, across) == "Tên"


def test_the_filter_ignores_case_and_marks_and_takes_words_from_any_column() -> None:
    shown = table(
        Row(1, "UBND thành phố Đà Nẵng", date(2026, 5, 3)),
        Row(2, "UBND tỉnh Thanh Hóa", date(2026, 5, 3)),
    )

    shown.limit("2026 DA nang")

    assert names(shown) == ["UBND thành phố Đà Nẵng"]
    assert shown.held == 2


def test_a_word_never_joins_the_end_of_one_record_to_the_next() -> None:
    shown = table(Row(1, "abc"), Row(2, "def"))

    shown.limit("\0")
    assert shown.rowCount() in (0, 2)
    shown.limit("abc def")
    assert shown.rowCount() == 0


@given(st.lists(st.text(max_size=12), max_size=8), st.text(max_size=4))
def test_what_is_kept_is_what_has_every_word(held: list[str], typed: str) -> None:
    shown = table(*(Row(n, name) for n, name in enumerate(held)))

    shown.limit(typed)

    words = folded(typed).split()
    expected = [n for n in held if all(w in folded(n.replace("\0", "")) for w in words)]
    assert [record.name for record in shown.records()] == expected


@given(st.lists(st.tuples(st.text(max_size=6), st.one_of(st.none(), st.integers())), max_size=12))
def test_sorting_loses_nobody(values: list[tuple[str, int | None]]) -> None:
    shown = table(*(Row(n, name, left=left) for n, (name, left) in enumerate(values)))

    for column in (0, 2):
        for order in (UP, DOWN):
            shown.sort(column, order)
            assert sorted(r.id for r in shown.records()) == list(range(len(values)))


def test_a_record_is_found_again_by_its_id() -> None:
    shown = table(Row(1, "b"), Row(2, "a"))
    shown.sort(0, UP)

    assert shown.index(0, 0).data(ID_ROLE) == 2
    assert shown.row_of(2) == 0
    shown.limit("b")
    assert shown.row_of(2) is None
    assert shown.holds(2)


def test_a_screen_reader_hears_the_column_with_the_value() -> None:
    shown = table(Row(1, "Sở Y tế"))

    assert shown.index(0, 0).data(Qt.ItemDataRole.AccessibleTextRole) == "Tên: Sở Y tế"


def test_a_status_keeps_its_shape_in_every_language() -> None:
    states: Columns[Row] = (Column("state", "Tình trạng", lambda r: r.name, kind="state"),)
    shown = RecordTable(states)
    shown.show([Row(1, OccurrenceState.OVERDUE)])
    words.speak({"Quá hạn": "Overdue"})
    try:
        cell = shown.index(0, 0)
        assert cell.data() == "Overdue"
        assert state_of(str(cell.data(STATE_ROLE))) == STATES[OccurrenceState.OVERDUE]
    finally:
        words.speak({})
