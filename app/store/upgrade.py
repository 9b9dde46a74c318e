"""Bring a file up to the schema this version expects."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Protocol

from sqlalchemy import Connection, Engine

from app.errors import Damaged, NewerStore
from app.store.migrations import STEPS

CURRENT: int = STEPS[-1].VERSION


class Step(Protocol):
    """A step of a schema: the version that the file has after it, and how it gets there."""

    @property
    def VERSION(self) -> int: ...  # noqa: N802 - a constant of the step's module

    @property
    def upgrade(self) -> Callable[[Connection], None]: ...


def upgrade(
    engine: Engine, steps: Sequence[Step], *, before: Callable[[int], None] | None = None
) -> None:
    """Apply those of *steps* that *engine*'s file has not seen, each in its own transaction.

    *before* is called once, with the old version, while the file is still untouched: the place
    to copy it aside. A step that loses rows it did not say it would is rolled back.
    """
    found, known = version_of(engine), steps[-1].VERSION
    if found > known:
        raise NewerStore(found=found, known=known)
    pending = [step for step in steps if found < step.VERSION]
    if pending and found and before:
        before(found)
    for step in pending:
        with engine.begin() as connection:
            had = _counts(connection)
            step.upgrade(connection)
            _refuse_losses(had, _counts(connection), getattr(step, "DROPS", frozenset()))
            connection.exec_driver_sql(f"PRAGMA user_version = {step.VERSION:d}")


def version_of(engine: Engine) -> int:
    """The schema version that the file says it has."""
    with engine.connect() as connection:
        return int(connection.exec_driver_sql("PRAGMA user_version").scalar_one())


def _counts(connection: Connection) -> dict[str, int]:
    names = connection.exec_driver_sql(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name NOT LIKE 'sqlite_%'"
        " AND name NOT LIKE 'search_index%'"
    ).scalars()
    return {
        name: int(connection.exec_driver_sql(f'SELECT count(*) FROM "{name}"').scalar_one())
        for name in names.all()
    }


def _refuse_losses(had: dict[str, int], has: dict[str, int], drops: frozenset[str]) -> None:
    for table, count in had.items():
        if table not in drops and has.get(table, -1) < count:
            raise Damaged(path=table, why="nâng cấp làm mất dòng nên đã dừng và giữ tệp cũ.")
