"""Tables made anew from the change log in a file of their own, to be compared or taken over."""

from __future__ import annotations

from collections.abc import Iterable, Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app import durable
from app.journal.raw import raw
from app.journal.rebuild import COMPARED, Findings, replay
from app.progress import Progress, quiet
from app.store.engine import MEMORY, open_engine
from app.store.migrations import STEPS
from app.store.upgrade import upgrade

REBUILT = "rebuilt"
"""The schema under which the file that was made anew is attached."""
_WISHES = "FROM fact WHERE key LIKE 'anew:%'"


def rebuild(
    source: Connection, path: Path, findings: Findings | None = None, progress: Progress = quiet
) -> None:
    """Make every table anew from the log of *source*, in a new file at *path*."""
    scratch = open_engine(path)
    try:
        upgrade(scratch, STEPS)
        with scratch.begin() as target:
            target.exec_driver_sql("DELETE FROM replica")
            replay(source, target, progress=progress, findings=findings)
    finally:
        scratch.dispose()


@contextmanager
def as_of(engine: Engine, until: int) -> Iterator[Session]:
    """Yield a session over what the log of *engine*'s file said at *until* (ms since 1970)."""
    scratch = open_engine(MEMORY)
    try:
        upgrade(scratch, STEPS)
        with engine.connect() as source, scratch.begin() as target:
            replay(source, target, until=until)
        with Session(scratch, expire_on_commit=False) as session:
            yield session
    finally:
        scratch.dispose()


@contextmanager
def attached(connection: Connection, path: Path) -> Iterator[None]:
    """Let *connection* read the file at *path* as `REBUILT`. It may have begun nothing yet."""
    connection.rollback()
    # ATTACH needs a key clause with SQLCipher, or it would inherit one; ours is a plain file.
    raw(connection).execute(f"ATTACH DATABASE ? AS {REBUILT} KEY ''", (str(path),))
    try:
        yield
    finally:
        connection.rollback()
        raw(connection).execute(f"DETACH {REBUILT}")


def take_over(connection: Connection, tables: Iterable[str]) -> None:
    """Put what `REBUILT` holds of *tables* in the place of what is there."""
    for table in tables:
        names = [
            row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")').all()
        ]
        columns = ", ".join(f'"{name}"' for name in names)
        connection.exec_driver_sql(f'DELETE FROM main."{table}"')
        connection.exec_driver_sql(
            f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM "{REBUILT}"."{table}"'
        )


def fill_what_steps_asked_for(engine: Engine) -> None:
    """Make anew the computed tables that a migration step left for the program of today.

    The wish stays in the file until it is done, however often that is cut short. A table that
    there is no more is nobody's wish.
    """
    with engine.connect() as connection:
        asked = set(connection.exec_driver_sql(f"SELECT substr(key, 6) {_WISHES}").scalars())
        if not asked:
            return
        with durable.scratch() as folder:
            path = folder / "rebuilt.phop"
            rebuild(connection, path)
            with attached(connection, path), connection.begin():
                take_over(connection, [table for table in COMPARED if table in asked])
                connection.exec_driver_sql(f"DELETE {_WISHES}")
