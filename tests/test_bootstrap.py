"""Putting the parts together: where things lie, the first start, the window, the log."""

from __future__ import annotations

import logging
from datetime import date, datetime
from pathlib import Path

import pytest

from app import bootstrap, paths
from app.discretion import redacted
from app.errors import (
    BackupUnusable,
    Cancelled,
    DiskFull,
    EmptyFile,
    FileBusy,
    NotOurs,
    TargetGone,
)
from app.models import Agency
from app.progress import quiet
from app.services.any_kind import records
from app.settings import OFFICE_FOLDER, Settings
from app.store import Store
from app.store.folder import Folder
from app.ui import application
from app.ui.common.parts import dialogs
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office
from app.ui.first_start import Begin, FirstStart
from app.ui.main_window import MainWindow
from app.ui.rescue import OtherFolder

TODAY = date(2026, 3, 5)


@pytest.fixture
def shown(monkeypatch: pytest.MonkeyPatch):
    """Where the window was asked to open, and on which day; its store is opened and closed."""
    asked = []

    def run(open_store, folder, *, carried=None, today=date.today, **_):
        open_store().close()
        asked.append((folder, today(), carried) if carried else (folder, today()))
        return 0

    monkeypatch.setattr(application, "run", run)
    monkeypatch.setattr(application, "make_application", lambda *_: None)
    monkeypatch.setattr("app.ui.preparing.carry_out", lambda work, *_: work(quiet))
    return asked


def answers(monkeypatch, *given):
    waiting = list(given)
    monkeypatch.setattr("app.ui.first_start.ask_first_start", lambda *_: waiting.pop(0))


def own_bodies(folder: Path) -> tuple[str, list[str]]:
    store = Store(folder)
    try:
        with store.reading() as session:
            return store.facts.name, [a.name for a in records.live(session, Agency)]
    finally:
        store.close()


def test_a_folder_named_is_opened_without_a_question(shown, tmp_path):
    assert bootstrap.run_window(tmp_path / "office", TODAY, []) == 0
    assert shown == [(tmp_path / "office", TODAY)]


def test_opening_makes_the_days_backup(shown, tmp_path):
    bootstrap.run_window(tmp_path / "office", TODAY, [])
    assert [p.name for p in (tmp_path / "office" / "backups").glob("*_daily.phop")]


def test_the_first_start_asks_and_remembers(shown, tmp_path, monkeypatch):
    folder = tmp_path / "sổ"
    answers(monkeypatch, FirstStart("Văn phòng", "Sở Y tế", folder, Begin.EMPTY))
    assert bootstrap.run_window(None, None, []) == 0
    assert shown[0][0] == folder
    assert own_bodies(folder) == ("Văn phòng", ["Sở Y tế"])
    assert Settings(paths.settings_file())[OFFICE_FOLDER] == str(folder)
    assert bootstrap.run_window(None, None, []) == 0, "the second start asks nothing"
    assert shown[1][0] == folder


def test_a_file_opened_before_there_is_a_register_is_not_forgotten(shown, tmp_path, monkeypatch):
    answers(monkeypatch, FirstStart("Văn phòng", "Sở Y tế", tmp_path / "sổ", Begin.EMPTY))
    assert bootstrap.run_window(None, TODAY, [], carried=tmp_path / "moi.phm") == 0
    assert shown == [(tmp_path / "sổ", TODAY, tmp_path / "moi.phm")]


def test_whoever_would_rather_not_is_let_go(shown, monkeypatch):
    answers(monkeypatch, None)
    assert bootstrap.run_window(None, None, []) == 0
    assert shown == []
    assert not paths.default_office_folder().exists()


def test_a_refusal_is_told_and_asked_again(shown, tmp_path, monkeypatch):
    told = []
    monkeypatch.setattr(
        "app.ui.common.parts.dialogs.tell_error", lambda *said: told.append(said[-1])
    )
    (tmp_path / "bad.phop").write_bytes(b"no register")
    wrong = FirstStart("", "", tmp_path / "a", Begin.RESTORE, tmp_path / "bad.phop")
    right = FirstStart("Phòng", "Công an tỉnh", tmp_path / "b", Begin.EMPTY)
    answers(monkeypatch, wrong, right)
    bootstrap.run_window(None, None, [])
    assert len(told) == 1
    assert shown[0][0] == tmp_path / "b"
    assert not (tmp_path / "a").exists()


def test_a_first_start_that_is_stopped_leaves_nothing_and_asks_again(shown, tmp_path, monkeypatch):
    def stop(done: int, total: int) -> None:
        if done > total / 2:
            raise Cancelled

    monkeypatch.setattr("app.ui.preparing.carry_out", lambda work, *_: work(stop))
    sample = FirstStart("", "", tmp_path / "office", Begin.SAMPLE)
    answers(monkeypatch, sample, None)

    assert bootstrap.run_window(None, TODAY, []) == 0
    assert shown == []
    assert not (tmp_path / "office").exists()


def test_old_backups_in_the_folder_outlive_a_first_start_that_fails(tmp_path):
    folder = tmp_path / "office"
    (folder / "backups").mkdir(parents=True)
    (folder / "backups" / "so-phoi-hop_20260101-080000_daily.phop").write_bytes(b"old")
    (tmp_path / "bad.phop").write_bytes(b"no register")
    with pytest.raises(BackupUnusable):
        bootstrap.begin(FirstStart("", "", folder, Begin.RESTORE, tmp_path / "bad.phop"), TODAY)

    assert [p.name for p in folder.iterdir()] == ["backups"]
    assert len(list((folder / "backups").iterdir())) == 1


def test_a_folder_with_a_register_is_opened_as_it_is(tmp_path):
    folder = tmp_path / "office"
    bootstrap.begin(FirstStart("Một", "Sở Y tế", folder, Begin.EMPTY), TODAY)
    bootstrap.begin(FirstStart("Hai", "Sở Tài chính", folder, Begin.EMPTY), TODAY)
    assert own_bodies(folder) == ("Một", ["Sở Y tế"])


def test_the_first_start_may_begin_with_the_sample(tmp_path):
    bootstrap.begin(FirstStart("", "", tmp_path / "office", Begin.SAMPLE), TODAY)
    name, bodies = own_bodies(tmp_path / "office")
    assert "Phòng Tham mưu" in name
    assert len(bodies) > 30


def test_the_first_start_may_begin_with_a_backup(tmp_path):
    first = tmp_path / "first"
    bootstrap.begin(FirstStart("Một", "Sở Y tế", first, Begin.EMPTY), TODAY)
    store = Store(first)
    copy = store.backup().path
    store.close()
    second = tmp_path / "second"
    bootstrap.begin(FirstStart("", "", second, Begin.RESTORE, copy), TODAY)
    assert own_bodies(second) == ("Một", ["Sở Y tế"])
    assert len(list(paths.keys_folder().glob("*.key"))) == 2, "one for each of the registers"


@pytest.mark.parametrize(
    ("written", "kept"),
    [
        ("INSERT …\n[parameters: ('Sở Y tế', 'mật')]", "INSERT …\n[parameters: …]"),
        ("khóa " + "ab" * 16, "khóa …"),
        ("'" + "x" * 50 + "'", "'…'"),
    ],
)
def test_the_log_holds_nothing_of_the_records(written, kept):
    assert redacted(written) == kept


def test_a_log_that_cannot_be_written_keeps_nobody_out(monkeypatch, tmp_path):
    (tmp_path / "file").write_text("", encoding="utf-8")
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "file"))
    bootstrap.start_logging()
    logging.getLogger("phoihop").error("x")


def test_logging_started_twice_writes_each_line_once():
    bootstrap.start_logging()
    bootstrap.start_logging()
    logging.getLogger("phoihop").error("một dòng")
    assert paths.log_file().read_text(encoding="utf-8").count("một dòng") == 1


# what must be said -------------------------------------------------------------------


@pytest.fixture
def window(qapp, monkeypatch):
    """The window itself, without its event loop: what stands in its own message bar."""
    said = []

    def run(open_store, folder, *, ready, **_):
        store = open_store()
        window = MainWindow(Office(store), ())
        ready(window)
        said.append(window.messages.sentence())
        window.messages.close_message()
        window.deleteLater()
        store.close()
        return 0

    monkeypatch.setattr(application, "run", run)
    monkeypatch.setattr(MessageBar, "isHidden", lambda _: False)
    monkeypatch.setattr(Folder, "warning", lambda _: None)
    return said


@pytest.mark.parametrize(
    ("error", "words"),
    [
        (DiskFull(path="D:"), "ổ đĩa đã đầy"),
        (FileBusy(path="a.phop"), "đang mở ở chương trình khác"),
        (PermissionError(13, "Permission denied"), "không có quyền ghi"),
        (OSError(30, "Read-only file system"), "chỉ cho đọc"),
    ],
)
def test_a_backup_that_fails_is_said_in_the_window_that_opens_all_the_same(
    window, tmp_path, monkeypatch, error, words
):
    def fail(*_args, **_kwargs):
        raise error

    monkeypatch.setattr(Store, "backup", fail)
    assert bootstrap.run_window(tmp_path / "office", TODAY, []) == 0
    assert "Chưa sao lưu được sổ hôm nay" in window[0]
    assert words in window[0]


def test_a_folder_that_is_not_safe_is_said_in_the_window(window, tmp_path, monkeypatch):
    monkeypatch.setattr(Folder, "warning", lambda _: "Thư mục này được OneDrive chép lên mạng.")
    bootstrap.run_window(tmp_path / "office", TODAY, [])
    assert window == ["Thư mục này được OneDrive chép lên mạng."]


def test_nothing_is_said_where_nothing_is_wrong(window, tmp_path):
    bootstrap.run_window(tmp_path / "office", TODAY, [])
    assert window == [""]


# the clock ---------------------------------------------------------------------------


@pytest.fixture
def yesterday(monkeypatch):
    """The machine's clock has gone back to a day before the program was made."""
    monkeypatch.setattr(bootstrap, "now", lambda: datetime(2001, 1, 1, 8).astimezone())


def clock_answers(monkeypatch, number):
    asked = []

    def choose(_parent, _title, body, _acts):
        asked.append(body)
        return number

    monkeypatch.setattr(dialogs, "choose", choose)
    return asked


@pytest.mark.usefixtures("yesterday")
def test_a_wrong_clock_is_asked_about_before_anything_is_written(shown, tmp_path, monkeypatch):
    folder = tmp_path / "office"
    bootstrap.begin(FirstStart("Một", "Sở Y tế", folder, Begin.EMPTY), TODAY)
    before = {p: p.stat().st_mtime_ns for p in folder.rglob("*")}
    asked = clock_answers(monkeypatch, 0)
    with pytest.raises(Cancelled):
        bootstrap.run_window(folder, TODAY, [])
    assert "01/01/2001" in asked[0]
    assert f"{date.today():%d/%m/%Y}" in asked[0]
    assert {p: p.stat().st_mtime_ns for p in folder.rglob("*")} == before


@pytest.mark.usefixtures("yesterday")
def test_a_clock_that_is_right_after_all_is_asked_about_once(shown, tmp_path, monkeypatch):
    asked = clock_answers(monkeypatch, 1)
    answers(monkeypatch, FirstStart("Một", "Sở Y tế", tmp_path / "office", Begin.EMPTY))
    assert bootstrap.run_window(None, TODAY, []) == 0
    assert len(asked) == 1
    assert own_bodies(tmp_path / "office") == ("Một", ["Sở Y tế"])


@pytest.mark.usefixtures("yesterday")
def test_no_first_start_begins_under_a_clock_that_the_clerk_would_put_right(shown, monkeypatch):
    clock_answers(monkeypatch, 0)
    answers(monkeypatch)
    assert bootstrap.run_window(None, TODAY, []) == 0
    assert shown == []
    assert not paths.default_office_folder().exists()


# another folder ------------------------------------------------------------------------


def test_another_folder_that_is_chosen_is_opened_and_remembered(shown, tmp_path, monkeypatch):
    first, other = tmp_path / "first", tmp_path / "other"
    for folder in (first, other):
        bootstrap.begin(FirstStart("Một", "Sở Y tế", folder, Begin.EMPTY), TODAY)
    Settings(paths.settings_file()).choose(OFFICE_FOLDER, str(first))
    true_run = application.run

    def run(open_store, folder, **given):
        if folder == first:
            raise OtherFolder(other)
        return true_run(open_store, folder, **given)

    monkeypatch.setattr(application, "run", run)
    assert bootstrap.run_window(None, TODAY, []) == 0
    assert shown == [(other, TODAY)]
    assert Settings(paths.settings_file())[OFFICE_FOLDER] == str(other)


def test_what_was_answered_is_there_when_it_is_asked_again(shown, tmp_path, monkeypatch):
    monkeypatch.setattr(dialogs, "tell_error", lambda *_: None)
    (tmp_path / "file").write_text("", encoding="utf-8")
    wrong = FirstStart("Phòng", "Sở Y tế", tmp_path / "file" / "sổ", Begin.EMPTY)
    seen = []

    def ask(_proposed, before):
        seen.append(before)
        return wrong if before is None else None

    monkeypatch.setattr("app.ui.first_start.ask_first_start", ask)
    assert bootstrap.run_window(None, TODAY, []) == 0
    assert seen == [None, wrong]


def test_an_office_whose_place_cannot_be_remembered_is_opened_all_the_same(
    shown, tmp_path, monkeypatch
):
    told = []
    monkeypatch.setattr(dialogs, "tell_error", lambda *said: told.append(said[-1]))
    answers(monkeypatch, FirstStart("Một", "Sở Y tế", tmp_path / "office", Begin.EMPTY))

    def fail(*_args):
        raise DiskFull(path="settings.json")

    monkeypatch.setattr(Settings, "choose", fail)
    assert bootstrap.run_window(None, TODAY, []) == 0
    assert len(told) == len(shown) == 1


@pytest.mark.parametrize("content", [b"", b"no register"])
def test_a_folder_whose_register_does_not_open_is_no_first_start(
    shown, tmp_path, monkeypatch, content
):
    Settings(paths.settings_file()).choose(OFFICE_FOLDER, str(tmp_path))
    Folder(tmp_path).database.write_bytes(content)
    answers(monkeypatch)
    with pytest.raises((EmptyFile, NotOurs)):
        bootstrap.run_window(None, TODAY, [])


def test_a_folder_that_may_not_be_looked_into_is_a_sentence_and_no_first_start(
    shown, tmp_path, monkeypatch
):
    Settings(paths.settings_file()).choose(OFFICE_FOLDER, str(tmp_path))
    answers(monkeypatch)
    true_exists = Path.exists

    def exists(path, **given):
        if path == Folder(tmp_path).database:
            raise PermissionError(13, "Permission denied", str(path))
        return true_exists(path, **given)

    monkeypatch.setattr(Path, "exists", exists)
    with pytest.raises(TargetGone, match="không đọc được"):
        bootstrap.run_window(None, TODAY, [])
