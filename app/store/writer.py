"""The connection that writes: one at a time does, and the same one is kept for the next."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy import Connection, Engine


class Writer:
    """Opens its transactions by taking SQLite's write lock, so that none fails halfway for it.

    To be used under the register's turn only. A connection kept has its statements compiled and
    is its own: what lists and searches ask does not push them out.
    """

    def __init__(self, engine: Engine) -> None:
        self._engine = engine.execution_options(immediate=True)
        self._kept: Connection | None = None

    @contextmanager
    def transaction(self) -> Iterator[Connection]:
        """Yield the connection; what it did is committed whole, or not at all."""
        connection = self._kept or self._engine.connect()
        self._kept = None
        try:
            with connection.begin():
                yield connection
        except BaseException:
            connection.close()  # a commit that failed may have left it in any state
            raise
        self._kept = connection

    def close(self) -> None:
        """Let go of the file."""
        if self._kept is not None:
            self._kept.close()
            self._kept = None
