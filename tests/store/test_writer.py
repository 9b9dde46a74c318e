"""The connection that writes is kept from one change to the next, whatever became of the last."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest
from sqlalchemy import event
from sqlcipher3 import dbapi2

from app.errors import AlreadyOpen, Damaged, DiskFull, StoreProblem, TargetGone
from app.store import Store
from app.store.checking import check
from app.store.folder import Folder
from app.store.refusals import refusals
from tests.offices import body, open_store, police


def test_the_next_change_goes_through_after_a_commit_that_failed(store: Store) -> None:
    police(store)

    def fail(_connection: Any) -> None:
        message = "disk I/O error"
        raise dbapi2.OperationalError(message)

    event.listen(store._engine, "commit", fail)
    with pytest.raises(StoreProblem):
        body(store, "Sở Y tế")
    event.remove(store._engine, "commit", fail)

    assert store.search("y tế") == []
    body(store, "Sở Nội vụ")
    assert [hit.title for hit in store.search("nội vụ")] != []
    assert check(store).problems == []


def test_a_number_noted_for_a_change_that_was_not_committed_is_not_used_again_after_a_restart(
    tmp_path: Path,
) -> None:
    """The sidecar is written first: between it and the commit the power may go."""
    store = open_store(tmp_path)
    police(store)
    before = store.replica

    def fail(_connection: Any) -> None:
        message = "disk I/O error"
        raise dbapi2.OperationalError(message)

    event.listen(store._engine, "commit", fail)
    with pytest.raises(StoreProblem):
        body(store, "Sở Y tế")
    store.close()

    again = open_store(tmp_path)
    assert again.replica != before
    body(again, "Sở Y tế")
    assert check(again).problems == []
    again.close()


def test_what_one_connection_remembers_of_the_index_is_not_taken_for_damage(store: Store) -> None:
    """FTS5 keeps a picture of its index for each connection; a check must not trust an old one."""
    police(store)
    for number in range(40):
        body(store, f"Sở số {number}")
        if number % 4 == 0:
            assert check(store).problems == []
            assert store.search("sở")


def test_a_change_refused_leaves_the_register_free_for_the_next(store: Store) -> None:
    class Torn(Exception):
        pass

    def torn() -> None:
        with store.changing("Thêm"):
            raise Torn

    for _ in range(20):  # more than the pool has connections
        with pytest.raises(Torn):
            torn()
    body(store, "Sở Y tế")
    assert check(store).problems == []


@pytest.mark.parametrize(
    ("told", "kind", "words"),
    [
        ("database or disk is full", DiskFull, "ổ đĩa đã đầy"),
        ("disk I/O error", StoreProblem, "phần mềm diệt vi-rút đang giữ"),
        ("attempt to write a readonly database", StoreProblem, "chỉ cho đọc"),
        ("unable to open database file", TargetGone, "không mở được"),
        ("database is locked", AlreadyOpen, "đang mở ở một cửa sổ khác"),
        ("database disk image is malformed", Damaged, "bị hỏng"),
    ],
)
def test_what_the_driver_tells_has_a_sentence_of_its_own(tmp_path, told, kind, words):
    with pytest.raises(kind, match=words), refusals(Folder(tmp_path)):
        raise dbapi2.OperationalError(told)


def test_what_is_no_refusal_stays_a_bug(tmp_path):
    with pytest.raises(dbapi2.OperationalError), refusals(Folder(tmp_path)):
        raise dbapi2.OperationalError("no such table: x")
