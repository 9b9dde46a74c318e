"""Who may write to a family: those whom it concerns, and whoever they bring in."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field

from sqlalchemy import Connection

from app.journal.raw import raw
from app.store.upgrade import CURRENT
from app.sync import families, shape
from app.sync.circle import Circle
from app.sync.container import Opened
from app.sync.judging import Item, chunks, judged
from app.sync.kin import Kin
from app.sync.manifest import Manifest
from app.sync.refusal import PackageRefused


@dataclass(frozen=True)
class _Claim:
    """One change set's wish to write to a family."""

    id: bytes
    office: bytes
    adds: frozenset[bytes]
    begins: bool


@dataclass
class _Claims:
    kinds: dict[bytes, str] = field(default_factory=dict)
    of: dict[bytes, list[_Claim]] = field(default_factory=lambda: defaultdict(list))


def faults(
    connection: Connection, opened: Opened, found: Manifest, circle: Circle
) -> dict[bytes, str]:
    """The change sets that must be set aside, each with the reason: judged alone, then together.

    Raises PackageRefused where the package does not hold what it says.
    """
    refused: dict[bytes, str] = {}
    claims, kin = _Claims(), Kin(connection)
    top = int(raw(connection).execute("SELECT max(lamport) FROM cset").fetchone()[0] or 0)
    count = 0
    for pairs in chunks(opened, found):
        count += len(pairs)
        items = list(judged(pairs, circle, top=top))
        kin.learn(r.record for i in items if i.read is not None for r in i.read.records)
        for item in items:
            reason = item.reason or _claim(item, circle, kin, claims)
            if reason:
                refused[item.id] = reason
    if count != found.sets:
        raise PackageRefused("bad_chunk", opened.name)
    return refused | dict.fromkeys(_unrightful(connection, circle, found, claims), "no_right")


def _claim(item: Item, circle: Circle, kin: Kin, claims: _Claims) -> str:
    """Note what *item* wants to write; returns why it must not, as far as it alone shows."""
    read = item.read
    if read is None or not shape.is_understood(read, CURRENT):
        return ""  # kept and not applied: judged when a newer version understands it
    if not kin.is_at_home(read):
        return "wrong_family"
    if read.family in families.CLOSED:
        return "no_right"
    known = circle.machine(read.replica)
    if read.family not in families.OPEN and known is not None:
        claims.kinds[read.family_id] = read.family
        claims.of[read.family_id].append(
            _Claim(
                item.id,
                known[0].office,
                frozenset(families.bodies_added(read)),
                families.begins(read),
            )
        )
    return ""


def _unrightful(
    connection: Connection, circle: Circle, found: Manifest, claims: _Claims
) -> set[bytes]:
    """The change sets whose office had no part in the family that they write to.

    A body has a part if the family named it before this package, or if an office that has a part
    names it; a family not yet here is begun by whoever brought its head record into being. An
    office that has a part vouches for what it passes on: it has judged that itself, and two
    offices that judged alone would never agree again. The rule only ever adds, so the order of
    change sets does not matter.
    """
    named = families.named_in(connection, set(claims.kinds.values()))
    here = _families_here(connection, set(claims.of))
    speaks = {m.office: set(m.agencies) for m in circle.roster.members}
    hub = circle.roster.hub().office
    sender = circle.machine(found.from_replica)
    may_vouch = sender is not None and sender[1].retired_at is None
    voucher = found.from_office if may_vouch else None
    refused: set[bytes] = set()
    for family, listed in claims.of.items():
        members = set(named.get(family, set()))
        offices = {hub} if claims.kinds[family] in families.FOR_HUB else set()
        if family in here:
            offices |= _authors(connection, family, circle)
        else:
            offices |= {claim.office for claim in listed if claim.begins}
        refused |= _left_out(listed, members, offices, speaks, voucher)
    return refused


def _left_out(
    listed: list[_Claim],
    members: set[bytes],
    offices: set[bytes],
    speaks: dict[bytes, set[bytes]],
    voucher: bytes | None,
) -> set[bytes]:
    def has_part(office: bytes) -> bool:
        return office in offices or bool(speaks.get(office, set()) & members)

    waiting = list(listed)
    while True:
        if voucher is not None and has_part(voucher):
            return set()
        rightful = [claim for claim in waiting if has_part(claim.office)]
        if not rightful:
            return {claim.id for claim in waiting}
        waiting = [claim for claim in waiting if not has_part(claim.office)]
        members = members.union(*(claim.adds for claim in rightful))


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
