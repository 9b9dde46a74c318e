"""What a clerk does in the room Cài đặt."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QRadioButton
from pytestqt.qtbot import QtBot

from app.errors import ReadOnly
from app.journal.keys import Keyring
from app.models import Agency, Clerk
from app.services.any_kind import records
from app.settings import OFFICE_FOLDER, TEXT_SIZE, THEME
from app.store import Store
from app.store.restoring import restorations
from app.ui import theme
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import Office, Place
from app.ui.main_window import MainWindow
from app.ui.settings import backup_page, health_part, office_part
from app.ui.settings.page import SettingsPage
from app.ui.settings.restore_dialog import RestoreDialog
from tests.offices import body
from tests.ui.desk import CTRL, ROOMS, Desk


@pytest.fixture
def room(desk: Desk) -> SettingsPage:
    page = desk.enter("settings")
    assert isinstance(page, SettingsPage)
    return page


def named(store: Store) -> set[str]:
    with store.reading() as session:
        return {agency.name for agency in records.live(session, Agency)}


# this office ------------------------------------------------------------------------


def test_the_name_of_the_office_is_edited_and_stands_in_the_title(
    desk: Desk, room: SettingsPage
) -> None:
    assert "Công an tỉnh Thanh Hóa" in desk.said()
    desk.click("Sửa thông tin văn phòng")
    desk.fill("name", "Phòng Tham mưu")
    desk.press(Qt.Key.Key_S, CTRL)

    assert desk.store.facts.name == "Phòng Tham mưu"
    assert desk.store.facts.agencies == (desk.police.id,)
    assert desk.window.windowTitle().startswith("Phòng Tham mưu – so-phoi-hop.phop")
    assert "Phòng Tham mưu" in desk.said(room)


@pytest.mark.usefixtures("room")
def test_an_office_without_a_name_is_refused_in_words(desk: Desk) -> None:
    desk.click("Sửa thông tin văn phòng")
    desk.form.form.fields["name"].show_value("")
    desk.press(Qt.Key.Key_S, CTRL)

    assert "Chưa nhập tên văn phòng." in desk.said()
    assert desk.store.facts.name == "Công an tỉnh Thanh Hóa"


def test_a_draft_of_the_offices_facts_is_taken_up_again(desk: Desk, room: SettingsPage) -> None:
    desk.click("Sửa thông tin văn phòng")
    desk.fill("name", "Phòng Tham mưu")
    assert desk.form.keep_draft()
    key = desk.form.key
    desk.form.closed.emit()
    desk.settle()

    room.resume_draft(key)
    assert desk.form.form.values()["name"] == "Phòng Tham mưu"


@pytest.mark.usefixtures("room")
def test_another_folder_is_used_from_the_next_start_on(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(office_part, "choose_folder", lambda *_: tmp_path / "khác")
    desk.click("Dùng thư mục khác …")
    assert desk.office.settings[OFFICE_FOLDER] == str(tmp_path / "khác")
    assert "Sổ đang mở không bị chuyển đi." in desk.said()

    desk.click("Dùng như cũ")
    assert desk.office.settings[OFFICE_FOLDER] == ""


def test_a_register_from_another_machine_is_taken_over_after_a_question(
    tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    first = Desk(tmp_path, qtbot)
    first.close()
    store = Store(tmp_path / "office", keyring=Keyring(tmp_path / "another machine"))
    office = Office(store)
    window = MainWindow(office, ROOMS)
    qtbot.addWidget(window)
    window.show()
    window.enter("settings")
    page = window.page_of("settings")
    assert isinstance(page, SettingsPage)
    with pytest.raises(ReadOnly):
        body(store, "Sở Y tế")

    asked: list[str] = []
    monkeypatch.setattr(office_part, "ask", first.agree(asked))
    part: Any = page.part
    part.commands["take_over"].trigger()

    assert asked == ["Nhận máy này làm máy ghi sổ?"]
    assert not part.commands["take_over"].isEnabled()
    body(store, "Sở Y tế")
    office.tasks.wait()
    office.deleteLater()
    store.close()


# look -------------------------------------------------------------------------------


@pytest.fixture
def plain_look() -> Iterator[None]:
    yield
    theme.wear(theme.Mode.LIGHT, 100)


@pytest.mark.usefixtures("plain_look")
def test_a_look_that_is_chosen_is_kept(desk: Desk, room: SettingsPage) -> None:
    desk.click("Hiển thị")
    for words in ("Tối", "150 %"):
        option = next(b for b in room.findChildren(QRadioButton) if b.text() == words)
        option.click()

    assert desk.office.settings[THEME] == "dark"
    assert desk.office.settings[TEXT_SIZE] == "150"


# clerks -----------------------------------------------------------------------------


@pytest.fixture
def clerk_page(desk: Desk, room: SettingsPage) -> Any:
    desk.click("Cán bộ")
    page: Any = room.part
    page.view.setFocus()
    return page


def enter_clerk(desk: Desk, page: Any, position: str, unit: str) -> None:
    page.setFocus()
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("position", position)
    desk.fill("unit", unit)
    desk.press(Qt.Key.Key_S, CTRL)


def test_a_clerk_is_entered_chosen_and_named_by_the_log(desk: Desk, clerk_page: Any) -> None:
    enter_clerk(desk, clerk_page, "Chuyên viên", "Phòng Tham mưu")
    desk.stand(clerk_page, "Chuyên viên")
    clerk_page.commands["choose_writer"].trigger()
    desk.settle()
    assert desk.store.facts.clerk == "Chuyên viên, Phòng Tham mưu"
    assert "Từ nay nhật ký ghi “Chuyên viên, Phòng Tham mưu”." in desk.said()
    assert clerk_page.current().state == "Đang ghi sổ"

    body(desk.store, "Sở Y tế")
    desk.enter("journal").view.go_to(0)
    desk.settle()
    assert "Chuyên viên, Phòng Tham mưu" in desk.said()


def test_choosing_who_writes_can_be_taken_back(desk: Desk, clerk_page: Any) -> None:
    before = desk.store.facts.clerk
    enter_clerk(desk, clerk_page, "Chuyên viên", "Phòng Tham mưu")
    desk.stand(clerk_page, "Chuyên viên")
    clerk_page.commands["choose_writer"].trigger()
    desk.settle()
    desk.click("Trả lại")

    assert desk.store.facts.clerk == before


def test_the_clerk_who_writes_goes_on_under_a_new_position(desk: Desk, clerk_page: Any) -> None:
    enter_clerk(desk, clerk_page, "Chuyên viên", "Phòng Tham mưu")
    desk.stand(clerk_page, "Chuyên viên")
    clerk_page.commands["choose_writer"].trigger()
    desk.press(Qt.Key.Key_F2)
    desk.fill("position", "Phó Trưởng phòng")
    desk.press(Qt.Key.Key_S, CTRL)

    assert desk.store.facts.clerk == "Phó Trưởng phòng, Phòng Tham mưu"


def test_a_clerk_is_found_by_the_search(desk: Desk, room: SettingsPage) -> None:
    with desk.store.changing("Thêm cán bộ") as session:
        made = records.enter(session, Clerk, {"position": "Văn thư"})
    desk.enter("agency")
    desk.office.go("clerk", made.id)
    desk.settle()

    part: Any = room.part
    assert desk.window.page is room
    assert part.current().id == made.id


# backups ----------------------------------------------------------------------------


@pytest.fixture
def backups(desk: Desk, room: SettingsPage) -> Any:
    desk.click("Sao lưu")
    return room.part


def test_a_backup_is_made_and_listed(desk: Desk, backups: Any) -> None:
    assert "Chưa có bản sao lưu nào" in desk.said()
    desk.click("Sao lưu ngay")

    assert [row.reason for row in backups.table.records()] == ["Theo yêu cầu"]
    assert "Đã sao lưu và kiểm tra bản sao." in desk.said()
    assert "Bản này có mọi thao tác của sổ hiện nay." in desk.said()


def test_a_restore_says_what_is_lost_and_keeps_the_reason(
    desk: Desk, backups: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def answer(_page: object, title: str, consequence: str) -> str:
        asked.extend((title, consequence))
        return "Nhập nhầm tệp"

    monkeypatch.setattr(backup_page, "ask_restore", answer)
    desk.click("Sao lưu ngay")
    at = backups.current().time
    body(desk.store, "Sở Y tế")
    backups.refresh()
    desk.settle()
    desk.click("Khôi phục bản này …")

    assert asked[0] == f"Khôi phục sổ về {at}?"
    assert asked[1].startswith("1 thao tác chưa có trong bản này sẽ không còn trong sổ.")
    assert "Sở Y tế" not in named(desk.store)
    assert [each.why for each in restorations(desk.store)] == ["Nhập nhầm tệp"]
    assert "Đã khôi phục sổ về" in desk.said()
    assert "Trước khi khôi phục" in [row.reason for row in backups.table.records()]


def test_a_restore_that_is_not_agreed_to_changes_nothing(
    desk: Desk, backups: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(backup_page, "ask_restore", lambda *_: "")
    desk.click("Sao lưu ngay")
    body(desk.store, "Sở Y tế")
    backups.commands["restore"].trigger()
    desk.settle()

    assert "Sở Y tế" in named(desk.store)


def test_a_file_that_is_no_backup_is_refused_in_words(
    desk: Desk, backups: Any, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "x.phop").write_bytes(b"x")
    monkeypatch.setattr(dialogs, "open_file", lambda *_: tmp_path / "x.phop")
    backups.commands["restore_file"].trigger()

    assert "không phải sổ của Phối Hợp" in desk.said()


def test_a_restore_needs_a_reason_and_enter_goes_to_the_safe_button(qtbot: QtBot) -> None:
    dialog = RestoreDialog("Khôi phục?", "3 thao tác sẽ mất.")
    qtbot.addWidget(dialog)
    with qtbot.waitExposed(dialog):
        dialog.show()
    dialog.agree()
    assert dialog.isVisible()
    assert dialog.problem == "Chưa nhập lý do. Lý do được giữ cùng sổ."

    dialog.reason.setFocus()
    dialog.reason.setText("Thử")
    qtbot.keyClick(dialog.reason, Qt.Key.Key_Return)
    assert dialog.isVisible()
    assert dialog.keep.hasFocus()
    qtbot.keyClick(dialog.keep, Qt.Key.Key_Return)
    assert not dialog.isVisible()
    assert dialog.why == ""


# the file's health ------------------------------------------------------------------


@pytest.fixture
def health(desk: Desk, room: SettingsPage) -> Any:
    desk.click("Kiểm tra")
    return room.part


def spoil(store: Store) -> None:
    """Change a table behind the log's back, as a flipped bit would."""
    with store.connection() as connection:
        connection.exec_driver_sql("UPDATE agency SET name = 'Sở X' WHERE name = 'Sở Y tế'")
        connection.commit()


def test_a_sound_register_is_said_to_be_sound(desk: Desk, health: Any) -> None:
    desk.click("Kiểm tra sổ")

    assert "Sổ khớp với nhật ký thay đổi." in desk.said()
    assert "1 lần ghi, 1 bản ghi." in desk.said()
    assert not health.commands["repair"].isEnabled()


@pytest.mark.usefixtures("health")
def test_a_spoilt_register_is_found_and_written_anew(
    desk: Desk, monkeypatch: pytest.MonkeyPatch
) -> None:
    body(desk.store, "Sở Y tế")
    spoil(desk.store)
    desk.click("Kiểm tra sổ")
    assert "chỗ không khớp với nhật ký." in desk.said()
    assert named(desk.store) == {"Công an tỉnh Thanh Hóa", "Sở X"}

    monkeypatch.setattr(health_part, "ask", lambda *_: True)
    desk.click("Dựng lại từ nhật ký …")
    assert "Sổ khớp với nhật ký thay đổi." in desk.said()
    assert named(desk.store) == {"Công an tỉnh Thanh Hóa", "Sở Y tế"}
    assert [each.reason for each in desk.store.all_backups()] == ["manual"]


@pytest.mark.usefixtures("health")
def test_nothing_is_written_anew_without_a_yes(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    body(desk.store, "Sở Y tế")
    spoil(desk.store)
    desk.click("Kiểm tra sổ")
    monkeypatch.setattr(health_part, "ask", lambda *_: False)
    desk.click("Dựng lại từ nhật ký …")

    assert "Sở X" in named(desk.store)


# the room itself --------------------------------------------------------------------


def test_a_part_is_reached_from_elsewhere(desk: Desk, room: SettingsPage) -> None:
    desk.enter("agency")
    desk.window.go(Place("settings", view="health"))
    desk.settle()

    assert desk.window.page is room
    assert "Kiểm tra sổ" in desk.said()
    assert set(room.shown_commands) == {"check", "repair"}


def test_what_the_program_is_made_of_is_told(desk: Desk, room: SettingsPage) -> None:
    desk.click("Giới thiệu")

    assert "Chương trình không dùng mạng." in desk.said(room)
