"""Attached files on their way: with the package, left out and asked for, missing, wrong."""

from __future__ import annotations

import hashlib
import os
from pathlib import Path
from uuid import UUID

import pytest

from app.errors import DiskFull
from app.models import Attachment, Regulation
from app.services import attachments
from app.services.any_kind import records
from app.services.sync import joining
from app.store.blobs import Blobs
from app.store.checking import check
from app.sync import files
from app.sync.refusal import PackageRefused
from tests.sync import forging
from tests.sync.acts import bind, edit, swap
from tests.sync.circles import Desk, regulation
from tests.sync.states import everything


def attach(desk: Desk, rule: UUID, content: bytes, name: str = "Quy chế đã ký.pdf") -> str:
    """Hang a file on a regulation; returns its hash."""
    source = desk.folder / name
    source.write_bytes(content)
    with desk.store.changing(f"Đính kèm {name}") as session:
        owner = records.get(session, Regulation, rule)
        return attachments.attach(session, desk.store.blobs, owner, source).sha256


def send(desk: Desk, other: Desk, *, with_files: bool = True) -> Path:
    return joining.export(desk.store, other.store.office, with_files=with_files).path


@pytest.mark.parametrize("size", [0, 1, files.PIECE, files.PIECE + 1, 2 * files.PIECE])
def test_a_file_travels_with_its_record(two: list[Desk], size: int) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    content = os.urandom(size)
    sha256 = attach(police, rule, content)
    got = health.take(send(police, health))
    assert got.files == {sha256: size}
    assert health.store.blobs.open(sha256).read_bytes() == content
    found = check(health.store)
    assert (found.problems, found.waiting) == ([], 0)


def test_a_preview_puts_no_file_anywhere(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    sha256 = attach(police, rule, b"x" * 5000)
    before = everything(health)
    looked = joining.receive(health.store, send(police, health), keep=False)
    assert looked.files == {sha256: 5000}
    assert everything(health) == before


def test_a_file_is_sent_once(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    attach(police, rule, b"x" * 5000)
    swap(*two)
    edit(police, rule, note="sau")
    assert joining.plan(police.store, health.store.office).files == ()
    sha256 = attach(police, rule, b"y" * 5000, "Phụ lục.pdf")
    planned = joining.plan(police.store, health.store.office).files
    assert [file.sha256 for file in planned] == [sha256]


def test_a_file_left_out_is_waited_for_and_asked_for(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    sha256 = attach(police, rule, b"x" * 5000)
    assert health.take(send(police, health, with_files=False)).files == {}
    found = check(health.store)
    assert (found.problems, found.waiting) == ([], 1)
    with health.store.reading() as session:
        (held,) = records.live(session, Attachment)
    assert held.name == "Quy chế đã ký.pdf"
    police.take(health.send(police))  # acknowledges, and asks
    got = health.take(send(police, health))
    assert got.files == {sha256: 5000}
    assert health.store.blobs.is_intact(sha256)
    police.take(health.send(police))  # asks for nothing any more
    assert joining.plan(police.store, health.store.office).files == ()


def test_a_lost_package_takes_no_file_with_it(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    sha256 = attach(police, rule, b"x" * 5000)
    send(police, health).unlink()
    assert health.take(send(police, health)).files == {sha256: 5000}


def test_a_reader_that_joins_the_record_later_gets_its_files(three: list[Desk]) -> None:
    police, health, home = three
    rule = regulation(police, police.agency, health.agency)
    sha256 = attach(police, rule, b"x" * 5000)
    swap(*three)
    assert not home.store.blobs.path(sha256).exists()
    bind(police, rule, police.agency, health.agency, home.agency)
    assert home.take(send(police, home)).files == {sha256: 5000}


def test_a_restored_office_asks_again_for_files_that_have_gone(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    sha256 = attach(police, rule, b"x" * 5000)
    swap(*two)
    health.store.blobs.path(sha256).unlink()
    police.take(health.send(police))
    assert health.take(send(police, health)).files == {sha256: 5000}


def test_a_file_that_is_gone_or_altered_at_the_sender_stays_out(two: list[Desk]) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    gone, altered = (attach(police, rule, os.urandom(900), f"{n}.pdf") for n in (1, 2))
    police.store.blobs.path(gone).unlink()
    police.store.blobs.path(altered).write_bytes(b"other")
    got = health.take(send(police, health))
    assert got.files == {}
    found = check(health.store)
    assert (found.problems, found.waiting) == ([], 2)
    assert len(check(police.store).problems) == 2


def blob_parts(sha256: str, content: bytes, **given: object) -> list[object]:
    about = bytes.fromhex(sha256)
    return [forging.part_of(files.KIND, content, **{"about": about, "offset": 0, **given})]


@pytest.mark.parametrize(
    ("content", "given"),
    [
        (b"x" * 5001, {}),  # larger than stated
        (b"x" * 4999, {}),
        (b"y" * 5000, {}),  # another content
        (b"x" * 5000, {"offset": 7}),
        (b"x" * 5000, {"about": b"short"}),
    ],
)
def test_a_file_that_is_not_what_its_record_states_is_refused(
    two: list[Desk], tmp_path: Path, content: bytes, given: dict[str, object]
) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    sha256 = attach(police, rule, b"x" * 5000)
    health.take(send(police, health, with_files=False))
    before = everything(health)
    extra = blob_parts(sha256, content, **given)
    path = forging.package(police, health, folder=tmp_path, extra=extra)  # type: ignore[arg-type]
    with pytest.raises(PackageRefused) as told:
        health.take(path)
    assert told.value.code == "bad_file"
    assert everything(health) == before
    assert list(health.store.folder.blobs.glob("*.part")) == []


def test_a_file_that_no_record_names_fills_no_disk(two: list[Desk], tmp_path: Path) -> None:
    police, health = two
    content = os.urandom(5000)
    extra = blob_parts(hashlib.sha256(content).hexdigest(), content)
    path = forging.package(police, health, folder=tmp_path, extra=extra)  # type: ignore[arg-type]
    assert health.take(path).files == {}
    assert [p for p in health.store.folder.blobs.rglob("*") if p.is_file()] == []


def test_no_room_for_a_file_refuses_the_whole_package(
    two: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    attach(police, rule, b"x" * 5000)
    path, before = send(police, health), everything(health)

    def full(*_args: object, **_kwargs: object) -> str:
        raise OSError(28, "No space left on device")

    monkeypatch.setattr(os, "fsync", full)
    with pytest.raises(DiskFull):
        health.take(path)
    monkeypatch.undo()
    assert everything(health) == before
    assert health.take(path).sets > 0


@pytest.mark.parametrize(
    "name", ["../../x", "a\\b.pdf", "/etc/passwd", "..", " . ", "a\x00b", "a\nb"]
)
def test_a_name_that_leads_elsewhere_is_set_aside(
    two: list[Desk], tmp_path: Path, name: str
) -> None:
    from app.journal.change_set import LIFE, SET, Op, Plain, RecordOps

    police, health = two
    rule = regulation(police, police.agency, health.agency)
    swap(*two)
    record = os.urandom(16)
    told: dict[str, Plain] = {
        "family": "regulation",
        "family_id": rule.bytes,
        "owner_kind": "regulation",
        "owner_id": rule.bytes,
        "name": name,
        "sha256": "ab" * 32,
        "size": 3,
    }
    ops = (Op(LIFE, SET, "live", ()), *(Op(n, SET, v, ()) for n, v in told.items()))
    pair = forging.written(police, "regulation", rule.bytes, [RecordOps("attachment", record, ops)])
    got = health.take(forging.package(police, health, [pair], folder=tmp_path))
    assert [reason for _, reason in got.quarantined] == ["unreadable"]


def test_two_names_for_one_content_are_one_file(two: list[Desk]) -> None:
    police, health = two
    first = regulation(police, police.agency, health.agency, number="1/QC")
    second = regulation(police, police.agency, health.agency, number="2/QC")
    assert attach(police, first, b"same", "a.pdf") == attach(police, second, b"same", "b.pdf")
    got = health.take(send(police, health))
    assert list(got.files.values()) == [4]
    assert isinstance(health.store.blobs, Blobs)


def test_a_package_that_comes_late_does_not_ask_again_for_what_has_arrived(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    rule = regulation(police, police.agency, health.agency)
    sha256 = attach(police, rule, b"the signed text")
    health.take(send(police, health))
    wish = (bytes.fromhex(sha256),)
    late = forging.package(health, police, folder=tmp_path, number=600, wanted=wish)
    police.take(forging.package(health, police, folder=tmp_path, number=601, wanted=()))
    police.take(late)
    assert asked_for(police, health, rule) == []
    police.take(forging.package(health, police, folder=tmp_path, number=602, wanted=wish))
    assert asked_for(police, health, rule) == [sha256]


def asked_for(desk: Desk, other: Desk, rule: UUID) -> list[str]:
    with desk.store.connection() as connection:
        return files.asked_for(connection, other.store.replica, [rule.bytes])
