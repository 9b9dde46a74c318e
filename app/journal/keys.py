"""The signing key of each replica, kept outside the database and its backups.

A register copied to another machine finds no key there and can only be read, until somebody
says that the machine has been replaced: two machines never write as one replica.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nacl.bindings import crypto_sign_BYTES, crypto_sign_open, crypto_sign_PUBLICKEYBYTES
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey

from app import durable

_DOMAIN = b"phoihop change set 1\0"


@dataclass(frozen=True)
class Keyring:
    """The private keys of this user on this machine, one file for each replica."""

    folder: Path

    def create(self) -> tuple[bytes, bytes]:
        """Make a new replica: returns its id (16 random bytes) and its public key.

        The key that its packages will be opened with is made at once: were it made when first
        needed, two copies of one machine would each make another.
        """
        import pyrage

        replica, key = os.urandom(16), SigningKey.generate()
        box = str(pyrage.x25519.Identity.generate()).encode()
        _keep(self.folder / f"{replica.hex()}.age", box)
        _keep(self._file(replica), bytes(key))
        return replica, bytes(key.verify_key)

    def holds(self, replica: bytes) -> bool:
        """Whether this machine may write as *replica*."""
        return self._file(replica).exists()

    def signer(self, replica: bytes) -> SigningKey:
        """The private key of *replica*; raises FileNotFoundError if it is not here."""
        return SigningKey(_unprotected(self._file(replica).read_bytes()))

    def keep(self, name: str, secret: bytes) -> None:
        """Keep another secret beside the replica keys, protected alike."""
        _keep(self.folder / name, secret)

    def find(self, name: str) -> bytes | None:
        """The secret of that name, None where it is not here."""
        path = self.folder / name
        return _unprotected(path.read_bytes()) if path.exists() else None

    def names(self, ending: str) -> Iterator[str]:
        """The names of the secrets that end so."""
        for path in sorted(self.folder.glob(f"*{ending}")):
            yield path.name

    def _file(self, replica: bytes) -> Path:
        return self.folder / f"{replica.hex()}.key"


def sign(key: SigningKey, change_set_id: bytes) -> bytes:
    """The signature (64 bytes, Ed25519, RFC 8032) over a change set's id."""
    return key.sign(_DOMAIN + change_set_id).signature


def is_signed(public: bytes, change_set_id: bytes, signature: bytes) -> bool:
    """Whether *signature* is *public*'s over the change set's id."""
    return is_signed_raw(public, _DOMAIN + change_set_id, signature)


def is_signed_raw(public: bytes, message: bytes, signature: bytes) -> bool:
    """Whether *signature* is *public*'s over *message*; False for keys that are none."""
    if len(public) != crypto_sign_PUBLICKEYBYTES or len(signature) != crypto_sign_BYTES:
        return False
    try:
        crypto_sign_open(signature + message, public)
    except BadSignatureError:
        return False
    return True


def _keep(path: Path, secret: bytes) -> None:
    durable.make_folder(path.parent)
    durable.write_bytes(path, _protected(secret), private=True)


if sys.platform == "win32":
    from app.journal.dpapi import protect as _protected
    from app.journal.dpapi import unprotect as _unprotected
else:

    def _protected(secret: bytes) -> bytes:
        return secret

    def _unprotected(kept: bytes) -> bytes:
        return kept
