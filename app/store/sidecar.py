"""The last sequence number of a replica, kept outside the register and its backups.

Written before each commit. A register that is behind it was put back from a copy: it must not
go on writing as the same replica, or two different changes would bear one number (sync hazard 1).
"""

from __future__ import annotations

import os
from pathlib import Path

from app import durable

_SIZE = 40


class Sidecar:
    """The last number and id of one replica, in a small file beside its key."""

    def __init__(self, folder: Path, replica: bytes) -> None:
        self._path = folder / f"{replica.hex()}.seq"
        self._handle = -1

    def read(self) -> tuple[int, bytes] | None:
        """The last (number, id) noted; None if nothing ever was, or it cannot be read."""
        try:
            content = durable.read(self._path)
        except OSError:
            return None
        if len(content) != _SIZE:
            return None
        return int.from_bytes(content[:8], "big"), content[8:]

    def note(self, seq: int, change_set: bytes) -> None:
        """Make (seq, change_set) last through a power cut before anybody commits it.

        Raises TargetGone, DiskFull or FileBusy, and then nothing may be committed.
        """
        try:
            self._write(seq.to_bytes(8, "big") + change_set.ljust(32, b"\0"))
        except OSError as error:
            raise durable.said(error, self._path) from error

    def _write(self, content: bytes) -> None:
        if self._handle < 0:
            self._path.parent.mkdir(parents=True, exist_ok=True)
            self._handle = durable.handle(self._path)
        os.lseek(self._handle, 0, os.SEEK_SET)
        os.write(self._handle, content)
        getattr(os, "fdatasync", os.fsync)(self._handle)

    def close(self) -> None:
        """Let go of the file."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1
