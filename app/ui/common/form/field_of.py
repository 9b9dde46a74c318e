"""The field with which a clerk enters a value, chosen by what the value is."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from uuid import UUID

from app.models.trait import Input, Trait
from app.ui.common.form.date_field import DateField
from app.ui.common.form.fields import (
    ChoiceField,
    Field,
    LineField,
    LongField,
    NumberField,
    YesNoField,
)
from app.ui.common.form.record_picker import RecordField, RecordsField
from app.ui.common.form.recurrence_field import RecurrenceField

Load = Callable[[], Sequence[tuple[UUID, str]]]


def field_of(
    trait: Trait,
    *,
    today: Callable[[], date],
    load: Load,
    start: Callable[[], date] | None = None,
    width: int = 0,
    more: str = "",
) -> Field:
    """A field for *trait*. *load* lists the records it may name; *start*: see RecurrenceField."""
    match trait.input:
        case Input.LONG:
            return LongField(trait, width)
        case Input.DATE:
            return DateField(trait, today, width)
        case Input.NUMBER:
            return NumberField(trait, width)
        case Input.YES_NO:
            return YesNoField(trait)
        case Input.CHOICE:
            return ChoiceField(trait, width)
        case Input.RECORD:
            return RecordField(trait, load, width)
        case Input.RECORDS:
            return RecordsField(trait, load, more)
        case Input.RECURRENCE:
            return RecurrenceField(trait, start or today)
        case _:
            return LineField(trait, width)
