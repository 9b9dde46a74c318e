"""Attached files by content: the name is the SHA-256, so nothing is ever overwritten."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from pathlib import Path

from app import durable
from app.errors import Damaged, TargetGone, Unreadable

_PIECE = 1 << 20


@dataclass(frozen=True)
class Blob:
    """A stored file."""

    sha256: str
    size: int


@dataclass(frozen=True)
class Blobs:
    """The folder `blobs/`."""

    folder: Path

    def keep(self, source: Path) -> Blob:
        """Copy *source* in, re-read and checked.

        Raises Unreadable, TargetGone, DiskFull or FileBusy.
        """
        try:
            digest, size = _digest(source)
        except OSError as error:
            raise Unreadable(path=source.name, why="tệp không mở được.") from error
        target = self.path(digest)
        if target.exists():
            return Blob(digest, size)

        staged = durable.unused(self.folder / "blob")
        try:
            target.parent.mkdir(parents=True, exist_ok=True)
            durable.copy(source, staged)
            if _digest(staged) != (digest, size):
                raise TargetGone(path=source.name, why="tệp vừa đổi, hoặc ổ đĩa không giữ đúng.")
            durable.replace(staged, target)
        except OSError as error:
            raise durable.said(error, self.folder) from error
        finally:
            durable.clear(staged)
        return Blob(digest, size)

    def path(self, sha256: str) -> Path:
        """Where the content of *sha256* lies, or would."""
        return self.folder / sha256[:2] / sha256

    def open(self, sha256: str) -> Path:
        """The path of an intact blob; raises Damaged if it is missing or altered."""
        path = self.path(sha256)
        if not path.exists():
            raise Damaged(path=path, why="chưa có tệp này trong kho tệp đính kèm.")
        if _digest(path)[0] != sha256:
            raise Damaged(path=path, why="nội dung tệp đính kèm đã bị thay đổi.")
        return path

    def is_intact(self, sha256: str) -> bool:
        """Whether the content is here and hashes to its name."""
        path = self.path(sha256)
        return path.exists() and _digest(path)[0] == sha256


def _digest(path: Path) -> tuple[str, int]:
    digest, size = hashlib.sha256(), 0
    with path.open("rb") as file:
        while piece := file.read(_PIECE):
            digest.update(piece)
            size += len(piece)
    return digest.hexdigest(), size
