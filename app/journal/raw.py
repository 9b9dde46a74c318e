"""The driver's own connection under SQLAlchemy's, inside the same transaction.

The log reads and writes a dozen small statements for each save; SQLAlchemy's wrapping of each
costs more than SQLite's work.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sized
from itertools import islice
from typing import Any, TypeVar

from sqlalchemy import Connection

T = TypeVar("T")
_MOST = 400
"""So many records one statement names: SQLite compiles each text anew, and it has an end."""


def raw(connection: Connection) -> Any:
    """The sqlcipher3 connection that *connection* speaks through."""
    return connection.connection.dbapi_connection


def in_parts(items: Iterable[T], most: int = _MOST) -> Iterator[list[T]]:
    """*items* in order, as lists of at most *most* that one statement can name."""
    left = iter(items)
    while part := list(islice(left, most)):
        yield part


def marks(values: Sized) -> str:
    """A question mark for each of *values*, as SQL wants them between brackets."""
    return ",".join("?" * len(values))
