"""What sorting and finding know of the rows of a list."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from app.registers.column import Column, Columns
from app.registers.held_rows import HeldRows


@dataclass(frozen=True)
class Row:
    id: int
    title: str
    due: date | None = None


COLUMNS: Columns[Row] = (
    Column("title", "Việc", lambda row: row.title),
    Column("due", "Hạn", lambda row: row.due, "date"),
)


def held(*titles: str) -> HeldRows[Row]:
    return HeldRows(COLUMNS, [Row(n, title) for n, title in enumerate(titles)])


def test_rows_are_ranked_in_vietnamese_order_with_equals_alike_and_blanks_apart() -> None:
    assert held("Đà", "ăn", "", "Ăn", "Điện 10", "Điện 9").ranks(0) == [1, 0, -1, 0, 3, 2]


def test_dates_are_ranked_as_dates() -> None:
    days = [date(2026, 10, 2), None, date(2026, 2, 10), date(2026, 10, 2)]
    rows = HeldRows(COLUMNS, [Row(n, "x", day) for n, day in enumerate(days)])

    assert rows.ranks(1) == [1, -1, 0, 1]


def test_the_text_of_a_row_is_that_of_all_its_cells_without_marks() -> None:
    rows = HeldRows(COLUMNS, [Row(1, "Báo cáo", date(2026, 3, 5)), Row(2, "Giao\0ban")])

    assert rows.texts() == ["bao cao\n05/03/2026", "giaoban\n"]


def test_a_row_is_found_by_its_id_and_nothing_in_an_empty_list() -> None:
    assert held("a", "b").place_of(1) == 1
    assert held("a").place_of(7) is None
    assert (held().texts(), held().ranks(0)) == ([], [])


def test_what_is_made_ready_is_what_will_be_asked_for() -> None:
    rows = held("b", "a")

    assert rows.ready([0], texts=True) is rows
    assert rows.are_texts_made
    assert not held("b").ready([0], texts=False).are_texts_made
