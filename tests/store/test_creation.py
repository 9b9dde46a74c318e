"""A register comes to be whole or not at all, whatever cuts its making short."""

from __future__ import annotations

import errno
import os
import subprocess
import sys
from pathlib import Path

import pytest

from app import durable
from app.errors import AlreadyOpen, AppError, DiskFull, FileBusy, PathTooLong
from app.journal.keys import Keyring
from app.models import Agency
from app.services.any_kind import records
from app.store import Store, creation, engine
from app.store.checking import check
from app.store.folder import Folder
from tests.holding import held
from tests.offices import at, body, open_store, police

ROOT = Path(__file__).resolve().parents[2]
posix = pytest.mark.skipif(os.name != "posix", reason="kills a process the POSIX way")


def opener(place: Path):
    return lambda folder: Store(folder, keyring=Keyring(place / "keys"))


def creating(place: Path):
    return creation.creating(place / "office", opener(place), Keyring(place / "keys"))


def begun(place: Path) -> None:
    """An office with one body and one file, made in one piece."""
    with creating(place) as store:
        police(store)
        (place / "paper.txt").write_text("văn bản", encoding="utf-8")
        store.blobs.keep(place / "paper.txt")


def left_in(place: Path) -> set[str]:
    """Every file and folder below the office and its keys."""
    found = [*(place / "office").rglob("*"), *(place / "keys").rglob("*")]
    return {path.relative_to(place).as_posix() for path in found}


def test_what_was_begun_is_there_with_its_files_and_its_key(tmp_path: Path) -> None:
    begun(tmp_path)

    store = open_store(tmp_path)
    assert store.read_only_reason is None
    assert store.office_name == "Công an tỉnh Thanh Hóa"
    assert len([p for p in store.blobs.folder.glob("*/*") if p.is_file()]) == 1
    assert check(store).problems == []
    store.close()
    assert not [name for name in left_in(tmp_path) if "dang-tao" in name]


def test_a_refusal_leaves_neither_folder_nor_key(tmp_path: Path) -> None:
    def refused() -> None:
        with creating(tmp_path / "x" / "y") as store:
            body(store, "")

    with pytest.raises(AppError):
        refused()
    assert not (tmp_path / "x").exists() or left_in(tmp_path / "x" / "y") == set()
    assert not (tmp_path / "x" / "y" / "office").exists()


def test_what_lies_in_the_folder_already_is_left_alone(tmp_path: Path) -> None:
    office = tmp_path / "office"
    (office / "so-phoi-hop.dang-tao").mkdir(parents=True)
    (office / "so-phoi-hop.dang-tao" / "thư riêng.txt").write_text("của tôi", encoding="utf-8")
    (office / "backups").mkdir()
    (office / "backups" / "cũ.phop").write_bytes(b"old")
    (office / "so-phoi-hop.phop-wal").write_bytes(b"of a register that is gone")

    begun(tmp_path)

    open_store(tmp_path).close()
    assert (office / "so-phoi-hop.dang-tao" / "thư riêng.txt").exists()
    assert (office / "backups" / "cũ.phop").read_bytes() == b"old"
    kept = office / "so-phoi-hop.phop-wal.cu-1"
    assert kept.read_bytes() == b"of a register that is gone"


def test_a_second_start_does_not_disturb_a_creation_under_way(tmp_path: Path) -> None:
    with creating(tmp_path) as store:
        police(store)
        with pytest.raises(AlreadyOpen):
            open_store(tmp_path)
        with pytest.raises(AlreadyOpen):
            creation.settle(tmp_path / "office", Keyring(tmp_path / "keys"))
    store = open_store(tmp_path)
    assert store.office_name == "Công an tỉnh Thanh Hóa"
    store.close()


def test_a_register_without_a_writer_is_given_one(tmp_path: Path) -> None:
    """As an older version left it when it was killed in its first second."""
    store = open_store(tmp_path)
    with store.exchanging() as connection:
        connection.exec_driver_sql("DELETE FROM fact")
        connection.exec_driver_sql("DELETE FROM replica")
    store.close()

    store = open_store(tmp_path)
    police(store)
    assert check(store).problems == []
    store.close()


# A full disk ---------------------------------------------------------------------------


def test_a_disk_that_is_full_at_once_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    pragmas = (*engine._PRAGMAS, "max_page_count = 12")
    monkeypatch.setattr(engine, "_PRAGMAS", pragmas)
    with pytest.raises(DiskFull) as told:
        open_store(tmp_path)
    assert "dang-tao" not in str(told.value), "a folder that nobody knows of"
    assert left_in(tmp_path) <= {"keys"}
    assert not (tmp_path / "office").exists()

    monkeypatch.undo()
    open_store(tmp_path).close()


@pytest.mark.parametrize("step", ["create", "rename", "replace"])
def test_a_disk_that_fills_up_at_any_step_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, step: str
) -> None:
    true_step, left = getattr(durable, step), 0

    def full(*given, **more):
        nonlocal left
        left -= 1
        if left == 0:
            raise OSError(errno.ENOSPC, os.strerror(errno.ENOSPC))
        return true_step(*given, **more)

    monkeypatch.setattr(durable, step, full)
    number = 0
    while left <= 0:
        number += 1
        left, place = number, tmp_path / str(number)
        place.mkdir()
        try:
            begun(place)
        except DiskFull:
            assert left_in(place) <= {"keys"}
            assert not (place / "office").exists()
    assert number > 1, "the disk was never full"
    store = open_store(tmp_path / str(number))
    assert store.read_only_reason is None
    store.close()


# A kill --------------------------------------------------------------------------------

KILLED = """
import os, signal, sys
from pathlib import Path
place, root, how, wanted = Path(sys.argv[1]), sys.argv[2], sys.argv[3], sys.argv[4:]
sys.path.insert(0, root)
from tests.store.test_creation import begun
import pyrage
EVENTS = {"open", "os.rename", "os.remove", "os.mkdir", "os.rmdir"}

def at_step(number, folder):
    seen = 0
    def hook(event, given):
        nonlocal seen
        if event in EVENTS and str(given[0]).startswith(folder):
            seen += 1
            if seen == number:
                os.kill(os.getpid(), signal.SIGKILL)
    sys.addaudithook(hook)

for number in map(float, wanted):
    folder = place / f"{number:g}"
    folder.mkdir()
    child = os.fork()
    if not child:
        if how == "step":
            at_step(int(number), str(folder))
        else:
            signal.setitimer(signal.ITIMER_REAL, number)
        begun(folder)
        os._exit(0)
    _, status = os.waitpid(child, 0)
    print(folder.name, "done" if status == 0 else "killed", flush=True)
"""


def killed(place: Path, how: str, wanted: list[str]) -> dict[str, str]:
    """Begin an office again and again, each time killed elsewhere; what became of each."""
    ran = subprocess.run(
        [sys.executable, "-c", KILLED, str(place), str(ROOT), how, *wanted],
        capture_output=True,
        text=True,
        check=True,
        cwd=ROOT,
    )
    return dict(line.split() for line in ran.stdout.splitlines())


def assert_opens(place: Path) -> bool:
    """Whether what was begun is there; it opens in either case and has nothing too much."""
    store = open_store(place, now=at(2026, 11, 24))
    with store.reading() as session:
        names = [agency.name for agency in records.live(session, Agency)]
        files = [p for p in store.blobs.folder.glob("*/*") if p.is_file()]
    assert (names, len(files)) in (([], 0), (["Công an tỉnh Thanh Hóa"], 1))
    assert store.read_only_reason is None
    with store.connection() as connection:
        known = connection.exec_driver_sql("SELECT hex(id) FROM replica").scalars().all()
    durable.sweep(place / "keys", older_than=0)  # as an hour later
    assert {p.stem for p in (place / "keys").glob("*.key")} == {name.lower() for name in known}
    assert not [name for name in left_in(place) if "dang-tao" in name or "dang-ghi" in name]
    body(store, "sau khi mất điện")
    store.close()
    return bool(names)


@posix
def test_a_kill_at_any_step_leaves_a_folder_that_opens(tmp_path: Path) -> None:
    steps = [*range(1, 70, 5), *range(70, 140, 3), 200]
    ended = killed(tmp_path, "step", [str(step) for step in steps])
    assert "killed" in ended.values()
    assert "done" in ended.values(), "the last steps were never reached"
    whole = {name for name in ended if assert_opens(tmp_path / name)}
    assert {name for name, how in ended.items() if how == "done"} <= whole


@posix
@pytest.mark.slow
def test_a_kill_at_any_moment_leaves_a_folder_that_opens(tmp_path: Path) -> None:
    ended = killed(tmp_path, "moment", [f"{0.004 * n:.3f}" for n in range(1, 41, 3)])
    assert "killed" in ended.values()
    for name in ended:
        assert_opens(tmp_path / name)


def test_a_creation_that_only_waits_to_take_its_place_takes_it(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    """The machine stops between the mark and the moving, which nothing can foresee."""

    class Stop(BaseException):
        pass

    def stop(*_: object) -> None:
        raise Stop

    with monkeypatch.context() as patch:
        patch.setattr(creation, "_move_in", stop)
        patch.setattr(creation, "_discard", lambda *_: None)
        patch.setattr(durable, "remove", lambda *_: None)
        with pytest.raises(Stop):
            begun(tmp_path)
    assert not Folder(tmp_path / "office").database.exists()

    with creating(tmp_path) as store:
        assert store.office_name == "Công an tỉnh Thanh Hóa"
    assert assert_opens(tmp_path)


def test_a_folder_too_deep_for_what_a_register_holds_is_refused_untouched(tmp_path: Path) -> None:
    deep = tmp_path / ("sâu" * 60)

    with pytest.raises(PathTooLong, match=r"sâu nằm quá sâu: tệp trong sổ vượt \d+ ký tự"):
        Store(deep, keyring=Keyring(tmp_path / "keys"))
    assert not list(tmp_path.iterdir())


def test_a_register_that_lies_deep_already_is_opened(tmp_path: Path) -> None:
    open_store(tmp_path).close()
    deep = tmp_path / ("sâu" * 40)
    deep.mkdir()
    (tmp_path / "office").rename(deep / "office")

    Store(deep / "office", keyring=Keyring(tmp_path / "keys")).close()


def test_the_note_of_new_keys_is_waited_for_and_said_while_it_is_held(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    note = Folder(tmp_path / "office").apart.path / creation._KEYS
    really, held_for = durable.read, [99]

    def read(path: Path, size: int = -1) -> bytes:
        if path == note and path.exists() and held_for[0]:
            held_for[0] -= 1
            raise held(path)
        return really(path, size)

    with monkeypatch.context() as patch:
        patch.setattr(durable, "read", read)
        with pytest.raises(FileBusy):
            begun(tmp_path)
    assert not Folder(tmp_path / "office").database.exists()
    begun(tmp_path)
    assert assert_opens(tmp_path)


def test_a_full_disk_does_not_keep_the_register_shut(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    open_store(tmp_path).close()

    def full(*_: object) -> int:
        raise OSError(errno.ENOSPC, "no space")

    monkeypatch.setattr(os, "write", full)
    open_store(tmp_path).close()
