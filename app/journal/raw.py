"""The driver's own connection under SQLAlchemy's, inside the same transaction.

The log reads and writes a dozen small statements for each save; SQLAlchemy's wrapping of each
costs more than SQLite's work.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import Connection


def raw(connection: Connection) -> Any:
    """The sqlcipher3 connection that *connection* speaks through."""
    return connection.connection.dbapi_connection
