"""What a clerk does in the room Cơ quan: names over time, succession, obligations handed over."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.models import Agency, Obligation
from app.models.values import Value
from app.services import agencies
from app.services.any_kind import records
from app.services.obligation import obligations
from app.ui.common.list import kept_page
from tests.offices import body, obligation, regulation
from tests.ui.desk import CTRL, Desk


@pytest.fixture
def room(desk: Desk) -> Any:
    body(desk.store, "Sở Thông tin và Truyền thông", short_name="Sở TT&TT", code="STTTT")
    body(desk.store, "Sở Khoa học và Công nghệ", short_name="Sở KH&CN", code="SKHCN")
    return desk.enter("agency")


def called(desk: Desk) -> set[str]:
    with desk.store.reading() as session:
        return {agency.name for agency in records.live(session, Agency)}


def only(desk: Desk, name: str) -> Agency:
    with desk.store.reading() as session:
        (found,) = agencies.find(session, name)
    return found


@pytest.mark.usefixtures("room")
def test_a_body_is_entered_by_keys(desk: Desk) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("name", "Sở Y tế")
    desk.fill("code", "SYT")
    desk.press(Qt.Key.Key_S, CTRL)

    assert desk.window.page is desk.window.page_of("agency")
    assert "Sở Y tế" in called(desk)
    assert desk.window.page_of("agency").current().name == "Sở Y tế"  # type: ignore[attr-defined]


@pytest.mark.usefixtures("room")
def test_a_body_without_a_name_is_refused_in_words(desk: Desk) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    desk.press(Qt.Key.Key_S, CTRL)

    assert "Chưa nhập tên cơ quan." in desk.said()
    assert "Còn 1 ô cần sửa" in desk.said()


def test_a_body_is_edited_by_enter_and_withdrawn_by_del(
    desk: Desk, room: Any, monkeypatch: pytest.MonkeyPatch
) -> None:
    desk.stand(room, "Sở Thông tin và Truyền thông")
    desk.press(Qt.Key.Key_Return)
    desk.fill("place", "Thanh Hóa")
    desk.press(Qt.Key.Key_S, CTRL)
    assert only(desk, "STTTT").place == "Thanh Hóa"

    asked: list[str] = []
    monkeypatch.setattr(kept_page, "ask", desk.agree(asked))
    desk.press(Qt.Key.Key_Delete)
    assert asked == ["Rút Sở Thông tin và Truyền thông khỏi sổ?"]
    assert "Sở Thông tin và Truyền thông" not in called(desk)

    desk.press(Qt.Key.Key_Z, CTRL)
    assert "Sở Thông tin và Truyền thông" in called(desk)


def test_a_new_name_keeps_the_old_one_with_its_last_day(desk: Desk, room: Any) -> None:
    row = desk.stand(room, "Sở Thông tin và Truyền thông")
    room.commands["rename"].trigger()
    desk.fill("name", "Sở Chuyển đổi số")
    desk.fill("valid_to", "28/2/2025")
    desk.press(Qt.Key.Key_S, CTRL)

    with desk.store.reading() as session:
        assert agencies.name_on(session, row.id, date(2024, 1, 1)) == "Sở Thông tin và Truyền thông"
        assert agencies.name_on(session, row.id, date(2025, 3, 1)) == "Sở Chuyển đổi số"
    room.pane.want_tab("Tên và kế thừa")
    desk.stand(room, "Công an tỉnh Thanh Hóa")
    desk.stand(room, "Sở Chuyển đổi số")
    assert "Dùng đến 28/02/2025" in desk.said()


def test_the_same_name_again_is_refused_under_its_field(desk: Desk, room: Any) -> None:
    desk.stand(room, "Sở Khoa học và Công nghệ")
    room.commands["rename"].trigger()
    desk.press(Qt.Key.Key_S, CTRL)

    assert "Tên mới giống tên đang dùng. Nhập tên khác." in desk.said()


def test_a_half_typed_new_name_is_not_offered_to_another_body(desk: Desk, room: Any) -> None:
    desk.stand(room, "Sở Thông tin và Truyền thông")
    room.commands["rename"].trigger()
    desk.fill("name", "Sở Chuyển đổi số")
    assert desk.form.keep_draft()
    left = desk.form.key
    desk.form.closed.emit()
    desk.settle()

    desk.stand(room, "Sở Khoa học và Công nghệ")
    room.commands["rename"].trigger()
    assert desk.form.form.values()["name"] == "Sở Khoa học và Công nghệ"
    desk.form.closed.emit()

    room.resume_draft(left)
    assert desk.form.form.values()["name"] == "Sở Chuyển đổi số"


def test_a_succession_ends_the_old_body_and_links_both(desk: Desk, room: Any) -> None:
    old, new = only(desk, "STTTT"), only(desk, "SKHCN")
    desk.stand(room, old.name)
    room.commands["succeed"].trigger()
    desk.form.form.fields["successor_id"].show_value(new.id)
    desk.fill("decision", "Nghị quyết 01/NQ-HĐND")
    desk.fill("effective_on", "1/3/2025")
    desk.press(Qt.Key.Key_S, CTRL)

    row = desk.stand(room, old.name)
    assert row.state == "Đã kết thúc hoạt động"
    assert "Cơ quan chịu trách nhiệm hiện nay" in desk.said()
    desk.click(new.name)
    assert desk.went[-1].record_id == new.id
    room.pane.want_tab("Tên và kế thừa")
    desk.stand(room, "Công an tỉnh Thanh Hóa")
    desk.stand(room, new.name)
    assert "Nhận từ: Sở TT&TT" in desk.said()


def test_a_body_that_has_ended_is_found_from_another_room(desk: Desk, room: Any) -> None:
    ended = body(desk.store, "Sở Giao thông vận tải", valid_to=date(2025, 2, 28))
    assert room.views.current.key == "working"
    desk.office.go("agency", ended.id)
    desk.settle()

    assert room.current().id == ended.id


class Obligations:
    """Three obligations of a body that has passed into another."""

    def __init__(self, desk: Desk) -> None:
        self.old, self.new = only(desk, "STTTT"), only(desk, "SKHCN")
        made = regulation(desk.store, desk.police, self.old)
        titles = ("Báo cáo quý", "Gửi danh sách", "Họp giao ban")
        self.ids = [obligation(desk.store, made, self.old, title=title).id for title in titles]
        values: dict[str, Value] = {
            "agency_id": self.old.id,
            "successor_id": self.new.id,
            "kind": "merge",
            "decision": "Nghị quyết 01/NQ-HĐND",
            "effective_on": date(2025, 3, 1),
        }
        with desk.store.changing("Ghi kế thừa") as session:
            agencies.succeed(session, values)

    def leads(self, desk: Desk) -> list[Any]:
        with desk.store.reading() as session:
            return [records.get(session, Obligation, id_).lead_id for id_ in self.ids]


def test_all_obligations_pass_to_the_heir_in_one_change_and_one_undo(desk: Desk, room: Any) -> None:
    theirs = Obligations(desk)
    desk.stand(room, theirs.old.name)
    desk.click("Chuyển nghĩa vụ …")
    given = desk.form.form.values()
    assert given["to_agency"] == theirs.new.id
    assert given["on"] == date(2025, 3, 1)
    assert given["ground"] == "Nghị quyết 01/NQ-HĐND"

    desk.press(Qt.Key.Key_S, CTRL)
    assert theirs.leads(desk) == [theirs.new.id] * 3
    assert "Đã chuyển 3 nghĩa vụ từ Sở TT&TT sang Sở KH&CN." in desk.said()
    with desk.store.reading() as session:
        found = obligations.of_body(session, theirs.new.id)
        (note,) = {obligation.note for obligation in found}
    assert note is not None
    assert "Nghị quyết 01/NQ-HĐND" in note

    desk.click("Hoàn tác")
    assert theirs.leads(desk) == [theirs.old.id] * 3


def test_a_obligation_taken_off_the_list_stays_with_its_body(desk: Desk, room: Any) -> None:
    theirs = Obligations(desk)
    desk.stand(room, theirs.old.name)
    room.commands["hand_over"].trigger()
    desk.click("Báo cáo quý")  # the chip's ×
    desk.press(Qt.Key.Key_S, CTRL)

    assert theirs.leads(desk) == [theirs.old.id, theirs.new.id, theirs.new.id]


def test_obligations_do_not_pass_without_a_ground(desk: Desk, room: Any) -> None:
    theirs = Obligations(desk)
    desk.stand(room, theirs.old.name)
    room.commands["hand_over"].trigger()
    desk.fill("ground", "")
    desk.form.form.fields["ground"].show_value("")
    desk.press(Qt.Key.Key_S, CTRL)

    assert "Chưa nhập căn cứ." in desk.said()
    assert theirs.leads(desk) == [theirs.old.id] * 3


def test_a_body_without_obligations_says_so(desk: Desk, room: Any) -> None:
    desk.stand(room, "Sở Khoa học và Công nghệ")
    room.commands["hand_over"].trigger()
    desk.settle()

    assert "Sở Khoa học và Công nghệ không có nghĩa vụ nào để chuyển." in desk.said()


def test_the_filter_finds_a_body_without_marks(desk: Desk, room: Any) -> None:
    desk.press(Qt.Key.Key_F, CTRL)
    desk.qtbot.keyClicks(room.filters.field, "khoa hoc")
    desk.settle()

    assert [row.name for row in room.table.records()] == ["Sở Khoa học và Công nghệ"]
