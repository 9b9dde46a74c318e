"""Going back to a backup: what it would lose, why it was done, and when nothing else opens."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app.errors import AppError, StoreProblem
from app.store import backup, facts
from app.store.backup import Backup
from app.store.facts import Restoration
from app.store.folder import Folder
from app.store.store import Store


def missing_in(store: Store, source: Path) -> int:
    """How many actions a restore of *source* would take out of the register.

    Raises BackupUnusable or NewerStore where *source* cannot be restored at all.
    """
    held = backup.actions_in(source)
    with store.connection() as connection:
        written = connection.exec_driver_sql("SELECT DISTINCT batch FROM cset")
        return sum(batch not in held for (batch,) in written)


def restorations(store: Store) -> list[Restoration]:
    """Every restore that led to the register as it is, oldest first, each with its reason."""
    with store.connection() as connection:
        return facts.read_restorations(connection)


def remember(store: Store, done: Restoration) -> None:
    """Note a restore that was done while the register was closed."""
    with store.exchanging() as connection:
        known = [*facts.read_restorations(connection), done]
        facts.write_restorations(connection, known)


def newest_sound(folder: Folder) -> Backup | None:
    """The newest backup that opens; None where none does."""
    return next((found for found in backup.listing(folder) if _opens(found.path)), None)


def put_aside(folder: Folder, now: datetime) -> Path:
    """Give a register that does not open another name, and what belongs to it; nothing is lost."""
    aside = Path(f"{folder.database}.hong-{now:%Y%m%d-%H%M%S}")
    _rename(folder.database, aside)
    return aside


def replace_by(folder: Folder, source: Path, now: datetime) -> Path:
    """Put *source* in the place of a register that does not open; returns where that now lies.

    Raises DiskFull, and then everything lies as before.
    """
    aside = put_aside(folder, now)
    try:
        backup.put_back(source, folder)
    except AppError:
        _rename(aside, folder.database)
        raise
    return aside


def _rename(database: Path, name: Path) -> None:
    for ending in ("", "-wal", "-shm"):
        part = Path(f"{database}{ending}")
        if part.exists():
            part.rename(f"{name}{ending}")


def _opens(path: Path) -> bool:
    try:
        backup.examine(path)
    except StoreProblem:
        return False
    return True
