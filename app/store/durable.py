"""Writing so that it is on the disk when it is said to be."""

from __future__ import annotations

import os
from pathlib import Path
from typing import IO


def pour(source: IO[bytes], target: IO[bytes]) -> None:
    """Write all of *source* into *target* and see to it that it is on the disk."""
    while piece := source.read(1 << 20):
        target.write(piece)
    target.flush()
    os.fsync(target.fileno())


def sync_folder(path: Path) -> None:
    """See to it that the names in *path* are on the disk."""
    if os.name != "posix":
        return  # Windows keeps the directory itself; it cannot be opened to be synced
    handle = os.open(path, os.O_RDONLY)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)
