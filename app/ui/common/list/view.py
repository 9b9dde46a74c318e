"""The table of a register: rows 32 high, columns that fit, order and widths remembered."""

from __future__ import annotations

from collections.abc import Hashable, Iterator, Mapping
from contextlib import contextmanager
from typing import Generic, Never, cast

from PySide6.QtCore import QEvent, QItemSelectionModel, QItemSelectionRange, Qt, Signal
from PySide6.QtGui import QFocusEvent, QKeyEvent, QMouseEvent, QResizeEvent
from PySide6.QtWidgets import QAbstractItemView, QFrame, QHeaderView, QTableView

from app.json_tree import Json
from app.registers.column import Column
from app.registers.held_rows import Row
from app.ui.common.list.cells import Cells, mark_width
from app.ui.common.list.table import RecordTable
from app.ui.theme import look, px
from app.ui.tokens import M

_LETTER = 7.25  # pixels of an average letter at 100 % text
_LEAST = 48
_LEAST_REST = 160  # what the column that takes the rest never goes below
_LEAST_IN_PANE = 96  # in a small table, which has half the room
_ENOUGH = 480  # beyond this the column that takes the rest shares with the others
_SHRINKS = ("text", "muted")
_GROWS = {"text": 0.15, "muted": 0.75}  # at most, of a column's own width
_MARK = 22


class RecordView(QTableView, Generic[Row]):
    """Shows a RecordTable. Column widths are counted in pixels at 100 % text.

    A column whose width is 0 takes what the others leave. A width the clerk has dragged is
    kept and remembered; the others are fitted to the page.
    """

    entered_record = Signal()
    """Enter was pressed, or a row double-clicked."""
    arranged = Signal()
    """Columns were moved, hidden, resized or sorted by the clerk."""

    def __init__(self, table: RecordTable[Row], inset: int = M.s4) -> None:
        super().__init__()
        self.table = table
        self._inset = inset
        self.dragged: dict[str, int] = {}
        self._arranging = 0
        self.setModel(table)
        self.cells = Cells(self, inset)
        self.setItemDelegate(self.cells)
        self._dress()
        self._dress_header()
        self.doubleClicked.connect(lambda _index: self.entered_record.emit())
        look.changed.connect(self._on_look)
        table.dataChanged.connect(lambda *_places: self.fit())  # the marks of records
        table.modelReset.connect(self.fit)
        self.reset_columns()

    def visible_columns(self) -> list[Column[Row]]:
        """The columns on screen, from left to right."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [self.table.columns[at] for at in order if not header.isSectionHidden(at)]

    def ordered_columns(self) -> list[tuple[Column[Row], bool]]:
        """Every column in its place from left to right, and whether it is shown."""
        header = self.horizontalHeader()
        order = [header.logicalIndex(place) for place in range(header.count())]
        return [(self.table.columns[at], not header.isSectionHidden(at)) for at in order]

    def arrange(self, keys: list[str], hidden: set[str]) -> None:
        """Put the columns in the order of *keys* and hide *hidden*; the last one always stays."""
        known = [key for key in keys if key in self._numbers]
        known += [key for key in self._numbers if key not in known]
        if hidden >= set(known):
            hidden = hidden - {known[0]}
        header = self.horizontalHeader()
        with self._quietly():
            for place, key in enumerate(known):
                header.moveSection(header.visualIndex(self._numbers[key]), place)
            for key, number in self._numbers.items():
                header.setSectionHidden(number, key in hidden)
        self.fit()

    def reset_columns(self) -> None:
        """Order, widths and choice of columns as the register ships them."""
        self.dragged.clear()
        shipped = self.table.columns
        self.arrange([c.key for c in shipped], {c.key for c in shipped if not c.shown})

    def fit_columns(self) -> None:
        """Forget dragged widths and fit every column to the page."""
        self.dragged.clear()
        self.fit()
        self.arranged.emit()

    def sort_by(self, key: str, *, backwards: bool = False) -> None:
        """Sort by the column *key*; an unknown key leaves the register's own order."""
        order = Qt.SortOrder.DescendingOrder if backwards else Qt.SortOrder.AscendingOrder
        self.table.sort(self._numbers.get(key, -1), order)

    def columns_state(self) -> dict[str, Json]:
        """Widths, order, choice and sort of the columns, as JSON to remember."""
        columns = self.ordered_columns()
        found: dict[str, Json] = {
            "order": [column.key for column, _ in columns],
            "hidden": [column.key for column, is_shown in columns if not is_shown],
            "widths": dict(self.dragged),
        }
        if (order := self.table.order) is not None:
            found["sort"] = [self.table.columns[order[0]].key, order[1]]
        return found

    def restore_columns(self, state: Json) -> None:
        """Take up a remembered `columns_state`; unknown columns keep their place."""
        state = state if isinstance(state, Mapping) else {}
        widths = state.get("widths")
        dragged = widths.items() if isinstance(widths, Mapping) else ()
        known = {key: w for key, w in dragged if key in self._numbers}
        self.dragged = {key: w for key, w in known.items() if isinstance(w, int)}
        order = _words(state.get("order"))
        fresh = {c.key for c in self.table.columns if c.key not in order and not c.shown}
        self.arrange(order, {*_words(state.get("hidden")), *fresh})
        match state.get("sort"):
            case [str(key), backwards] if key in self._numbers:
                self.sort_by(key, backwards=bool(backwards))

    def go_to(self, row: int) -> None:
        """Stand on *row*, alone, and bring it into sight."""
        index = self.table.index(row, self._first_visible())
        self.selectionModel().setCurrentIndex(index, _ONLY_THIS_ROW)
        self.scrollTo(index)

    def selected_ids(self) -> list[Hashable]:
        """The ids of the selected rows, in the order on screen."""
        return self.table.ids(self.chosen_rows())

    def chosen_rows(self) -> list[int]:
        """The numbers of the selected rows, from top to bottom.

        Taken from the ranges: Qt's own list of rows takes half a second for 10,000.
        """
        return sorted({row for part in self._parts() for row in range(part[0], part[1] + 1)})

    def chosen_count(self) -> int:
        """How many rows are selected; quick also for 10,000."""
        return sum(last - first + 1 for first, last in self._parts())

    def _parts(self) -> list[tuple[int, int]]:
        selection = cast("list[QItemSelectionRange]", self.selectionModel().selection())
        return [(part.top(), part.bottom()) for part in selection]

    def fit(self) -> None:
        """Give each visible column its width within the page."""
        shown = self.visible_columns()
        if not shown:
            return
        widths = {column.key: self._wanted(column, column is shown[0]) for column in shown}
        rest = self._rest(shown)
        if rest is not None:
            room = self.viewport().width()
            spare = room - sum(widths.values()) + widths[rest.key]
            least = min(px(_LEAST_REST if self._inset else _LEAST_IN_PANE), room // 3)
            if spare < least:
                spare += self._shrink(widths, rest, least - spare)
            elif spare > px(_ENOUGH):
                spare -= self._grow(widths, rest, spare - px(_ENOUGH))
            spare -= self._make_room_for_mark(widths, rest, spare - least)
            widths[rest.key] = max(spare, least)
        with self._quietly():
            for key, width in widths.items():
                self.setColumnWidth(self._numbers[key], width)

    # its own affairs -----------------------------------------------------------

    @property
    def _numbers(self) -> dict[str, int]:
        return {column.key: number for number, column in enumerate(self.table.columns)}

    def _wanted(self, column: Column[Never], is_first: bool) -> int:
        if column.key in self.dragged:
            return px(self.dragged[column.key])
        extra = (self._inset - M.s2 if is_first else 0) + (_MARK if column.kind == "state" else 0)
        return px(round(column.width * _LETTER) + 2 * M.s2 + extra)

    def _make_room_for_mark(self, widths: dict[str, int], rest: Column[Never], spare: int) -> int:
        """Widen the first column by the mark that a record bears; returns by how much."""
        first, word = self.visible_columns()[0], self.table.borne()
        if not word or first is rest or first.key in self.dragged:
            return 0
        given = max(0, min(spare, mark_width(self.fontMetrics(), word)))
        widths[first.key] += given
        return given

    def _rest(self, shown: list[Column[Row]]) -> Column[Row] | None:
        """The column that takes what is left: the widest of those not dragged."""
        free = [c for c in shown if c.key not in self.dragged and c.kind in _SHRINKS]
        free.sort(key=lambda c: c.width or 1000, reverse=True)
        return free[0] if free else None

    def _shrink(self, widths: dict[str, int], rest: Column[Never], lack: int) -> int:
        """Take *lack* pixels from the other text columns where they can spare it."""
        taken = 0
        least = min(px(96), self.viewport().width() // 6)
        for column in self._others(rest):
            give = min(lack - taken, max(0, widths[column.key] - least))
            widths[column.key] -= give
            taken += give
        return taken

    def _grow(self, widths: dict[str, int], rest: Column[Never], over: int) -> int:
        """On a wide page give of *over* pixels to the other text columns; returns how many."""
        given = 0
        first = self.visible_columns()[0]
        for column in self._others(rest):
            share = _GROWS["text" if column is first else column.kind]
            take = min(over - given, round(widths[column.key] * share))
            widths[column.key] += take
            given += take
        return given

    def _others(self, rest: Column[Never]) -> list[Column[Row]]:
        """The text columns beside *rest* whose width is ours to choose."""
        return [
            column
            for column in self.visible_columns()
            if column.key not in self.dragged and column.key != rest.key and column.kind in _SHRINKS
        ]

    def _first_visible(self) -> int:
        return self._numbers[self.visible_columns()[0].key]

    @contextmanager
    def _quietly(self) -> Iterator[None]:
        self._arranging += 1
        yield
        self._arranging -= 1

    def _dress(self) -> None:
        self.setShowGrid(False)
        self.setFrameShape(QFrame.Shape.NoFrame)
        self.setMouseTracking(True)
        self.setWordWrap(False)
        self.setTabKeyNavigation(False)  # Tab leaves the table, arrows move in it
        self.setCornerButtonEnabled(False)
        self.setSelectionBehavior(QAbstractItemView.SelectionBehavior.SelectRows)
        self.setSelectionMode(QAbstractItemView.SelectionMode.ExtendedSelection)
        self.setEditTriggers(QAbstractItemView.EditTrigger.NoEditTriggers)
        self.setVerticalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.setHorizontalScrollMode(QAbstractItemView.ScrollMode.ScrollPerPixel)
        self.verticalHeader().hide()
        self._on_look()

    def _dress_header(self) -> None:
        header = self.horizontalHeader()
        header.setHighlightSections(False)
        header.setTextElideMode(Qt.TextElideMode.ElideRight)
        header.setSectionsMovable(True)
        header.setFirstSectionMovable(True)
        header.setSectionsClickable(True)
        header.setMinimumSectionSize(_LEAST)
        header.setSectionResizeMode(QHeaderView.ResizeMode.Interactive)
        header.sectionClicked.connect(self._sort_on_click)
        header.sectionResized.connect(self._on_dragged)
        header.sectionMoved.connect(self._on_moved)

    def _sort_on_click(self, number: int) -> None:
        again = self.table.order == (number, False)
        self.sort_by(self.table.columns[number].key, backwards=again)
        self.arranged.emit()

    def _on_dragged(self, number: int, _old: int, new: int) -> None:
        if not self._arranging and new > 0:
            self.dragged[self.table.columns[number].key] = round(new * 100 / look.percent)
            self.arranged.emit()

    def _on_moved(self, *_places: int) -> None:
        if not self._arranging:
            self.fit()
            self.arranged.emit()

    def _on_look(self) -> None:
        # The least height first: rows can't become lower than the one of a larger text.
        self.verticalHeader().setMinimumSectionSize(px(M.row))
        self.verticalHeader().setDefaultSectionSize(px(M.row))
        if hasattr(self, "cells"):
            self.fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        index = self.currentIndex()
        top = self.rowViewportPosition(index.row()) if index.isValid() else -1
        super().resizeEvent(event)
        before = event.oldSize().height()
        if index.isValid() and (before < 0 or 0 <= top < before):
            self.scrollTo(index)  # what was in sight stays in sight
        if event.size().width() != event.oldSize().width():
            self.fit()

    def keyPressEvent(self, event: QKeyEvent) -> None:
        plain = not event.modifiers() & ~Qt.KeyboardModifier.KeypadModifier
        if plain and event.key() in (Qt.Key.Key_Return, Qt.Key.Key_Enter):
            self.entered_record.emit()
        else:
            super().keyPressEvent(event)

    def mouseMoveEvent(self, event: QMouseEvent) -> None:
        super().mouseMoveEvent(event)
        self._hover(self.rowAt(int(event.position().y())))

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self._hover(-1)

    def focusInEvent(self, event: QFocusEvent) -> None:
        super().focusInEvent(event)
        self.viewport().update()

    def focusOutEvent(self, event: QFocusEvent) -> None:
        super().focusOutEvent(event)
        self.viewport().update()

    def _hover(self, row: int) -> None:
        if row != self.cells.hovered:
            self.cells.hovered = row
            self.viewport().update()


def _words(kept: Json) -> list[str]:
    """The words in a list that was remembered."""
    return [each for each in kept if isinstance(each, str)] if isinstance(kept, list) else []


_ONLY_THIS_ROW = (
    QItemSelectionModel.SelectionFlag.ClearAndSelect | QItemSelectionModel.SelectionFlag.Rows
)
