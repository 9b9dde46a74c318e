"""Who is in the circle: offices, their machines and keys, signed by the hub.

A circle is one province's offices; its id is the hash of the hub's root public key. The roster
travels in every package; the one with the highest serial holds.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

import msgspec
from nacl.signing import SigningKey

from app.journal import keys

UNREADABLE = (msgspec.MsgspecError, RecursionError, UnicodeDecodeError)
"""Everything by which MessagePack says that bytes from elsewhere are not what they should be."""
_DOMAIN = b"phoihop roster 1\0"
_SYLLABLES = ("ba", "bê", "bi", "bo", "ca", "co", "cu", "da", "đa", "đê", "đi", "đo", "ga", "go",
              "ha", "hê", "hi", "ho", "ka", "ki", "la", "lê", "li", "lo", "ma", "mê", "mi", "mo",
              "na", "nê", "no", "nu")  # fmt: skip


class Machine(msgspec.Struct, array_like=True, frozen=True):
    """One replica: its signing key, the key its packages are sealed to.

    `retired_at` is the last of its numbers that counts, None while it is in use.
    """

    replica: bytes
    public: bytes
    recipient: str
    retired_at: int | None = None


class Member(msgspec.Struct, array_like=True, frozen=True):
    """One office. `agencies` are the ids under which anybody knows the bodies it speaks for."""

    office: bytes
    name: str
    agencies: tuple[bytes, ...]
    machines: tuple[Machine, ...]
    is_hub: bool = False

    def current(self) -> Machine | None:
        """The machine that packages are made for now: the newest one not retired."""
        live = [machine for machine in self.machines if machine.retired_at is None]
        return live[-1] if live else None


class Roster(msgspec.Struct, array_like=True, frozen=True):
    """The circle as the hub last signed it."""

    v: int
    realm: bytes
    serial: int
    made: int
    recovery: str
    members: tuple[Member, ...]

    def member(self, office: bytes) -> Member | None:
        """The office of that id."""
        return next((m for m in self.members if m.office == office), None)

    def machine(self, replica: bytes) -> tuple[Member, Machine] | None:
        """The machine of that replica id, with its office."""
        return next(((m, k) for m, k in self.machines() if k.replica == replica), None)

    def machines(self) -> Iterator[tuple[Member, Machine]]:
        """Every machine with its office."""
        for member in self.members:
            for machine in member.machines:
                yield member, machine

    def hub(self) -> Member:
        """The hub office; every roster has one."""
        return next(m for m in self.members if m.is_hub)


class SignedRoster(msgspec.Struct, array_like=True, frozen=True):
    """A roster's bytes as the hub wrote them, its root public key, and the signature."""

    body: bytes
    root: bytes
    sig: bytes


_encoder = msgspec.msgpack.Encoder()
_decoder = msgspec.msgpack.Decoder(Roster)


def sign(roster: Roster, root: SigningKey) -> SignedRoster:
    """*roster* signed with the circle's root key."""
    body = _encoder.encode(roster)
    return SignedRoster(body, bytes(root.verify_key), root.sign(_DOMAIN + body).signature)


def read(signed: SignedRoster, realm: bytes) -> Roster | None:
    """The roster, if it is *realm*'s and truly signed; else None."""
    if realm_of(signed.root) != realm:
        return None
    if not keys.is_signed_raw(signed.root, _DOMAIN + signed.body, signed.sig):
        return None
    try:
        roster = _decoder.decode(signed.body)
    except UNREADABLE:
        return None
    return roster if roster.realm == realm and any(m.is_hub for m in roster.members) else None


def realm_of(root_public: bytes) -> bytes:
    """The circle's id: SHA-256 of the hub's root public key."""
    return hashlib.sha256(root_public).digest()


def fingerprint(*parts: bytes) -> str:
    """Eight pairs of syllables to be read over the phone: 80 bits of the hash of *parts*."""
    number = int.from_bytes(hashlib.sha256(b"\0".join(parts)).digest()[:10], "big")
    syllables = []
    for _ in range(16):
        number, rest = divmod(number, 32)
        syllables.append(_SYLLABLES[rest])
    return " ".join(f"{a}{b}" for a, b in zip(syllables[::2], syllables[1::2], strict=True))
