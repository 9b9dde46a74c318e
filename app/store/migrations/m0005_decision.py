"""Which change sets hold a decision on a conflict, so that listing them reads only those."""

from __future__ import annotations

from sqlalchemy import Connection

VERSION = 5

_STATEMENTS = (
    "CREATE TABLE decision (cset BLOB NOT NULL PRIMARY KEY) WITHOUT ROWID",
    # What a change set says is pressed: SQL cannot read it. Whoever opens the file fills the table.
    "INSERT INTO fact (key, value) SELECT 'anew:decision', '' WHERE EXISTS (SELECT 1 FROM cset)",
)


def upgrade(connection: Connection) -> None:
    """Create the table and ask for it to be filled from the log."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
