"""The register of reviews: open a new one, edit, withdraw, undo, arrive from elsewhere."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models import Review
from app.ui.common.pane.parts import SmallTable
from tests.ui.register_steps import on
from tests.ui.review_desk import CTRL, ReviewDesk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewDesk]:
    desk = ReviewDesk(qtbot, tmp_path)
    try:
        yield desk.begin()
    finally:
        desk.end()


def test_a_new_review_invites_the_parties_of_its_regulations(desk: ReviewDesk) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    assert desk.form.form.fields["host_id"].value() == desk.given.police.id, "it is ours"
    desk.fill("title", "Hội nghị tổng kết năm 2026")
    desk.choose("kind", "final")
    desk.choose("regulations", (desk.given.regulation.id,))
    desk.save()

    (made,) = [r for r in desk.live(Review) if r.title == "Hội nghị tổng kết năm 2026"]
    assert set(made.participants) == {desk.given.police.id, desk.given.health.id}
    assert desk.room.current_id() == made.id, "the list stands on what was entered"


def test_a_period_that_runs_backwards_is_refused_under_its_field(desk: ReviewDesk) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("title", "Hội nghị")
    desk.choose("period_from", date(2026, 12, 1))
    desk.choose("period_to", date(2026, 1, 1))
    desk.save()

    assert desk.form.form.wrong() == ["period_to"]
    assert len(desk.live(Review)) == 1


def test_enter_opens_the_workspace_and_escape_comes_back(desk: ReviewDesk) -> None:
    desk.room.view.go_to(0)
    desk.room.view.setFocus()
    desk.press(Qt.Key.Key_Return)
    assert desk.workspace.desk.id == desk.given.review.id

    desk.press(Qt.Key.Key_Escape)
    assert desk.window.page is desk.room


def test_f2_edits_the_review_and_keeps_its_texts(desk: ReviewDesk) -> None:
    with desk.given.store.changing("Sửa") as session:
        held = session.get(Review, desk.given.review.id)
        assert held is not None
        held.opening = "Căn cứ Quy chế số 18."
        session.add(held)
    desk.settle()
    desk.room.view.go_to(0)
    desk.room.view.setFocus()
    desk.press(Qt.Key.Key_F2)
    desk.fill("place", "Sầm Sơn")
    desk.save()

    assert (desk.review().place, desk.review().opening) == ("Sầm Sơn", "Căn cứ Quy chế số 18.")


def test_a_review_is_withdrawn_after_a_question_and_comes_back(
    desk: ReviewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []

    def yes(_parent: Any, title: str, *_more: Any) -> bool:
        asked.append(title)
        return True

    monkeypatch.setattr("app.ui.common.list.kept_page.ask", yes)
    desk.room.view.go_to(0)
    desk.room.view.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert asked == [f"Rút “{desk.given.review.title}” khỏi sổ?"]
    assert not desk.live(Review)

    desk.press(Qt.Key.Key_Z, CTRL)
    assert len(desk.live(Review)) == 1


def test_the_pane_tells_whose_reports_are_missing_and_opens_them(desk: ReviewDesk) -> None:
    desk.room.view.go_to(0)
    desk.settle()
    desk.room.pane.want_tab("Báo cáo của cơ quan")
    desk.settle()
    tables = desk.room.pane.findChildren(SmallTable)
    (table,) = [t for t in tables if t.isVisible()]
    states = [table.table.record_at(row).state for row in range(table.table.rowCount())]
    assert states == ["Chưa gửi", "Chưa gửi"]

    table.clicked.emit(table.table.index(0, 0))
    desk.settle()
    assert desk.workspace.part.key == "inputs"


def test_a_finding_found_by_search_opens_where_it_stands(desk: ReviewDesk) -> None:
    desk.find("lesson", "Phân công cụ thể.")
    wanted = desk.find("lesson", "Thống nhất biểu mẫu.")
    desk.office.go("finding", wanted)
    desk.settle()

    assert desk.workspace.part.key == "lesson"
    assert desk.findings.list.current_id() == wanted


def test_a_text_left_behind_is_offered_and_taken_up_again(desk: ReviewDesk) -> None:
    workspace = desk.open("situation")
    part: Any = workspace.part
    part.box.setPlainText("Tình hình ổn định.")
    assert desk.window.keep_draft()
    key = desk.office.drafts.all()[0].key
    part.box.setPlainText("")
    desk.press(Qt.Key.Key_Escape)
    desk.room.resume_draft(key)
    desk.settle()

    again: Any = desk.workspace.part
    assert again.key == "situation"
    assert again.box.toPlainText() == "Tình hình ổn định."
    assert "lấy lại bản nháp" in desk.said()


def test_a_finding_form_left_behind_is_opened_over_its_conference(desk: ReviewDesk) -> None:
    desk.open("strength")
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("text", "Đang nhập dở")
    assert desk.form.keep_draft()
    (kept,) = desk.office.drafts.all()
    desk.give_up()
    desk.window.leave_pages()
    desk.office.drafts.keep(kept)  # as after a crash, which asks nobody
    desk.room.resume_draft(kept.key)
    desk.settle()

    assert desk.form.form.values()["text"] == "Đang nhập dở"
    assert desk.form.form.values()["kind"] == "strength"


def test_the_workspace_goes_when_its_review_is_undone(desk: ReviewDesk) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("title", "Hội nghị mở nhầm")
    desk.save()
    made = on(desk.room).id
    desk.room.open_workspace(made)
    desk.settle()
    assert desk.workspace.desk.id == made
    desk.press(Qt.Key.Key_Z, CTRL)

    assert desk.window.page is desk.room
    assert "đã được rút" in desk.said()
