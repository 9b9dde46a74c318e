"""The signing key of each replica, kept outside the database and its backups.

A register copied to another machine finds no key there and can only be read, until somebody
says that the machine has been replaced: two machines never write as one replica.
"""

from __future__ import annotations

import os
import sys
from dataclasses import dataclass
from pathlib import Path

from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey, VerifyKey

_DOMAIN = b"phoihop change set 1\0"


@dataclass(frozen=True)
class Keyring:
    """The private keys of this user on this machine, one file for each replica."""

    folder: Path

    def create(self) -> tuple[bytes, bytes]:
        """Make a new replica: returns its id (16 random bytes) and its public key."""
        replica, key = os.urandom(16), SigningKey.generate()
        self.folder.mkdir(parents=True, exist_ok=True)
        _write_secret(self._file(replica), _protected(bytes(key)))
        return replica, bytes(key.verify_key)

    def holds(self, replica: bytes) -> bool:
        """Whether this machine may write as *replica*."""
        return self._file(replica).exists()

    def signer(self, replica: bytes) -> SigningKey:
        """The private key of *replica*; raises FileNotFoundError if it is not here."""
        return SigningKey(_unprotected(self._file(replica).read_bytes()))

    def _file(self, replica: bytes) -> Path:
        return self.folder / f"{replica.hex()}.key"


def sign(key: SigningKey, change_set_id: bytes) -> bytes:
    """The signature (64 bytes, Ed25519, RFC 8032) over a change set's id."""
    return key.sign(_DOMAIN + change_set_id).signature


def is_signed(public: bytes, change_set_id: bytes, signature: bytes) -> bool:
    """Whether *signature* is *public*'s over the change set's id."""
    try:
        VerifyKey(public).verify(_DOMAIN + change_set_id, signature)
    except (BadSignatureError, ValueError):
        return False
    return True


def _write_secret(path: Path, content: bytes) -> None:
    part = path.with_suffix(".part")
    handle = os.open(part, os.O_WRONLY | os.O_CREAT | os.O_TRUNC, 0o600)
    try:
        os.write(handle, content)
        os.fsync(handle)
    finally:
        os.close(handle)
    part.replace(path)


if sys.platform == "win32":
    from app.journal.dpapi import protect as _protected
    from app.journal.dpapi import unprotect as _unprotected
else:

    def _protected(secret: bytes) -> bytes:
        return secret

    def _unprotected(kept: bytes) -> bytes:
        return kept
