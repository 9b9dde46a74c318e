"""Joining in three carried files: invitation, request, approval.

The hub invites; the new office asks, with its keys; the hub, having heard the fingerprint over
the phone, signs a roster that names it. Keys never travel but for their public halves.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from pathlib import Path
from typing import TypeVar

import msgspec
from nacl.signing import SigningKey

from app import durable
from app.journal import keys
from app.sync import roster
from app.sync.refusal import PackageRefused, refuse_absent, unopened
from app.sync.roster import UNREADABLE, Machine, Member, Roster, SignedRoster
from app.words import marked, told

INVITATION, REQUEST, APPROVAL = b"PHOIHOP-MOI\x01", b"PHOIHOP-XIN\x01", b"PHOIHOP-DUYET\x01"
_WORDS = marked({INVITATION: "thư mời", REQUEST: "xin tham gia", APPROVAL: "chấp thuận"})
_MOST = 16 << 20
T = TypeVar("T")


class Body(msgspec.Struct, array_like=True, frozen=True):
    """A body as the asking office names it, so that the hub can find its own record of it."""

    id: bytes
    name: str
    short_name: str
    code: str


class Invitation(msgspec.Struct, array_like=True, frozen=True):
    """The circle, its root key, and who invites."""

    v: int
    realm: bytes
    root: bytes
    hub: str
    made: int

    def fingerprint(self) -> str:
        """What the hub reads over the phone."""
        return roster.fingerprint(self.root)


class Request(msgspec.Struct, array_like=True, frozen=True):
    """An office that asks to be let in, or to have its machine replaced."""

    v: int
    realm: bytes
    office: bytes
    name: str
    bodies: tuple[Body, ...]
    machine: Machine
    made: int

    def fingerprint(self) -> str:
        """What the asking office reads over the phone."""
        return roster.fingerprint(self.machine.public, self.machine.recipient.encode())


class _Signed(msgspec.Struct, array_like=True, frozen=True):
    body: bytes
    sig: bytes


def write_invitation(path: Path, invitation: Invitation, root: SigningKey) -> None:
    """Write the invitation, signed by the circle's root key."""
    _write(path, INVITATION, msgspec.msgpack.encode(invitation), root)


def read_invitation(path: Path) -> Invitation:
    """Read an invitation. Raises PackageRefused."""
    signed = _read(path, INVITATION)
    found = _decoded(signed.body, Invitation, path)
    is_whole = roster.realm_of(found.root) == found.realm
    if not is_whole or not _is_true(found.root, INVITATION, signed):
        raise PackageRefused("bad_signature", path.name)
    return found


def write_request(path: Path, request: Request, key: SigningKey) -> None:
    """Write the request, signed by the key that it asks to have admitted."""
    _write(path, REQUEST, msgspec.msgpack.encode(request), key)


def read_request(path: Path, realm: bytes) -> Request:
    """Read a request to *realm*. Raises PackageRefused."""
    signed = _read(path, REQUEST)
    found = _decoded(signed.body, Request, path)
    if not _is_true(found.machine.public, REQUEST, signed):
        raise PackageRefused("bad_signature", path.name)
    if found.realm != realm:
        raise PackageRefused("wrong_circle", path.name)
    return found


def write_approval(path: Path, signed: SignedRoster) -> None:
    """Write the roster for an office that is not yet sent packages."""
    durable.write_bytes(path, APPROVAL + msgspec.msgpack.encode(signed))


def read_approval(path: Path, realm: bytes) -> tuple[Roster, SignedRoster]:
    """Read an approval by *realm*'s hub. Raises PackageRefused."""
    content = _content(path, APPROVAL)
    signed = _decoded(content, SignedRoster, path)
    if roster.realm_of(signed.root) != realm:
        raise PackageRefused("wrong_circle", path.name)
    found = roster.read(signed, realm)
    if found is None:
        raise PackageRefused("bad_signature", path.name)
    return found, signed


def admitted(
    circle: Roster,
    request: Request,
    agencies: tuple[bytes, ...],
    made: int,
    gone: tuple[Machine, ...] = (),
) -> Roster:
    """*circle* with the office of *request* in it.

    *agencies* are the ids of the bodies that it is to speak for, no more: see `granted`. *gone*
    are the machines that the office had, each retired at its last number seen.
    """
    known = circle.member(request.office)
    is_hub = known is not None and known.is_hub
    member = Member(request.office, request.name, agencies, (*gone, request.machine), is_hub)
    members = [m for m in circle.members if m.office != request.office]
    return msgspec.structs.replace(
        circle, serial=circle.serial + 1, made=made, members=(*members, member)
    )


def granted(
    circle: Roster, request: Request, picked: Iterable[bytes], at_hub: Collection[bytes]
) -> tuple[bytes, ...]:
    """The ids under which the office of *request* speaks once a person has *picked* its bodies.

    *picked* are the hub's own records. Ids that the office gave its bodies itself come with them,
    but none that the hub knows as a body (*at_hub*) and nobody picked, nor one that another
    member speaks for: a request is written by who asks, and may name any body there is.
    """
    chosen = tuple(picked)
    others = {id_ for m in circle.members if m.office != request.office for id_ in m.agencies}
    barred = ({*at_hub} | others) - {*chosen}
    own = (body.id for body in request.bodies if body.id not in barred)
    return tuple(dict.fromkeys((*chosen, *own)))


def retired(circle: Roster, replica: bytes, at: int, made: int) -> Roster:
    """*circle* with one machine retired at its number *at*."""
    members = tuple(
        msgspec.structs.replace(
            member,
            machines=tuple(
                msgspec.structs.replace(machine, retired_at=at)
                if machine.replica == replica
                else machine
                for machine in member.machines
            ),
        )
        for member in circle.members
    )
    return msgspec.structs.replace(circle, serial=circle.serial + 1, made=made, members=members)


def _write(path: Path, magic: bytes, body: bytes, key: SigningKey) -> None:
    sig = key.sign(magic + body).signature
    durable.make_folder(path.parent)
    durable.write_bytes(path, magic + msgspec.msgpack.encode(_Signed(body, sig)))


def _read(path: Path, magic: bytes) -> _Signed:
    return _decoded(_content(path, magic), _Signed, path)


def _content(path: Path, magic: bytes) -> bytes:
    refuse_absent(path)
    try:
        size = path.stat().st_size
        content = path.read_bytes() if size <= _MOST else b""
    except OSError as error:
        raise unopened(path, error) from error
    if size == 0:
        raise PackageRefused("empty", path.name)
    if size > _MOST:
        raise PackageRefused("too_big", path.name)
    if not content.startswith(magic):
        raise PackageRefused("not_joining", path.name, kind=told(_WORDS[magic]))
    return content[len(magic) :]


def _decoded(content: bytes, kind: type[T], path: Path) -> T:
    try:
        return msgspec.msgpack.decode(content, type=kind)
    except UNREADABLE as error:
        raise PackageRefused("damaged", path.name) from error


def _is_true(public: bytes, magic: bytes, signed: _Signed) -> bool:
    return keys.is_signed_raw(public, magic + signed.body, signed.sig)
