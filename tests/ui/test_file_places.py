"""Where the window lets files go: one place remembered, and none that Windows cannot open."""

from __future__ import annotations

import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtWidgets import QFileDialog, QWidget
from pytestqt.qtbot import QtBot

from app import paths, place
from app.models import Attachment
from app.settings import EXPORT_FOLDER, write_json
from app.store.blobs import Blobs
from app.ui.common.list import export_place
from app.ui.common.pane import files_tab
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import Office
from tests.ui.demo_room import DemoStore, office_on, rows

_DEEP = "/" + "t" * 230


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = office_on(DemoStore(rows()))
    yield office
    office.tasks.wait()
    office.remember.keep()


@pytest.fixture
def told(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """What was told in a dialog."""
    told: list[str] = []
    monkeypatch.setattr(dialogs, "tell_error", lambda _p, _t, error: told.append(str(error)))
    return told


def answering(monkeypatch: pytest.MonkeyPatch, *answers: str) -> list[str]:
    """The next file or folder dialogs answer so; what they were given to begin with."""
    left, begun = list(answers), []

    def save(_parent: object, _title: str, begin: str, *_: object, **__: object) -> tuple[str, str]:
        begun.append(begin)
        return left.pop(0), ""

    monkeypatch.setattr(QFileDialog, "getSaveFileName", save)
    monkeypatch.setattr(
        QFileDialog, "getExistingDirectory", lambda *given, **named: save(*given, **named)[0]
    )
    return begun


def test_a_file_too_deep_is_told_and_another_place_may_be_chosen(
    monkeypatch: pytest.MonkeyPatch, told: list[str], tmp_path: Path
) -> None:
    answering(monkeypatch, f"{_DEEP}/a.xlsx", str(tmp_path / "nul.xlsx"), str(tmp_path / "a.xlsx"))

    path = dialogs.save_file(None, "Xuất", "Excel (*.xlsx)", tmp_path / "b.xlsx")

    assert path == tmp_path / "a.xlsx"
    assert "nằm quá sâu" in told[0]
    assert "Windows không nhận tên tệp" in told[1]


def test_a_folder_that_does_not_do_is_told_and_another_may_be_chosen(
    monkeypatch: pytest.MonkeyPatch, told: list[str], tmp_path: Path
) -> None:
    from app.export.packet_names import refuse_deep

    answering(monkeypatch, _DEEP, str(tmp_path))

    assert dialogs.choose_folder(None, "Xuất", tmp_path, refuse_deep) == tmp_path
    assert len(told) == 1


def test_giving_up_after_a_refusal_writes_nowhere(
    monkeypatch: pytest.MonkeyPatch, told: list[str], tmp_path: Path
) -> None:
    answering(monkeypatch, f"{_DEEP}/a.xlsx", "")

    assert dialogs.save_file(None, "Xuất", "Excel (*.xlsx)", tmp_path / "b.xlsx") is None


@pytest.mark.parametrize(
    ("typed", "saved"),
    [
        ("a", "a.xlsx"),
        ("a.xlsx", "a.xlsx"),
        ("a.XLSX", "a.XLSX"),
        ("Sơ kết 1.2023", "Sơ kết 1.2023.xlsx"),
    ],
)
def test_a_typed_name_gets_the_suffix_that_opens_it(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, typed: str, saved: str
) -> None:
    answering(monkeypatch, str(tmp_path / typed))

    path = dialogs.save_file(None, "Xuất", "Excel (*.xlsx)", tmp_path / "b.xlsx")

    assert path == tmp_path / saved


def test_every_export_begins_where_the_last_one_went(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun = answering(monkeypatch, str(tmp_path / "x.xlsx"), "")
    parent = QWidget()
    for name in ("Quy chế", "Nghĩa vụ"):
        export_place.choose_file(parent, office, "Xuất", "", (name, " 2026-11-23", ".xlsx"))

    assert begun == [
        str(paths.exports_folder() / "Quy chế 2026-11-23.xlsx"),
        str(tmp_path / "Nghĩa vụ 2026-11-23.xlsx"),
    ]


def test_documents_that_are_not_there_do_not_keep_a_file_from_going_out(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    (tmp_path / "mất").write_text("ổ mạng không còn", encoding="utf-8")
    monkeypatch.setattr(paths, "exports_folder", lambda _chosen="": tmp_path / "mất" / "Phối Hợp")

    assert export_place.start_of(office) == Path.home()


def test_settings_that_cannot_be_written_do_not_keep_a_file_from_going_out(
    office: Office, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office.settings, "_path", tmp_path / "tep" / "settings.json")
    (tmp_path / "tep").touch()

    export_place.remember(office, tmp_path)

    assert office.settings[EXPORT_FOLDER] == "", "what could not be kept is not chosen"


@pytest.mark.parametrize("name", ["Biên bản: họp?.docx", "CON.pdf", "rất dài " * 30 + ".xlsx"])
def test_an_attachment_is_opened_under_a_name_its_program_opens(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    opened = opening(office, monkeypatch, tmp_path, name)

    (path,) = opened
    place.check(path)
    assert path.suffix == Path(name).suffix


@pytest.mark.skipif(sys.platform == "win32", reason="no such name can be made there")
@pytest.mark.parametrize("name", ["a.exe. ", "a.exe.", "a.lnk "])
def test_a_name_that_hides_a_program_from_the_question_is_asked_about(
    office: Office, monkeypatch: pytest.MonkeyPatch, tmp_path: Path, name: str
) -> None:
    monkeypatch.setattr(files_tab, "ask", lambda *_: False)

    assert opening(office, monkeypatch, tmp_path, name) == []


def opening(office: Office, monkeypatch: pytest.MonkeyPatch, folder: Path, name: str) -> list[Path]:
    """Open an attached file of that name; the paths given to the system."""
    opened: list[Path] = []
    monkeypatch.setattr(files_tab, "open_path", opened.append)
    blobs = Blobs(folder / "blobs")
    (folder / "a").write_bytes(b"x")
    office.store.blobs = blobs
    file = Attachment(name=name, sha256=blobs.keep(folder / "a").sha256, size=1)
    files_tab.open_copy(office, QWidget(), file)
    return opened


def test_a_dialog_for_reading_begins_in_documents_and_then_where_one_was_read_last(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    begun: list[str] = []

    def choose(_parent: object, _title: str, folder: str, *_: object, **__: object) -> object:
        begun.append(folder)
        return str(tmp_path / "usb" / "quy chế.docx"), ""

    (tmp_path / "usb").mkdir()
    (tmp_path / "documents").mkdir()
    monkeypatch.setattr("platformdirs.user_documents_path", lambda: tmp_path / "documents")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", choose)
    for _ in range(2):
        dialogs.open_file(None, "Nhập quy chế từ tệp", "Word (*.docx)")
    (tmp_path / "usb").rmdir()
    dialogs.open_file(None, "Nhập quy chế từ tệp", "Word (*.docx)")

    documents = str(tmp_path / "documents")
    assert begun == [documents, str(tmp_path / "usb"), documents]


def test_a_share_that_may_be_away_is_not_asked_for() -> None:
    write_json(paths.places_file(), {"read": "//server/share".replace("/", chr(92))})
    assert dialogs.start_of_reading() == dialogs.documents()


def test_a_dialog_for_folders_begins_somewhere(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []

    def choose(_parent: object, _title: str, folder: str, **_: object) -> str:
        begun.append(folder)
        return ""

    monkeypatch.setattr(QFileDialog, "getExistingDirectory", choose)
    assert dialogs.choose_folder(None, "Chọn thư mục dữ liệu") is None
    assert begun == [str(dialogs.documents())]
