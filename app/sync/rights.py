"""Who may write to a family: those whom it concerns, and whoever they bring in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass, field
from typing import NamedTuple

from sqlalchemy import Connection

from app.journal import log
from app.journal.raw import in_parts, marks, raw
from app.progress import Progress, quiet
from app.sync import families, united
from app.sync.circle import Authors, Circle
from app.sync.container import Opened
from app.sync.judging import Item, chunks, judged
from app.sync.kin import Kin
from app.sync.manifest import Manifest
from app.sync.refusal import PackageRefused
from app.sync.signatures import Signatures

_AT_ONCE = 2000
_MOST_KEPT = 16 << 20
"""Bytes of change sets; read, they take some six times as much."""


class _Claim(NamedTuple):
    """One change set's wish to write to a family."""

    id: bytes
    office: bytes
    adds: frozenset[bytes]


@dataclass
class Claims:
    """What change sets want to write: the kind of each family, and who asks."""

    kinds: dict[bytes, str] = field(default_factory=dict)
    of: dict[bytes, list[_Claim]] = field(default_factory=lambda: defaultdict(list))
    begun: dict[bytes, set[bytes]] = field(default_factory=lambda: defaultdict(set))
    hidden: set[bytes] = field(default_factory=set)
    """Families that are secret here: offices that had them before go on writing to them."""


@dataclass
class Judgement:
    """The change sets that must be set aside, each with the reason.

    `items` are all of the package, None where they are too many to be kept in memory: it is then
    read once more.
    """

    faults: dict[bytes, str] = field(default_factory=dict)
    items: list[Item] | None = field(default_factory=list)
    size: int = 0

    def note(self, items: list[Item]) -> None:
        """Keep *items* as long as they fit."""
        self.size += sum(len(item.body) for item in items)
        if self.size > _MOST_KEPT:
            self.items = None
        if self.items is not None:
            self.items += items


def judge(
    connection: Connection,
    opened: Opened,
    found: Manifest,
    circle: Circle,
    signatures: Signatures,
    *,
    progress: Progress = quiet,
) -> Judgement:
    """Judge every change set of a package: alone, then together.

    Raises PackageRefused where the package does not hold what it says.
    """
    verdict = Judgement()
    refused = verdict.faults
    authors, kin = Authors(circle), Kin(connection)
    claims = Claims(hidden=families.secret(connection))
    top = int(raw(connection).execute("SELECT max(lamport) FROM cset").fetchone()[0] or 0)
    count = 0
    for named in chunks(opened, found):
        for start in range(0, len(named), _AT_ONCE):
            progress((count + start) // 2, found.sets)
            items = judged(named[start : start + _AT_ONCE], authors, signatures, top=top)
            verdict.note(items)
            kin.learn(r.record for i in items if i.read is not None for r in i.read.records)
            for item in items:
                reason = item.reason or _forked(connection, item, authors)
                reason = reason or claim(item, authors, kin, claims)
                if reason:
                    refused[item.id] = reason
        count += len(named)
    if count != found.sets:
        raise PackageRefused("bad_chunk", opened.name)
    sender = circle.machine(found.from_replica)
    may_vouch = sender is not None and sender[1].retired_at is None
    voucher = found.from_office if may_vouch else None
    left_out = unrightful(connection, circle, claims, voucher)
    refused |= dict.fromkeys(left_out, "no_right")
    return verdict


def _forked(connection: Connection, item: Item, authors: Authors) -> str:
    """Whether a retired machine's number bears another change set here: its key may be stolen."""
    if item.read is None:
        return "unreadable"
    known = authors.of(item.read.replica)
    if known is None or known[1].retired_at is None:
        return ""
    row = (
        raw(connection)
        .execute(
            "SELECT 1 FROM cset WHERE replica = (SELECT n FROM replica WHERE id = ?)"
            " AND seq = ? AND id <> ? AND NOT EXISTS (SELECT 1 FROM cset WHERE id = ?)",
            (item.read.replica, item.read.seq, item.id, item.id),
        )
        .fetchone()
    )
    return "" if row is None else "forked"


def claim(item: Item, authors: Authors, kin: Kin, claims: Claims) -> str:
    """Note what *item* wants to write; returns why it must not, as far as it alone shows."""
    read = item.read
    if read is None:
        return "unreadable"
    known = authors.of(read.replica)
    if known is not None and families.begins(read):
        claims.begun[read.family_id].add(known[0].office)
    if item.is_understood and not kin.is_at_home(read):
        return "wrong_family"
    if read.family_id in claims.hidden:
        return "secret"
    if read.family in families.CLOSED or not united.is_fair(kin.connection, read, authors.circle):
        return "no_right"
    # Of a kind of family that only a newer version knows, nobody here can say whom it concerns:
    # such a change set is held, and judged when it is understood.
    if known is not None and read.family in families.JUDGED:
        claims.kinds[read.family_id] = read.family
        claims.of[read.family_id].append(
            _Claim(
                item.id,
                known[0].office,
                frozenset(families.bodies_added(read)),
            )
        )
    return ""


def unrightful(
    connection: Connection, circle: Circle, claims: Claims, voucher: bytes | None
) -> set[bytes]:
    """The change sets whose office had no part in the family that they write to.

    A body has a part if the family named it before this package, or if an office that has a part
    names it; a family not yet here is begun by whoever brought its head record into being. The
    *voucher*, who passed them on, vouches where it has a part itself: it has judged them, and
    two offices that judged alone would never agree again. The rule only ever adds, so the order
    of change sets does not matter.
    """
    named = families.named_in(connection, set(claims.kinds.values()), claims.of)
    authors = _authors(connection, claims.of, circle)
    speaks = {m.office: set(m.agencies) for m in circle.roster.members}
    hub = circle.roster.hub().office
    refused: set[bytes] = set()
    for family, listed in claims.of.items():
        members = set(named.get(family, set()))
        offices = {hub} if claims.kinds[family] in families.FOR_HUB else set()
        if (family, log.APPLIED) in authors:
            offices |= authors[family, log.APPLIED]
        else:
            offices |= claims.begun[family] | authors.get((family, log.HELD), set())
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


def _authors(
    connection: Connection, wanted: Iterable[bytes], circle: Circle
) -> dict[tuple[bytes, int], set[bytes]]:
    """The offices whose change sets of each family have been taken in before, by their state."""
    found: dict[tuple[bytes, int], set[bytes]] = defaultdict(set)
    for chunk in in_parts(wanted):
        rows = raw(connection).execute(
            "SELECT DISTINCT c.family_id, c.state, r.id, r.is_mine FROM cset c"
            f" JOIN replica r ON r.n = c.replica WHERE c.family_id IN ({marks(chunk)})",
            chunk,
        )
        for family, state, replica, is_mine in rows.fetchall():
            known = circle.machine(replica)
            offices = {known[0].office} if known is not None else set()
            found[family, state] |= {circle.office} if is_mine else offices
    return dict(found)
