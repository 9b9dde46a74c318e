"""Who may write to a family: those whom it concerns, and whoever they bring in."""

from __future__ import annotations

from collections import defaultdict

from sqlalchemy import Connection

from app.journal.raw import raw
from app.sync import families
from app.sync.circle import Circle
from app.sync.container import Opened
from app.sync.judging import chunks, judged
from app.sync.manifest import Manifest


def unrightful(
    connection: Connection, opened: Opened, found: Manifest, circle: Circle
) -> set[bytes]:
    """The change sets whose office had no part in the family that they write to.

    A body has a part if the family named it before this package, or if an office that has a part
    names it; a family not yet here is begun by whoever brought its head record into being. The
    rule only ever adds, so the order of change sets does not matter.
    """
    claims: dict[bytes, list[tuple[bytes, bytes, set[bytes], bool]]] = defaultdict(list)
    kinds: dict[bytes, str] = {}
    for pairs in chunks(opened, found):
        for item in judged(pairs, circle):
            read = item.read
            if read is None or item.reason or read.family in families.OPEN:
                continue
            known = circle.machine(read.replica)
            office = known[0].office if known else b""
            claims[read.family_id].append(
                (item.id, office, families.bodies_added(read), families.begins(read))
            )
            kinds[read.family_id] = read.family
    named = families.named_in(connection, set(kinds.values()))
    here = _families_here(connection, set(claims))
    speaks = {m.office: set(m.agencies) for m in circle.roster.members}
    hub = circle.roster.hub().office
    refused: set[bytes] = set()
    for family, listed in claims.items():
        members = set(named.get(family, set()))
        offices = {hub} if kinds[family] in families.FOR_HUB else set()
        if family in here:
            offices |= _authors(connection, family, circle)
        else:
            offices |= {office for _, office, _, begins in listed if begins}
        refused |= _left_out(listed, members, offices, speaks)
    return refused


def _left_out(
    listed: list[tuple[bytes, bytes, set[bytes], bool]],
    members: set[bytes],
    offices: set[bytes],
    speaks: dict[bytes, set[bytes]],
) -> set[bytes]:
    waiting = list(listed)
    while True:
        rightful = [
            item for item in waiting if item[1] in offices or speaks.get(item[1], set()) & members
        ]
        if not rightful:
            return {item[0] for item in waiting}
        for item in rightful:
            members |= item[2]
            waiting.remove(item)


def _families_here(connection: Connection, wanted: set[bytes]) -> set[bytes]:
    found: set[bytes] = set()
    for family in wanted:
        row = (
            raw(connection)
            .execute("SELECT 1 FROM cset WHERE family_id = ? LIMIT 1", (family,))
            .fetchone()
        )
        if row is not None:
            found.add(family)
    return found


def _authors(connection: Connection, family: bytes, circle: Circle) -> set[bytes]:
    """The offices whose change sets of *family* have been accepted before."""
    rows = raw(connection).execute(
        "SELECT DISTINCT r.id, r.is_mine FROM cset c JOIN replica r ON r.n = c.replica"
        " WHERE c.family_id = ?",
        (family,),
    )
    found: set[bytes] = set()
    for replica, is_mine in rows:
        known = circle.machine(replica)
        if is_mine:
            found.add(circle.office)
        elif known is not None:
            found.add(known[0].office)
    return found
