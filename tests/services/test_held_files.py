"""Every file that the program writes, while a virus scanner holds what was just written.

Held for a moment, the step is done all the same; held for ever, the clerk reads which file it
is, nothing half written stays, and what was there stays as it was.
"""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app import durable
from app.errors import FileBusy
from app.export.listing import Listing
from app.export.packet import write_packet
from app.export.sheet import write_sheet
from app.export.sources import write_sources_json
from app.journal.keys import Keyring
from app.models import Agency
from app.registers.column import Column
from app.services import attachments
from app.services.any_kind import records
from app.services.sync import joining, membership
from app.settings import THEME, Settings
from app.store import Store
from app.store.blobs import Blobs
from app.store.checking import check
from app.store.restoring import replace_by
from app.sync import stick
from app.sync.own_circle import circle_of
from tests.export.packet_sample import content
from tests.holding import Holder
from tests.offices import at, body, open_store, police
from tests.sync.circles import Desk, circle, regulation

NOW = at(2026, 11, 23)
Step = Callable[[Path], object]


def keep_settings(place: Path) -> None:
    Settings(place / "settings.json").choose(THEME, "dark")


def make_key(place: Path) -> None:
    Keyring(place / "keys").create()


def export_list(place: Path) -> None:
    columns = (Column("name", "Tên", lambda row: row, width=0),)
    write_sheet(place / "a.xlsx", Listing("Tên", "Sở", columns, ("a",), "", NOW()))


def export_packet(place: Path) -> None:
    write_packet(content(), place)


def export_sources(place: Path) -> None:
    write_sources_json(content(), place / "a.json", [place / "a.xlsx"])


def keep_file(place: Path) -> None:
    (place / "a.pdf").write_bytes(b"signed")
    Blobs(place / "blobs").keep(place / "a.pdf")


def open_office(place: Path) -> None:
    Store(place / "office", keyring=Keyring(place / "keys")).close()


def back_up(place: Path) -> None:
    with_office(place, lambda store: store.backup())


def restore(place: Path) -> None:
    def do(store: Store) -> None:
        found = store.all_backups()
        store.restore((found or [store.backup()])[-1].path)

    with_office(place, do)


def rescue(place: Path) -> None:
    folder = open_store(place)
    backup = (folder.all_backups() or [folder.backup()])[-1].path
    of = folder.folder
    folder.close()
    of.database.write_bytes(b"rubbish")
    try:
        replace_by(of, backup, NOW())
    except FileBusy:
        assert of.database.read_bytes() == b"rubbish"
        raise


def found_circle(place: Path) -> None:
    with_office(place, found_in)


def found_in(store: Store) -> None:
    police(store)
    joining.begin(store)


def invite(place: Path) -> None:
    def do(store: Store) -> None:
        if circle_of(store) is None:
            found_in(store)
        joining.invite(store, place / "moi.phm")

    with_office(place, do)


def with_office(place: Path, do: Callable[[Store], object]) -> None:
    store = open_store(place, now=NOW)
    try:
        do(store)
        assert check(store).problems == []
    finally:
        store.close()


STEPS: dict[str, Step] = {
    "settings": keep_settings,
    "key": make_key,
    "list": export_list,
    "packet": export_packet,
    "sources": export_sources,
    "attach": keep_file,
    "open": open_office,
    "back up": back_up,
    "restore": restore,
    "rescue": rescue,
    "found a circle": found_circle,
    "invite": invite,
}


@pytest.fixture
def holder(monkeypatch: pytest.MonkeyPatch) -> Holder:
    return Holder(monkeypatch)


@pytest.mark.parametrize("step", STEPS)
def test_what_is_held_for_a_moment_is_done_all_the_same(
    tmp_path: Path, holder: Holder, step: str
) -> None:
    holder.holds("replace", "rename", "unlink", times=2)
    STEPS[step](tmp_path)
    assert holder.barred, "the step writes a file, and meets the scanner"
    assert half_written(tmp_path) == []


@pytest.mark.parametrize("step", STEPS)
def test_what_is_held_for_ever_is_said_and_leaves_nothing(
    tmp_path: Path, holder: Holder, step: str
) -> None:
    with pytest.MonkeyPatch.context() as before:
        prepare(step, tmp_path, Holder(before))
    holder.holds()
    with pytest.raises(FileBusy, match="đang mở ở chương trình khác"):
        STEPS[step](tmp_path)
    assert half_written(tmp_path) == []


def prepare(step: str, place: Path, _free: Holder) -> None:
    """What must be there before *step* can meet the scanner at its own files."""
    if step in ("back up", "restore", "rescue", "found a circle", "invite"):
        with_office(place, lambda store: (body(store, "Sở Y tế"), store.backup()))
    if step == "invite":
        with_office(place, found_in)


def test_a_backup_that_was_barred_leaves_the_register_and_the_older_backups(
    tmp_path: Path, holder: Holder
) -> None:
    store = open_store(tmp_path, now=NOW)
    body(store, "Sở Y tế")
    kept = store.backup().path
    holder.holds()
    with pytest.raises(FileBusy):
        store.restore(kept)
    with store.reading() as session:
        assert [agency.name for agency in records.live(session, Agency)] == ["Sở Y tế"]
    body(store, "Sở Tài chính")
    assert check(store).problems == []
    assert [found.path for found in store.all_backups()] == [kept]
    store.close()


@pytest.fixture(scope="module")
def two(tmp_path_factory: pytest.TempPathFactory) -> list[Desk]:
    return circle(tmp_path_factory.mktemp("two"), "Công an tỉnh", "Sở Y tế")


@pytest.fixture(scope="module", autouse=True)
def closed_afterwards(two: list[Desk]):
    yield
    for desk in two:
        desk.store.close()


def send_with_file(two: list[Desk]) -> Path:
    """A regulation with a file of its own, on its way from the first office to the second."""
    first, other = two
    made = regulation(first, first.agency, other.agency, f"{os.urandom(3).hex()}/QC-CAT-SYT")
    source = first.folder / "Quy chế.pdf"
    source.write_bytes(os.urandom(2000))
    with first.store.changing("Đính kèm") as session:
        from app.models import Regulation

        owner = records.get(session, Regulation, made)
        attachments.attach(session, first.store.blobs, owner, source)
    return first.send(other)


def test_a_package_held_for_a_moment_goes_out_and_comes_in(
    two: list[Desk], tmp_path: Path, holder: Holder
) -> None:
    first, other = two
    holder.holds("replace", "rename", "unlink", times=2)
    package = send_with_file(two)
    carried = stick.copy_out(package, tmp_path)
    before = len(list(other.store.folder.blobs.rglob("*")))
    assert other.take(carried).sets > 0
    assert len(list(other.store.folder.blobs.rglob("*"))) > before
    first.take(other.send(first))
    membership.sweep_outbox(first.store)
    for desk in two:
        assert half_written(desk.folder) == []
        assert check(desk.store).problems == []


def test_a_package_held_for_ever_is_said_and_can_be_made_and_taken_later(
    two: list[Desk], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    first, other = two
    waiting = send_with_file(two)
    with monkeypatch.context() as scanner:
        Holder(scanner).holds()
        for refused in (
            lambda: first.send(other),
            lambda: stick.copy_out(waiting, tmp_path),
            lambda: other.take(waiting),
        ):
            with pytest.raises(FileBusy, match="đang mở ở chương trình khác"):
                refused()
    assert not any(tmp_path.iterdir())
    assert half_written(first.folder) + half_written(other.folder) == []
    assert other.take(stick.copy_out(waiting, tmp_path)).sets > 0
    assert check(other.store).problems == []


def half_written(folder: Path) -> list[Path]:
    return [path for path in folder.rglob("*") if durable.is_unfinished(path)]
