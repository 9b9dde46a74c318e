"""The change log, what is computed from it, the search index, and what this office is."""

from __future__ import annotations

from sqlalchemy import Connection

VERSION = 2

_STATEMENTS = (
    # Facts of this file alone: which replica writes here, the office's name. Never sent.
    "CREATE TABLE fact (key TEXT NOT NULL PRIMARY KEY, value TEXT NOT NULL) WITHOUT ROWID",
    """
    CREATE TABLE replica (
        n INTEGER NOT NULL PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        public BLOB NOT NULL,
        office BLOB NOT NULL,
        created TEXT NOT NULL,
        is_mine INTEGER NOT NULL DEFAULT 0
    )
    """,
    """
    CREATE TABLE cset (
        n INTEGER NOT NULL PRIMARY KEY,
        id BLOB NOT NULL UNIQUE,
        replica INTEGER NOT NULL,
        seq INTEGER NOT NULL,
        lamport INTEGER NOT NULL,
        wall INTEGER NOT NULL,
        batch BLOB NOT NULL,
        family TEXT NOT NULL,
        family_id BLOB NOT NULL,
        body BLOB NOT NULL,
        sig BLOB NOT NULL,
        state INTEGER NOT NULL
    )
    """,
    "CREATE INDEX ix_cset_replica ON cset (replica, seq)",
    # What is asked of a family most, who wrote to it, is answered from the index alone.
    "CREATE INDEX ix_cset_family ON cset (family_id, replica, state)",
    "CREATE INDEX ix_cset_batch ON cset (batch)",
    "CREATE INDEX ix_cset_lamport ON cset (lamport)",
    # One row a record: MessagePack of the heads of its fields, by the change set they stand in. A
    # row for each head would be ten times the writing.
    "CREATE TABLE head (record BLOB NOT NULL PRIMARY KEY, fields BLOB NOT NULL) WITHOUT ROWID",
    # Parents cited by an op that came before them.
    """
    CREATE TABLE early (
        record BLOB NOT NULL, field TEXT NOT NULL, op BLOB NOT NULL,
        PRIMARY KEY (record, field, op)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE conflict (
        record BLOB NOT NULL, field TEXT NOT NULL, entity TEXT NOT NULL,
        PRIMARY KEY (record, field)
    ) WITHOUT ROWID
    """,
    """
    CREATE TABLE search_doc (
        n INTEGER NOT NULL PRIMARY KEY,
        entity TEXT NOT NULL,
        record BLOB NOT NULL
    )
    """,
    "CREATE INDEX ix_search_doc_record ON search_doc (record)",
    # No index of prefixes: Vietnamese has some six thousand syllables, so the words that begin with
    # two letters are soon found, and such an index would be larger than that of the words. Nor of
    # places: phrases are not asked for.
    """
    CREATE VIRTUAL TABLE search_index USING fts5 (
        title, body,
        content = '', contentless_delete = 1,
        tokenize = 'unicode61 remove_diacritics 0', detail = 'column'
    )
    """,
    "INSERT INTO search_index (search_index, rank) VALUES ('rank', 'bm25(4.0, 1.0)')",
)


def upgrade(connection: Connection) -> None:
    """Create the log's tables."""
    for statement in _STATEMENTS:
        connection.exec_driver_sql(statement)
