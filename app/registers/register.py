"""A register, said once: its columns, the conditions it can be filtered by, its shipped views."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from app.registers.column import Column


@dataclass(frozen=True)
class Facet:
    """A condition a clerk can add as a chip: `Tình trạng: Quá hạn`.

    `values` gives what a row has under this condition: words for a choice (a row
    may have several: its agencies), or one date for a period.
    """

    key: str
    title: str
    values: Callable[[Any], tuple[str, ...] | date | None]
    is_period: bool = False


@dataclass(frozen=True)
class View:
    """A view the program ships: `Cần rà soát`. `keeps` says which rows belong to it."""

    key: str
    title: str
    keeps: Callable[[Any], bool]
    counted: bool = False  # show the number of its rows beside the name


@dataclass(frozen=True)
class Register:
    """What a list needs to know of itself. `order` is the column sorted first, "-" reversed."""

    key: str
    title: str  # Quy chế
    noun: str  # quy chế, as in "Đã chọn 3 quy chế"
    columns: tuple[Column, ...]
    facets: tuple[Facet, ...] = ()
    views: tuple[View, ...] = ()
    order: str = ""
    extra: dict[str, Any] = field(default_factory=dict)
