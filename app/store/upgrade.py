"""Bring a file up to the schema this version expects."""

from __future__ import annotations

from collections.abc import Callable

from sqlalchemy import Connection, Engine

from app.errors import Damaged, NewerStore
from app.store.folder import APPLICATION_ID
from app.store.migrations import STEPS

CURRENT: int = STEPS[-1].VERSION


def upgrade(engine: Engine, *, before: Callable[[int], None] | None = None) -> None:
    """Apply the steps *engine*'s file has not seen, each in a transaction of its own.

    *before* is called once, with the old version, while the file is still untouched: the place
    to copy it aside. A step that loses rows it did not say it would is rolled back.
    """
    found = version_of(engine)
    if found > CURRENT:
        raise NewerStore(found=found, known=CURRENT)
    pending = [step for step in STEPS if found < step.VERSION]
    if pending and found and before:
        before(found)
    for step in pending:
        with engine.begin() as connection:
            had = _counts(connection)
            step.upgrade(connection)
            _refuse_losses(had, _counts(connection), getattr(step, "DROPS", frozenset()))
            connection.exec_driver_sql(f"PRAGMA application_id = {APPLICATION_ID:d}")
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
