"""Which change sets hold a decision between values that stood side by side.

A table of their ids, computed like any other: the list of decisions is read from it and not
from the whole log.
"""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import Connection

from app.journal import log
from app.journal.change_set import SET, ChangeSet
from app.journal.log import Stored
from app.journal.raw import raw
from app.words import kept

LABEL = kept("Giải quyết xung đột")
"""How the label of every decision taken in the list of conflicts begins."""


def is_one(body: ChangeSet) -> bool:
    """Whether *body* is a decision by its name, or cites several heads of one field at once."""
    if body.label.startswith(LABEL):
        return True
    for part in body.records:  # plain loops: this is asked of every change of a package
        for op in part.ops:
            if len(op.parents) > 1 and op.kind == SET:
                return True
    return False


def keep(connection: Connection, sets: Iterable[tuple[bytes, ChangeSet]]) -> None:
    """Note those of *sets* that hold a decision."""
    found = sorted((set_id,) for set_id, body in sets if is_one(body))
    if found:
        raw(connection).executemany("INSERT OR IGNORE INTO decision (cset) VALUES (?)", found)


def newest(connection: Connection, most: int) -> list[tuple[Stored, bytes]]:
    """The decisions that came last, the newest first, each with its author's office."""
    # CROSS keeps SQLite to this order: it would rather go through the whole log.
    rows = raw(connection).execute(
        "SELECT c.n, r.office FROM decision d CROSS JOIN cset c ON c.id = d.cset"
        " JOIN replica r ON r.n = c.replica ORDER BY c.n DESC LIMIT ?",
        (most,),
    )
    return [(log.recent(connection, 1, before=n + 1)[0], office) for n, office in rows.fetchall()]
