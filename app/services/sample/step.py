"""One action of the sample office's past."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from datetime import date

from sqlmodel import Session

Work = Callable[[Session], object]
"""What is done to the register."""


@dataclass(frozen=True)
class Step:
    """What was done on a day, under the name that Undo shows."""

    on: date
    label: str
    work: Work
