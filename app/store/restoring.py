"""What a clerk asks before and after going back to a backup."""

from __future__ import annotations

from pathlib import Path

from app.store import backup, facts
from app.store.facts import Restoration
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
