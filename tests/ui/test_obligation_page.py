"""What a clerk does in the room Nghĩa vụ, through keys and clicks in the window."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton
from pytestqt.qtbot import QtBot

from app.services.obligation import obligations
from app.store import OfficeFacts
from app.ui.common.form.form_page import FormPage
from app.ui.common.pane.parts import SmallTable
from app.ui.common.parts.office import Office, Place
from app.ui.main_window import MainWindow
from app.ui.obligation import ROOM
from app.ui.obligation.page import ObligationPage
from app.ui.rooms import ROOMS
from tests.services.obligation_office import TODAY, ObligationOffice
from tests.ui.settling import come_to_rest

CTRL = Qt.KeyboardModifier.ControlModifier
Q3, Q4 = "2026-Q3", "2026-Q4"


class Desk:
    """The window with the room open, and what a test reads off it."""

    def __init__(self, qtbot: QtBot, obligations: ObligationOffice) -> None:
        self.qtbot, self.obligations = qtbot, obligations
        self.office = Office(obligations.store, today=lambda: TODAY)
        self.window = MainWindow(self.office, ROOMS)
        # pytest-qt closes windows before fixtures end, and a changed form would ask.
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.give_up())
        self.window.resize(1366, 728)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.window.enter("obligation")

    @property
    def room(self) -> ObligationPage:
        page = self.window.page_of("obligation")
        assert isinstance(page, ObligationPage)
        return page

    @property
    def form(self) -> FormPage:
        page = self.window.page
        assert isinstance(page, FormPage)
        return page

    def subjects(self) -> list[str]:
        table = self.room.table
        return [table.record_at(row).subject for row in range(table.rowCount())]

    def stand(self, period: str, title: str = "Báo cáo kết quả phối hợp") -> None:
        self.settle()
        rows = self.room.table.all_records()
        (found,) = [row for row in rows if row.period == period and row.record.title == title]
        self.room.visit(found.id)
        self.settle()

    def settle(self) -> None:
        """Wait for what a slow machine reads off the UI thread, and for the pane."""
        come_to_rest(self.qtbot, self.window)

    def states(self) -> dict[str, str]:
        self.settle()
        return {row.period: row.state for row in self.room.table.all_records()}

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(self.window.focusWidget(), key, modifier)
        self.settle()

    def fill(self, name: str, words: str) -> None:
        entry: Any = self.form.form.fields[name].entry()
        entry.setFocus()
        entry.selectAll()
        QGuiApplication.clipboard().setText(words)  # QTest's keys know no Vietnamese letters
        entry.paste()

    def click(self, words: str) -> None:
        """Press the visible button of that name on the page."""
        page = self.window.page
        assert page is not None
        buttons = [b for b in page.findChildren(QPushButton) if b.isVisible()]
        (found,) = [b for b in buttons if b.accessibleName() == words]
        self.qtbot.mouseClick(found, Qt.MouseButton.LeftButton)

    def give_up(self) -> None:
        """Leave what is still open without being asked."""
        while self.window.page is not self.room and isinstance(self.window.page, FormPage):
            self.window.page.closed.emit()
        self.settle()

    def pane(self) -> str:
        self.settle()
        return " ".join(x.text() for x in self.room.pane.findChildren(QLabel) if x.isVisible())


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[Desk]:
    obligations = ObligationOffice(tmp_path)
    obligations.store.set_facts(OfficeFacts("Công an tỉnh", (obligations.police,), "Chuyên viên"))
    obligations.obligation()
    obligations.obligation(
        "chậm nhất ngày 25/11/2026", title="Gửi danh sách", lead_id=obligations.police
    )
    desk = Desk(qtbot, obligations)
    yield desk
    desk.office.tasks.wait()
    desk.office.deleteLater()
    obligations.store.close()


@pytest.fixture
def obligation_values(desk: Desk) -> dict[str, Any]:
    return {"regulation_id": desk.obligations.regulation, "lead_id": desk.obligations.health}


def test_the_room_opens_at_what_waits_the_latest_first(desk: Desk) -> None:
    assert desk.subjects() == [
        "Báo cáo kết quả phối hợp quý I",
        "Báo cáo kết quả phối hợp quý II",
        "Báo cáo kết quả phối hợp quý III",
        "Gửi danh sách",
        "Báo cáo kết quả phối hợp quý IV",
    ]


def test_the_pane_says_date_reminder_and_source(desk: Desk) -> None:
    desk.stand(Q4)

    said = desk.pane()

    assert "20/12/2026, Chủ nhật. Nhắc từ thứ Sáu 18/12/2026." in said
    assert "20/12/2026, chưa điều chỉnh" in said
    assert "21/QC-CAT-SYT" in said


def test_a_clerk_completes_an_instance_and_takes_it_back(desk: Desk) -> None:
    desk.stand(Q3)
    desk.press(Qt.Key.Key_Return, CTRL)
    desk.fill("completed_on", "18/9")
    desk.fill("evidence", "Báo cáo số 12")
    desk.press(Qt.Key.Key_S, CTRL)

    assert desk.states()[Q3] == "Hoàn thành đúng hạn"
    assert "Xong: ghi hoàn thành" in desk.room.message.sentence()

    desk.press(Qt.Key.Key_Z, CTRL)
    assert desk.states()[Q3] == "Quá hạn"


def test_several_are_completed_as_one_change(desk: Desk) -> None:
    desk.room.views.choose("overdue")
    desk.room._limit()
    desk.room.view.selectAll()
    desk.room.commands["complete"].trigger()
    assert desk.form.spec.title == "Ghi hoàn thành 3 nghĩa vụ"
    desk.press(Qt.Key.Key_S, CTRL)
    assert {desk.states()[f"2026-Q{n}"] for n in (1, 2, 3)} == {"Hoàn thành quá hạn"}

    desk.office.undo()
    assert {desk.states()[f"2026-Q{n}"] for n in (1, 2, 3)} == {"Quá hạn"}


def test_a_wrong_day_is_told_under_its_field_and_nothing_is_written(desk: Desk) -> None:
    desk.stand(Q3)
    desk.room.complete()
    desk.fill("completed_on", "25/12/2026")
    desk.press(Qt.Key.Key_S, CTRL)

    assert "sau hôm nay" in desk.form.form._errors["completed_on"].words
    assert desk.obligations.row(Q3).is_touched is False


def test_an_extension_without_a_ground_is_refused_in_words(desk: Desk) -> None:
    desk.stand(Q4)
    desk.room.extend()
    desk.fill("extended_to", "31/12/2026")
    desk.press(Qt.Key.Key_S, CTRL)
    assert desk.form.form._errors["extension_ground"].words == "Chưa nhập lý do."

    desk.fill("extension_ground", "Công văn 15/SYT")
    desk.press(Qt.Key.Key_S, CTRL)
    row = desk.obligations.row(Q4)
    assert (row.due_on, row.due) == (date(2026, 12, 20), date(2026, 12, 31))
    assert "Gửi danh sách" in desk.pane()  # due in more than a month: not in this view any more
    desk.stand(Q4)
    assert "20/12/2026, điều chỉnh đến 31/12/2026" in desk.pane()


def test_a_new_obligation_is_entered_by_keys_and_stood_on(
    desk: Desk, obligation_values: Any
) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("title", "Trao đổi tình hình")
    desk.fill("lead_id", "Sở Y tế")
    desk.fill("recurrence", "hằng tháng, chậm nhất ngày 08 tháng sau")
    desk.press(Qt.Key.Key_S, CTRL)

    current = desk.room.current()
    assert current is not None
    assert (current.record.title, current.bodies.lead, current.whole.number) == (
        "Trao đổi tình hình",
        "Sở Y tế",
        "21/QC-CAT-SYT",
    )


def test_another_room_asks_for_a_new_obligation(desk: Desk, obligation_values: Any) -> None:
    desk.office.go("obligation", begins=obligation_values)

    held = desk.form.form.values()
    assert (held["regulation_id"], held["lead_id"]) == tuple(obligation_values.values())


def test_a_obligation_is_edited_and_keeps_its_regulation(desk: Desk) -> None:
    desk.stand(Q3)
    desk.press(Qt.Key.Key_F2)
    desk.fill("title", "Báo cáo quý")
    desk.press(Qt.Key.Key_S, CTRL)

    assert {row.record.title for row in desk.room.table.all_records()} == {
        "Báo cáo quý",
        "Gửi danh sách",
    }


def test_withdrawing_asks_and_undo_brings_back(desk: Desk, monkeypatch: Any) -> None:
    asked: list[str] = []

    def yes(_parent: Any, title: str, _body: str, act: str) -> bool:
        asked.append(f"{title} {act}")
        return True

    monkeypatch.setattr("app.ui.obligation.page.ask", yes)
    desk.stand(Q3)
    desk.press(Qt.Key.Key_Delete)

    assert asked == ["Rút “Báo cáo kết quả phối hợp” khỏi sổ? Rút nghĩa vụ"]
    assert {row.record.title for row in desk.room.table.all_records()} == {"Gửi danh sách"}
    desk.office.undo()
    assert len(desk.room.table.all_records()) > 5


def test_a_search_hit_opens_at_the_instance_that_waits(desk: Desk) -> None:
    wanted = desk.obligations.row(Q3).obligation_id

    desk.window.go(Place("obligation", wanted))

    current = desk.room.current()
    assert current is not None
    assert (current.obligation_id, current.period) == (wanted, "2026-Q1")


def test_done_instances_may_be_opened_again_and_open_ones_not(desk: Desk) -> None:
    desk.stand(Q3)
    assert not desk.room.commands["reopen"].isEnabled()
    with desk.obligations.store.changing("Ghi hoàn thành") as session:
        wanted = desk.obligations.row(Q3).obligation_id
        obligations.complete(session, wanted, Q3, on=date(2026, 9, 1))
    desk.stand(Q3)
    assert not desk.room.commands["complete"].isEnabled()

    desk.click("Mở lại kỳ")

    assert desk.states()[Q3] == "Quá hạn"


def test_an_event_gives_a_obligation_its_date(desk: Desk) -> None:
    desk.obligations.obligation(
        "trong 05 ngày làm việc kể từ ngày nhận được đề nghị", title="Trả lời"
    )
    desk.stand("", "Trả lời")
    desk.click("Ghi sự kiện")
    desk.fill("event_on", "18/11")
    desk.fill("event", "Đề nghị xác minh")
    desk.press(Qt.Key.Key_S, CTRL)

    assert desk.states()["event:2026-11-18"] == "Sắp đến hạn"


def test_a_paused_obligation_goes_on_again(desk: Desk) -> None:
    desk.stand(Q4)
    desk.room.pause()
    desk.fill("standing_ground", "Sắp xếp bộ máy")
    desk.press(Qt.Key.Key_S, CTRL)
    assert Q4 not in desk.states()
    desk.stand("")
    desk.click("Thực hiện lại")
    desk.press(Qt.Key.Key_S, CTRL)

    assert desk.states()[Q4] == "Trong hạn"


def test_a_file_is_kept_with_its_instance(desk: Desk, tmp_path: Path, monkeypatch: Any) -> None:
    file = tmp_path / "Báo cáo quý III.pdf"
    file.write_bytes(b"%PDF-1.4 bao cao")
    monkeypatch.setattr("app.ui.common.parts.dialogs.open_file", lambda *_args: file)
    desk.stand(Q3)
    desk.room.attach()
    desk.settle()
    desk.room.pane.want_tab("Tệp")
    desk.settle()

    tables = desk.room.pane.findChildren(SmallTable)
    names = [t.table.record_at(0).name for t in tables if t.isVisible()]
    assert names == ["Báo cáo quý III.pdf"]
    assert desk.states()[Q3] == "Quá hạn"


def test_the_door_counts_what_is_overdue(desk: Desk) -> None:
    assert ROOM.count(desk.office) == 3


def test_every_tab_can_be_looked_at(desk: Desk) -> None:
    desk.stand(Q3)
    for title in ("Thông tin", "Kỳ thực hiện", "Kết quả", "Tệp", "Lịch sử"):
        desk.room.pane.want_tab(title)
        assert desk.room.pane.tab == title
        assert desk.pane()


def test_what_was_begun_for_an_instance_is_taken_up_again_over_that_instance(desk: Desk) -> None:
    desk.stand(Q4)
    desk.room.commands["complete"].trigger()
    desk.fill("result", "da gui mot nua")
    assert desk.form.keep_draft()
    (kept,) = desk.office.drafts.all()
    desk.form.closed.emit()
    desk.stand(Q3)  # somewhere else
    desk.window._resume(kept.room, kept.key)
    desk.settle()

    assert desk.form.form.values()["result"] == "da gui mot nua"
    desk.form.save()
    desk.settle()
    (done,) = [row for row in desk.room.table.all_records() if row.written.completed_on is not None]
    assert (done.period, done.written.result) == (Q4, "da gui mot nua")


def test_a_draft_of_an_instance_that_is_gone_is_said(desk: Desk) -> None:
    desk.settle()
    desk.room.resume_draft(f"obligation.complete.{desk.obligations.regulation}")
    assert "không còn trong sổ" in desk.room.message.sentence()
