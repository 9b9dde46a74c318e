"""Where a register is not safe, and what a cloud's program has left beside it."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path

import pytest

from app.store import whereabouts
from app.store.folder import Folder


@pytest.fixture(autouse=True)
def quiet_place(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    """The tests themselves run in a temporary folder."""
    for name in ("TEMP", "TMP", "OneDrive", "OneDriveCommercial", "OneDriveConsumer"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr(tempfile, "gettempdir", lambda: str(tmp_path / "tạm"))


@pytest.mark.parametrize(
    ("parts", "cloud"),
    [
        (("OneDrive", "sổ"), "OneDrive"),
        (("OneDrive - Sở Y tế", "sổ"), "OneDrive"),
        (("onedrive",), "OneDrive"),
        (("Dropbox",), "Dropbox"),
        (("Dropbox (Personal)", "a", "b"), "Dropbox"),
        (("Google Drive", "sổ"), "Google Drive"),
        (("My Drive",), "Google Drive"),
        (("Drive của tôi",), "Google Drive"),
        (("iCloudDrive",), "iCloud"),
        (("Tài liệu", "OneDriver"), ""),
        (("Dropbox-cũ",), ""),
        (("My Drives",), ""),
    ],
)
def test_a_clouds_folder_is_known_by_its_name(
    tmp_path: Path, parts: tuple[str, ...], cloud: str
) -> None:
    folder = tmp_path.joinpath(*parts)
    assert whereabouts.cloud_of(folder) == cloud
    assert (cloud in (Folder(folder).warning() or "")) if cloud else not Folder(folder).warning()


@pytest.mark.parametrize("name", ["OneDrive", "OneDriveCommercial"])
def test_onedrive_is_known_by_what_windows_says(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv(name, str(tmp_path / "Đám mây"))
    assert whereabouts.cloud_of(tmp_path / "Đám mây" / "Tài liệu" / "sổ") == "OneDrive"
    assert whereabouts.cloud_of(tmp_path / "Đám mây khác") == ""


@pytest.mark.parametrize("mark", [".dropbox", ".tmp.driveupload"])
def test_a_clouds_folder_is_known_by_its_mark(tmp_path: Path, mark: str) -> None:
    (tmp_path / "kho" / mark).mkdir(parents=True)
    assert whereabouts.cloud_of(tmp_path / "kho" / "sổ" / "2026")
    assert not whereabouts.cloud_of(tmp_path / "khác")


def test_a_temporary_folder_is_warned_of(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    assert "thư mục tạm" in (Folder(tmp_path / "tạm" / "Temp1_PhoiHop.zip").warning() or "")
    monkeypatch.setenv("TEMP", str(tmp_path / "Temp"))
    assert whereabouts.is_temporary(tmp_path / "Temp" / "a")
    assert not whereabouts.is_temporary(tmp_path / "Temporary")


@pytest.mark.skipif(os.name != "posix", reason="makes a symbolic link")
def test_a_link_into_a_temporary_folder_is_one(tmp_path: Path) -> None:
    (tmp_path / "tạm").mkdir()
    (tmp_path / "sổ").symlink_to(tmp_path / "tạm")
    assert whereabouts.is_temporary(tmp_path / "sổ" / "2026")


@pytest.mark.parametrize(
    "name",
    [
        "so-phoi-hop (conflicted copy 2026-11-30).phop",
        "so-phoi-hop (PC-01's conflicted copy 2026-11-30).phop",
        "so-phoi-hop (bản sao xung đột của Lan).phop",
        "so-phoi-hop-DESKTOP-7Q2.phop",
        "so-phoi-hop (1).phop",
        "SO-PHOI-HOP(2).phop",
    ],
)
def test_a_second_register_beside_the_first_is_told_of(tmp_path: Path, name: str) -> None:
    Folder(tmp_path).database.write_bytes(b"")
    (tmp_path / name).write_bytes(b"")
    assert whereabouts.second_registers(tmp_path) == [name]
    assert name in (Folder(tmp_path).warning() or "")


def test_what_the_program_itself_leaves_is_not_taken_for_one(tmp_path: Path) -> None:
    for name in (
        "so-phoi-hop.phop",
        "so-phoi-hop.phop-wal",
        "so-phoi-hop.phop.hong-20261130-080000",
        "so-phoi-hop_20261130-080000_manual.phop",
        "so-phoi-hop.lock",
        "so-phoi-hop - Bản sao.phop",
    ):
        (tmp_path / name).write_bytes(b"")
    assert Folder(tmp_path).warning() is None
    assert whereabouts.second_registers(tmp_path / "nowhere") == []
