"""Filter and sort of 10,000 rows in the register table, against plain Python over the same text."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta

from app.registers.column import Column, Columns
from app.text import collated, folded
from benchmarks.measure import Ratio, against

_ROWS = 10_000
_WORDS = ("Báo cáo kết quả", "Trao đổi tình hình", "Kiểm tra liên ngành", "Giao ban", "Ăn ở", "Đà")


@dataclass(frozen=True)
class _Row:
    id: int
    title: str
    due: date
    left: int


def run() -> Iterator[Ratio]:
    """First filter and sort (cold) and the next keystroke (warm)."""
    from PySide6.QtWidgets import QApplication

    from app.ui.common.list.table import RecordTable

    application = QApplication.instance() or QApplication(["bench"])
    columns: Columns[_Row] = (
        Column("title", "Nghĩa vụ", lambda r: r.title),
        Column("due", "Hạn", lambda r: r.due, kind="date"),
        Column("left", "Còn", lambda r: r.left, kind="days"),
    )
    start = date(2026, 1, 1)
    rows = [
        _Row(n, f"{_WORDS[n % 6]} {n * 7919 % _ROWS}", start + timedelta(n % 700), n % 90 - 45)
        for n in range(_ROWS)
    ]
    texts = [folded(row.title) for row in rows]
    table = RecordTable(columns)

    def opened() -> None:
        table.show(rows)
        table.sort(0)

    def sorted_plainly() -> None:
        sorted(rows, key=lambda row: collated(row.title))

    yield against("open and sort 10,000 rows", opened, sorted_plainly, goal=None, note="< 500 ms")
    table.limit("bao", lambda _: True)
    yield against(
        "filter 10,000 rows, next keystroke",
        lambda: table.limit("bao cao 12", lambda _: True),
        lambda: [row for row, text in zip(rows, texts, strict=True) if "bao cao 12" in text],
        goal=None,
        note="< 100 ms",
    )
    yield against(
        "sort 10,000 rows by date",
        lambda: table.sort(1),
        lambda: sorted(rows, key=lambda row: row.due),
        goal=None,
        note="< 200 ms",
    )
    application.processEvents()
