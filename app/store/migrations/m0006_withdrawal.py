"""Which change of this office took a package back: undoing that change puts the package back."""

from __future__ import annotations

from sqlalchemy import Connection

VERSION = 6


def upgrade(connection: Connection) -> None:
    """Give packages the batch that withdrew them, or that last undid or redid it."""
    connection.exec_driver_sql("ALTER TABLE package ADD COLUMN withdrawal BLOB")
    connection.exec_driver_sql(
        "CREATE INDEX ix_package_withdrawal ON package (withdrawal) WHERE withdrawal IS NOT NULL"
    )
