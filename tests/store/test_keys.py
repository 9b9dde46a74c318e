"""A key that is there and cannot be used: the register is read, and can be given a new one."""

from __future__ import annotations

import os
from collections.abc import Callable
from pathlib import Path

import pytest

from app.errors import KeyUnusable, ReadOnly
from app.journal import keys
from app.journal.keys import Keyring
from app.models import Agency
from app.services.any_kind import records
from app.store import Store
from app.store.checking import check
from tests.holding import Holder
from tests.offices import body, open_store, police

Harm = Callable[[Path], object]


def emptied(path: Path) -> None:
    path.write_bytes(b"")


def cut(path: Path) -> None:
    path.write_bytes(path.read_bytes()[:-1])


def with_line_ends(path: Path) -> None:
    """As the first version wrote it on Windows: a byte more in its midst."""
    content = path.read_bytes()
    path.write_bytes(content[:20] + b"\r" + content[20:])


def replaced(path: Path) -> None:
    """The key of another register, whole in itself."""
    path.write_bytes(bytes(32) if path.suffix == ".key" else b"AGE-SECRET-KEY-1" + b"?" * 58)


def a_folder(path: Path) -> None:
    path.unlink()
    path.mkdir()


@pytest.fixture
def office(tmp_path: Path) -> Path:
    store = open_store(tmp_path)
    police(store)
    store.close()
    return tmp_path


def assert_reads_and_is_renewed(place: Path) -> None:
    store = open_store(place)
    assert store.read_only_reason is not None
    assert "Nhận máy này làm máy ghi sổ" in store.read_only_reason
    with pytest.raises(ReadOnly, match="không dùng được"):
        body(store, "Sở Y tế")
    with store.reading() as session:
        assert len(records.live(session, Agency)) == 1
    store.renew_replica()
    assert store.read_only_reason is None
    body(store, "Sở Nội vụ")
    assert check(store).problems == []
    store.close()

    store = open_store(place)
    assert store.read_only_reason is None
    store.close()


@pytest.mark.parametrize("ending", [".key", ".age"])
@pytest.mark.parametrize("harm", [emptied, cut, with_line_ends, replaced, a_folder])
def test_a_damaged_key_leaves_the_register_to_be_read_and_renewed(
    office: Path, ending: str, harm: Harm
) -> None:
    (path,) = (office / "keys").glob(f"*{ending}")
    harm(path)
    assert_reads_and_is_renewed(office)


def sealed_by_another(monkeypatch: pytest.MonkeyPatch, place: Path) -> None:
    """From now on what was sealed before does not open: as after an administrator's reset."""
    before = {path.read_bytes() for path in (place / "keys").iterdir()}

    def unprotect(sealed: bytes) -> bytes:
        if sealed in before:
            raise OSError(-2146893813, "CryptUnprotectData refused")
        return sealed

    monkeypatch.setattr(keys, "_unprotected", unprotect)
    monkeypatch.setattr(keys, "_protected", bytes)  # what is sealed from now on opens


def test_a_key_that_windows_does_not_unseal_is_replaced(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    sealed_by_another(monkeypatch, office)
    store = open_store(office)
    assert "mật khẩu tài khoản đã bị đặt lại" in (store.read_only_reason or "")
    store.close()
    assert_reads_and_is_renewed(office)


def test_a_keys_folder_that_may_not_be_read_leaves_the_register_to_be_read(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(path: Path) -> bytes:
        raise PermissionError(13, os.strerror(13), str(path))

    with monkeypatch.context() as patch:
        patch.setattr(Path, "open", lambda path, *_: refuse(path))
        patch.setattr(Path, "exists", lambda _path, **_: refuse(_path))
        with pytest.raises(KeyUnusable, match="không có quyền"):
            Keyring(office / "keys").unlocked(bytes(16))
        assert not Keyring(office / "keys").holds(bytes(16))


def test_a_new_key_that_windows_does_not_seal_is_a_sentence_and_leaves_nothing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def refuse(_secret: bytes) -> bytes:
        raise OSError(5, "CryptProtectData refused")

    monkeypatch.setattr(keys, "_protected", refuse)
    with pytest.raises(KeyUnusable, match="từ chối bảo vệ"):
        Store(tmp_path / "office", keyring=Keyring(tmp_path / "keys"))
    assert not (tmp_path / "office").exists()


def test_a_key_that_is_held_a_moment_at_the_start_is_no_lost_key(
    office: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    Holder(monkeypatch).holds("open", times=3)
    store = open_store(office)
    monkeypatch.undo()
    assert store.read_only_reason is None
    with store.connection() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM replica").scalar() == 1
    store.close()
