"""A package on its way to a stick: never over another file, read back from what took it."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from typing import IO

from app import durable, place
from app.errors import TargetGone

SUFFIX = ".phx"


def copy_out(path: Path, folder: Path) -> Path:
    """Copy the package at *path* to a stick: written beside, synced, read back, then named.

    Raises TargetGone, DiskFull or FileBusy; what could not be removed may then lie there half.
    """
    durable.sweep(folder)
    target = named(folder, path.stem)

    def verify(written: Path) -> None:
        with path.open("rb") as first, written.open("rb") as second:
            if digest(first) != digest(second):
                raise TargetGone(path=folder, why="đọc lại gói vừa ghi thấy khác.")

    with durable.writing(target, verify) as write, path.open("rb") as source:
        durable.pour(source, write)
        _forget_cached(write)
    return target


def named(folder: Path, stem: str) -> Path:
    """Where a package goes in *folder*: a name that nothing has, shortened before its number.

    A restored office gives a number again, and what lies there may be all that is left of what
    the restore took away. Raises PathTooLong.
    """
    offices, number, day = stem.rsplit("_", 2)
    return place.fit(folder, offices, SUFFIX, ending=f"_{number}_{day}")


def refuse_deep(folder: Path) -> None:
    """Raise PathTooLong where not even a short name fits, before a package is made."""
    named(folder, "PH_0001_20260101")


def digest(file: IO[bytes]) -> bytes:
    """SHA-256 of what can still be read of *file*."""
    return hashlib.file_digest(file, "sha256").digest()  # type: ignore[arg-type]


def _forget_cached(file: IO[bytes]) -> None:
    """Have what was written read back from the stick and not from memory, where that is told."""
    advise = getattr(os, "posix_fadvise", None)
    if advise is not None:
        advise(file.fileno(), 0, 0, os.POSIX_FADV_DONTNEED)
