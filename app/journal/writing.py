"""The session that changes go through: it writes the rows itself and shows them to the recorder.

A record is one row of one table. The mapper's unit of work, made to order the rows of many
tables that lean on each other, costs several times what writing that row does.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from typing import Protocol, TypeVar

from sqlalchemy import Connection, inspect
from sqlalchemy.dialects import sqlite
from sqlalchemy.orm import (
    ClassManager,
    configure_mappers,
    make_transient,
    make_transient_to_detached,
)
from sqlalchemy.orm.attributes import get_history
from sqlalchemy.orm.base import PassiveFlag
from sqlmodel import Session

from app.journal.plain import Cell
from app.journal.raw import marks, raw
from app.models import Record
from app.models.values import Value, Values

R = TypeVar("R", bound=Record)
Before = Values
"""The fields of a record that have changed, and what they said before."""


class Witness(Protocol):
    """Whoever must know of every row before it is written."""

    def attach(self, session: Session) -> None:
        """The session is about to begin."""

    def entered(self, record: Record) -> None:
        """A new record."""

    def revised(self, record: Record, before: Before) -> None:
        """A record that was there, some fields of which say something else now."""


class WritingSession(Session):
    """Yields the mapper's records like any session; what becomes of them is told to *witness*."""

    def __init__(self, connection: Connection, witness: Witness) -> None:
        super().__init__(connection, expire_on_commit=False)
        self._raw = raw(connection)
        self._witness = witness
        witness.attach(self)

    def flush(self, objects: Sequence[object] | None = None) -> None:  # noqa: ARG002 - all go at once
        """Write what is new and what has changed; queries call it before they look."""
        if self.deleted:
            message = "records are withdrawn, never deleted"
            raise RuntimeError(message)
        if new := list(self.new):
            self._enter(new)
        if dirty := list(self.dirty):
            self._revise(dirty)

    def _enter(self, records: Iterable[Record]) -> None:
        by_kind: dict[type[Record], list[Record]] = defaultdict(list)
        for record in records:
            _derive(record)
            self._witness.entered(record)
            by_kind[type(record)].append(record)
        for kind, rows in by_kind.items():
            table = _table_of(kind)
            self._raw.executemany(table.insert, [table.row(record) for record in rows])
            for record in rows:
                self._settle(record)

    def _revise(self, records: Iterable[Record]) -> None:
        for record in records:
            _derive(record)
            before = _before(record)
            if before:
                self._witness.revised(record, before)
                self._update(record, tuple(before))
            self._settle(record)

    def _update(self, record: Record, names: tuple[str, ...]) -> None:
        table = _table_of(type(record))
        done = self._raw.execute(table.update(names), table.cells(record, (*names, "id")))
        if done.rowcount != 1:
            message = f"{record.ENTITY} {record.id} has no row to be written to"
            raise RuntimeError(message)

    def _settle(self, record: Record) -> None:
        """Let the mapper take *record* for one that was just read: its row says the same."""
        make_transient(record)
        make_transient_to_detached(record)
        self.add(record)


def made(kind: type[R], values: Values) -> R:
    """A new record that says *values*, which name every field without a default.

    It is filled in one go, as the mapper fills those it reads: field by field each would be
    looked at by SQLModel, by pydantic and by the mapper in turn.
    """
    record: R = _manager_of(kind).new_instance()
    told = dict(values)
    for name, field in kind.model_fields.items():
        if name not in told:
            told[name] = field.get_default(call_default_factory=True)
    record.__dict__.update(told)
    return record


@dataclass(frozen=True)
class _Table:
    """How one kind of record is written, with the cells that the mapper would write."""

    name: str
    to_cell: Mapping[str, Callable[[Value], Cell] | None]
    insert: str

    def row(self, record: Record) -> list[Cell]:
        """Every cell of *record*."""
        return self.cells(record, self.to_cell)

    def cells(self, record: Record, names: Iterable[str]) -> list[Cell]:
        """The cells of these fields."""
        found = []
        for name in names:
            value, change = getattr(record, name), self.to_cell[name]
            found.append(value if change is None else change(value))
        return found

    def update(self, names: Iterable[str]) -> str:
        """The statement that writes these fields of one record."""
        sets = ", ".join(f'"{name}" = ?' for name in names)
        return f'UPDATE "{self.name}" SET {sets} WHERE id = ?'


@lru_cache(maxsize=64)
def _manager_of(kind: type[R]) -> ClassManager[R]:
    configure_mappers()  # else only a first construction or query does
    found: ClassManager[R] = inspect(kind).class_manager
    return found


@lru_cache(maxsize=64)
def _table_of(kind: type[Record]) -> _Table:
    dialect = sqlite.dialect()
    table = inspect(kind).local_table
    to_cell = {
        column.name: column.type.dialect_impl(dialect).bind_processor(dialect)
        for column in table.columns
    }
    names = ", ".join(f'"{name}"' for name in to_cell)
    return _Table(
        table.name, to_cell, f'INSERT INTO "{table.name}" ({names}) VALUES ({marks(to_cell)})'
    )


def _derive(record: Record) -> None:
    for name, value in record.derive(getattr(record, "number", None) or "").items():
        if getattr(record, name) != value:
            setattr(record, name, value)


def _before(record: Record) -> Before:
    state = inspect(record)
    untouched = state.unmodified
    found: dict[str, Value] = {}
    for name in _table_of(type(record)).to_cell:
        if name not in untouched:
            history = get_history(record, name, PassiveFlag.PASSIVE_NO_INITIALIZE)
            if history.has_changes():
                found[name] = history.deleted[0] if history.deleted else None
    return found
