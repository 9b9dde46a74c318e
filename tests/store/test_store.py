"""Opening the office's file: what is refused, what is kept, who may write."""

from __future__ import annotations

import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from sqlcipher3 import dbapi2

from app.errors import (
    AlreadyOpen,
    BackupUnusable,
    DiskFull,
    EmptyFile,
    InvalidFields,
    NewerStore,
    NotOurs,
    ReadOnly,
)
from app.journal.keys import Keyring
from app.journal.raw import raw
from app.models import Agency, AgencyDraft, checked
from app.services.any_kind import records
from app.store import Store
from app.store.checking import check
from app.store.folder import Folder
from tests.offices import at, body, open_store, police

ROOT = Path(__file__).resolve().parents[2]


def names(store: Store) -> set[str]:
    with store.reading() as session:
        return {agency.name for agency in records.live(session, Agency)}


def test_what_was_saved_is_there_after_a_restart(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    police(store)
    store.close()

    store = open_store(tmp_path)
    assert names(store) == {"Công an tỉnh Thanh Hóa"}
    assert store.office_name == "Công an tỉnh Thanh Hóa"
    store.close()


def test_a_second_opening_is_refused_while_the_first_goes_on(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    with pytest.raises(AlreadyOpen):
        open_store(tmp_path)
    body(store, "Sở Y tế")
    store.close()

    open_store(tmp_path).close()


@pytest.mark.parametrize(
    ("content", "error"),
    [
        (b"", EmptyFile),
        (b"x", NotOurs),
        (b"PK\x03\x04 a workbook renamed", NotOurs),
        (b"SQLite format 3\0" + bytes(84), NotOurs),
        (os.urandom(8192), NotOurs),
    ],
)
def test_a_file_that_is_not_ours_is_refused_untouched(
    tmp_path: Path, content: bytes, error: type[Exception]
) -> None:
    path = Folder(tmp_path / "office").database
    path.parent.mkdir()
    path.write_bytes(content)

    with pytest.raises(error):
        open_store(tmp_path)

    assert path.read_bytes() == content
    assert [p.name for p in path.parent.iterdir()] == [path.name]


def test_another_programs_database_is_refused_untouched(tmp_path: Path) -> None:
    path = Folder(tmp_path / "office").database
    path.parent.mkdir()
    other = dbapi2.connect(str(path))
    other.execute("CREATE TABLE t (a)")
    other.commit()
    other.close()
    before = path.read_bytes()

    with pytest.raises(NotOurs):
        open_store(tmp_path)

    assert path.read_bytes() == before


def test_a_newer_register_is_refused_and_named(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    police(store)
    with store.connection() as connection:
        connection.exec_driver_sql("PRAGMA user_version = 999")
        connection.commit()
    store.close()

    with pytest.raises(NewerStore, match="999"):
        open_store(tmp_path)


def test_a_copied_register_can_only_be_read_until_the_machine_is_taken_over(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    police(store)
    store.close()

    copy = Store(tmp_path / "office", keyring=Keyring(tmp_path / "another machine"))
    assert names(copy) == {"Công an tỉnh Thanh Hóa"}
    with pytest.raises(ReadOnly):
        body(copy, "Sở Y tế")
    copy.renew_replica()
    body(copy, "Sở Y tế")
    assert check(copy).problems == []
    copy.close()


def test_a_register_put_back_from_a_copy_never_reuses_its_numbers(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    police(store)
    old = store.replica
    store.close()
    shutil.copytree(tmp_path / "office", tmp_path / "copy")
    store = open_store(tmp_path)
    body(store, "Sở Y tế")
    store.close()
    shutil.rmtree(tmp_path / "office")
    shutil.move(tmp_path / "copy", tmp_path / "office")

    store = open_store(tmp_path)
    assert store.replica != old
    body(store, "Sở Nội vụ")
    assert check(store).problems == []
    store.close()


def test_private_keys_never_lie_in_the_register_or_its_backups(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    police(store)
    store.backup()
    store.close()
    secrets = [p.read_bytes() for p in (tmp_path / "keys").glob("*.key")]

    assert secrets
    for path in (tmp_path / "office").rglob("*"):
        if path.is_file():
            assert not any(secret in path.read_bytes() for secret in secrets), path
    if os.name == "posix":
        assert all(p.stat().st_mode & 0o077 == 0 for p in (tmp_path / "keys").glob("*.key"))


# Backups ------------------------------------------------------------------------------


def test_a_backup_is_a_whole_register_and_restores(store: Store) -> None:
    police(store)
    saved = store.backup()
    body(store, "Sở Y tế")
    replica = store.replica

    store.restore(saved.path)

    assert names(store) == {"Công an tỉnh Thanh Hóa"}
    assert store.replica != replica
    assert [b.reason for b in store.all_backups()] == ["restore", "manual"]
    body(store, "Sở Nội vụ")
    assert check(store).problems == []


def test_a_stale_wal_cannot_undo_a_restore(store: Store, tmp_path: Path) -> None:
    police(store)
    saved = store.backup()
    body(store, "Sở Y tế")
    wal = Path(f"{store.folder.database}-wal")
    stale = wal.read_bytes()
    store.restore(saved.path)
    store.close()
    assert stale  # there was something to be undone by

    store = open_store(tmp_path)
    assert names(store) == {"Công an tỉnh Thanh Hóa"}
    store.close()


@pytest.mark.parametrize("harm", ["empty", "cut", "text", "foreign", "missing"])
def test_a_backup_that_is_not_whole_is_refused_and_nothing_changes(
    store: Store, tmp_path: Path, harm: str
) -> None:
    police(store)
    for number in range(30):
        body(store, f"Cơ quan {number}", note="x" * 2000)
    saved = store.backup().path
    bad = tmp_path / "bad.phop"
    content = saved.read_bytes()
    match harm:
        case "empty":
            bad.write_bytes(b"")
        case "cut":
            bad.write_bytes(content[: len(content) // 2])
        case "text":
            bad.write_text("không phải sổ", encoding="utf-8")
        case "foreign":
            bad.write_bytes(content[:68] + b"\0\0\0\0" + content[72:])
        case _:
            bad = tmp_path / "nowhere.phop"

    with pytest.raises(BackupUnusable):
        store.restore(bad)

    assert len(names(store)) == 31
    assert check(store).problems == []


def test_the_days_backup_is_made_once(store: Store) -> None:
    police(store)

    assert store.backup_if_due() is not None
    assert store.backup_if_due() is None


def test_old_backups_go_and_the_newest_stays(store: Store, monkeypatch: pytest.MonkeyPatch) -> None:
    from app.store import backup

    monkeypatch.setitem(backup.KEPT, "manual", 3)
    police(store)
    paths = [store.backup().path for _ in range(5)]

    kept = {b.path for b in store.all_backups()}
    assert kept == set(paths[-3:])


# Faults --------------------------------------------------------------------------------


def test_a_full_disk_is_a_sentence_and_changes_nothing(store: Store) -> None:
    police(store)
    with store.exchanging() as connection:
        pages = connection.exec_driver_sql("PRAGMA page_count").scalar_one()
        connection.exec_driver_sql(f"PRAGMA max_page_count = {pages}")

    def fill() -> None:
        for number in range(50):
            body(store, f"Cơ quan {number}", note="x" * 20_000)

    with pytest.raises(DiskFull, match="Chưa có gì thay đổi"):
        fill()
    with store.connection() as connection:
        raw(connection).execute("PRAGMA max_page_count = 1000000")
    assert check(store).problems == []


def test_an_error_in_the_middle_of_a_change_rolls_everything_back(store: Store) -> None:
    police(store)

    class Torn(Exception):
        pass

    def half() -> None:
        with store.changing("Thêm") as session:
            session.add(Agency(**checked(AgencyDraft, {"name": "Sở Y tế"}).model_dump()))
            session.flush()
            raise Torn

    with pytest.raises(Torn):
        half()

    assert names(store) == {"Công an tỉnh Thanh Hóa"}
    assert store.search("y tế") == []
    assert check(store).problems == []


WRITER = """
import sys
from pathlib import Path
sys.path.insert(0, sys.argv[2])
from tests.offices import open_store, body
store = open_store(Path(sys.argv[1]))
print("ready", flush=True)
number = 0
while True:
    number += 1
    body(store, f"Cơ quan {number}", note="x" * 500)
    print(number, flush=True)
"""


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="kills a process the POSIX way")
@pytest.mark.parametrize("delay", [0.02, 0.11, 0.23])
def test_a_kill_at_any_moment_leaves_every_answered_save_and_no_half(
    tmp_path: Path, delay: float
) -> None:
    child = subprocess.Popen(
        [sys.executable, "-c", WRITER, str(tmp_path), str(ROOT)], stdout=subprocess.PIPE, text=True
    )
    assert child.stdout is not None
    assert child.stdout.readline() == "ready\n"
    time.sleep(delay)
    child.send_signal(signal.SIGKILL)
    told = [int(line) for line in child.stdout.read().split()]
    child.wait()
    child.stdout.close()

    store = open_store(tmp_path)
    assert {f"Cơ quan {n}" for n in told} <= names(store)
    assert check(store).problems == []
    body(store, "sau khi mất điện")
    store.close()


def test_a_backup_made_under_a_wrong_clock_is_not_the_one_to_go(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    from app.store import backup

    monkeypatch.setitem(backup.KEPT, "manual", 2)
    store = open_store(tmp_path, now=at(2026, 11, 23))
    police(store)
    store.backup()
    store.backup()
    store.now = at(2009, 1, 1)
    made = store.backup()

    assert made.path in {b.path for b in store.all_backups()}
    store.close()


def test_a_damaged_change_set_does_not_keep_the_register_shut(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    police(store)
    body(store, "Sở Y tế")
    with store.connection() as connection:
        connection.exec_driver_sql("UPDATE cset SET body = x'c1c1' WHERE n = 1")
        connection.commit()
    store.close()

    store = open_store(tmp_path)
    assert names(store) == {"Công an tỉnh Thanh Hóa", "Sở Y tế"}
    assert any("mã băm" in problem for problem in check(store).problems)
    store.close()


def test_a_body_is_not_its_own_superior(store: Store) -> None:
    ours = police(store)

    with pytest.raises(InvalidFields), store.changing("Sửa") as session:
        records.revise(session, "agency", ours.id, {"superior_id": ours.id})
