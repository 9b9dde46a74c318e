"""Whether a verdict may bring two bodies together, and with them what two offices see.

Every office may write to the register of bodies; but to merge a body that some office speaks for
changes what that office may see. Who speaks for whom is the hub's word, so this is the hub's too.
"""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import Connection

from app.journal import aliases
from app.journal.change_set import ChangeSet, RecordOps
from app.journal.raw import raw
from app.sync.circle import Circle

_ENDS = ("one_id", "other_id")


def is_fair(connection: Connection, read: ChangeSet, circle: Circle) -> bool:
    """False for a verdict on bodies somebody speaks for, unless the hub wrote it."""
    if read.family != "agency":
        return True  # there both families must say so, and each is judged by its own rights
    author = circle.machine(read.replica)
    verdicts = [record for record in read.records if record.entity == "alias"]
    if not verdicts or (author is not None and author[0].is_hub):
        return True
    spoken_for = {agency for member in circle.roster.members for agency in member.agencies}
    members = aliases.load(connection).members()
    for together in members.values():
        spoken_for |= together if together & spoken_for else set()
    return all(
        end is not None and end not in spoken_for
        for record in verdicts
        for end in _ends(connection, record)
    )


def _ends(connection: Connection, record: RecordOps) -> Iterator[bytes | None]:
    """The two bodies; None for one that neither the verdict nor the register names."""
    told = {op.field: op.value for op in record.ops if op.field in _ENDS}
    row = (
        raw(connection)
        .execute("SELECT one_id, other_id FROM alias WHERE id = ?", (record.record.hex(),))
        .fetchone()
    )
    known = dict(zip(_ENDS, map(bytes.fromhex, row), strict=True)) if row else {}
    for name in _ENDS:
        if name in told or name not in known:
            end = told.get(name)
            yield end if isinstance(end, bytes) else None
        if name in known:
            yield known[name]
