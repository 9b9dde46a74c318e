"""What a list on screen is when it leaves the window; those who write it need more."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Generic, TypeVar

from app.registers.column import Column

Row = TypeVar("Row")


@dataclass(frozen=True)
class Listing(Generic[Row]):
    """A list as the clerk sees it. `note` says what was asked: views, conditions, "n / m"."""

    title: str
    office: str
    columns: Sequence[Column[Row]]
    records: Sequence[Row]
    note: str
    at: datetime
