"""A register that does not open is not the end: the newest sound backup is offered."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from app.errors import AlreadyOpen, Cancelled, DiskFull, TargetGone
from app.models import Agency
from app.services.any_kind import records
from app.store import Store, backup
from app.store.checking import check
from app.store.folder import Folder
from app.store.restoring import restorations
from app.ui.common.parts import dialogs
from app.ui.rescue import OtherFolder, open_or_rescue
from tests.offices import body, open_store

pytestmark = pytest.mark.usefixtures("qapp")


@pytest.fixture
def folder(tmp_path: Path) -> Folder:
    """An office with one body in its backup and two in its register."""
    store = open_store(tmp_path)
    body(store, "Sở Y tế")
    store.backup()
    body(store, "Sở Nội vụ")
    store.close()
    return store.folder


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    said: list[str] = []
    monkeypatch.setattr(dialogs, "tell_error", lambda *given: said.append(str(given[-1])))
    return said


@pytest.fixture
def agreed(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []

    def ask(*given: Any) -> bool:
        asked.append(given[2])
        return True

    monkeypatch.setattr(dialogs, "ask", ask)
    return asked


def rescued(folder: Folder) -> Store | None:
    found = open_or_rescue(lambda: open_store(folder.path.parent), folder.path)
    assert found is None or isinstance(found, Store)
    return found


def spoilt(folder: Folder, content: bytes) -> None:
    for ending in ("-wal", "-shm"):
        Path(f"{folder.database}{ending}").unlink(missing_ok=True)
    folder.database.write_bytes(content)


@pytest.mark.parametrize("content", [b"", b"no register at all", b"SQLite format 3\0" + bytes(84)])
def test_the_newest_backup_takes_the_place_of_a_file_that_does_not_open(
    folder: Folder, agreed: list[str], content: bytes
) -> None:
    spoilt(folder, content)
    store = rescued(folder)

    assert store is not None
    with store.reading() as session:
        assert [agency.name for agency in records.live(session, Agency)] == ["Sở Y tế"]
    assert "Có bản sao lưu lúc" in agreed[0]
    assert [each.why for each in restorations(store)] == ["Tệp sổ không mở được."]
    body(store, "Sở Tài chính")
    assert check(store).problems == []
    store.close()
    (aside,) = folder.path.glob("*.hong-*")
    assert aside.read_bytes() == content


def test_whoever_would_rather_not_finds_everything_as_it_was(
    folder: Folder, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(dialogs, "ask", lambda *_: False)
    spoilt(folder, b"x")

    assert rescued(folder) is None
    assert folder.database.read_bytes() == b"x"
    assert not list(folder.path.glob("*.hong-*"))


def test_without_a_sound_backup_only_the_reason_is_told(folder: Folder, told: list[str]) -> None:
    spoilt(folder, b"")
    for kept in folder.backups.iterdir():
        kept.write_bytes(b"x")

    assert rescued(folder) is None
    assert "rỗng (0 byte)" in told[0]


@pytest.mark.usefixtures("agreed")
def test_no_room_for_the_backup_leaves_the_old_file_in_its_place(
    folder: Folder, told: list[str], monkeypatch: pytest.MonkeyPatch
) -> None:
    spoilt(folder, b"x")

    def fail(*_: object) -> None:
        raise DiskFull(path="đĩa")

    monkeypatch.setattr(backup, "put_back", fail)

    assert rescued(folder) is None
    assert "ổ đĩa đã đầy" in told[0]
    assert folder.database.read_bytes() == b"x"


def test_a_register_that_is_open_elsewhere_is_not_replaced(folder: Folder, told: list[str]) -> None:
    first = open_store(folder.path.parent)

    assert rescued(folder) is None
    assert "đang mở ở một cửa sổ khác" in told[0]
    first.close()


# another folder --------------------------------------------------------------------------


def test_a_folder_that_cannot_be_used_is_told_with_a_way_to_choose_another(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[tuple[str, ...]] = []

    def choose(_parent: Any, _title: str, _body: str, acts: tuple[str, ...]) -> int:
        asked.append(acts)
        return 1

    def refuse() -> Store:
        raise TargetGone(path=tmp_path, why="ổ đĩa này chỉ cho đọc (bị khóa ghi).")

    monkeypatch.setattr(dialogs, "choose", choose)
    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: tmp_path / "other")
    with pytest.raises(OtherFolder) as chosen:
        open_or_rescue(refuse, tmp_path, may_move=True)
    assert chosen.value.folder == tmp_path / "other"
    assert asked == [("Đóng", "Chọn thư mục khác …")]

    monkeypatch.setattr(dialogs, "choose_folder", lambda *_: None)
    assert open_or_rescue(refuse, tmp_path, may_move=True) is None


def test_another_folder_is_no_remedy_for_a_register_that_is_open(
    tmp_path: Path, told: list[str]
) -> None:
    def refuse() -> Store:
        raise AlreadyOpen

    assert open_or_rescue(refuse, tmp_path, may_move=True) is None
    assert len(told) == 1


def test_whoever_gives_up_is_told_nothing_more(tmp_path: Path, told: list[str]) -> None:
    def give_up() -> Store:
        raise Cancelled

    assert open_or_rescue(give_up, tmp_path) is None
    assert told == []


def test_a_register_is_put_back_also_where_its_key_is_gone(
    folder: Folder, agreed: list[str]
) -> None:
    spoilt(folder, b"")
    for key in (folder.path.parent / "keys").iterdir():
        key.unlink()
    store = rescued(folder)

    assert store is not None
    assert agreed
    assert store.read_only_reason is not None
    assert [each.why for each in restorations(store)] == ["Tệp sổ không mở được."]
    store.close()
