"""A file is written beside its place and put there whole, or not at all."""

from __future__ import annotations

import errno
import os
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from app.errors import AppError, DiskFull, FileBusy, TargetGone

_MARK = ".dang-ghi"
_GONE = "thư mục không còn đó."


@contextmanager
def landing(path: Path, verify: Callable[[Path], None] | None = None) -> Iterator[Path]:
    """Yield a name to write to; afterwards *verify* it and let it take the place of *path*.

    Whatever goes wrong, *path* is as it was and nothing is left beside it. Raises TargetGone for
    a folder that is gone or refuses, DiskFull, and FileBusy when another program holds *path*.
    """
    beside = path.with_name(f"~{path.stem[:80]}{_MARK}{path.suffix}")
    if not path.parent.is_dir():
        raise TargetGone(path=path, why=_GONE)
    try:
        yield beside
        _settle(beside)
        if verify is not None:
            verify(beside)
        _replace(beside, path)
    except OSError as error:
        raise said(error, path) from error
    finally:
        _drop(beside)


def said(error: OSError, path: Path) -> AppError:
    """The sentence for *error* met while writing *path*."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path=path)
    if not path.parent.is_dir():
        return TargetGone(path=path, why=_GONE)
    if isinstance(error, PermissionError):
        return TargetGone(path=path, why="không có quyền ghi ở đó.")
    return TargetGone(path=path, why=f"{error.strerror or error}.")


def _settle(beside: Path) -> None:
    """Make the system put every byte on the disk before the old file is given up."""
    with beside.open("rb+") as written:
        os.fsync(written.fileno())


def _replace(beside: Path, path: Path) -> None:
    try:
        beside.replace(path)
    except PermissionError as error:  # Windows: Word or Excel has it open
        raise FileBusy(path=path) from error


def _drop(beside: Path) -> None:
    try:
        beside.unlink(missing_ok=True)
    except OSError:
        return  # the disk is gone, and the file with it
