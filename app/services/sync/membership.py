"""How the exchange stands: in which circle, with whom, what went and what came, in words."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum
from pathlib import Path

from app import durable, moments
from app.errors import AppError, NotFound, Refused
from app.models.states import word_of
from app.registers.package import PackageLine
from app.services.sync.joining import Peer, outbox_of
from app.services.sync.joining import peers as peers_of
from app.store import Store, facts
from app.store.withdrawals import APPLIED, WITHDRAWN
from app.sync import circle as circles
from app.sync import joining, links, roster, stick
from app.sync.circle import office_names
from app.sync.links import ACKNOWLEDGED, MADE, PackageRow
from app.sync.own_circle import circle_of
from app.sync.roster import Roster
from app.text import moment_words
from app.words import kept, marked, told

STATES: Mapping[str, str] = marked(
    {
        MADE: "Chờ xác nhận",
        ACKNOWLEDGED: "Bên nhận đã nhận",
        APPLIED: "Đã nhận vào sổ",
        WITHDRAWN: "Đã rút",
    }
)


class Stage(StrEnum):
    """How far this office has come with joining."""

    ALONE = "alone"
    ASKED = "asked"  # it has answered an invitation and waits for the approval
    STRANGER = "stranger"  # its circle does not know this machine
    READING = "reading"  # this copy of the register may only be read
    MEMBER = "member"
    HUB = "hub"


@dataclass(frozen=True)
class Membership:
    """Where this office stands. `trouble` is a sentence where nothing can be exchanged now."""

    stage: Stage
    hub: str = ""
    words: str = ""  # the fingerprint of the circle, to be read over the phone
    trouble: str = ""
    peers: tuple[Peer, ...] = ()

    @property
    def may_exchange(self) -> bool:
        """Whether packages can be made and received."""
        return self.stage in (Stage.MEMBER, Stage.HUB) and not self.trouble


@dataclass(frozen=True)
class MachineLine:
    """A machine of the circle; `id` is its replica's, as hex."""

    id: str
    office: str
    office_id: bytes
    words: str
    state: str
    is_ours: bool
    may_retire: bool


def of(store: Store) -> Membership:
    """Where this office stands, and every other office with what waits for it."""
    with store.connection() as connection:
        realm = facts.get(connection, "realm")
        held = links.roster(connection, bytes.fromhex(realm)) if realm else None
    if not realm:
        return Membership(Stage.ALONE)
    if held is None:
        return Membership(Stage.ASKED if store.read_only_reason is None else Stage.READING)
    found, signed = held
    hub, words = found.hub().name, roster.fingerprint(signed.root)
    if store.read_only_reason is not None:
        sentence = told(
            "Sổ đang mở ở chế độ chỉ đọc: {read_only_reason}",
            read_only_reason=store.read_only_reason,
        )
        return Membership(Stage.READING, hub, words, sentence)
    try:
        peers = tuple(peers_of(store))
    except AppError as error:
        return Membership(Stage.STRANGER, hub, words, str(error))
    is_hub = circles.is_founder(store.keyring, store.office)
    return Membership(Stage.HUB if is_hub else Stage.MEMBER, hub, words, "", peers)


def packages(store: Store) -> list[PackageLine]:
    """Every package made or received, the newest first."""
    outbox = outbox_of(store)
    with store.connection() as connection:
        names = office_names(connection)
        return [_package(row, names, outbox) for row in links.packages(connection)]


def package(store: Store, package_id: bytes) -> PackageLine:
    """One package. Raises NotFound."""
    found = next((line for line in packages(store) if line.id == package_id.hex()), None)
    if found is None:
        raise NotFound
    return found


def copy_out(store: Store, line: PackageLine, folder: Path) -> Path:
    """Copy a package that lies in the outbox into *folder*, read back. Raises TargetGone."""
    with store.connection() as connection:
        row = links.package(connection, bytes.fromhex(line.id))
    if row is None or line.path is None:
        raise NotFound
    return stick.copy_out(line.path, folder)


def sweep_outbox(store: Store) -> None:
    """Remove packages that have been acknowledged; one that cannot be removed stays for later."""
    for line in packages(store):
        if line.path is not None and line.code == ACKNOWLEDGED:
            durable.clear(line.path)


def outbox(store: Store) -> Path:
    """Where packages lie until they are acknowledged."""
    return outbox_of(store)


def machines(store: Store) -> list[MachineLine]:
    """Every machine that the circle knows, offices in order, the newest machine first."""
    circle = circle_of(store)
    if circle is None:
        return []
    is_hub = circles.is_founder(store.keyring, store.office)
    return [
        MachineLine(
            id=machine.replica.hex(),
            office=member.name,
            office_id=member.office,
            words=roster.fingerprint(machine.public, machine.recipient.encode()),
            state=marked("Đang dùng") if machine.retired_at is None else marked("Đã thôi dùng"),
            is_ours=machine.replica == store.replica,
            may_retire=is_hub and machine.retired_at is None and machine.replica != store.replica,
        )
        for member in circle.roster.members
        for machine in reversed(member.machines)
    ]


def retire(store: Store, replica: bytes) -> Roster:
    """Say that a machine writes no more: only the hub can. Its later changes are set aside.

    Other offices learn it with their next package. Raises Refused.
    """
    root, circle = circles.root_key(store.keyring, store.office), circle_of(store)
    if root is None or circle is None:
        raise Refused(why="Chỉ văn phòng đầu mối làm được việc này, trên máy giữ khóa của nhóm.")
    known = circle.roster.machine(replica)
    if known is None or replica == store.replica:
        raise Refused(why="Không cho thôi dùng máy này được.")
    with store.exchanging() as connection:
        last = links.last_number(connection, replica)
        made = moments.milliseconds(store.now())
        grown = joining.retired(circle.roster, replica, last, made)
        links.keep_roster(connection, grown, roster.sign(grown, root))
    store.announce(kept("Cho máy thôi dùng"))
    return grown


def _package(row: PackageRow, names: Mapping[bytes, str], outbox: Path) -> PackageLine:
    at = datetime.fromisoformat(row.at).astimezone()
    path = outbox / row.name
    is_ours = bool(row.is_ours)
    return PackageLine(
        id=row.id.hex(),
        is_ours=is_ours,
        direction=marked("Gửi") if is_ours else marked("Nhận"),
        office=names.get(row.office, told("(văn phòng không rõ)")),
        number=row.number,
        at=at,
        day=at.date(),
        time=moment_words(at),
        name=row.name,
        sets=row.sets,
        state=word_of(STATES, row.state),
        code=row.state,
        path=path if is_ours and path.is_file() else None,
        may_withdraw=not is_ours and row.state == APPLIED,
    )
