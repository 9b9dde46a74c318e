"""Whether the register still says what its change log says, and mending it where it does not."""

from __future__ import annotations

from pathlib import Path

from sqlalchemy import Connection

from app import durable
from app.journal import log
from app.journal.change_set import origin
from app.journal.rebuild import COMPARED, Findings, compare
from app.kinds import CARDS
from app.models import MODELS
from app.progress import Progress, quiet
from app.store import searching
from app.store.engine import connect
from app.store.rebuilding import REBUILT, attached, rebuild, take_over
from app.store.store import Store
from app.words import kept, marked, told


def check(store: Store, progress: Progress = quiet) -> Findings:
    """Rebuild every table from the change sets in a scratch file and compare content.

    SQLite's own integrity check misses most flipped bits, so values are compared one by one;
    hashes, signatures and chain links are verified on the way, and attached files re-hashed.
    """
    findings = Findings()
    with (
        store.alone(marked("kiểm tra sổ")),
        durable.scratch() as folder,
    ):
        path = folder / "rebuilt.phop"
        with store.connection() as source:
            rebuild(source, path, findings, progress)
        _structure(store.folder.database, findings)
        with store.connection() as connection, attached(connection, path):
            compare(connection, REBUILT, findings)
            _index(connection, findings)
            _attachments(store, connection, findings)
    return findings


def repair(store: Store, progress: Progress = quiet) -> Findings:
    """Write the tables anew from the change sets, after a backup; returns the next check."""
    store.backup("manual")
    with (
        store.alone(marked("dựng lại sổ")),  # what was written in between would be taken out again
        durable.scratch() as folder,
    ):
        path = folder / "rebuilt.phop"
        with store.connection() as source:
            rebuild(source, path, progress=progress)
        with store.connection() as connection, attached(connection, path), connection.begin():
            take_over(connection, (*(card.table for card in CARDS.values()), *COMPARED))
            searching.reindex(connection)
    store.announce(kept("Dựng lại sổ"))
    return check(store, progress)


def _structure(path: Path, findings: Findings) -> None:
    # On a connection of its own: FTS5 holds the index against what the connection remembers of
    # it, and takes for damage what another has written since.
    connection = connect(path, read_only=True)
    try:
        for (found,) in connection.execute("PRAGMA integrity_check").fetchall():
            if found != "ok":
                findings.problems.append(told("Cấu trúc tệp: {found}", found=found))
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
        findings.problems.append(
            told("Chỉ mục tìm kiếm có {indexed} mục, đáng lẽ {live}.", indexed=indexed, live=live)
        )


def _attachments(store: Store, connection: Connection, findings: Findings) -> None:
    rows = connection.exec_driver_sql(
        "SELECT id, name, sha256 FROM attachment WHERE life <> 'deleted'"
    ).all()
    for record, name, sha256 in rows:
        if store.blobs.is_intact(sha256):
            continue
        if store.blobs.path(sha256).exists() or _is_ours(connection, bytes.fromhex(record)):
            findings.problems.append(
                told("Tệp đính kèm {name}: thiếu hoặc đã bị thay đổi.", name=name)
            )
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
