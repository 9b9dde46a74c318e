"""Work on the whole file keeps everybody else from writing, and a restore is remembered."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any

import pytest

from app.errors import BackupUnusable, DiskFull, Refused
from app.store import Store, backup
from app.store.checking import check, repair
from app.store.restoring import missing_in, restorations
from tests.offices import body


def test_nobody_writes_while_the_register_is_checked(store: Store) -> None:
    with store.alone("kiểm tra sổ"), pytest.raises(Refused, match="Đang kiểm tra sổ; chờ xong"):
        body(store, "Sở Y tế")

    body(store, "Sở Y tế")


def test_a_change_under_way_ends_before_the_check_begins(store: Store) -> None:
    begun, ended = threading.Event(), []

    def look() -> None:
        begun.set()
        with store.alone("kiểm tra sổ"):
            ended.append("check")

    looking = threading.Thread(target=look)
    with store.changing("Thêm cơ quan"):
        looking.start()
        begun.wait(2)
        ended.append("change")
    looking.join(2)

    assert ended == ["change", "check"]


def test_a_check_of_an_office_at_work_finds_nothing(store: Store) -> None:
    body(store, "Sở Y tế")

    assert check(store).problems == []


def test_mending_tells_every_page_to_read_again(store: Store) -> None:
    body(store, "Sở Y tế")
    told: list[Any] = []
    store.listen(told.append)

    assert repair(store).problems == []
    assert [changes.tables for changes in told] == [frozenset({"*"})]


def test_a_restore_and_its_reason_are_remembered_through_the_next(store: Store) -> None:
    body(store, "Sở Y tế")
    first = store.backup()
    store.restore(first.path, why="Nhập nhầm tệp")
    store.restore(first.path, why="Thử lại")

    assert [(each.source, each.why) for each in restorations(store)] == [
        (first.path.name, "Nhập nhầm tệp"),
        (first.path.name, "Thử lại"),
    ]


def test_a_refused_restore_is_not_remembered(store: Store, tmp_path: Path) -> None:
    (tmp_path / "x.phop").write_bytes(b"x")
    with pytest.raises(BackupUnusable):
        store.restore(tmp_path / "x.phop", why="Thử")

    assert restorations(store) == []


def test_a_restore_that_finds_no_room_leaves_the_register_in_use(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    body(store, "Sở Y tế")
    kept = store.backup()
    body(store, "Sở Nội vụ")

    def fail(*_: object) -> None:
        raise DiskFull(path="đĩa")

    monkeypatch.setattr(backup, "put_back", fail)
    with pytest.raises(DiskFull):
        store.restore(kept.path)
    body(store, "Sở Tài chính")

    assert check(store).problems == []
    assert store.undo() == "Thêm cơ quan Sở Tài chính"


def test_nobody_reads_the_file_while_it_is_replaced(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    kept = store.backup()
    put_back = backup.put_back

    def look(*given: Any) -> None:
        with pytest.raises(Refused, match="Đang khôi phục sổ"), store.reading():
            pass
        put_back(*given)

    monkeypatch.setattr(backup, "put_back", look)
    store.restore(kept.path)

    with store.reading():
        pass


def test_what_a_restore_would_lose_is_counted_by_action(store: Store) -> None:
    body(store, "Sở Y tế")
    kept = store.backup()
    body(store, "Sở Nội vụ")
    body(store, "Sở Tài chính")
    assert missing_in(store, kept.path) == 2

    store.restore(kept.path)
    assert missing_in(store, kept.path) == 0
    assert missing_in(store, store.backup().path) == 0
