"""The bytes of a carried file: sealed to its reader, signed by its writer, cut into chunks.

    magic, version | age ciphertext of
        signature (64) | length (4) | manifest | chunks, one after another

The ciphertext is opened to a temporary file and nothing in it is used before its last byte has
been authenticated: a stream leaves part of the plaintext behind when it fails.
"""

from __future__ import annotations

import errno
import hashlib
import os
import tempfile
from collections.abc import Iterable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import IO, Protocol

import pyrage
import zstandard
from nacl.signing import SigningKey

from app.errors import DiskFull
from app.journal import keys
from app.sync.refusal import PackageRefused, refuse_absent, unopened

MAGIC = b"PHOIHOP\x01"
VERSION = 1
MOST_FILE = 4 << 30
MOST_MANIFEST = 16 << 20
MOST_CHUNK = 64 << 20
_HEAD = len(MAGIC) + 2
_DOMAIN = b"phoihop package 1\0"
_LEVEL = 12
_NO_ROOM = (errno.ENOSPC, errno.EDQUOT)


@dataclass(frozen=True)
class Chunk:
    """A part of a package as the manifest names it: hash and size of its compressed bytes."""

    kind: str
    sha256: bytes
    size: int
    raw_size: int


def compress(kind: str, content: bytes) -> tuple[Chunk, bytes]:
    """*content* as a chunk and its bytes."""
    packed = zstandard.ZstdCompressor(level=_LEVEL, write_checksum=True).compress(content)
    digest = hashlib.sha256(packed).digest()
    return Chunk(kind, digest, len(packed), len(content)), packed


class Target(Protocol):
    """What a container is written to."""

    def write(self, content: bytes, /) -> int: ...

    def flush(self) -> None: ...


def write(
    target: Target,
    manifest: bytes,
    chunks: Iterable[bytes],
    key: SigningKey,
    recipients: Sequence[str],
) -> None:
    """Write a container to *target*, sealed to *recipients* (age X25519 public keys)."""
    target.write(MAGIC + VERSION.to_bytes(2, "big"))
    signature = key.sign(_DOMAIN + hashlib.sha256(manifest).digest()).signature
    sealed_for = [pyrage.x25519.Recipient.from_str(name) for name in recipients]
    with tempfile.TemporaryFile(prefix="phoihop-") as plain:
        plain.write(signature)
        plain.write(len(manifest).to_bytes(4, "big"))
        plain.write(manifest)
        for chunk in chunks:
            plain.write(chunk)
        plain.seek(0)
        try:
            pyrage.encrypt_io(plain, target, sealed_for)
        except pyrage.EncryptError as error:  # so it tells of a full or vanished disk
            raise OSError(str(error)) from error


@dataclass
class Opened:
    """A container that has been decrypted whole. Nothing is verified but its encryption."""

    name: str
    signature: bytes
    manifest: bytes
    _plain: IO[bytes]
    _at: int

    def is_signed_by(self, public: bytes) -> bool:
        """Whether *public* (Ed25519) signed this manifest."""
        return keys.is_signed_raw(
            public, _DOMAIN + hashlib.sha256(self.manifest).digest(), self.signature
        )

    def chunk(self, chunk: Chunk, offset: int) -> bytes:
        """The content of *chunk*, which begins *offset* bytes after the manifest.

        Raises PackageRefused if it is not what the manifest signed, or is a bomb.
        """
        if chunk.size > MOST_CHUNK or chunk.raw_size > MOST_CHUNK:
            raise PackageRefused("too_big", self.name)
        self._plain.seek(self._at + offset)
        packed = self._plain.read(chunk.size)
        if len(packed) != chunk.size or hashlib.sha256(packed).digest() != chunk.sha256:
            raise PackageRefused("bad_chunk", self.name)
        try:
            # The frame says its size itself, and would be given that much memory whatever we say.
            if zstandard.frame_content_size(packed) != chunk.raw_size:
                raise PackageRefused("bad_chunk", self.name)
            found: bytes = zstandard.ZstdDecompressor(max_window_size=1 << 27).decompress(
                packed, max_output_size=chunk.raw_size
            )
        except zstandard.ZstdError as error:
            raise PackageRefused("bad_chunk", self.name) from error
        if len(found) != chunk.raw_size:
            raise PackageRefused("bad_chunk", self.name)
        return found

    def ends_after(self, size: int) -> bool:
        """Whether nothing follows the *size* bytes of all chunks."""
        self._plain.seek(0, os.SEEK_END)
        return self._plain.tell() == self._at + size


@contextmanager
def open_sealed(path: Path, identities: Sequence[str]) -> Iterator[Opened]:
    """Decrypt *path* with any of *identities* (age secret keys), whole, before anything is used.

    Raises PackageRefused for every way in which the file may be wrong, Unreadable without one.
    """
    name = path.name
    refuse_absent(path)
    try:
        if not path.is_file():  # a folder, a pipe that would never end
            raise PackageRefused("not_package", name)
        size = path.stat().st_size
        source = path.open("rb")
    except OSError as error:
        raise unopened(path, error) from error
    with source, tempfile.TemporaryFile(prefix="phoihop-") as plain:
        _check_head(source, size, name)
        _decrypt(source, plain, identities, name)
        plain.seek(0)
        signature, length = plain.read(64), plain.read(4)
        manifest_size = int.from_bytes(length, "big")
        if len(length) < 4 or manifest_size > MOST_MANIFEST:
            raise PackageRefused("damaged", name)
        manifest = plain.read(manifest_size)
        if len(manifest) != manifest_size:
            raise PackageRefused("damaged", name)
        yield Opened(name, signature, manifest, plain, plain.tell())


def _check_head(source: IO[bytes], size: int, name: str) -> None:
    if size == 0:
        raise PackageRefused("empty", name)
    if size > MOST_FILE:
        raise PackageRefused("too_big", name)
    head = source.read(_HEAD)
    if not head.startswith(MAGIC):
        raise PackageRefused("not_package", name)
    if len(head) < _HEAD:
        raise PackageRefused("damaged", name)
    version = int.from_bytes(head[len(MAGIC) :], "big")
    if version < 1:
        raise PackageRefused("damaged", name)  # no program ever wrote it
    if version > VERSION:
        raise PackageRefused("newer", name)


def _decrypt(source: IO[bytes], plain: IO[bytes], identities: Sequence[str], name: str) -> None:
    known = [pyrage.x25519.Identity.from_str(secret) for secret in identities]
    try:
        pyrage.decrypt_io(source, plain, known)
    except pyrage.DecryptError as error:
        reason = "not_for_us" if "No matching keys" in str(error) else "damaged"
        raise PackageRefused(reason, name) from error
    except (OSError, ValueError) as error:
        if getattr(error, "errno", None) in _NO_ROOM:
            raise DiskFull(path=tempfile.gettempdir()) from error
        # pyrage tells of a cut or altered stream as OSError, after some plaintext has come out.
        raise PackageRefused("damaged", name) from error
