"""Which change sets hold a decision on a conflict, so that listing them reads only those."""

from __future__ import annotations

from sqlalchemy import Connection

from app.journal import decisions, log

VERSION = 5

_STATEMENT = "CREATE TABLE decision (cset BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID"


def upgrade(connection: Connection) -> None:
    """Create the table and fill it from the log."""
    connection.exec_driver_sql(_STATEMENT)
    for stored in log.all_sets(connection):
        if stored.state == log.APPLIED:
            decisions.keep(connection, [(stored.id, stored.read())])
