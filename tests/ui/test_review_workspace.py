"""What a clerk does in the workspace of a review: texts, findings, conclusions, tasks."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QHeaderView,
    QPlainTextEdit,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.models import Conclusion, Finding, Obligation
from app.models.values import Value
from app.services.any_kind import records
from app.services.review import reviews
from app.ui import theme
from app.ui.obligation.page import ObligationPage
from app.ui.review.conclusions_part import ConclusionsPart
from app.ui.review.text_part import TextPart
from tests.ui.register_steps import on
from tests.ui.review_desk import ALT, CTRL, ReviewDesk


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewDesk]:
    desk = ReviewDesk(qtbot, tmp_path)
    try:
        yield desk.begin()
    finally:
        desk.end()


def text_part(desk: ReviewDesk, key: str = "opening") -> TextPart:
    part = desk.open(key).part
    assert isinstance(part, TextPart)
    part.box.setFocus()
    return part


def conclusions(desk: ReviewDesk) -> ConclusionsPart:
    part = desk.workspace.part
    assert isinstance(part, ConclusionsPart)
    part.list.setFocus()
    return part


def conclude(desk: ReviewDesk, text: str, **values: Any) -> Any:
    with desk.given.store.changing("Thêm kết luận") as session:
        made = reviews.conclude(session, desk.given.review.id, {"text": text, **values}).id
    desk.settle()
    return made


def state_of(desk: ReviewDesk, part: str) -> str:
    row = desk.workspace.outline.part(part)
    return row.state if row else ""


# texts -------------------------------------------------------------------------------------


def test_a_text_is_kept_by_its_key_and_fills_its_part(desk: ReviewDesk) -> None:
    part = text_part(desk)
    part.box.setPlainText("Căn cứ Quy chế số 18/QC-CAT-SYT.")
    assert state_of(desk, "opening") == "Trống"
    desk.press(Qt.Key.Key_S, CTRL)

    assert desk.review().opening == "Căn cứ Quy chế số 18/QC-CAT-SYT."
    assert state_of(desk, "opening") == "Đủ"
    assert not desk.workspace.commands["save_text"].isEnabled(), "nothing is left to keep"


def test_a_text_being_written_survives_a_change_elsewhere(desk: ReviewDesk) -> None:
    part = text_part(desk)
    part.box.setPlainText("Đang viết")
    desk.find("strength", "Có đầu mối rõ.")

    assert part.box.toPlainText() == "Đang viết"


def test_leaving_a_text_that_is_not_kept_asks_first(
    desk: ReviewDesk, monkeypatch: pytest.MonkeyPatch
) -> None:
    part = text_part(desk)
    part.box.setPlainText("Đang viết")
    answers = iter((0, 2))
    monkeypatch.setattr("app.ui.review.text_part.choose", lambda *_: next(answers))
    desk.workspace.open_part("strength")
    assert desk.workspace.part is part, "go on writing"
    assert desk.workspace.outline.current() == "opening"
    desk.workspace.open_part("strength")

    assert desk.workspace.part.key == "strength"
    assert desk.review().opening == "Đang viết"


def test_undo_works_in_the_workspace(desk: ReviewDesk) -> None:
    desk.find("strength", "Có đầu mối rõ.")
    desk.open("strength").part.setFocus()
    desk.press(Qt.Key.Key_Z, CTRL)

    assert not desk.live(Finding)
    assert "Đã hoàn tác" in desk.said()


# findings ----------------------------------------------------------------------------------


def test_a_finding_is_added_to_the_part_that_is_open(desk: ReviewDesk) -> None:
    desk.open("results:exchange")
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("text", "Tin được trao đổi đều hằng tháng.")
    desk.save()

    (finding,) = desk.live(Finding)
    assert (finding.kind, finding.area, finding.in_report) == ("result", "exchange", True)
    assert desk.findings.list.current_id() == finding.id
    assert state_of(desk, "results:exchange") == "Đủ"


def test_a_finding_without_words_is_refused_under_its_field(desk: ReviewDesk) -> None:
    desk.open("strength")
    desk.press(Qt.Key.Key_N, CTRL)
    desk.save()

    assert desk.form.form.wrong() == ["text"]
    assert not desk.live(Finding)


def test_a_finding_is_edited_by_f2_and_moved_by_keys(desk: ReviewDesk) -> None:
    one, two = desk.find("strength", "A."), desk.find("strength", "B.")
    desk.open("strength")
    desk.findings.list.setFocus()
    desk.findings.list.stand_on(two)
    desk.press(Qt.Key.Key_F2)
    desk.fill("text", "B, sửa.")
    desk.save()
    desk.findings.list.setFocus()
    desk.press(Qt.Key.Key_Up, ALT)

    assert desk.findings.list.ids() == [two, one]
    assert desk.findings.list.current_id() == two, "the clerk moves along"
    assert not desk.workspace.commands["move_up"].isEnabled()
    assert {f.text for f in desk.live(Finding)} == {"A.", "B, sửa."}


def test_a_finding_kept_out_of_the_report_says_so(desk: ReviewDesk) -> None:
    desk.find("lesson", "Cần lịch chung.")
    desk.open("lesson")
    desk.findings.list.setFocus()
    assert desk.workspace.commands["toggle_in_report"].text() == "Bỏ khỏi báo cáo"
    desk.press(Qt.Key.Key_R, CTRL)

    assert [f.in_report for f in desk.live(Finding)] == [False]
    assert desk.workspace.commands["toggle_in_report"].text() == "Đưa vào báo cáo"
    assert state_of(desk, "lesson") == "Trống"


def test_del_withdraws_a_finding_and_the_message_gives_it_back(desk: ReviewDesk) -> None:
    desk.find("proposal", "Đề nghị sửa quy chế.")
    desk.open("proposal")
    desk.findings.list.setFocus()
    desk.press(Qt.Key.Key_Delete)
    assert not desk.live(Finding)
    assert desk.said() == "Đã rút nội dung “Đề nghị sửa quy chế.”."

    desk.office.undo()
    assert len(desk.live(Finding)) == 1


def test_headings_are_passed_over_by_the_arrows(desk: ReviewDesk) -> None:
    one = desk.find("result", "Trao đổi tin.", "exchange")
    two = desk.find("result", "Kiểm tra chung.", "inspection")
    desk.open("results")
    desk.findings.list.setFocus()
    assert desk.findings.list.current_id() == one
    desk.press(Qt.Key.Key_Down)

    assert desk.findings.list.current_id() == two


# steps -------------------------------------------------------------------------------------


def test_a_step_is_taken_by_a_click_and_opens_its_work(desk: ReviewDesk) -> None:
    workspace = desk.open("opening")
    desk.qtbot.mouseClick(workspace.head.steps.button_of("collecting"), Qt.MouseButton.LeftButton)
    desk.settle()

    assert desk.review().step == "collecting"
    assert workspace.part.key == "inputs"
    assert desk.said() == "Hội nghị đã sang bước Thu báo cáo."


# conclusions and tasks ------------------------------------------------------------------------


def test_a_conclusion_is_entered_with_its_deadline_read_back(desk: ReviewDesk) -> None:
    desk.open("conclusions")
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("text", "Ban hành kế hoạch thực hiện quy chế.")
    desk.choose("lead_id", desk.given.health.id)
    desk.fill("deadline", "hằng quý, chậm nhất ngày 25 tháng cuối quý")
    desk.save()

    (made,) = desk.live(Conclusion)
    assert made.ordinal == 1
    assert made.deadline == "hằng quý, chậm nhất ngày 25 tháng cuối quý"
    assert state_of(desk, "conclusions") == "Thiếu", "it has not been given as a task"


def test_a_conclusion_becomes_a_task_linked_both_ways_and_undo_takes_it_back(
    desk: ReviewDesk,
) -> None:
    conclusion = conclude(
        desk,
        "Báo cáo kết quả giải quyết khiếu kiện.",
        lead_id=desk.given.health.id,
        coordinating=(desk.given.school.id,),
        deadline="hằng quý, chậm nhất ngày 25 tháng cuối quý",
    )
    desk.open("conclusions")
    before = len(desk.live(Obligation))
    conclusions(desk)
    desk.press(Qt.Key.Key_G, CTRL)
    assert desk.form.form.values()["lead_id"] == desk.given.health.id
    desk.fill("title", "Báo cáo khiếu kiện")
    desk.save()

    (obligation,) = [d for d in desk.live(Obligation) if d.title == "Báo cáo khiếu kiện"]
    assert (obligation.conclusion_id, obligation.review_id) == (conclusion, desk.given.review.id)
    assert obligation.coordinating == (desk.given.school.id,)
    (line,) = conclusions(desk)._tasks[conclusion]
    assert line.id == obligation.id
    assert "Đã giao kết luận thành nghĩa vụ" in desk.said()

    desk.press(Qt.Key.Key_Z, CTRL)
    assert len(desk.live(Obligation)) == before
    assert not conclusions(desk)._tasks


def test_a_task_needs_a_body_that_leads(desk: ReviewDesk) -> None:
    conclude(desk, "Tuyên truyền sâu rộng.")
    desk.open("conclusions")
    conclusions(desk)
    desk.press(Qt.Key.Key_G, CTRL)
    desk.save()

    assert desk.form.form.wrong() == ["lead_id"]


def test_a_task_opens_in_the_room_of_obligations(desk: ReviewDesk) -> None:
    conclusion = conclude(desk, "Ban hành kế hoạch.", lead_id=desk.given.health.id)
    with desk.given.store.changing("Giao việc") as session:
        reviews.give_task(session, conclusion, {"recurrence": "hằng năm, trước ngày 15/12"})
    desk.open("conclusions")
    part = conclusions(desk)
    part._open_task(part._tasks[conclusion][0])
    desk.settle()

    page: Any = desk.window.page
    assert isinstance(page, ObligationPage)
    assert on(page).record.title == "Ban hành kế hoạch."


def test_conclusions_are_reordered_and_withdrawn_without_a_gap(desk: ReviewDesk) -> None:
    one, two, three = (conclude(desk, text) for text in ("A.", "B.", "C."))
    desk.open("conclusions")
    conclusions(desk).list.stand_on(three)
    desk.press(Qt.Key.Key_Up, ALT)
    conclusions(desk).list.stand_on(one)
    desk.press(Qt.Key.Key_Delete)

    with desk.given.store.reading() as session:
        rows = reviews.conclusions_of(session, desk.given.review.id)
    assert [(r.id, r.words) for r in rows] == [(three, "Một là"), (two, "Và hai là")]


# the whole page ------------------------------------------------------------------------------


def test_figures_stand_beside_the_text_only_on_a_wide_page(desk: ReviewDesk) -> None:
    workspace = desk.open("results")
    assert not workspace.columns.is_wide
    assert not workspace.figures.isVisible()
    desk.window.resize(1920, 1000)
    desk.settle()

    assert workspace.columns.is_wide
    assert workspace.figures.isVisible()
    assert workspace.outline.isVisible()


def test_a_figure_of_the_part_leads_to_what_it_counts(desk: ReviewDesk) -> None:
    workspace = desk.open("results")
    assert "14" in workspace.middle._note.text()
    workspace.middle._note.linkActivated.emit("0")
    desk.settle()

    assert workspace.figures.isVisible(), "the tab turns to the figures"
    assert workspace.figures._shown == "tasks"


def test_the_part_that_was_open_is_open_again(desk: ReviewDesk) -> None:
    desk.open("lesson")
    desk.press(Qt.Key.Key_Escape)
    desk.open()

    assert desk.workspace.part.key == "lesson"


def test_information_of_the_review_is_edited_from_its_workspace(desk: ReviewDesk) -> None:
    desk.open("opening")
    desk.press(Qt.Key.Key_I, CTRL)
    desk.choose("held_on", date(2026, 12, 5))
    desk.save()

    assert desk.review().held_on == date(2026, 12, 5)
    assert desk.window.page is desk.workspace


def test_a_change_by_another_hand_is_shown_at_once(desk: ReviewDesk) -> None:
    desk.open("strength")
    assert not desk.findings.list.isVisible(), "an empty part says so"
    with desk.given.store.changing("Thêm nội dung") as session:
        values: dict[str, Value] = {
            "review_id": desk.given.review.id,
            "kind": "strength",
            "text": "Mới.",
        }
        records.enter(session, "finding", values)
    desk.settle()

    assert desk.findings.list.isVisible()
    assert len(desk.findings.list.ids()) == 1


@pytest.mark.parametrize("part", ["opening", "results", "conclusions", "figures", "inputs"])
def test_every_input_and_button_of_a_part_has_a_name(desk: ReviewDesk, part: str) -> None:
    desk.find("result", "Kết quả.")
    conclude(desk, "Kết luận.")
    workspace = desk.open(part)
    reached = [
        w
        for w in workspace.findChildren(QWidget)
        if isinstance(w, QAbstractItemView | QPlainTextEdit | QAbstractButton)
        and not isinstance(w, QHeaderView)
        and w.focusPolicy()
        and w.isVisible()
    ]

    assert not [w for w in reached if not w.accessibleName()]
    assert desk.window.minimumSizeHint().width() <= 1366


def test_large_text_fits_the_smallest_screen(desk: ReviewDesk) -> None:
    theme.wear(theme.Mode.LIGHT, 150)
    try:
        for part in ("opening", "results", "conclusions", "figures", "inputs", "packet"):
            desk.open(part)
            assert desk.window.minimumSizeHint().width() <= 1366, part
            desk.workspace.close_workspace()
    finally:
        theme.wear(theme.Mode.LIGHT, 100)
