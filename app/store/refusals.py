"""What SQLite says of the disk and of other processes, in our own words."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlalchemy.exc import DBAPIError
from sqlcipher3 import dbapi2

from app.errors import AlreadyOpen, AppError, Damaged, DiskFull, ReadOnly, StoreProblem, TargetGone
from app.store.folder import Folder
from app.words import told


@contextmanager
def refusals(folder: Folder) -> Iterator[None]:
    """Raise a StoreProblem or TargetGone for what the driver tells; anything else as it is."""
    try:
        yield
    except AppError:
        raise
    except (DBAPIError, dbapi2.DatabaseError) as error:
        said = in_words(error, folder.named, folder.database)
        if said is None:
            raise
        raise said from error


def in_words(error: Exception, folder: Path, file: Path) -> AppError | None:
    """What the driver's *error* means for a clerk who works on *file* in *folder*; None for a bug.

    SQLite calls it a disk error too when a virus scanner holds its files for longer than it waits.
    """
    driver = str(getattr(error, "orig", error)).lower()
    if "full" in driver:
        return DiskFull(path=folder)
    if "readonly" in driver:
        return StoreProblem(path=folder, why="thư mục hoặc ổ đĩa chỉ cho đọc. Chưa có gì thay đổi.")
    if "disk i/o" in driver:
        why = told(
            "ổ đĩa báo lỗi khi ghi; có thể ổ đã bị rút, hoặc phần mềm diệt vi-rút đang "
            "giữ tệp. Chưa có gì thay đổi; chờ một phút rồi thử lại."
        )
        return StoreProblem(path=file, why=why)
    if "unable to open" in driver:
        return TargetGone(path=folder, why="không mở được tệp sổ.")
    if "locked" in driver or "busy" in driver:
        return AlreadyOpen()
    if "malformed" in driver or "not a database" in driver:
        return Damaged(path=file, why="nội dung tệp không đọc được.")
    return None


def refuse_reader(why: str | None) -> None:
    """Raise ReadOnly with the reason *why* this copy may not be written, if there is one."""
    if why is not None:
        raise ReadOnly(why=why)
