"""Whether the register still says what its change log says, and mending it where it does not."""

from __future__ import annotations

from pathlib import Path
from typing import Any

from sqlalchemy import Connection

from app import durable
from app.journal import log
from app.journal.change_set import origin
from app.journal.rebuild import COMPARED, Findings, compare, replay
from app.models import MODELS
from app.progress import Progress, quiet
from app.store import searching
from app.store.engine import connect, open_engine
from app.store.store import Store
from app.store.upgrade import upgrade

_SCRATCH = "rebuilt"


def check(store: Store, progress: Progress = quiet) -> Findings:
    """Rebuild every table from the change sets in a scratch file and compare content.

    SQLite's own integrity check misses most flipped bits, so values are compared one by one;
    hashes, signatures and chain links are verified on the way, and attached files re-hashed.
    """
    findings = Findings()
    with (
        store.alone("kiểm tra sổ"),
        durable.scratch() as folder,
    ):
        path = folder / "rebuilt.phop"
        _rebuilt(store, path, findings, progress)
        _structure(store.folder.database, findings)
        with store.connection() as connection:
            _attach(connection, path)
            compare(connection, _SCRATCH, findings)
            _index(connection, findings)
            _attachments(store, connection, findings)
            connection.rollback()
            _raw(connection).execute(f"DETACH {_SCRATCH}")
    return findings


def repair(store: Store, progress: Progress = quiet) -> Findings:
    """Write the tables anew from the change sets, after a backup; returns the next check."""
    store.backup("manual")
    with (
        store.alone("dựng lại sổ"),  # what was written in between would be taken out again
        durable.scratch() as folder,
    ):
        path = folder / "rebuilt.phop"
        _rebuilt(store, path, None, progress)
        with store.connection() as connection:
            connection.rollback()
            _attach(connection, path)
            with connection.begin():
                _replace_tables(connection)
                searching.reindex(connection)
            _raw(connection).execute(f"DETACH {_SCRATCH}")
    store.announce("Dựng lại sổ")
    return check(store, progress)


def _rebuilt(store: Store, path: Path, findings: Findings | None, progress: Progress) -> None:
    scratch = open_engine(path)
    try:
        upgrade(scratch)
        with store.connection() as source, scratch.begin() as target:
            target.exec_driver_sql("DELETE FROM replica")
            replay(source, target, progress=progress, findings=findings)
    finally:
        scratch.dispose()


def _replace_tables(connection: Connection) -> None:
    for table in (*(str(model.__tablename__) for model in MODELS.values()), *COMPARED):
        names = [
            row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")').all()
        ]
        columns = ", ".join(f'"{name}"' for name in names)
        connection.exec_driver_sql(f'DELETE FROM main."{table}"')
        connection.exec_driver_sql(
            f'INSERT INTO main."{table}" ({columns}) SELECT {columns} FROM "{_SCRATCH}"."{table}"'
        )


def _structure(path: Path, findings: Findings) -> None:
    # On a connection of its own: FTS5 holds the index against what the connection remembers of
    # it, and takes for damage what another has written since.
    connection = connect(path, read_only=True)
    try:
        for (told,) in connection.execute("PRAGMA integrity_check").fetchall():
            if told != "ok":
                findings.problems.append(f"Cấu trúc tệp: {told}")
    finally:
        connection.close()


def _index(connection: Connection, findings: Findings) -> None:
    live = sum(
        int(
            connection.exec_driver_sql(
                f"SELECT count(*) FROM \"{MODELS[entity].__tablename__}\" WHERE life <> 'deleted'"
            ).scalar_one()
        )
        for entity in searching.SEARCHED
    )
    indexed = connection.exec_driver_sql("SELECT count(*) FROM search_doc").scalar_one()
    if live != indexed:
        findings.problems.append(f"Chỉ mục tìm kiếm có {indexed} mục, đáng lẽ {live}.")


def _attachments(store: Store, connection: Connection, findings: Findings) -> None:
    rows = connection.exec_driver_sql(
        "SELECT id, name, sha256 FROM attachment WHERE life <> 'deleted'"
    ).all()
    for record, name, sha256 in rows:
        if store.blobs.is_intact(sha256):
            continue
        if store.blobs.path(sha256).exists() or _is_ours(connection, bytes.fromhex(record)):
            findings.problems.append(f"Tệp đính kèm {name}: thiếu hoặc đã bị thay đổi.")
        else:
            findings.waiting += 1


def _is_ours(connection: Connection, record: bytes) -> bool:
    """Whether this office attached the file; another's may still be on its way."""
    for op in log.heads_of(connection, record).get("sha256", ()):
        prefix, _ = origin(op)
        row = connection.exec_driver_sql(
            "SELECT 1 FROM cset c JOIN replica r ON r.n = c.replica"
            " WHERE c.id >= ? AND c.id < ? AND r.is_mine",
            (prefix, prefix + b"\xff\xff\xff"),
        ).first()
        if row is not None:
            return True
    return False


def _attach(connection: Connection, path: Path) -> None:
    connection.rollback()
    # ATTACH needs a key clause with SQLCipher, or it would inherit one; ours is a plain file.
    _raw(connection).execute(f"ATTACH DATABASE ? AS {_SCRATCH} KEY ''", (str(path),))


def _raw(connection: Connection) -> Any:
    return connection.connection.dbapi_connection
