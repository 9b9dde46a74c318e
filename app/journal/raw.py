"""The driver's own connection under SQLAlchemy's, inside the same transaction.

The log reads and writes a dozen small statements for each save; SQLAlchemy's wrapping of each
costs more than SQLite's work.
"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence, Sized
from itertools import islice
from typing import Any, Protocol, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
Parameters = Sequence[object] | Mapping[str, object]
_MOST = 400
"""So many records one statement names: SQLite compiles each text anew, and it has an end."""


class Cursor(Protocol):
    """Rows as the driver gives them: of what SQLite keeps, which no statement says beforehand."""

    @property
    def description(self) -> Sequence[Sequence[Any]]:
        """Each column of a query, its name first."""

    @property
    def rowcount(self) -> int:
        """How many rows were written."""

    def fetchone(self) -> Any:
        """The next row; None where there is no other."""

    def fetchall(self) -> list[Any]:
        """All rows that are left."""

    def fetchmany(self, size: int, /) -> list[Any]:
        """The next *size* rows; none where none is left."""

    def __iter__(self) -> Iterator[Any]:
        """Each row that is left."""


class Driver(Protocol):
    """The connection of sqlcipher3, which is that of `sqlite3` and comes without types."""

    in_transaction: bool

    def execute(self, sql: str, parameters: Parameters = ..., /) -> Cursor:
        """Do one statement."""

    def executemany(self, sql: str, parameters: Iterable[Parameters], /) -> Cursor:
        """Do one statement for each."""

    def backup(
        self,
        target: Driver,
        *,
        pages: int = ...,
        progress: Callable[[int, int, int], None] | None = ...,
    ) -> None:
        """Copy the whole file into *target*."""

    def set_trace_callback(self, callback: Callable[[str], None] | None, /) -> None:
        """Tell *callback* each statement."""

    def create_function(
        self, name: str, count: int, function: Callable[..., bytes], /, *, deterministic: bool
    ) -> None:
        """Let statements call *function*."""

    def close(self) -> None:
        """Let the file go."""


def raw(connection: Connection) -> Driver:
    """The sqlcipher3 connection that *connection* speaks through."""
    driver: Driver | None = connection.connection.driver_connection
    if driver is None:
        message = "the connection is closed"
        raise RuntimeError(message)
    return driver


def in_parts(items: Iterable[T], most: int = _MOST) -> Iterator[list[T]]:
    """*items* in order, as lists of at most *most* that one statement can name."""
    left = iter(items)
    while part := list(islice(left, most)):
        yield part


def marks(values: Sized) -> str:
    """A question mark for each of *values*, as SQL wants them between brackets."""
    return ",".join("?" * len(values))
