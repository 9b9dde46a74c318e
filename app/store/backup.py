"""Copies of the register, by SQLite's own backup call, opened and checked before they count."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from sqlcipher3 import dbapi2

from app.errors import BackupUnusable, DiskFull, NewerStore, StoreProblem
from app.progress import Progress, quiet
from app.store.durable import pour, sync_folder
from app.store.engine import connect
from app.store.folder import APPLICATION_ID, Folder
from app.store.upgrade import CURRENT

_NAME = re.compile(r"so-phoi-hop_(\d{8}-\d{6})(?:-(\d+))?_([a-z]+)\.phop$")
KEPT = {"daily": 14, "manual": 20, "migration": 5, "restore": 5, "import": 10}
"""How many of each reason are kept; the newest always is, whatever the clock says."""
_PAGES_AT_ONCE = 256


@dataclass(frozen=True)
class Backup:
    """A finished backup."""

    path: Path
    at: datetime
    reason: str
    size: int
    nth: int = 1  # of those made in the same second


def take(
    source: Any, folder: Folder, reason: str, now: datetime, progress: Progress = quiet
) -> Backup:
    """Copy the open database *source* (a raw connection) into the backups folder.

    Raises DiskFull or BackupUnusable; then nothing new lies there.
    """
    target = _free_name(folder.backups, now, reason)
    part = target.with_suffix(".part")
    try:
        folder.backups.mkdir(parents=True, exist_ok=True)
        copy = dbapi2.connect(str(part))
        try:
            source.backup(
                copy,
                pages=_PAGES_AT_ONCE,
                progress=lambda _status, left, total: progress(total - left, total),
            )
            copy.execute("PRAGMA journal_mode = DELETE")
        finally:
            copy.close()
        examine(part)
        _sync(part)
        part.replace(target)
        sync_folder(target.parent)
    except (OSError, dbapi2.OperationalError) as error:
        raise DiskFull(path=folder.backups) from error
    finally:
        part.unlink(missing_ok=True)
    _rotate(folder, reason, target)
    return Backup(target, now, reason, target.stat().st_size)


def listing(folder: Folder) -> list[Backup]:
    """The backups that are here, newest first."""
    found = []
    for path in folder.backups.glob("*.phop") if folder.backups.exists() else ():
        match = _NAME.match(path.name)
        if match:
            at = datetime.strptime(match[1], "%Y%m%d-%H%M%S").astimezone()
            nth = int(match[2] or 1)
            found.append(Backup(path, at, match[3], path.stat().st_size, nth))
    return sorted(found, key=lambda backup: (backup.at, backup.nth), reverse=True)


def examine(path: Path) -> int:
    """Check that *path* is a whole register of ours; returns its schema version.

    Raises BackupUnusable or NewerStore. Nothing is written.
    """
    if not path.is_file():
        raise BackupUnusable(path=path, why="không có tệp này.")
    with path.open("rb") as file:
        head = file.read(100)
    if not head:
        raise BackupUnusable(path=path, why="tệp rỗng.")
    if head[:15] != b"SQLite format 3":
        raise BackupUnusable(path=path, why="không phải sổ của Phối Hợp.")
    try:
        connection = connect(path, read_only=True)
        try:
            return _read(connection, path)
        finally:
            connection.close()
    except dbapi2.Error as error:
        raise BackupUnusable(path=path, why="tệp bị hỏng hoặc bị cắt ngắn.") from error


def actions_in(path: Path) -> set[bytes]:
    """The actions that the backup at *path* holds. Raises as `examine` does."""
    examine(path)
    connection = connect(path, read_only=True)
    try:
        return {batch for (batch,) in connection.execute("SELECT DISTINCT batch FROM cset")}
    finally:
        connection.close()


def _read(connection: Any, path: Path) -> int:
    def value(sql: str) -> Any:
        return connection.execute(sql).fetchone()[0]

    if value("PRAGMA application_id") != APPLICATION_ID:
        raise BackupUnusable(path=path, why="không phải sổ của Phối Hợp.")
    version = int(value("PRAGMA user_version"))
    if version > CURRENT:
        raise NewerStore(found=version, known=CURRENT)
    if value("PRAGMA quick_check") != "ok":
        raise BackupUnusable(path=path, why="nội dung tệp bị hỏng.")
    value("SELECT count(*) FROM cset")
    return version


def put_back(source: Path, folder: Folder) -> None:
    """Replace the closed register by *source*, which must have been examined.

    A `-wal` left beside a restored file silently undoes the restore, so it goes first.
    """
    part = folder.database.with_suffix(".part")
    try:
        with source.open("rb") as read, part.open("wb") as write:
            pour(read, write)
        for ending in ("-wal", "-shm"):
            Path(f"{folder.database}{ending}").unlink(missing_ok=True)
        part.replace(folder.database)
        sync_folder(folder.path)
    except OSError as error:
        part.unlink(missing_ok=True)
        raise DiskFull(path=folder.path) from error


def _free_name(folder: Path, now: datetime, reason: str) -> Path:
    """A name of its own among those of one second, so that the newest of them can be told."""
    stem, n = f"so-phoi-hop_{now:%Y%m%d-%H%M%S}", 1
    numbered = stem
    while any(folder.glob(f"{numbered}_*.phop")):
        n += 1
        numbered = f"{stem}-{n}"
    return folder / f"{numbered}_{reason}.phop"


def _rotate(folder: Folder, reason: str, newest: Path) -> None:
    # The one just made stays even where a wrong clock makes it look the oldest.
    same = [b for b in listing(folder) if b.reason == reason and b.path != newest]
    for old in same[KEPT.get(reason, 10) - 1 :]:
        old.path.unlink(missing_ok=True)


def _sync(path: Path) -> None:
    handle = os.open(path, os.O_RDWR)
    try:
        os.fsync(handle)
    finally:
        os.close(handle)


__all__ = [
    "Backup",
    "StoreProblem",
    "actions_in",
    "examine",
    "listing",
    "put_back",
    "take",
]
