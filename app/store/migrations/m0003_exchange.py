"""The circle of offices and what has been exchanged with each."""

from __future__ import annotations

from sqlalchemy import Connection

VERSION = 3

_STATEMENTS = (
    # The roster as the hub signed it; the highest serial holds.
    """
    CREATE TABLE roster (
        serial INTEGER NOT NULL PRIMARY KEY,
        body BLOB NOT NULL,
        root BLOB NOT NULL,
        sig BLOB NOT NULL
    )
    """,
    # A machine's word that it goes on under a new identity.
    """
    CREATE TABLE succession (
        replica BLOB NOT NULL PRIMARY KEY,
        old BLOB NOT NULL,
        body BLOB NOT NULL
    ) WITHOUT ROWID
    """,
    # What we know of one incarnation of a peer. `base_n` is the arrival number up to which it
    # has acknowledged what concerns it; `base_number` the package that it acknowledged.
    """
    CREATE TABLE link (
        peer BLOB NOT NULL PRIMARY KEY,
        office BLOB NOT NULL,
        sent_number INTEGER NOT NULL DEFAULT 0,
        base_number INTEGER NOT NULL DEFAULT 0,
        base_n INTEGER NOT NULL DEFAULT 0,
        roster_serial INTEGER NOT NULL DEFAULT 0
    ) WITHOUT ROWID
    """,
    # Families that one incarnation of a peer has acknowledged whole.
    """
    CREATE TABLE shared (
        peer BLOB NOT NULL, family_id BLOB NOT NULL,
        PRIMARY KEY (peer, family_id)
    ) WITHOUT ROWID
    """,
    # Every package made or received. `mine` is the replica of ours that made or applied it;
    # `n_from`..`n_to` are the arrivals it brought, or the arrivals that it covers.
    """
    CREATE TABLE package (
        id BLOB NOT NULL PRIMARY KEY,
        is_ours INTEGER NOT NULL,
        mine BLOB NOT NULL,
        peer BLOB NOT NULL,
        office BLOB NOT NULL,
        number INTEGER NOT NULL,
        at TEXT NOT NULL,
        name TEXT NOT NULL,
        sets INTEGER NOT NULL,
        families BLOB NOT NULL,
        n_from INTEGER NOT NULL,
        n_to INTEGER NOT NULL,
        roster_serial INTEGER NOT NULL,
        state TEXT NOT NULL
    ) WITHOUT ROWID
    """,
    "CREATE INDEX ix_package_peer ON package (peer, number)",
    # Change sets that nobody may apply before a person has looked.
    """
    CREATE TABLE quarantine (
        id BLOB NOT NULL PRIMARY KEY,
        body BLOB NOT NULL,
        sig BLOB NOT NULL,
        reason TEXT NOT NULL,
        package BLOB NOT NULL,
        at TEXT NOT NULL,
        verdict TEXT NOT NULL DEFAULT ''
    ) WITHOUT ROWID
    """,
    # Families that a peer has said it will no longer send.
    """
    CREATE TABLE ended (
        family_id BLOB NOT NULL PRIMARY KEY, office BLOB NOT NULL, at TEXT NOT NULL
    ) WITHOUT ROWID
    """,
)


def upgrade(connection: Connection) -> None:
    """Create the tables of the exchange."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
