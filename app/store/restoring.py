"""Going back to a backup: what it would lose, why it was done, and when nothing else opens."""

from __future__ import annotations

from datetime import datetime
from pathlib import Path

from app import durable
from app.errors import StoreProblem
from app.store import backup, facts
from app.store.backup import Backup
from app.store.facts import Restoration
from app.store.folder import Folder
from app.store.refusals import refusals
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
    """Note a restore that was done while the register was closed, also where it has no key."""
    with refusals(store.folder), store.connection() as connection, connection.begin():
        known = [*facts.read_restorations(connection), done]
        facts.write_restorations(connection, known)


def newest_sound(folder: Folder, now: datetime) -> Backup | None:
    """The newest backup that opens; None where none does."""
    return next((found for found in backup.by_age(folder, now) if _opens(found.path)), None)


def replace_by(folder: Folder, source: Path, now: datetime) -> Path:
    """Put *source* in the place of a register that does not open; returns where that now lies.

    It is copied, not renamed, and what belongs to it as well: a power cut in between must never
    leave a folder without its register. Raises DiskFull, TargetGone or FileBusy, and then
    everything lies as before.
    """
    aside = Path(f"{folder.database}.hong-{now:%Y%m%d-%H%M%S}")
    kept: list[Path] = []
    try:
        for ending in ("", "-wal"):
            kept += _kept(Path(f"{folder.database}{ending}"), Path(f"{aside}{ending}"))
        backup.put_back(source, folder)
    except BaseException:
        for copy in kept:
            durable.clear(copy)
        raise
    return aside


def _kept(part: Path, copy: Path) -> list[Path]:
    """Copy *part* where it is there; returns what was made."""
    if not part.exists():
        return []
    durable.copy(part, copy)
    return [copy]


def _opens(path: Path) -> bool:
    try:
        backup.examine(path)
    except StoreProblem:
        return False
    return True
