"""An office in its circle: what it needs to make, open and judge carried files."""

from __future__ import annotations

import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, field

import msgspec
import pyrage
from nacl.signing import SigningKey
from sqlalchemy import Connection

from app.errors import KeyUnusable
from app.journal import keys
from app.journal.keys import Keyring
from app.store import facts
from app.sync import links
from app.sync.manifest import Succession
from app.sync.refusal import PackageRefused
from app.sync.roster import Machine, Member, Roster, SignedRoster
from app.words import told

_BOX = re.compile(r"[0-9a-f]{32}\.age")
_SUCCESSION = b"phoihop succession 1\0"


@dataclass(frozen=True)
class Circle:
    """The circle as one office's file and keys know it."""

    realm: bytes
    roster: Roster
    signed: SignedRoster
    renewed: dict[bytes, Succession]
    office: bytes
    replica: bytes
    keyring: Keyring
    heard: dict[bytes, int] = field(default_factory=dict)

    @property
    def me(self) -> Member:
        """The office's own row; raises PackageRefused before the hub has admitted it."""
        found = self.roster.member(self.office)
        if found is None:
            raise PackageRefused("no_circle", "")
        return found

    def others(self) -> list[Member]:
        """Every other office."""
        return [member for member in self.roster.members if member.office != self.office]

    def machine(self, replica: bytes) -> tuple[Member, Machine] | None:
        """The machine of that id, if anybody vouches for it."""
        return links.machine_of(self.roster, self.renewed, replica)

    def current(self, member: Member) -> Machine | None:
        """The machine that packages for *member* are made for: of several, the last heard of."""
        ends = self.live(member)
        return max(ends, key=lambda m: (self.heard.get(m.replica, -1), m.replica), default=None)

    def live(self, member: Member) -> list[Machine]:
        """Every machine that may now be *member*'s: packages are sealed so that each opens them."""
        return links.live_machines(self.renewed, member)

    def mine(self) -> list[bytes]:
        """Every incarnation of this office that the circle knows, and the present one."""
        return list(dict.fromkeys((*self.incarnations(self.me), self.replica)))

    def incarnations(self, member: Member) -> list[bytes]:
        """Every replica that has written as *member*."""
        found = [machine.replica for machine in member.machines]
        for replica in self.renewed:
            known = self.machine(replica)
            if known is not None and known[0].office == member.office:
                found.append(replica)
        return found


@dataclass
class Authors:
    """The machines that wrote what is being judged, each looked up once."""

    circle: Circle
    _known: dict[bytes, tuple[Member, Machine] | None] = field(default_factory=dict)

    def of(self, replica: bytes) -> tuple[Member, Machine] | None:
        """The machine of that id, if anybody vouches for it."""
        if replica not in self._known:
            self._known[replica] = self.circle.machine(replica)
        return self._known[replica]


def load(
    connection: Connection, realm: bytes, office: bytes, replica: bytes, keyring: Keyring
) -> Circle | None:
    """The circle that this file belongs to, None before it has joined one."""
    found = links.roster(connection, realm)
    if found is None:
        return None
    roster, signed = found
    renewed = links.successions(connection)
    heard = links.heard(connection)
    return Circle(realm, roster, signed, renewed, office, replica, keyring, heard)


def office_names(connection: Connection) -> dict[bytes, str]:
    """What every office of the circle is called, by its id; this one included."""
    found: dict[bytes, str] = {}
    realm = facts.get(connection, "realm")
    held = links.roster(connection, bytes.fromhex(realm)) if realm else None
    if held is not None:
        found = {member.office: member.name for member in held[0].members}
    ours = bytes.fromhex(facts.get(connection, "office_id") or "")
    return found | {ours: facts.read_office(connection).name or told("Văn phòng này")}


def box_of(keyring: Keyring, replica: bytes) -> str:
    """The public half (age X25519) that packages for *replica* are sealed to; made if missing."""
    secret = keyring.box(replica)
    if secret is None:
        identity = pyrage.x25519.Identity.generate()
        keyring.keep(f"{replica.hex()}.age", str(identity).encode())
        return str(identity.to_public())
    return str(pyrage.x25519.Identity.from_str(secret).to_public())


def identities(keyring: Keyring) -> Iterator[str]:
    """Every secret key at hand that packages to this office, now or before, may be sealed to."""
    for replica in _with_a_box(keyring):
        with suppress(KeyUnusable):  # another may open the package; `lost_box` says what is lost
            secret = keyring.box(replica)
            if secret is not None:
                yield secret


def lost_box(keyring: Keyring) -> KeyUnusable | None:
    """The first key for packages that lies here and cannot be used, if there is one."""
    for replica in _with_a_box(keyring):
        try:
            keyring.box(replica)
        except KeyUnusable as error:
            return error
    return None


def _with_a_box(keyring: Keyring) -> Iterator[bytes]:
    for name in keyring.names(".age"):
        if _BOX.fullmatch(name):
            yield bytes.fromhex(name.removesuffix(".age"))


def machine(keyring: Keyring, replica: bytes) -> Machine:
    """The machine as a roster names it."""
    public = bytes(keyring.signer(replica).verify_key)
    return Machine(replica, public, box_of(keyring, replica))


def renew(keyring: Keyring, old: bytes, at: int, replica: bytes) -> Succession:
    """*old*'s own word that it goes on as *replica*; *at* is the last number that counts."""
    new = machine(keyring, replica)
    sig = keyring.signer(old).sign(_said(old, at, new)).signature
    return Succession(old, at, new, sig)


def is_true(item: Succession, public: bytes) -> bool:
    """Whether the old machine, whose key is *public*, signed this."""
    return keys.is_signed_raw(public, _said(item.old, item.at, item.machine), item.sig)


def root_key(keyring: Keyring, office: bytes) -> SigningKey | None:
    """The root key of the circle whose hub *office* is, only ever on the hub's machine.

    Raises KeyUnusable.
    """
    return keyring.signing(root_name(office))


def is_founder(keyring: Keyring, office: bytes) -> bool:
    """Whether this is the machine of the hub *office*: the root key lies here, usable or not."""
    return keyring.has(root_name(office))


def root_name(office: bytes) -> str:
    """Under which name the root key lies: one person may keep two offices' registers."""
    return f"{office.hex()}.root"


def _said(old: bytes, at: int, new: Machine) -> bytes:
    return _SUCCESSION + msgspec.msgpack.encode((old, at, new))
