"""Copies that other programs open: in one folder of ours, gone when the program ends.

What a crash, or a program that still had one open, leaves behind goes at a later start: a lock
tells whose folder is still in use.
"""

from __future__ import annotations

from pathlib import Path

from app import durable
from app.errors import AppError
from app.store.lock import Lock

_LOCK = "khoa"


class Scratch:
    """One process's own folder in *place*, made when it is first needed."""

    def __init__(self, place: Path) -> None:
        self._place = place
        self._own: Path | None = None
        self._lock: Lock | None = None

    def folder(self) -> Path:
        """A new empty folder. Raises TargetGone or DiskFull."""
        try:
            if self._own is None:
                durable.make_folder(self._place)
                self._own = durable.make_scratch(self._place)
                self._lock = Lock(self._own / _LOCK)
            return durable.make_scratch(self._own)
        except OSError as error:
            raise durable.said(error, self._place) from error

    def close(self) -> None:
        """Take everything away that no other program has open."""
        if self._lock is not None:
            self._lock.release()
        if self._own is not None:
            durable.clear_now(self._own)
        self._own = self._lock = None


def sweep(place: Path) -> None:
    """Take away the folders in *place* whose process has ended."""
    for left in durable.scratches_in(place):
        if not _is_used(left):
            durable.clear_now(left)


def _is_used(folder: Path) -> bool:
    try:
        Lock(folder / _LOCK).release()
    except AppError:
        return True
    return False
