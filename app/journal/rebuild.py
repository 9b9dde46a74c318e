"""All tables from the change sets alone, and whether they say the same as the tables in use."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.journal import apply as applying
from app.journal import keys, log
from app.journal.change_set import ChangeSet, decode, id_of
from app.journal.log import Stored
from app.models import MODELS
from app.progress import Progress, quiet
from app.words import told

_AT_ONCE = 500
COMPARED = ("head", "early", "conflict", "alias_of", "late", "decision")


@dataclass
class Findings:
    """What a check found. `problems` are sentences; empty means that everything agrees.

    `waiting` counts attached files of other offices that have not come yet.
    """

    sets: int = 0
    held: int = 0
    records: int = 0
    waiting: int = 0
    problems: list[str] = field(default_factory=list)


def replay(
    source: Connection,
    target: Connection,
    *,
    until: int | None = None,
    progress: Progress = quiet,
    findings: Findings | None = None,
) -> None:
    """Apply the change sets of *source* to the empty tables of *target*.

    With *findings*, verify every hash, signature and chain link on the way and note what fails.
    """
    public = _copy_replicas(source, target)
    total = int(source.exec_driver_sql("SELECT count(*) FROM cset").scalar() or 0)
    last = {_writing(source): (0, b"")}
    done = 0
    pending: list[Stored] = []
    for stored in log.all_sets(source, until=until):
        if findings is not None:
            _verify(stored, public, last, findings)
        pending.append(stored)
        done += 1
        if len(pending) == _AT_ONCE:
            progress(done, total)
            _apply(target, pending)
            pending = []
    _apply(target, pending)
    progress(done, total)


def compare(connection: Connection, other: str, findings: Findings) -> None:
    """Compare the tables of the main file with those of the attached schema *other*."""
    for table in (*(str(model.__tablename__) for model in MODELS.values()), *COMPARED):
        names = [
            row[1] for row in connection.exec_driver_sql(f'PRAGMA table_info("{table}")').all()
        ]
        columns = ", ".join(f'"{name}"' for name in names)
        here = f'SELECT {columns} FROM main."{table}"'
        there = f'SELECT {columns} FROM "{other}"."{table}"'
        for left, right, say in (
            (here, there, told("thừa hoặc khác")),
            (there, here, told("thiếu hoặc khác")),
        ):
            count = connection.exec_driver_sql(
                f"SELECT count(*) FROM ({left} EXCEPT {right})"
            ).scalar()
            if count:
                findings.problems.append(
                    told(
                        "Bảng {table}: {count} dòng {say} so với nhật ký.",
                        table=table,
                        count=count,
                        say=say,
                    )
                )
        if table not in COMPARED:
            findings.records += int(
                connection.exec_driver_sql(f'SELECT count(*) FROM main."{table}"').scalar() or 0
            )


def _verify(
    stored: Stored,
    public: dict[bytes, bytes],
    last: dict[bytes, tuple[int, bytes]],
    findings: Findings,
) -> None:
    findings.sets += 1
    findings.held += stored.state == log.HELD
    name = stored.id.hex()[:12]
    if id_of(stored.body) != stored.id:
        findings.problems.append(told("Thay đổi {name}: nội dung không khớp mã băm.", name=name))
        return
    if not keys.is_signed(public.get(stored.replica, b""), stored.id, stored.sig):
        findings.problems.append(told("Thay đổi {name}: chữ ký không đúng.", name=name))
    body = stored.read()
    if stored.replica not in last:
        return
    # The chain of whoever writes here is whole. Of another's only what concerns this office has
    # come, and a register that was copied has given one number twice: no damage of this file.
    if (body.seq, body.prev) != (last[stored.replica][0] + 1, last[stored.replica][1]):
        findings.problems.append(
            told("Thay đổi {name}: đứt chuỗi với thay đổi trước nó.", name=name)
        )
    last[stored.replica] = (body.seq, stored.id)


def _apply(target: Connection, items: Iterable[Stored]) -> None:
    understood: list[tuple[bytes, ChangeSet]] = []
    for stored in items:
        if id_of(stored.body) != stored.id:
            continue  # named by the check; the rest is still worth having
        body = decode(stored.body)
        log.store_change_sets(target, [(stored.id, stored.body, stored.sig, body)], stored.state)
        if stored.state == log.APPLIED:
            understood.append((stored.id, body))
    if understood:
        applying.apply(target, understood)


def _writing(source: Connection) -> bytes:
    """The replica that writes in this file now."""
    found = source.exec_driver_sql("SELECT value FROM fact WHERE key = 'replica'").scalar()
    return bytes.fromhex(found or "")


def _copy_replicas(source: Connection, target: Connection) -> dict[bytes, bytes]:
    rows = source.exec_driver_sql("SELECT n, id, public, office, created FROM replica").all()
    if rows:
        target.exec_driver_sql(
            "INSERT OR IGNORE INTO replica (n, id, public, office, created) VALUES (?, ?, ?, ?, ?)",
            [tuple(row) for row in rows],
        )
    return {row[1]: row[2] for row in rows}
