"""A clerk at the window: rooms, undo, search, help, leaving."""

from __future__ import annotations

import threading
from pathlib import Path
from typing import Any, cast

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog, QLineEdit, QWidget
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.models.values import Values
from app.ui import main_window
from app.ui.application import draw_every_room
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Place
from app.ui.common.parts.page import Page
from app.ui.help_pane import HelpPane
from app.ui.main_window import MainWindow
from app.ui.shortcut_sheet import ShortcutSheet
from tests.ui.fakes import ROOMS, FakePage, FakeStore, WaitingPage, fake_office
from tests.ui.form_to_try import AGENCIES, SPEC, PaperDraft

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier


def press(qtbot: QtBot, window: QWidget, key: Qt.Key, held: Any = CTRL) -> None:
    qtbot.keyClick(window.focusWidget(), key, held)


def sentence(window: MainWindow) -> str:
    assert isinstance(window.page, QWidget)
    bar = window.page.findChild(MessageBar)
    assert bar is not None
    return bar.sentence()


def test_the_title_names_office_and_file(window: MainWindow) -> None:
    assert window.windowTitle().startswith("Sở Y tế – so-phoi-hop.phop – ")


def test_the_window_fits_a_small_screen_even_with_large_text(window: MainWindow) -> None:
    assert window.minimumSizeHint().width() <= 1366
    assert window.minimumSizeHint().height() <= 728


def test_a_page_is_made_on_the_first_visit_and_kept(window: MainWindow) -> None:
    first = window.page
    window.enter("obligation")
    window.enter("overview")

    assert window.page is first


def test_ctrl_and_a_number_goes_to_a_room(window: MainWindow, qtbot: QtBot) -> None:
    press(qtbot, window, Qt.Key.Key_2)

    assert window.room is ROOMS[1]
    assert isinstance(window.page, WaitingPage)


def test_what_waits_stands_at_its_door_and_follows_changes(
    window: MainWindow, store: FakeStore, monkeypatch: pytest.MonkeyPatch
) -> None:
    assert window.sidebar.waiting("obligation") == "13"
    monkeypatch.setattr(WaitingPage, "waits", 0)
    store.tell("Ghi hoàn thành", "occurrence")

    assert window.sidebar.waiting("obligation") == ""


def test_the_window_comes_back_to_the_room_it_was_left_in(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    window.enter("agency")
    window.close()
    again = MainWindow(office, ROOMS)
    qtbot.addWidget(again)

    assert again.room is ROOMS[2]
    assert office.remember.get("window.geometry")


def test_undo_says_what_it_undid_and_offers_to_redo(
    window: MainWindow, store: FakeStore, qtbot: QtBot
) -> None:
    store.undoable = ["Sửa quy chế"]
    window.setFocus()
    window.office.undo()

    assert sentence(window) == "Đã hoàn tác “Sửa quy chế”."
    window.office.redo()
    assert sentence(window) == "Đã làm lại “Sửa quy chế”."


def test_nothing_left_to_undo_is_a_sentence(window: MainWindow) -> None:
    window.office.undo()

    assert sentence(window) == "Không còn thao tác nào để hoàn tác."


def test_undo_in_a_field_being_typed_in_is_the_fields_own(
    window: MainWindow, store: FakeStore, qtbot: QtBot
) -> None:
    store.undoable = ["Sửa quy chế"]
    page = window.page
    assert isinstance(page, FakePage)
    page.field.setFocus()
    qtbot.keyClicks(page.field, "abc")
    press(qtbot, window, Qt.Key.Key_Z)
    assert page.field.text() == ""
    press(qtbot, window, Qt.Key.Key_Y)

    assert page.field.text() == "abc"
    assert store.undoable == ["Sửa quy chế"]


def test_ctrl_z_outside_a_field_undoes_the_last_change(
    window: MainWindow, store: FakeStore, qtbot: QtBot
) -> None:
    store.undoable = ["Sửa quy chế"]
    door = window.sidebar._doors["overview"]
    door.setFocus()
    qtbot.keyClick(door, Qt.Key.Key_Z, CTRL)
    assert store.redoable == ["Sửa quy chế"]
    qtbot.keyClick(door, Qt.Key.Key_Z, CTRL | SHIFT)

    assert store.undoable == ["Sửa quy chế"]


# pages laid over a room ------------------------------------------------------------


class Laid(Page):
    def __init__(self, office: Office, *, may_leave: bool = True) -> None:
        super().__init__(office)
        self.leaves = may_leave
        self.kept = 0

    def may_leave(self) -> bool:
        return self.leaves

    def keep_draft(self) -> bool:
        self.kept += 1
        return True


def test_a_page_laid_over_a_room_gives_way_when_it_closes(
    window: MainWindow, office: Office
) -> None:
    under, page = window.page, Laid(office)
    office.open_page(page)
    assert window.page is page
    page.closed.emit()

    assert window.page is under


def test_what_a_save_says_is_read_on_the_page_that_stays(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    def save(_values: Values) -> None:
        office.say("info", "Đã ghi nghĩa vụ vào sổ.")

    given = {"kind": "plan", "abstract": "Phối hợp"}
    page = FormPage(office, SPEC, PaperDraft, given, save, choices=lambda _kind: AGENCIES)
    office.open_page(page)
    page.save()

    assert window.page is not page
    qtbot.waitUntil(lambda: sentence(window) == "Đã ghi nghĩa vụ vào sổ.")


def test_a_page_that_may_not_be_left_keeps_the_window(window: MainWindow, office: Office) -> None:
    page = Laid(office, may_leave=False)
    office.open_page(page)

    assert not window.enter("agency")
    assert not window.close()
    assert window.page is page
    assert window.sidebar._doors["overview"].isChecked()
    page.leaves = True


def test_behind_an_open_form_nothing_is_undone(
    window: MainWindow, office: Office, store: FakeStore
) -> None:
    store.undoable = ["Sửa quy chế"]
    office.open_page(Laid(office))
    window._undo()

    assert store.undoable == ["Sửa quy chế"]


def test_a_failing_program_keeps_the_open_form(window: MainWindow, office: Office) -> None:
    page = Laid(office)
    office.open_page(page)

    assert window.keep_draft()
    assert page.kept == 1


# work, messages, sheets ---------------------------------------------------------------


def test_closing_while_work_runs_asks_and_stops_it(
    window: MainWindow, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    answers = [False, True]
    monkeypatch.setattr(main_window, "ask", lambda *_: answers.pop(0))
    begun = threading.Event()

    def work(progress: Any) -> None:
        for step in range(1000):
            begun.set()
            progress(step, 1000)
            threading.Event().wait(0.01)

    office.tasks.start(work, label="Xuất bộ tài liệu")
    begun.wait(1)

    assert not window.close()
    assert window.close()
    qtbot.waitUntil(lambda: not office.tasks.under_way)


def test_long_work_shows_its_count_after_a_moment_and_can_be_cancelled(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    def work(progress: Any) -> None:
        for _ in range(1000):
            progress(268, 412)
            threading.Event().wait(0.01)

    office.tasks.start(work, label="Đang nhập nghĩa vụ từ tệp")
    assert not window.progress.isVisible()
    qtbot.waitUntil(window.progress.isVisible, timeout=2000)
    assert window.progress.sentence == "Đang nhập nghĩa vụ từ tệp: 268 / 412"
    qtbot.mouseClick(window.progress._stop, Qt.MouseButton.LeftButton)
    qtbot.waitUntil(lambda: not window.progress.isVisible(), timeout=2000)

    assert not office.tasks.under_way


def test_work_that_is_refused_says_so_in_the_page(
    window: MainWindow, office: Office, qtbot: QtBot
) -> None:
    def work(progress: Any) -> None:
        raise Refused(why="Ổ E: đã đầy.")

    office.tasks.start(work)
    qtbot.waitUntil(lambda: sentence(window) == "Ổ E: đã đầy.")


def test_go_shows_a_record_in_its_room(window: MainWindow, office: Office) -> None:
    office.go("obligation", view="overdue", facets={"Hạn": "Quý IV"})

    page = window.page
    assert isinstance(page, FakePage)
    assert page.arrived == [Place("obligation", None, "overdue", {"Hạn": "Quý IV"})]


def test_a_register_that_may_only_be_read_says_why(store: FakeStore, qtbot: QtBot) -> None:
    store.read_only_reason = "khóa của sổ này ở máy khác."
    office = fake_office(store)
    window = MainWindow(office, ROOMS)
    qtbot.addWidget(window)
    window.show()

    assert "chỉ đọc" in sentence(window)
    office.deleteLater()


def test_the_status_line_says_office_file_backup_and_selection(
    window: MainWindow, office: Office
) -> None:
    office.note_selection("Đã chọn 3 nghĩa vụ")

    words = [window.status.words(n) for n in ("office", "file", "backup", "chosen")]
    assert words == [
        "Sở Y tế",
        "so-phoi-hop.phop",
        "Sao lưu 23/11/2026 07:30",
        "Đã chọn 3 nghĩa vụ",
    ]


def test_the_sheet_holds_every_key_of_page_and_window(window: MainWindow, qtbot: QtBot) -> None:
    keys = {key.keys: key.does for _title, group in window.shortcut_groups() for key in group}

    assert keys["Ctrl+N"] == "Thêm một bản ghi"
    assert {"Ctrl+K", "Ctrl+Z", "Ctrl+Y hoặc Ctrl+Shift+Z", "F1", "Ctrl+/", "Ctrl+1"} <= set(keys)
    sheet = ShortcutSheet(window.shortcut_groups(), window)
    qtbot.addWidget(sheet)
    assert sheet.windowTitle() == "Phím tắt"


def test_f1_opens_the_help_of_the_room(
    window: MainWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    read: list[str] = []
    monkeypatch.setattr(HelpPane, "exec", lambda pane: read.append(pane.page.toPlainText()))
    window.enter("agency")
    press(qtbot, window, Qt.Key.Key_F1, Qt.KeyboardModifier.NoModifier)

    assert read[0].startswith("Cơ quan")


def test_every_room_can_be_drawn(office: Office, tmp_path: Path) -> None:
    drawn = draw_every_room(office, tmp_path, ROOMS)

    assert [d.room for d in drawn] == ["overview", "obligation", "agency"]
    assert all(d.picture is not None and d.picture.stat().st_size > 5000 for d in drawn)


def test_every_input_of_the_window_has_a_name(window: MainWindow) -> None:
    for field in window.findChildren(QLineEdit):
        assert field.accessibleName(), field
    assert isinstance(window, QWidget)
    assert not window.findChildren(QDialog)


def test_an_offer_to_undo_lapses_when_something_else_was_changed(
    window: MainWindow, office: Office, store: FakeStore
) -> None:
    """It would take back the later change, and not the one it names."""
    page = cast(FakePage, window.page)
    office.say("warn", "Đã ghi quy chế vào sổ.", [("Hoàn tác", office.undo)])
    store.tell("", "agency")
    assert page.messages.sentence(), "read again, with nothing changed"

    store.tell("Thêm cơ quan", "agency")
    assert not page.messages.sentence()
    office.say("warn", "Tệp đang mở.", [("Mở", lambda: None)])
    store.tell("Sửa cơ quan", "agency")
    assert page.messages.sentence() == "Tệp đang mở."
