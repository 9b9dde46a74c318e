"""What an office knows of its circle, kept beside its keys and outside its register.

A register put back from a backup forgets the newest roster and who it was meanwhile. A hub that
admitted somebody with a serial already used would split its circle; an office restored twice
would answer to nobody's name for it.
"""

from __future__ import annotations

import msgspec
from sqlalchemy import Connection

from app.errors import KeyUnusable
from app.journal.keys import Keyring
from app.store import facts
from app.sync import links, roster
from app.sync.circle import Circle
from app.sync.manifest import Succession
from app.sync.roster import UNREADABLE, SignedRoster


class _Kept(msgspec.Struct, array_like=True, frozen=True):
    signed: SignedRoster
    successions: tuple[Succession, ...]


_decoder = msgspec.msgpack.Decoder(_Kept)


def remember(circle: Circle) -> None:
    """Keep the roster in force and the office's own new identities, if they say anything new."""
    own = tuple(
        item
        for replica, item in sorted(circle.renewed.items())
        if (known := circle.machine(replica)) is not None and known[0].office == circle.office
    )
    content = msgspec.msgpack.encode(_Kept(circle.signed, own))
    if _content(circle.keyring, circle.office) != content:
        circle.keyring.keep(_name(circle.office), content)


def forgotten(connection: Connection, keyring: Keyring, office: bytes) -> bool:
    """Whether the register knows less than what lies beside the keys."""
    kept = _kept(keyring, office)
    if kept is None:
        return False
    realm = roster.realm_of(kept.signed.root)
    here = links.roster(connection, realm)
    found = roster.read(kept.signed, realm)
    known = links.successions(connection)
    is_older = found is not None and (here is None or here[0].serial < found.serial)
    return is_older or any(item.machine.replica not in known for item in kept.successions)


def recall(connection: Connection, keyring: Keyring, office: bytes) -> None:
    """Put back into the register what it has forgotten of its circle."""
    kept = _kept(keyring, office)
    if kept is None:
        return
    realm = roster.realm_of(kept.signed.root)
    found = roster.read(kept.signed, realm)
    said = facts.get(connection, "realm")
    if found is None or said not in (None, realm.hex()):
        return
    facts.put(connection, "realm", realm.hex())
    links.keep_roster(connection, found, kept.signed)
    for item in kept.successions:
        links.keep_succession(connection, item)


def _kept(keyring: Keyring, office: bytes) -> _Kept | None:
    content = _content(keyring, office)
    if content is None:
        return None
    try:
        return _decoder.decode(content)
    except UNREADABLE:
        return None  # it only spares asking the others again


def _content(keyring: Keyring, office: bytes) -> bytes | None:
    try:
        return keyring.find(_name(office))
    except KeyUnusable:
        return None  # as with one that cannot be understood


def _name(office: bytes) -> str:
    return f"{office.hex()}.circle"
