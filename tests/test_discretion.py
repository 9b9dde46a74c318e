"""The log and the crash report tell nothing of who sits at the machine."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import discretion, durable, paths
from app.discretion import hide, redacted

USERS = "\\".join(("C:", "Users", ""))  # in one piece it is looked for in every file
PROFILE = f"{USERS}Nguyễn Văn Lan"
OFFICE = "D:\\Sổ phối hợp\\Phòng Tham mưu"


@pytest.fixture(autouse=True)
def somebodys(monkeypatch: pytest.MonkeyPatch) -> None:
    """A Windows profile and an office's folder, named after people."""
    monkeypatch.setattr(Path, "home", lambda: Path(PROFILE))
    monkeypatch.setattr(paths, "home", lambda: Path(f"{PROFILE}\\AppData\\Local\\PhoiHop"))
    monkeypatch.setattr(discretion, "_known", {})
    monkeypatch.setattr(
        discretion, "_short", lambda name: name.replace("Nguyễn Văn Lan", "NGUYNV~1")
    )
    monkeypatch.setenv("USERNAME", "nguyenvanlan")
    discretion._spelled.cache_clear()
    hide(Path(OFFICE), "<SỔ>")


def kinds(path: str) -> list[str]:
    """One path in every spelling that an error or a traceback may have."""
    return [
        path,
        repr(path)[1:-1],
        repr(repr(path))[2:-2],
        path.replace("\\", "/"),
        path.upper(),
        path.lower(),
    ]


@pytest.mark.parametrize("path", kinds(f"{PROFILE}\\Desktop\\a.docx"))
def test_the_persons_folder_is_taken_out_in_every_spelling(path: str) -> None:
    told = redacted(f"[Errno 2] No such file or directory: {path}")
    assert "lan" not in told.lower()
    assert "desktop" in told.lower()


@pytest.mark.parametrize("path", kinds(f"{PROFILE}\\AppData\\Local\\PhoiHop\\logs\\phoihop.log"))
def test_the_programs_own_folder_is_named_by_a_sign(path: str) -> None:
    assert redacted(path).startswith("<PHOIHOP>")


@pytest.mark.parametrize("path", kinds(f"{OFFICE}\\blobs"))
def test_the_offices_folder_is_taken_out_in_every_spelling(path: str) -> None:
    told = redacted(f"refused at {path} now")
    assert "tham m" not in told.lower()
    assert "<SỔ>" in told


@pytest.mark.parametrize(
    "written",
    [
        f"{USERS}NGUYNV~1\\AppData\\Local\\Temp\\x",
        "file:///C:/Users/Nguy%E1%BB%85n%20V%C4%83n%20Lan/a.phop?mode=ro",
        "c:/users/nguyễn văn lan",
        "the user nguyenvanlan may not write",
        "NGUYENVANLAN",
    ],
)
def test_short_names_addresses_and_the_name_itself_are_taken_out(written: str) -> None:
    told = redacted(written).lower()
    assert "lan" not in told
    assert "nguy" not in told


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        (f"{USERS}Trần Thị B\\a.docx", "~\\a.docx"),
        (repr(f"{USERS}ttb\\a"), "'~\\\\a'"),
        ("/".join(("", "home", "ttb", "sổ")), "~/sổ"),
        ("C:/Documents and Settings/ttb", "~"),
        (f"{USERS}ttb is gone", "~ is gone"),
    ],
)
def test_other_peoples_folders_are_taken_out(written: str, kept: str) -> None:
    assert redacted(written) == kept


@pytest.mark.parametrize(
    "written",
    [
        'File "app/store/store.py", line 12, in open',
        f"{OFFICE}-cũ\\a",
        "D:\\Sổ phối hợp",
        "users/agency is no folder",
        "[WinError 32] The process cannot access the file",
    ],
)
def test_what_names_nobody_stays_to_be_read(written: str) -> None:
    assert redacted(written) == written


@pytest.mark.parametrize("name", ["app", "root", "ab"])
def test_a_name_that_stands_in_every_traceback_is_left(
    monkeypatch: pytest.MonkeyPatch, name: str
) -> None:
    monkeypatch.setenv("USERNAME", name)
    assert redacted('File "app/ui/ab.py", the root') == 'File "app/ui/ab.py", the root'


@pytest.mark.parametrize(
    "folder", ["D:\\\\Hội nghị kín\\\\", "/media/Hội nghị kín/", "\\\\\\\\máy\\\\Hội nghị kín"]
)
def test_an_error_about_a_file_elsewhere_does_not_say_what_it_is_called(folder: str) -> None:
    said = redacted(f"PermissionError: [Errno 13] Permission denied: '{folder}a.docx'")
    assert "Hội nghị kín" not in said
    assert said.startswith("PermissionError: [Errno 13] Permission denied: '")


def test_what_cannot_be_removed_is_logged_without_the_name_of_its_folder(
    tmp_path: Path, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    secret = tmp_path / "Hội nghị kín" / "Biên bản.docx"
    secret.parent.mkdir()
    secret.touch()

    def refuse(_path: Path) -> None:
        raise PermissionError(13, "denied")

    monkeypatch.setattr(Path, "unlink", refuse)
    assert not durable.clear(secret)
    assert ".docx" in caplog.text
    assert "kín" not in caplog.text
    assert "Biên bản" not in caplog.text


@pytest.mark.parametrize(
    "told",
    [
        r"Tệp E:\Kế hoạch mật\a.xlsx đang mở ở chương trình khác.",
        r"Không ghi được vào \\may-chu\Kế hoạch mật\b.docx: không có quyền ghi ở đó.",
        r"Không ghi được vào D:/Kế hoạch mật (2023)/báo cáo.docx: x",
    ],
)
def test_a_sentence_about_a_file_elsewhere_is_kept_without_its_name(told: str) -> None:
    kept = redacted(told)
    assert "Kế hoạch" not in kept
    assert told.partition(" ")[0] in kept


def test_the_lines_of_a_traceback_keep_the_programs_files() -> None:
    line = r'  File "C:\Program Files\app\store.py", line 3, in open'
    assert redacted(line) == line
