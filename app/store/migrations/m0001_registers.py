"""The registers, as first released.

Written in SQL and not in terms of `app.models`: the models move on, this step must not.
"""

from __future__ import annotations

from sqlalchemy import Connection

VERSION = 1

_TABLES = (
    """
    CREATE TABLE agency (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        name VARCHAR(300) NOT NULL,
        short_name VARCHAR(120),
        code VARCHAR(40),
        kind VARCHAR NOT NULL,
        superior_id CHAR(32),
        place VARCHAR(120),
        focal VARCHAR(300),
        valid_from DATE,
        valid_to DATE,
        ground VARCHAR(400),
        note VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE agency_name (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        agency_id CHAR(32) NOT NULL,
        name VARCHAR(300) NOT NULL,
        short_name VARCHAR(120),
        valid_from DATE,
        valid_to DATE,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE agency_succession (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        agency_id CHAR(32) NOT NULL,
        successor_id CHAR(32) NOT NULL,
        kind VARCHAR NOT NULL,
        function VARCHAR(400),
        decision VARCHAR(200),
        decided_on DATE,
        effective_on DATE,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE legal_document (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        kind VARCHAR NOT NULL,
        number VARCHAR(120) NOT NULL,
        abstract VARCHAR,
        issuer VARCHAR(300),
        issued_on DATE,
        effective_on DATE,
        standing VARCHAR NOT NULL,
        expires_on DATE,
        replaced_by_id CHAR(32),
        secrecy VARCHAR NOT NULL,
        stored_at VARCHAR(300),
        note VARCHAR,
        number_key VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE regulation (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        form VARCHAR NOT NULL,
        number VARCHAR(120),
        abstract VARCHAR(2000) NOT NULL,
        field_of_work VARCHAR(200),
        place VARCHAR(120),
        signed_on DATE,
        effective_on DATE,
        standing VARCHAR NOT NULL,
        expires_on DATE,
        ended_on DATE,
        end_ground VARCHAR(400),
        standing_unit VARCHAR(300),
        focal_unit VARCHAR(300),
        signers VARCHAR,
        review_every INTEGER,
        review_month INTEGER,
        secrecy VARCHAR NOT NULL,
        stored_at VARCHAR(300),
        note VARCHAR,
        number_key VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE party (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        regulation_id CHAR(32) NOT NULL,
        agency_id CHAR(32) NOT NULL,
        role VARCHAR NOT NULL,
        name_as_signed VARCHAR(300),
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE legal_basis (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        regulation_id CHAR(32) NOT NULL,
        document_id CHAR(32) NOT NULL,
        position VARCHAR NOT NULL,
        note VARCHAR(400),
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE relation (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        regulation_id CHAR(32) NOT NULL,
        older_id CHAR(32) NOT NULL,
        kind VARCHAR NOT NULL,
        effective_on DATE,
        articles VARCHAR(400),
        note VARCHAR(400),
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE provision (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        regulation_id CHAR(32) NOT NULL,
        parent_id CHAR(32),
        kind VARCHAR NOT NULL,
        number VARCHAR(20) NOT NULL,
        heading VARCHAR(1000),
        text VARCHAR,
        position VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE obligation (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        title VARCHAR(500) NOT NULL,
        regulation_id CHAR(32),
        provision_id CHAR(32),
        review_id CHAR(32),
        conclusion_id CHAR(32),
        area VARCHAR NOT NULL,
        lead_id CHAR(32) NOT NULL,
        coordinating VARCHAR NOT NULL,
        receiver VARCHAR(300),
        product VARCHAR(300),
        recurrence VARCHAR NOT NULL,
        starts_on DATE NOT NULL,
        ends_on DATE,
        standing VARCHAR NOT NULL,
        standing_from DATE,
        standing_ground VARCHAR(400),
        quote VARCHAR,
        note VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE occurrence (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        obligation_id CHAR(32) NOT NULL,
        regulation_id CHAR(32),
        review_id CHAR(32),
        period VARCHAR(60) NOT NULL,
        due_on DATE,
        event_on DATE,
        event VARCHAR(400),
        extended_to DATE,
        extension_ground VARCHAR(400),
        completed_on DATE,
        result VARCHAR,
        evidence VARCHAR(400),
        cancelled_on DATE,
        cancel_ground VARCHAR(400),
        note VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE review (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        title VARCHAR(400) NOT NULL,
        kind VARCHAR NOT NULL,
        period_from DATE NOT NULL,
        period_to DATE NOT NULL,
        held_on DATE,
        place VARCHAR(200),
        host_id CHAR(32) NOT NULL,
        regulations VARCHAR NOT NULL,
        participants VARCHAR NOT NULL,
        inputs_due_on DATE,
        step VARCHAR NOT NULL,
        report_number VARCHAR(120),
        report_on DATE,
        opening VARCHAR,
        situation VARCHAR,
        signer_position VARCHAR(200),
        signer_authority VARCHAR(200),
        recipients VARCHAR,
        note VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE review_input (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        review_id CHAR(32) NOT NULL,
        agency_id CHAR(32) NOT NULL,
        regulation_id CHAR(32),
        number VARCHAR(120),
        received_on DATE,
        summary VARCHAR,
        note VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE review_figure (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        review_id CHAR(32) NOT NULL,
        input_id CHAR(32),
        agency_id CHAR(32) NOT NULL,
        indicator VARCHAR(80) NOT NULL,
        value VARCHAR(40) NOT NULL,
        qualifier VARCHAR NOT NULL,
        note VARCHAR(400),
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE finding (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        review_id CHAR(32) NOT NULL,
        input_id CHAR(32),
        agency_id CHAR(32),
        regulation_id CHAR(32),
        kind VARCHAR NOT NULL,
        area VARCHAR NOT NULL,
        text VARCHAR(8000) NOT NULL,
        origin VARCHAR NOT NULL,
        in_report BOOLEAN NOT NULL,
        position VARCHAR NOT NULL,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE conclusion (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        review_id CHAR(32) NOT NULL,
        ordinal INTEGER NOT NULL,
        text VARCHAR(8000) NOT NULL,
        lead_id CHAR(32),
        coordinating VARCHAR NOT NULL,
        deadline VARCHAR(300),
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE clerk (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        position VARCHAR(200) NOT NULL,
        unit VARCHAR(200),
        is_active BOOLEAN NOT NULL,
        note VARCHAR,
        PRIMARY KEY (id)
    )
    """,
    """
    CREATE TABLE attachment (
        id CHAR(32) NOT NULL,
        life VARCHAR NOT NULL,
        family VARCHAR(40) NOT NULL,
        family_id CHAR(32) NOT NULL,
        owner_kind VARCHAR(40) NOT NULL,
        owner_id CHAR(32) NOT NULL,
        name VARCHAR(255) NOT NULL,
        sha256 VARCHAR(64) NOT NULL,
        size INTEGER NOT NULL,
        note VARCHAR(400),
        PRIMARY KEY (id)
    )
    """,
)

_INDEXES = (
    "CREATE INDEX ix_legal_document_number_key ON legal_document (number_key)",
    "CREATE INDEX ix_regulation_number_key ON regulation (number_key)",
    "CREATE INDEX ix_agency_name_agency_id ON agency_name (agency_id)",
    "CREATE INDEX ix_agency_succession_agency_id ON agency_succession (agency_id)",
    "CREATE INDEX ix_agency_succession_successor_id ON agency_succession (successor_id)",
    "CREATE INDEX ix_party_regulation_id ON party (regulation_id)",
    "CREATE INDEX ix_party_agency_id ON party (agency_id)",
    "CREATE INDEX ix_legal_basis_regulation_id ON legal_basis (regulation_id)",
    "CREATE INDEX ix_legal_basis_document_id ON legal_basis (document_id)",
    "CREATE INDEX ix_relation_regulation_id ON relation (regulation_id)",
    "CREATE INDEX ix_relation_older_id ON relation (older_id)",
    "CREATE INDEX ix_provision_regulation_id ON provision (regulation_id)",
    "CREATE INDEX ix_obligation_regulation_id ON obligation (regulation_id)",
    # Most obligations come from a regulation and not from a review.
    """
    CREATE INDEX ix_obligation_conclusion_id ON obligation (conclusion_id)
        WHERE conclusion_id IS NOT NULL
    """,
    "CREATE INDEX ix_obligation_review_id ON obligation (review_id) WHERE review_id IS NOT NULL",
    "CREATE INDEX ix_occurrence_obligation_id ON occurrence (obligation_id)",
    "CREATE INDEX ix_review_input_review_id ON review_input (review_id)",
    "CREATE INDEX ix_review_figure_review_id ON review_figure (review_id)",
    "CREATE INDEX ix_finding_review_id ON finding (review_id)",
    "CREATE INDEX ix_conclusion_review_id ON conclusion (review_id)",
    "CREATE INDEX ix_attachment_owner_id ON attachment (owner_id)",
)


def upgrade(connection: Connection) -> None:
    """Say whose the file is; create the tables of the records and the indexes that lists need."""
    connection.exec_driver_sql("PRAGMA application_id = 0x50484F50")  # "PHOP"
    for statement in (*_TABLES, *_INDEXES):
        connection.exec_driver_sql(statement)
