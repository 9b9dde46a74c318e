"""The rows a list holds, with what sorting and finding them needs, each made once."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date
from itertools import groupby
from typing import Generic, Never, TypeVar

from app.registers.column import Cell, Column, Listed, sort_key_of, text_of, told_in
from app.text import folded

Row = TypeVar("Row", bound=Listed)
_PART = "\0"  # stands in no cell once it is taken out, and folds to itself


class HeldRows(Generic[Row]):
    """Rows, which need only an `id`, behind their columns.

    Ten thousand rows say few different things, so each cell is folded or ranked once for all
    rows that say the same. Nothing here belongs to a thread: a worker may make it `ready`.
    """

    def __init__(self, columns: Sequence[Column[Row]], rows: Iterable[Row] = ()) -> None:
        self.columns, self.rows = tuple(columns), list(rows)
        self._texts: list[str] | None = None
        self._ranks: dict[int, list[int]] = {}
        self._places: dict[object, int] | None = None

    def ready(self, columns: Iterable[int], *, texts: bool) -> HeldRows[Row]:
        """Itself, with all made that a list sorted by one of *columns* will ask for."""
        self._placed()
        for number in columns:
            self.ranks(number)
        if texts:
            self.texts()
        return self

    @property
    def are_texts_made(self) -> bool:
        """Whether somebody has filtered these rows."""
        return self._texts is not None

    def place_of(self, row_id: object) -> int | None:
        """Where the row of that id stands in `rows`."""
        return self._placed().get(row_id)

    def texts(self) -> list[str]:
        """What each row says in all its columns, folded."""
        if self._texts is None:
            said = [self._folded(column) for column in self.columns]
            self._texts = ["\n".join(parts) for parts in zip(*said, strict=True)]
        return self._texts

    def ranks(self, number: int) -> list[int]:
        """The place of each row in the order of column *number*; −1 for blanks, equals alike."""
        if number not in self._ranks:
            self._ranks[number] = self._ranked(self.columns[number])
        return self._ranks[number]

    def _placed(self) -> dict[object, int]:
        if self._places is None:
            self._places = {row.id: at for at, row in enumerate(self.rows)}
        return self._places

    def _folded(self, column: Column[Row]) -> list[str]:
        value = column.value
        cells = [value(row) for row in self.rows]
        kinds = list(dict.fromkeys(cells))
        whole = _PART.join([text_of(told_in(column, cell)).replace(_PART, "") for cell in kinds])
        words = dict(zip(kinds, folded(whole).split(_PART), strict=False))
        return [words[cell] for cell in cells]

    def _ranked(self, column: Column[Row]) -> list[int]:
        read = column.order or column.value
        cells: list[Cell] = [read(row) for row in self.rows]
        kinds = [cell for cell in dict.fromkeys(cells) if cell is not None and cell != ""]
        ranks: dict[Cell, int] = {}
        by_key = sorted((sort_key_of(_shown(column, cell)), at) for at, cell in enumerate(kinds))
        for rank, (_key, equals) in enumerate(groupby(by_key, key=lambda item: item[0])):
            ranks.update((kinds[at], rank) for _, at in equals)
        return [ranks.get(cell, -1) for cell in cells]


def _shown(column: Column[Never], cell: str | int | date) -> str | int | date:
    """By what a cell is ordered: what is shown, unless the column says otherwise."""
    shown = told_in(column, cell) if column.order is None else cell
    return cell if shown is None else shown
