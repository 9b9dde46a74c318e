"""Copies of the register, by SQLite's own backup call, opened and checked before they count."""

from __future__ import annotations

import os
import re
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from app import durable, moments
from app.errors import AlreadyOpen, BackupUnusable, NewerStore, StoreProblem
from app.journal.raw import Driver
from app.progress import Progress, quiet
from app.store.engine import connect
from app.store.folder import APPLICATION_ID, Folder
from app.store.refusals import in_words
from app.store.upgrade import CURRENT
from app.words import marked

_NAME = re.compile(r"so-phoi-hop_(\d{8}-\d{6})(?:-(\d+))?_([a-z]+)\.phop$")
KEPT = {"daily": 14, "manual": 20, "migration": 5, "restore": 5, "import": 10}
"""How many of each reason are kept; the newest always is, whatever the clock says."""
_PAGES_AT_ONCE = 256
_UNREADABLE = marked("tệp không đọc được, hoặc đang mở ở chương trình khác.")


@dataclass(frozen=True)
class Backup:
    """A finished backup."""

    path: Path
    at: datetime
    reason: str
    size: int
    nth: int = 1  # of those made in the same second


_NO_JOURNAL = "PRAGMA journal_mode = MEMORY"
"""A copy that fails is thrown away, so it needs no journal: a second file beside it, which a virus
scanner would hold while SQLite gives up removing it."""


def take(
    source: Driver,
    folder: Folder,
    reason: str,
    now: datetime,
    progress: Progress = quiet,
    *,
    sparing: Path | None = None,
) -> Backup:
    """Copy the open database *source* (a raw connection) into the backups folder.

    It takes the place of the oldest of its reason, but never of *sparing*, which is needed yet.
    Raises DiskFull, TargetGone, FileBusy or BackupUnusable; then nothing new lies there.
    """
    folder.prepare()
    target = _free_name(folder.backups, now, reason)
    with durable.landing(target, examine) as beside:
        try:
            _copy(source, beside, progress)
        except dbapi2.DatabaseError as error:
            said = in_words(error, folder.backups, target)
            if said is None:
                raise
            raise said from error
    _rotate(folder, reason, (target, sparing or target), now)
    return Backup(target, now, reason, target.stat().st_size)


def _copy(source: Driver, target: Path, progress: Progress) -> None:
    copy = dbapi2.connect(str(target))
    try:
        copy.execute(_NO_JOURNAL)
        source.backup(
            copy,
            pages=_PAGES_AT_ONCE,
            progress=lambda _status, left, total: progress(total - left, total),
        )
        copy.execute(_NO_JOURNAL)  # again: the copy says that it has a -wal, as the register has
    finally:
        copy.close()


def listing(folder: Folder) -> list[Backup]:
    """The backups that are here, newest first."""
    found = [_backup(path) for path in _files_in(folder.backups)]
    return sorted(filter(None, found), key=lambda backup: (backup.at, backup.nth), reverse=True)


def by_age(folder: Folder, now: datetime) -> list[Backup]:
    """As `listing`, but what bears a later time than *now* is the oldest: its clock was wrong.

    Else one that was made in "2090" would be the newest for good.
    """
    return sorted(listing(folder), key=lambda backup: backup.at > now)


def _files_in(folder: Path) -> list[Path]:
    try:
        return list(folder.iterdir())
    except OSError:  # not there, or not to be looked into: whoever writes there is told
        return []


def _backup(path: Path) -> Backup | None:
    match = _NAME.match(path.name)
    at = _moment(match[1]) if match else None
    if match is None or at is None:
        return None
    try:
        size = path.stat().st_size
    except OSError:  # gone meanwhile
        return None
    return Backup(path, at, match[3], size, int(match[2] or 1))


def _moment(named: str) -> datetime | None:
    try:
        naive = datetime.strptime(named, "%Y%m%d-%H%M%S")  # noqa: DTZ007 - a name bears no zone
        return moments.of_own_clock(naive)
    except ValueError:  # no day of the calendar: a name that is not ours after all
        return None


def examine(path: Path) -> int:
    """Check that *path* is a whole register of ours; returns its schema version.

    Raises BackupUnusable or NewerStore. Nothing is written.
    """
    if not os.path.isfile(path):  # noqa: PTH113 - says no to a name that is no path
        raise BackupUnusable(path=path, why="không có tệp này.")
    try:
        head = durable.read(path, 100)
    except OSError as error:
        raise BackupUnusable(path=path, why=_UNREADABLE) from error
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


def _read(connection: Driver, path: Path) -> int:
    def value(sql: str) -> str | int:
        found: str | int = connection.execute(sql).fetchone()[0]
        return found

    if value("PRAGMA application_id") != APPLICATION_ID:
        raise BackupUnusable(path=path, why="không phải sổ của Phối Hợp.")
    version = int(value("PRAGMA user_version"))
    if version > CURRENT:
        raise NewerStore(found=version, known=CURRENT)
    if value("PRAGMA quick_check") != "ok":
        raise BackupUnusable(path=path, why="nội dung tệp bị hỏng.")
    value("SELECT count(*) FROM cset")
    return version


def bring_in(folder: Folder) -> None:
    """Bring into the closed register what still lies in the log beside it, so that it may go.

    Raises AlreadyOpen while somebody else reads the register, and what SQLite raises.
    """
    connection = connect(folder.database)
    try:
        is_busy, *_ = connection.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()
    finally:
        connection.close()
    if is_busy:
        raise AlreadyOpen


def put_back(source: Path, folder: Folder) -> None:
    """Replace the closed register by *source*, which must have been examined.

    A `-wal` left beside a restored file silently undoes the restore, so it goes first: what it
    holds has been brought in, or kept elsewhere. Raises DiskFull, TargetGone or FileBusy, and then
    the register is as it was.
    """
    with durable.landing(folder.database) as beside:
        durable.copy(source, beside)
        for ending in ("-wal", "-shm"):
            durable.remove(Path(f"{folder.database}{ending}"))


def _free_name(folder: Path, now: datetime, reason: str) -> Path:
    """A name of its own among those of one second, so that the newest of them can be told."""
    stem, n = f"so-phoi-hop_{now:%Y%m%d-%H%M%S}", 1
    numbered = stem
    while any(folder.glob(f"{numbered}_*.phop")):
        n += 1
        numbered = f"{stem}-{n}"
    return folder / f"{numbered}_{reason}.phop"


def _rotate(folder: Folder, reason: str, stay: tuple[Path, ...], now: datetime) -> None:
    # The one just made stays even where a wrong clock makes it look the oldest.
    spared = {path.resolve() for path in stay}
    mine = [b for b in by_age(folder, now) if b.reason == reason]
    same = [b for b in mine if b.path.resolve() not in spared]
    for old in same[KEPT.get(reason, 10) - 1 :]:
        durable.clear(old.path)


__all__ = [
    "Backup",
    "StoreProblem",
    "actions_in",
    "bring_in",
    "by_age",
    "examine",
    "listing",
    "put_back",
    "take",
]
