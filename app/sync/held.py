"""What was written by a newer program: kept unapplied until this one understands it."""

from __future__ import annotations

from sqlalchemy import Connection

from app.journal import apply as applying
from app.journal import log
from app.journal.change_set import ChangeSet, decode
from app.journal.raw import raw
from app.store import searching
from app.store.upgrade import CURRENT
from app.sync import families, looked, rights, shape
from app.sync.circle import Authors, Circle
from app.sync.judging import Item
from app.sync.kin import Kin


def count(connection: Connection) -> int:
    """How many change sets are kept and not applied."""
    row = raw(connection).execute("SELECT count(*) FROM cset WHERE state = ?", (log.HELD,))
    return int(row.fetchone()[0])


def replay(connection: Connection, circle: Circle | None, *, at: str = "") -> int:
    """Apply the held change sets that are understood now; returns how many.

    They are judged as if they came just now: those that nobody had the right to write are set
    aside for a person, *at* this moment.
    """
    looked.note(connection)
    rows = raw(connection).execute(
        f"SELECT c.id, {log.BODY}, c.sig FROM {log.KEPT} WHERE c.state = ? ORDER BY c.n",
        (log.HELD,),
    )
    items = [Item(row[0], row[1], row[2], decode(row[1])) for row in rows.fetchall()]
    ready = [item for item in items if item.read and shape.is_understood(item.read, CURRENT)]
    faults = _faults(connection, circle, ready)
    good: list[tuple[bytes, ChangeSet]] = []
    for item in ready:
        if item.read is not None and item.id not in faults:
            raw(connection).execute(
                "UPDATE cset SET state = ? WHERE id = ?", (log.APPLIED, item.id)
            )
            good.append((item.id, item.read))
        else:
            _set_aside(connection, item, faults[item.id], at)
    if good:
        shown = applying.apply(connection, good).records
        searching.index_all(connection, shown)
    return len(good)


def _faults(connection: Connection, circle: Circle | None, items: list[Item]) -> dict[bytes, str]:
    found: dict[bytes, str] = {}
    claims, kin = rights.Claims(hidden=families.secret(connection)), Kin(connection)
    authors = None if circle is None else Authors(circle)
    kin.learn(r.record for item in items if item.read for r in item.read.records)
    for item in items:
        reason = "" if item.read is not None and shape.fits(item.read) else "unreadable"
        if not reason and authors is not None:
            reason = rights.claim(item, authors, kin, claims)
        if reason:
            found[item.id] = reason
    if circle is None:
        return found
    return found | dict.fromkeys(rights.unrightful(connection, circle, claims, None), "no_right")


def _set_aside(connection: Connection, item: Item, reason: str, at: str) -> None:
    raw(connection).execute("DELETE FROM cset WHERE id = ?", (item.id,))
    raw(connection).execute(
        "INSERT OR IGNORE INTO quarantine (id, body, sig, reason, package, at)"
        " VALUES (?, ?, ?, ?, x'', ?)",
        (item.id, item.body, item.sig, reason, at),
    )
