"""What we know of each peer: what it has acknowledged, and what it must be sent next."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

import msgspec
from sqlalchemy import Connection

from app.journal.raw import raw
from app.store.withdrawals import APPLIED, WITHDRAWN
from app.sync.manifest import Print, Succession
from app.sync.roster import Machine, Member, Roster, SignedRoster, read

MADE, ACKNOWLEDGED = "made", "acknowledged"


@dataclass(frozen=True)
class Link:
    """One incarnation of a peer."""

    peer: bytes
    office: bytes
    sent_number: int
    base_number: int
    base_n: int
    roster_serial: int


@dataclass(frozen=True)
class PackageRow:
    """A package made or received."""

    id: bytes
    is_ours: bool
    mine: bytes
    peer: bytes
    office: bytes
    number: int
    at: str
    name: str
    sets: int
    n_from: int
    n_to: int
    state: str


_PACKAGE = "id, is_ours, mine, peer, office, number, at, name, sets, n_from, n_to, state"
_ID = 16
_ENDED = b"-"
_families = msgspec.msgpack.Decoder(tuple[bytes, ...])


def roster(connection: Connection, realm: bytes) -> tuple[Roster, SignedRoster] | None:
    """The roster in force, None before this office has joined."""
    row = (
        raw(connection)
        .execute("SELECT body, root, sig FROM roster ORDER BY serial DESC LIMIT 1")
        .fetchone()
    )
    if row is None:
        return None
    signed = SignedRoster(*row)
    found = read(signed, realm)
    return None if found is None else (found, signed)


def keep_roster(connection: Connection, found: Roster, signed: SignedRoster) -> None:
    """Keep a roster; older ones stay for the record."""
    raw(connection).execute(
        "INSERT OR IGNORE INTO roster (serial, body, root, sig) VALUES (?, ?, ?, ?)",
        (found.serial, signed.body, signed.root, signed.sig),
    )


def successions(connection: Connection) -> dict[bytes, Succession]:
    """Every known new identity, by its replica id."""
    rows = raw(connection).execute("SELECT replica, body FROM succession").fetchall()
    return {row[0]: msgspec.msgpack.decode(row[1], type=Succession) for row in rows}


def keep_succession(connection: Connection, item: Succession) -> None:
    """Keep a machine's word that it goes on under a new identity."""
    raw(connection).execute(
        "INSERT OR IGNORE INTO succession (replica, old, body) VALUES (?, ?, ?)",
        (item.machine.replica, item.old, msgspec.msgpack.encode(item)),
    )


def machine_of(
    circle: Roster, renewed: dict[bytes, Succession], replica: bytes
) -> tuple[Member, Machine] | None:
    """The machine of that id, vouched for by the roster or by a chain of its own words.

    Once the hub has retired the machine that a chain begins with, whatever else it named has
    gone with it: or whoever stole a key would only have to name another.
    """
    known = circle.machine(replica)
    if known is not None:
        return known
    item = renewed.get(replica)
    seen: set[bytes] = {replica}
    while item is not None and item.old not in seen:
        seen.add(item.old)
        known = circle.machine(item.old)
        if known is not None:
            machine = renewed[replica].machine
            if known[1].retired_at is not None:
                machine = msgspec.structs.replace(machine, retired_at=0)
            return known[0], machine
        item = renewed.get(item.old)
    return None


def live_machines(renewed: dict[bytes, Succession], member: Member) -> list[Machine]:
    """The machines at the ends of the chains that begin with *member*'s present one.

    One, unless its register was copied together with the keys and both went on.
    """
    first = member.current()
    onward: dict[bytes, list[Machine]] = {}
    for item in renewed.values():
        onward.setdefault(item.old, []).append(item.machine)
    ends: list[Machine] = []
    waiting, seen = [first] if first is not None else [], set[bytes]()
    while waiting:
        machine = waiting.pop()
        if machine.replica in seen:
            continue
        seen.add(machine.replica)
        waiting += onward.get(machine.replica, ())
        if machine.replica not in onward:
            ends.append(machine)
    return sorted(ends, key=lambda machine: machine.replica)


def heard(connection: Connection) -> dict[bytes, int]:
    """Of each machine that has sent a package, how far the log had come when the last one came."""
    rows = raw(connection).execute(
        "SELECT peer, max(n_to) FROM package WHERE NOT is_ours GROUP BY peer"
    )
    return dict(rows.fetchall())


def link(connection: Connection, peer: bytes, office: bytes) -> Link:
    """What we know of *peer*, from now on kept; a new incarnation is one of which we know nothing.

    It writes; `known` only looks.
    """
    raw(connection).execute(
        "INSERT OR IGNORE INTO link (peer, office) VALUES (?, ?)", (peer, office)
    )
    return known(connection, peer, office)


def known(connection: Connection, peer: bytes, office: bytes) -> Link:
    """What we know of *peer*, without writing anything."""
    row = (
        raw(connection)
        .execute(
            "SELECT peer, office, sent_number, base_number, base_n, roster_serial"
            " FROM link WHERE peer = ?",
            (peer,),
        )
        .fetchone()
    )
    return Link(peer, office, 0, 0, 0, 0) if row is None else Link(*row)


def forget(connection: Connection, peer: bytes) -> None:
    """Know nothing of what *peer* has: the next package holds everything in scope."""
    raw(connection).execute(
        "UPDATE link SET base_number = 0, base_n = 0, roster_serial = 0 WHERE peer = ?", (peer,)
    )
    raw(connection).execute("DELETE FROM shared WHERE peer = ?", (peer,))


def shared_with(connection: Connection, peer: bytes) -> set[bytes]:
    """The families that *peer* has acknowledged whole."""
    rows = raw(connection).execute("SELECT family_id FROM shared WHERE peer = ?", (peer,))
    return {row[0] for row in rows}


def note_package(
    connection: Connection,
    row: PackageRow,
    families: Iterable[bytes] = (),
    roster_serial: int = 0,
    ended: Iterable[bytes] = (),
) -> None:
    """Enter a package in the book.

    *families* are those it carries whole, *ended* those it says will not be sent any more.
    """
    raw(connection).execute(
        f"INSERT INTO package ({_PACKAGE}, families, roster_serial)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            row.id, row.is_ours, row.mine, row.peer, row.office, row.number, row.at, row.name,
            row.sets, row.n_from, row.n_to, row.state,
            msgspec.msgpack.encode([*sorted(families), *(_ENDED + f for f in sorted(ended))]),
            roster_serial,
        ),
    )  # fmt: skip


def package(connection: Connection, package_id: bytes) -> PackageRow | None:
    """The package of that id."""
    row = (
        raw(connection)
        .execute(f"SELECT {_PACKAGE} FROM package WHERE id = ?", (package_id,))
        .fetchone()
    )
    return None if row is None else PackageRow(*row)


def packages(connection: Connection) -> list[PackageRow]:
    """Every package, the newest first."""
    rows = raw(connection).execute(f"SELECT {_PACKAGE} FROM package ORDER BY at DESC, number DESC")
    return [PackageRow(*row) for row in rows]


def set_state(connection: Connection, package_id: bytes, state: str) -> None:
    """Say what became of a package."""
    raw(connection).execute("UPDATE package SET state = ? WHERE id = ?", (state, package_id))


RECEIPTS = 200
"""How many packages a receipt names, the newest first."""


def applied_from(connection: Connection, peer: bytes, limit: int = RECEIPTS) -> tuple[bytes, ...]:
    """The newest packages of *peer* that have been applied here: the receipt it is owed."""
    rows = raw(connection).execute(
        "SELECT id FROM package WHERE peer = ? AND NOT is_ours AND state IN (?, ?)"
        " ORDER BY number DESC LIMIT ?",
        (peer, APPLIED, WITHDRAWN, limit),
    )
    return tuple(row[0] for row in rows)


def acknowledge(connection: Connection, peer: bytes, mine: bytes, applied: Iterable[bytes]) -> int:
    """Take in *peer*'s receipt: returns how many packages it newly acknowledges.

    It counts only for packages that *mine*, this very incarnation, made for that very peer.
    """
    count = 0
    for package_id in applied:
        row = (
            raw(connection)
            .execute(
                "SELECT number, n_to, families, roster_serial FROM package"
                " WHERE id = ? AND is_ours AND peer = ? AND mine = ? AND state = ?",
                (package_id, peer, mine, MADE),
            )
            .fetchone()
        )
        if row is None:
            continue
        number, n_to, families, serial = row
        raw(connection).execute(
            "UPDATE link SET base_number = max(base_number, ?), base_n = max(base_n, ?),"
            " roster_serial = max(roster_serial, ?) WHERE peer = ?",
            (number, n_to, serial, peer),
        )
        told = _families.decode(families)
        raw(connection).executemany(
            "INSERT OR IGNORE INTO shared (peer, family_id) VALUES (?, ?)",
            [(peer, family) for family in told if len(family) == _ID],
        )
        # What has ended there must be sent whole should it ever begin again.
        raw(connection).executemany(
            "DELETE FROM shared WHERE peer = ? AND family_id = ?",
            [(peer, family[1:]) for family in told if family[:1] == _ENDED and len(family) > _ID],
        )
        set_state(connection, package_id, ACKNOWLEDGED)
        count += 1
    return count


def has_dropped(
    connection: Connection, known: Link, mine: bytes, applied: tuple[bytes, ...]
) -> bool:
    """Whether a receipt no longer names the package on which we build for that peer."""
    if len(applied) >= RECEIPTS:
        return False
    rows = raw(connection).execute(
        "SELECT id FROM package WHERE is_ours AND peer = ? AND mine = ? AND number = ?"
        " AND state = ?",
        (known.peer, mine, known.base_number, ACKNOWLEDGED),
    )
    return any(row[0] not in applied for row in rows.fetchall())


def echo_of(connection: Connection, replicas: Iterable[bytes]) -> Print:
    """What we hold of what *replicas* wrote: nothing that they do not know."""
    count, xor = 0, 0
    for replica in replicas:
        rows = raw(connection).execute(
            "SELECT id FROM cset WHERE replica = (SELECT n FROM replica WHERE id = ?)",
            (replica,),
        )
        for (set_id,) in rows:
            count += 1
            xor ^= int.from_bytes(set_id, "big")
    return Print(count, xor.to_bytes(32, "big"))


def now_words(moment: datetime) -> str:
    """A moment as the book keeps it."""
    return moment.isoformat(timespec="seconds")


def last_number(connection: Connection, replica: bytes) -> int:
    """The highest number of *replica*'s that has arrived here."""
    found = (
        raw(connection)
        .execute(
            "SELECT coalesce(max(seq), 0) FROM cset"
            " WHERE replica = (SELECT n FROM replica WHERE id = ?)",
            (replica,),
        )
        .fetchone()
    )
    return int(found[0])
