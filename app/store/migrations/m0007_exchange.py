"""What bodies exchanged, and how each recipient registered it."""

from __future__ import annotations

from sqlalchemy import Connection

VERSION = 7

_STATEMENTS = (
    """
    CREATE TABLE exchange (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        number VARCHAR(120),
        dated_on DATE NOT NULL,
        sender_id CHAR(32) NOT NULL,
        recipients VARCHAR NOT NULL,
        abstract VARCHAR NOT NULL,
        urgency VARCHAR NOT NULL,
        signer VARCHAR(200),
        is_valuable BOOLEAN NOT NULL,
        regulation_id CHAR(32),
        fulfils_id CHAR(32),
        reply_due_on DATE,
        answers_id CHAR(32),
        closed_on DATE,
        closed_ground VARCHAR(400),
        secrecy VARCHAR NOT NULL,
        stored_at VARCHAR(300),
        note VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE exchange_receipt (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        exchange_id CHAR(32) NOT NULL,
        agency_id CHAR(32) NOT NULL,
        number VARCHAR(60),
        received_on DATE,
        handled_by VARCHAR(300),
        PRIMARY KEY (id)
    )
    """,
    "CREATE INDEX ix_exchange_receipt_exchange_id ON exchange_receipt (exchange_id)",
)


def upgrade(connection: Connection) -> None:
    """Create both tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
