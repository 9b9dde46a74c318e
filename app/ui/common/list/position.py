"""Where the clerk stands in a list: kept by record through refresh, sort, filter and undo."""

from __future__ import annotations

from collections.abc import Hashable, Iterator
from itertools import pairwise
from typing import Generic

from PySide6.QtCore import QItemSelection, QItemSelectionModel, QObject

from app.registers.held_rows import Row
from app.ui.common.list.table import ID_ROLE
from app.ui.common.list.view import RecordView

_SELECT = QItemSelectionModel.SelectionFlag


class Position(QObject, Generic[Row]):
    """Remembers record, selection and scroll before the table changes, and takes them up after.

    A record that is only filtered away is stood on again when the filter goes; in the place of
    one that has left the register stands its neighbour.
    """

    def __init__(self, view: RecordView[Row]) -> None:
        super().__init__(view)
        self._view = view
        self._place: Hashable | None = None
        self._chosen: list[Hashable] = []
        self._row = 0
        self._from_top: int | None = None
        self._scroll = 0
        view.table.modelAboutToBeReset.connect(self._remember)
        view.table.modelReset.connect(self._return)  # after the view's own, which forgets

    def stand_on(self, record_id: Hashable) -> bool:
        """Go to *record_id*; False when it is not on screen now, but it is remembered."""
        self._place, self._chosen = record_id, [record_id]
        row = self._view.table.row_of(record_id)
        if row is not None:
            self._view.go_to(row)
        return row is not None

    def _remember(self) -> None:
        current = self._view.currentIndex()
        self._scroll = self._view.verticalScrollBar().value()
        if current.isValid():
            self._place = current.data(ID_ROLE)
            self._chosen = self._view.selected_ids()
            self._row = current.row()
            top = self._view.rowViewportPosition(self._row)
            is_seen = 0 <= top < self._view.viewport().height()
            self._from_top = top if is_seen else None

    def _return(self) -> None:
        row = self._new_row()
        self._view.doItemsLayout()
        if row is None:
            self._view.verticalScrollBar().setValue(0)
            return
        index = self._view.table.index(row, 0)
        model = self._view.selectionModel()
        model.setCurrentIndex(index, _SELECT.NoUpdate)
        model.select(self._selection(row), _SELECT.ClearAndSelect | _SELECT.Rows)
        self._scroll_back(row)

    def _new_row(self) -> int | None:
        table = self._view.table
        if not table.rowCount():
            return None
        if self._place is None:
            return 0
        row = table.row_of(self._place)
        if row is None and not table.holds(self._place):
            return min(self._row, table.rowCount() - 1)
        return row

    def _selection(self, row: int) -> QItemSelection:
        table = self._view.table
        rows = [found for each in self._chosen if (found := table.row_of(each)) is not None]
        last = table.columnCount() - 1
        selection = QItemSelection()
        for first, end in _runs(sorted(rows or [row])):
            selection.select(table.index(first, 0), table.index(end, last))
        return selection

    def _scroll_back(self, row: int) -> None:
        bar = self._view.verticalScrollBar()
        if self._from_top is None:
            bar.setValue(self._scroll)
            return
        height = self._view.verticalHeader().defaultSectionSize()
        bar.setValue(row * height - self._from_top)


def _runs(rows: list[int]) -> Iterator[tuple[int, int]]:
    """The first and last of each run in *rows*: Qt takes 5 s for 10,000 ranges of one row each."""
    first = rows[0]
    for row, after in pairwise([*rows, -2]):
        if after != row + 1:
            yield first, row
            first = after
