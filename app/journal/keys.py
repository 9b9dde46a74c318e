"""The signing key of each replica, kept outside the database and its backups.

A register copied to another machine finds no key there and can only be read, until somebody
says that the machine has been replaced: two machines never write as one replica.
"""

from __future__ import annotations

import os
import re
import sys
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from nacl.bindings import (
    crypto_sign_BYTES,
    crypto_sign_open,
    crypto_sign_PUBLICKEYBYTES,
    crypto_sign_SEEDBYTES,
)
from nacl.exceptions import BadSignatureError
from nacl.signing import SigningKey

from app import durable
from app.errors import KeyUnusable
from app.words import marked

_OF_A_REPLICA = (".key", ".age", ".seq")
_BOX = re.compile(rb"AGE-SECRET-KEY-1[0-9A-Z]{58}")
_SEALED = marked(
    "Windows không mở được khóa, thường vì mật khẩu tài khoản đã bị đặt lại hoặc đang dùng tài "
    "khoản khác với lúc tạo khóa."
)
_NOT_SEALED = marked("Windows từ chối bảo vệ khóa mới cho tài khoản đang dùng.")
_DAMAGED = marked("tệp rỗng, bị hỏng hoặc bị cắt ngắn.")
_UNREADABLE = marked("không đọc được tệp (không có quyền, hoặc ổ đĩa báo lỗi).")
_DOMAIN = b"phoihop change set 1\0"


@dataclass(frozen=True)
class Keyring:
    """The private keys of this user on this machine, one file for each replica."""

    folder: Path

    def create(self) -> tuple[bytes, bytes]:
        """Make a new replica: returns its id (16 random bytes) and its public key."""
        return self._make(os.urandom(16))

    def _make(self, replica: bytes) -> tuple[bytes, bytes]:
        """The key that its packages will be opened with is made at once.

        Were it made when first needed, two copies of one machine would each make another.
        """
        import pyrage

        durable.sweep(self.folder)
        key = SigningKey.generate()
        box = str(pyrage.x25519.Identity.generate()).encode()
        _keep(self.folder / f"{replica.hex()}.age", box)
        _keep(self._file(replica), bytes(key))
        return replica, bytes(key.verify_key)

    def holds(self, replica: bytes) -> bool:
        """Whether a key of *replica* lies here, whatever state it is in."""
        return self.has(self._file(replica).name)

    def opens(self, replica: bytes) -> bool:
        """Whether this person on this machine may write as *replica*."""
        try:
            return self.unlocked(replica) is not None
        except KeyUnusable:
            return False

    def unlocked(self, replica: bytes) -> SigningKey | None:
        """The private key of *replica*, None where it is not here.

        Raises KeyUnusable if it cannot be read, or if the one that opens its packages cannot.
        """
        found = self.signing(self._file(replica).name)
        if found is not None:
            self.box(replica)
        return found

    def signing(self, name: str) -> SigningKey | None:
        """The signing key kept as *name*, None where it is not here. Raises KeyUnusable."""
        path = self.folder / name
        seed = _secret(path)
        if seed is None:
            return None
        if len(seed) != crypto_sign_SEEDBYTES:
            raise KeyUnusable(path=path, why=_DAMAGED)
        return SigningKey(seed)

    def signer(self, replica: bytes) -> SigningKey:
        """The private key of *replica*; raises FileNotFoundError if it is not here, KeyUnusable."""
        found = self.unlocked(replica)
        if found is None:
            raise FileNotFoundError(self._file(replica))
        return found

    def box(self, replica: bytes) -> str | None:
        """The key (age) that opens packages for *replica*, None if it has none. KeyUnusable."""
        path = self.folder / f"{replica.hex()}.age"
        secret = _secret(path)
        if secret is not None and _BOX.fullmatch(secret) is None:
            raise KeyUnusable(path=path, why=_DAMAGED)
        return None if secret is None else secret.decode("ascii")

    def forget(self, replica: bytes) -> None:
        """Take away the keys of a replica that has never written anything."""
        for ending in _OF_A_REPLICA:
            durable.clear(self.folder / f"{replica.hex()}{ending}")

    def keep(self, name: str, secret: bytes) -> None:
        """Keep another secret beside the replica keys, protected alike."""
        _keep(self.folder / name, secret)

    def find(self, name: str) -> bytes | None:
        """The secret of that name, None where it is not here. Raises KeyUnusable."""
        return _secret(self.folder / name)

    def has(self, name: str) -> bool:
        """Whether a secret of that name lies here, whatever state it is in."""
        try:
            return (self.folder / name).exists()
        except OSError:  # a folder that this person may not look into
            return False

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
    try:
        sealed = _protected(secret)
    except OSError as error:
        raise KeyUnusable(path=path, why=_NOT_SEALED) from error
    durable.make_folder(path.parent)
    durable.write_bytes(path, sealed, private=True)


def _secret(path: Path) -> bytes | None:
    """What is kept in *path*, None if it is not there. Raises KeyUnusable, which says why."""
    try:
        sealed = durable.read(path)
    except (FileNotFoundError, NotADirectoryError):
        return None
    except OSError as error:
        raise KeyUnusable(path=path, why=_UNREADABLE) from error
    if not sealed:
        raise KeyUnusable(path=path, why=_DAMAGED)
    try:
        return _unprotected(sealed)
    except OSError as error:
        raise KeyUnusable(path=path, why=_SEALED) from error


if sys.platform == "win32":
    from app.journal.dpapi import protect as _protected
    from app.journal.dpapi import unprotect as _unprotected
else:

    def _protected(secret: bytes) -> bytes:
        return secret

    def _unprotected(kept: bytes) -> bytes:
        return kept
