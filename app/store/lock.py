"""One writer a register: a file lock that the system lets go of when the process ends."""

from __future__ import annotations

import os
import sys
from contextlib import suppress
from pathlib import Path

from app import durable
from app.errors import AlreadyOpen


class Lock:
    """Held from construction to `release`. Raises AlreadyOpen if another process holds it.

    A dead process leaves the file but not the lock, so nothing stale ever stops a start.
    """

    def __init__(self, path: Path) -> None:
        try:
            self._handle = durable.handle(path)
        except OSError as error:
            raise durable.said(error, path) from error
        try:
            _take(self._handle)
        except OSError as error:
            os.close(self._handle)
            raise AlreadyOpen from error
        with suppress(OSError):  # it is for a person to read; on a full disk the lock is taken too
            os.ftruncate(self._handle, 0)
            os.write(self._handle, str(os.getpid()).encode())

    def release(self) -> None:
        """Let go; a second call does nothing."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


if sys.platform == "win32":
    import msvcrt

    def _take(handle: int) -> None:
        # A byte far past the end, so that the process id at the start can still be read.
        os.lseek(handle, 1 << 20, os.SEEK_SET)
        msvcrt.locking(handle, msvcrt.LK_NBLCK, 1)
        os.lseek(handle, 0, os.SEEK_SET)
else:
    import fcntl

    def _take(handle: int) -> None:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
