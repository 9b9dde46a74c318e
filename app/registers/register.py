"""A register, said once: its columns, the conditions it can be filtered by, its shipped views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date
from typing import Generic

from app.registers.column import Column, Row_contra


@dataclass(frozen=True)
class Facet(Generic[Row_contra]):
    """A condition a clerk can add as a chip: `Tình trạng: Quá hạn`.

    `values` gives what a row has under this condition: words for a choice (a row
    may have several: its agencies), or one date for a period.
    """

    key: str
    title: str
    values: Callable[[Row_contra], tuple[str, ...] | date | None]
    is_period: bool = False
    is_word: bool = False  # its words are ours: told when shown, kept and compared as written


@dataclass(frozen=True)
class View(Generic[Row_contra]):
    """A view the program ships: `Cần rà soát`. `keeps` says which rows belong to it."""

    key: str
    title: str
    keeps: Callable[[Row_contra], bool]
    counted: bool = False  # show the number of its rows beside the name


@dataclass(frozen=True)
class Register(Generic[Row_contra]):
    """What a list needs to know of itself. `order` is the column sorted first, "-" reversed."""

    key: str
    title: str  # Quy chế
    noun: str  # quy chế, as in "Đã chọn 3 quy chế"
    columns: tuple[Column[Row_contra], ...]
    facets: tuple[Facet[Row_contra], ...] = ()
    views: tuple[View[Row_contra], ...] = ()
    order: str = ""
