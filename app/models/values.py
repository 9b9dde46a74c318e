"""What a field of a record can hold, as a form gives it back and a draft takes it."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import TypeAlias, TypeVar
from uuid import UUID

from app.errors import InvalidFields
from app.models.recurrence import Recurrence
from app.words import told

Value: TypeAlias = str | int | date | UUID | Recurrence | Path | tuple["Value", ...] | None
"""One field: words, a number, yes or no (an int), a day, a record, a rhythm, a file, several of
these, or None where it is blank. What a clerk typed and nobody could read stays words."""

Values: TypeAlias = Mapping[str, Value]
"""Value by field name: what was entered, or what a record says."""

T = TypeVar("T")


def said(values: Values, name: str, kind: type[T]) -> T | None:
    """What *values* say of *name*; None where that is blank, or words that were no *kind*."""
    value = values.get(name)
    return value if isinstance(value, kind) else None


def needed(values: Values, name: str, kind: type[T]) -> T:
    """What *values* say of *name*, which a form has asked for. Raises InvalidFields."""
    value = said(values, name, kind)
    if value is None:
        raise InvalidFields({name: told("Ô này còn trống. Nhập rồi lưu.")})
    return value


def several(values: Values, name: str, kind: type[T]) -> tuple[T, ...]:
    """All of *kind* that *values* say of *name*, in their order; none where it is blank."""
    value = values.get(name)
    given = value if isinstance(value, tuple) else ()
    return tuple(each for each in given if isinstance(each, kind))
