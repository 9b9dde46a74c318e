"""Going back to a backup on a bad day: no room for a key, a wrong clock, a file that is held."""

from __future__ import annotations

import os
import sys
from datetime import datetime, timedelta
from pathlib import Path

import pytest

from app import durable
from app.errors import AppError, BackupUnusable, DiskFull, ReadOnly
from app.journal.keys import Keyring
from app.models import Agency
from app.services.any_kind import records
from app.store import Store
from app.store.backup import KEPT
from app.store.checking import check
from app.store.restoring import newest_sound
from tests.holding import Holder
from tests.offices import body, open_store


@pytest.fixture
def holder(monkeypatch: pytest.MonkeyPatch) -> Holder:
    return Holder(monkeypatch)


def test_every_kept_backup_can_be_restored_the_oldest_too(tmp_path: Path) -> None:
    clock = datetime(2026, 11, 2, 9).astimezone()
    store = open_store(tmp_path, now=lambda: clock)
    for n in range(KEPT["restore"]):
        body(store, f"Sở {n}")
        store.backup("restore")
        clock += timedelta(hours=1)
    oldest = store.all_backups()[-1].path
    body(store, "Sở Y tế")

    store.restore(oldest)

    with store.reading() as session:
        assert [a.name for a in records.live(session, Agency)] == ["Sở 0"]
    assert oldest.exists(), "what was gone back to may be needed again"
    store.restore(oldest)
    store.close()


def test_a_restored_register_without_room_for_a_key_never_reuses_numbers(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    body(store, "Sở Y tế")
    made = store.backup()
    body(store, "Sở Nội vụ")
    before = store.replica

    def full(_keys: Keyring, _replica: bytes) -> tuple[bytes, bytes]:
        raise DiskFull(path=tmp_path / "keys")

    with monkeypatch.context() as patch:
        patch.setattr(Keyring, "_make", full)
        store.restore(made.path)
    assert "chưa tạo được khóa mới" in (store.read_only_reason or "")
    with pytest.raises(ReadOnly):
        body(store, "Sở Tài chính")

    store.renew_replica()
    body(store, "Sở Tài chính")
    assert store.replica != before
    assert check(store).problems == []
    store.close()


def at(day: datetime) -> datetime:
    return day.astimezone()


def test_a_backup_of_a_clock_far_ahead_does_not_push_out_those_of_other_days(
    tmp_path: Path,
) -> None:
    clock = [at(datetime(2026, 12, 1, 9))]
    store = open_store(tmp_path, now=lambda: clock[0])

    def backed_up(moment: datetime) -> None:
        clock[0] = at(moment)
        store.backup_if_due()

    for day in range(3):
        backed_up(datetime(2026, 12, 1 + day, 9))
    for day in range(16):
        backed_up(datetime(2090, 1, 1 + day, 9))
    for start in range(20):
        backed_up(datetime(2026, 12, 4, 9) + timedelta(minutes=start))
    backed_up(datetime(2026, 12, 5, 9))
    days = [made.at.day for made in store.all_backups() if made.at.year == 2026]
    assert days[:2] == [5, 4], "one a day, and the last ones stay"
    assert store.last_backup == clock[0]
    found = newest_sound(store.folder, clock[0])
    assert found is not None
    assert found.at == clock[0], "what a wrong clock calls the newest is not"
    store.close()


def test_a_backup_that_is_held_a_moment_is_restored(store: Store, holder: Holder) -> None:
    made = store.backup()
    body(store, "Sở Y tế")
    holder.holds("open", times=2)
    store.restore(made.path)
    holder.patch.undo()
    assert check(store).problems == []


def test_a_backup_that_cannot_be_read_is_said_and_another_one_is_found(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    first = store.backup()
    second = store.backup()
    really = durable.read

    def read(path: Path, size: int = -1) -> bytes:
        if path == second.path:
            raise PermissionError(13, "denied", str(path))
        return really(path, size)

    monkeypatch.setattr(durable, "read", read)
    with pytest.raises(BackupUnusable, match="không đọc được"):
        store.restore(second.path)
    found = newest_sound(store.folder, store.now())
    assert found is not None
    assert found.path == first.path
    store.close()


def test_a_name_of_a_page_length_is_no_backup(store: Store) -> None:
    with pytest.raises(BackupUnusable, match="không có tệp này"):
        store.restore(Path("a" * 10_000))


def is_open_here(path: Path) -> bool:
    """Whether this process still has the file open: Windows renames none, Linux lists them."""
    if os.name == "nt":
        try:
            path.rename(path.with_suffix(".moved")).rename(path)
        except PermissionError:
            return True
        return False
    handles = Path("/proc/self/fd").iterdir()
    return str(path) in {str(handle.readlink()) for handle in handles if handle.is_symlink()}


@pytest.mark.skipif(sys.platform == "darwin", reason="has neither way to ask what is open")
def test_a_damaged_register_is_let_go_of_so_that_a_backup_can_take_its_place(
    tmp_path: Path,
) -> None:
    store = open_store(tmp_path)
    body(store, "Sở Y tế")
    store.close()
    content = bytearray(store.folder.database.read_bytes())
    content[100:4096] = bytes(3996)  # what the first page says of all others
    content[20:24] = b"\xff\xff\x00\x01"
    store.folder.database.write_bytes(content)

    with pytest.raises(AppError) as caught:
        open_store(tmp_path)
    assert not is_open_here(store.folder.database), caught.value
