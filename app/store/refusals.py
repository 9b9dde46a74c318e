"""What SQLite says of the disk and of other processes, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from app.errors import AlreadyOpen, AppError, Damaged, DiskFull, ReadOnly, TargetGone
from app.store.folder import Folder


@contextmanager
def refusals(folder: Folder) -> Iterator[None]:
    """Raise a StoreProblem or TargetGone for what the driver tells; anything else as it is."""
    try:
        yield
    except AppError:
        raise
    except (DBAPIError, dbapi2.DatabaseError) as error:
        told = str(getattr(error, "orig", error)).lower()
        if "full" in told or "readonly" in told or "disk i/o" in told:
            raise DiskFull(path=folder.named) from error
        if "unable to open" in told:
            raise TargetGone(path=folder.named, why="không mở được tệp sổ.") from error
        if "locked" in told or "busy" in told:
            raise AlreadyOpen from error
        if "malformed" in told or "not a database" in told:
            raise Damaged(path=folder.database, why="nội dung tệp không đọc được.") from error
        raise


def refuse_reader(why: str | None) -> None:
    """Raise ReadOnly with the reason *why* this copy may not be written, if there is one."""
    if why is not None:
        raise ReadOnly(why=why)
