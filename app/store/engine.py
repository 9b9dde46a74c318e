"""A SQLite engine as we want every one of them: WAL, full sync, our own BEGIN.

The driver is sqlcipher3 (SQLite 3.53): the standard library's older SQLite has a bug that
corrupts a WAL shared by two connections.
"""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection, Engine, create_engine, event
from sqlalchemy.pool import QueuePool, StaticPool
from sqlcipher3 import dbapi2

from app.journal.packing import unpacked
from app.journal.raw import Driver, raw

MEMORY = Path(":memory:")
_FEW = 256  # pages: a megabyte will be used again soon
_STATEMENTS = 500
"""Compiled statements that a connection keeps. Once there are so many, the driver lets go of the
newest first: a few hundred used once, and every later statement would be compiled at each use."""
_PRAGMAS = (
    "auto_vacuum = INCREMENTAL",  # before anything is written, or it is too late
    "journal_mode = WAL",
    "synchronous = FULL",
    "busy_timeout = 5000",
    "trusted_schema = OFF",
    "cell_size_check = ON",
    "cache_size = -16000",
    "temp_store = MEMORY",
)

# The driver looks long for somebody who knows how to store bytes, or nothing at all, before it
# does so itself: four times what storing them costs.
dbapi2.register_adapter(bytes, bytes)
dbapi2.register_adapter(type(None), lambda nothing: nothing)


def open_engine(path: Path, *, read_only: bool = False) -> Engine:
    """An engine over the file at *path*; `MEMORY` gives a scratch database."""
    engine = create_engine(
        "sqlite://",
        module=dbapi2,
        creator=lambda: connect(path, read_only=read_only),
        poolclass=StaticPool if path == MEMORY else QueuePool,
    )
    event.listen(engine, "begin", _begin)
    return engine


def connect(path: Path, *, read_only: bool = False) -> Driver:
    """A raw connection. DDL and user_version roll back with everything else.

    `unpacked` gives the bytes of a change set in a query; `log.BODY` says how it is asked.
    """
    if path == MEMORY:
        connection: Driver = dbapi2.connect(
            ":memory:", check_same_thread=False, isolation_level=None
        )
    else:
        mode = _reading_mode(path) if read_only else "rwc"
        connection = dbapi2.connect(
            f"{path.absolute().as_uri()}?mode={mode}",
            uri=True,
            check_same_thread=False,
            isolation_level=None,  # we say BEGIN ourselves
            timeout=5,
            cached_statements=_STATEMENTS,
        )
    try:
        connection.create_function("unpacked", 5, unpacked, deterministic=True)
        for pragma in _PRAGMAS if not read_only else _PRAGMAS[3:]:
            connection.execute(f"PRAGMA {pragma}")
    except BaseException:
        connection.close()  # the error would keep it, and Windows replaces no file that is open
        raise
    return connection


def _reading_mode(path: Path) -> str:
    """A reader of a register that nobody has open leaves nothing beside it, and needs no right to.

    In WAL mode it would make two files, and could not remove them.
    """
    return "ro" if Path(f"{path}-wal").exists() else "ro&immutable=1"


def checkpoint(engine: Engine) -> None:
    """Bring into the file itself what still lies in the log beside it."""
    with engine.connect() as connection:
        connection.rollback()
        raw(connection).execute("PRAGMA wal_checkpoint(TRUNCATE)")


def give_back(connection: Connection) -> None:
    """Give the disk back what a large change has left free in the file, in the same transaction."""
    driver = raw(connection)
    free, pages = (
        driver.execute(f"PRAGMA {name}").fetchone()[0] for name in ("freelist_count", "page_count")
    )
    if free > max(_FEW, pages // 100):
        driver.execute("PRAGMA incremental_vacuum").fetchall()


def _begin(connection: Connection) -> None:
    immediate = connection.get_execution_options().get("immediate", False)
    raw(connection).execute("BEGIN IMMEDIATE" if immediate else "BEGIN")
