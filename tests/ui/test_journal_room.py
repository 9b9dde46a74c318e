"""What a clerk reads and does in the room Nhật ký."""

from __future__ import annotations

from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.services.any_kind import records
from app.ui.journal import page as journal_page
from tests.offices import body, regulation
from tests.ui.desk import Desk


@pytest.fixture
def room(desk: Desk) -> Any:
    return desk.enter("journal")


def labels(room: Any) -> list[str]:
    return [row.label for row in room.table.records()]


def test_an_action_is_one_line_newest_first(desk: Desk, room: Any) -> None:
    body(desk.store, "Sở Y tế")
    desk.settle()

    assert labels(room)[:2] == ["Thêm cơ quan Sở Y tế", "Thêm cơ quan Công an tỉnh Thanh Hóa"]


def test_each_field_is_told_before_and_after(desk: Desk, room: Any) -> None:
    health = body(desk.store, "Sở Y tế")
    with desk.store.changing("Sửa cơ quan Sở Y tế") as session:
        records.revise(session, "agency", health.id, {"code": "SYT", "name": "Sở Y tế tỉnh"})
    desk.settle()
    desk.qtbot.wait(20)
    room.view.go_to(0)
    desk.settle()

    assert "Tên cơ quan: Sở Y tế → Sở Y tế tỉnh" in desk.said(room.pane)
    assert "Chữ viết tắt: (trống) → SYT" in desk.said(room.pane)


def test_a_new_record_has_no_before(desk: Desk, room: Any) -> None:
    body(desk.store, "Sở Y tế", code="SYT")
    desk.settle()
    room.view.go_to(0)
    desk.settle()

    assert "Chữ viết tắt: SYT" in desk.said(room.pane)
    assert "Ghi vào sổ" in desk.said(room.pane)
    assert "(trống)" not in desk.said(room.pane)


def test_an_action_opens_the_record_at_the_head_of_its_family(desk: Desk, room: Any) -> None:
    made = regulation(desk.store, desk.police, body(desk.store, "Sở Y tế"))
    desk.settle()
    room.view.go_to(0)
    room.view.setFocus()
    desk.press(Qt.Key.Key_Return)

    assert (desk.went[-1].room, desk.went[-1].record_id) == ("regulation", made.id)


def test_the_buttons_name_what_they_would_take_back_and_do_again(desk: Desk, room: Any) -> None:
    body(desk.store, "Sở Y tế")
    desk.settle()
    desk.click("Hoàn tác “Thêm cơ quan Sở Y tế”")
    assert labels(room)[0] == "Hoàn tác: Thêm cơ quan Sở Y tế"

    desk.click("Làm lại “Thêm cơ quan Sở Y tế”")
    assert labels(room)[0] == "Làm lại: Thêm cơ quan Sở Y tế"
    assert room.commands["undo"].isEnabled()


def test_older_actions_are_read_when_asked_for(desk: Desk, monkeypatch: pytest.MonkeyPatch) -> None:
    for number in range(7):
        body(desk.store, f"Sở {number}")
    monkeypatch.setattr(journal_page, "AT_ONCE", 3)
    room = desk.enter("journal")
    assert len(labels(room)) == 2
    assert "2 mới nhất" in desk.said()

    desk.click("Xem thêm thao tác cũ")
    assert len(labels(room)) == 5
    desk.click("Xem thêm thao tác cũ")
    assert len(labels(room)) == 8
    assert "Xem thêm thao tác cũ" not in desk.said()
