"""Verdicts on suspected duplicates, and what is computed from them."""

from __future__ import annotations

from sqlalchemy import Connection

VERSION = 4

_STATEMENTS = (
    """
    CREATE TABLE alias (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        kind VARCHAR(40) NOT NULL,
        one_id CHAR(32) NOT NULL,
        other_id CHAR(32) NOT NULL,
        family VARCHAR(40) NOT NULL,
        family_id CHAR(32) NOT NULL,
        verdict VARCHAR NOT NULL,
        reason VARCHAR(400),
        seen VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    # Which record stands for which while they are merged.
    """
    CREATE TABLE alias_of (
        record CHAR(32) NOT NULL PRIMARY KEY,
        canonical CHAR(32) NOT NULL,
        entity TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_alias_of_canonical ON alias_of (canonical)",
    # What was written to a merged record unseen by whoever merged it: it stands beside the
    # heads of the record that is shown. `owner` is the record that it was written to.
    """
    CREATE TABLE late (
        record BLOB NOT NULL, field TEXT NOT NULL, op BLOB NOT NULL, owner BLOB NOT NULL,
        PRIMARY KEY (record, field, op)
    ) WITHOUT ROWID
    """,
)


def upgrade(connection: Connection) -> None:
    """Create the tables of merged records."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
