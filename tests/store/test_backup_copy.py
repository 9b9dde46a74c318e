"""How a backup is written: without a journal, which another program could hold and keep there."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import durable
from app.store import backup
from tests.offices import open_store, police


def test_a_backup_is_copied_without_a_journal_beside_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup, "_PAGES_AT_ONCE", 1)
    store = open_store(tmp_path)
    police(store)
    place = tmp_path / "office" / "backups"
    seen: set[str] = set()

    def look(done: int, total: int) -> None:
        seen.update(path.name for path in place.iterdir())

    made = store.backup(progress=look)
    store.close()

    (half,) = seen
    assert durable.is_unfinished(Path(half))
    assert list(place.iterdir()) == [made.path]
    assert made.path.read_bytes()[18:20] == b"\x01\x01", "it opens without a -wal of its own"
