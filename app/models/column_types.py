"""Values that are more than one SQLite cell, kept in one as canonical JSON."""

import json
from collections.abc import Iterable
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Dialect, String
from sqlalchemy.types import TypeDecorator

from app.models.recurrence import Recurrence


class IdSet(TypeDecorator[tuple[UUID, ...]]):
    """A set of record ids as a sorted JSON list, so that equal sets are equal text."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Iterable[UUID] | None, _dialect: Dialect) -> str:
        """Return the JSON text of *value*; None is the empty set."""
        return json.dumps(sorted({UUID(str(item)).hex for item in value or ()}))

    def process_result_value(self, value: str | None, _dialect: Dialect) -> tuple[UUID, ...]:
        """Return the ids in their canonical order."""
        return _ids(value or "[]")


class RecurrenceText(TypeDecorator[Recurrence]):
    """A recurrence as canonical JSON."""

    impl = String
    cache_ok = True

    def process_bind_param(self, value: Recurrence | None, _dialect: Dialect) -> str | None:
        """Return the JSON text of *value*."""
        if value is None:
            return None
        return json.dumps(value.to_json(), ensure_ascii=False, sort_keys=True)

    def process_result_value(self, value: str | None, _dialect: Dialect) -> Recurrence | None:
        """Return the recurrence kept in the cell."""
        return None if value is None else _recurrence(value)


# Equal sets and equal rules are equal text: each is read once, not once a row.
@lru_cache(maxsize=4096)
def _ids(text: str) -> tuple[UUID, ...]:
    return tuple(UUID(item) for item in json.loads(text))


@lru_cache(maxsize=4096)
def _recurrence(text: str) -> Recurrence:
    return Recurrence.from_json(json.loads(text))
