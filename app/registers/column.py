"""A column, said once: the table, the column chooser, the sheet and the printout read it."""

from __future__ import annotations

from collections.abc import Callable, Hashable
from dataclasses import dataclass
from datetime import date
from typing import Generic, Literal, Protocol, TypeAlias, TypeVar

from app.text import collated, date_words
from app.words import found, told

Cell = str | int | date | None
Kind = Literal["text", "muted", "number", "days", "date", "state"]
"""How a cell is drawn: `state` is a status word (shape and colour), `days` a signed day count."""


class Listed(Protocol):
    """What every row of a list has."""

    @property
    def id(self) -> Hashable:
        """The id of the record, or of whatever else the row stands for."""


Row_contra = TypeVar("Row_contra", contravariant=True)
"""A row that is only read: what a wider kind of row has, a narrower one has too."""


@dataclass(frozen=True)
class Column(Generic[Row_contra]):
    """One column of a register.

    `key` is stored in users' saved views and must not change. `title` is marked
    for translation where it is written and translated where it is shown. `value`
    takes a row of the register.
    """

    key: str
    title: str
    value: Callable[[Row_contra], Cell]
    kind: Kind = "text"
    order: Callable[[Row_contra], Cell] | None = (
        None  # where text would mislead: 2/2026 before 10/2026
    )
    width: int = 12  # in characters, so that screen and sheet agree; 0 takes what is left
    shown: bool = True
    tail: Callable[[Row_contra], str] | None = (
        None  # its last words, which stay where a cell is cut
    )
    is_word: bool = False  # a word of ours, told when shown; a status is one as well


Columns: TypeAlias = tuple[Column[Row_contra], ...]


def told_in(column: Column[Row_contra], cell: Cell) -> Cell:
    """What *column* shows for *cell*: words of ours in the language that was chosen."""
    is_word = column.is_word or column.kind == "state"
    if not is_word or not isinstance(cell, str):
        return cell
    return found(cell) or ", ".join(map(told, cell.split(", ")))  # one word, or several


def text_of(cell: Cell) -> str:
    """*cell* as the office writes it: 05/09/2026, 36.720, a true minus."""
    if cell is None:
        return ""
    if isinstance(cell, date):
        return date_words(cell)
    if isinstance(cell, int):
        return f"{cell:,}".replace(",", ".").replace("-", "\u2212")
    return cell


def sort_key_of(cell: str | int | date) -> tuple[bool, str | int]:
    """Something comparable within a column, also one that mixes words and numbers."""
    if isinstance(cell, int):
        return False, cell
    return True, cell.isoformat() if isinstance(cell, date) else collated(cell)
