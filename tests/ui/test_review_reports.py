"""Receiving the reports of bodies, the figures they add up to, and the packet made of them."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QAbstractButton, QLabel
from pytestqt.qtbot import QtBot

from app import paths
from app.models import Finding, ReviewFigure, ReviewInput
from app.models.values import Value, Values
from app.services.any_kind import records, secrecy
from app.services.review import packet, reviews
from app.ui.common.pane.parts import SmallTable
from app.ui.review.findings_field import FindingsField
from app.ui.review.packet_part import PacketPart
from tests.ui.register_steps import on
from tests.ui.review_desk import CTRL, ReviewDesk

EARLIER: Values = {
    "title": "Hội nghị năm trước",
    "period_from": date(2025, 1, 1),
    "period_to": date(2025, 12, 31),
}
SHIFT = Qt.KeyboardModifier.ShiftModifier


@pytest.fixture
def desk(qtbot: QtBot, tmp_path: Path) -> Iterator[ReviewDesk]:
    desk = ReviewDesk(qtbot, tmp_path)
    try:
        yield desk.begin()
    finally:
        desk.end()


def report(desk: ReviewDesk, **figures: str) -> None:
    """Receive the health service's report through its form."""
    desk.workspace.open_report(desk.given.health.id, None)
    desk.fill("number", "45/BC-SYT")
    for key, words in figures.items():
        desk.fill(f"figure:{key}", words)


def figures_shown(desk: ReviewDesk) -> dict[str, tuple[str, str, str]]:
    """Label, this period, the one before and the change, as they stand in the first table."""
    table = next(
        t for t in desk.workspace.figures.findChildren(SmallTable) if len(t.table.columns) == 4
    )
    model = table.table
    rows = [[str(model.index(r, c).data()) for c in range(4)] for r in range(model.rowCount())]
    return {label: (now, before, moved) for label, now, before, moved in rows}


def words_on(part: Any) -> str:
    return " ".join(label.text() for label in part.findChildren(QLabel))


def test_a_report_is_received_with_figures_and_findings_in_one_form(desk: ReviewDesk) -> None:
    desk.open("inputs")
    report(desk, propaganda_sessions="45", propaganda_attendance="gần 6.150")
    field = desk.form.form.fields["findings"]
    assert isinstance(field, FindingsField)
    field.show_value(((None, "shortcoming", "reporting", "Gửi chậm."),))
    desk.save()

    (received,) = [i for i in desk.live(ReviewInput) if i.received_on]
    assert received.received_on == date(2026, 11, 23), "today unless the clerk says otherwise"
    kept = {f.indicator: (f.value, f.qualifier) for f in desk.live(ReviewFigure)}
    assert kept == {
        "propaganda_sessions": ("45", "exact"),
        "propaganda_attendance": ("6150", "nearly"),
    }
    (finding,) = desk.live(Finding)
    assert (finding.agency_id, finding.input_id) == (desk.given.health.id, received.id)
    desk.press(Qt.Key.Key_Escape)
    assert on(desk.room).received == 1, "the list under it has heard"


def test_one_undo_takes_the_whole_report_back(desk: ReviewDesk) -> None:
    desk.open("inputs")
    report(desk, drills="2")
    desk.save()
    desk.workspace.part.setFocus()
    desk.press(Qt.Key.Key_Z, CTRL)

    assert not desk.live(ReviewFigure)
    assert not desk.live(ReviewInput)


def test_a_figure_that_cannot_be_read_is_refused_under_its_line(desk: ReviewDesk) -> None:
    desk.open("inputs")
    report(desk, drills="vài cuộc")
    desk.save()

    assert desk.form.form.wrong() == ["figure:drills"]
    assert not desk.live(ReviewInput)


def test_a_line_without_a_value_is_refused_where_it_stands(desk: ReviewDesk) -> None:
    desk.open("inputs")
    report(desk)
    desk.fill("other_figures", "Số hộ ký cam kết")
    desk.save()

    assert desk.form.form.wrong() == ["other_figures"]


def test_a_known_report_opens_as_it_was_and_is_corrected(desk: ReviewDesk) -> None:
    desk.open("inputs")
    report(desk, drills="2", inspections="7")
    desk.fill("other_figures", "Số hộ ký cam kết: gần 1.200")
    desk.save()
    desk.workspace.part.stand_on(desk.live(ReviewInput)[0].id)
    desk.workspace.part.setFocus()
    desk.press(Qt.Key.Key_F2)
    shown = desk.form.form.values()
    assert (shown["figure:drills"], shown["other_figures"]) == ("2", "Số hộ ký cam kết: gần 1.200")
    desk.fill("figure:drills", "")
    desk.save()

    assert {f.indicator for f in desk.live(ReviewFigure)} == {"inspections", "Số hộ ký cam kết"}


def test_del_withdraws_a_report_with_what_it_brought(desk: ReviewDesk) -> None:
    desk.open("inputs")
    report(desk, drills="2")
    desk.save()
    desk.workspace.part.stand_on(desk.live(ReviewInput)[0].id)
    desk.workspace.part.setFocus()
    desk.press(Qt.Key.Key_Delete)

    assert not desk.live(ReviewInput)
    assert not desk.live(ReviewFigure)
    assert "Đã rút báo cáo của Sở Y tế" in desk.said()


def test_figures_are_set_against_the_review_before(desk: ReviewDesk) -> None:
    with desk.given.store.changing("Hội nghị trước") as session:
        before = reviews.enter(
            session,
            {
                **EARLIER,
                "host_id": desk.given.police.id,
                "regulations": (desk.given.regulation.id,),
            },
        )
        values: dict[str, Value] = {"review_id": before.id, "agency_id": desk.given.health.id}
        reviews.note_figure(session, {**values, "indicator": "drills", "value": "4"})
    desk.open("results")
    report(desk, drills="5")
    desk.save()
    desk.settle()

    assert figures_shown(desk)["Cuộc diễn tập"] == ("5", "4", "+25\u00a0%")


def test_the_form_shows_what_the_body_reported_last_time(desk: ReviewDesk) -> None:
    with desk.given.store.changing("Hội nghị trước") as session:
        before = reviews.enter(session, {**EARLIER, "host_id": desk.given.police.id})
        records.revise(session, "review", before.id, {"regulations": (desk.given.regulation.id,)})
        sent = reviews.receive(session, before.id, desk.given.health.id, {"number": "9/BC-SYT"})
        values: dict[str, Value] = {
            "review_id": before.id,
            "agency_id": desk.given.health.id,
            "input_id": sent.id,
        }
        reviews.note_figure(session, {**values, "indicator": "drills", "value": "4"})
    desk.open("inputs")
    report(desk)

    assert "Kỳ trước cơ quan này báo cáo Cuộc diễn tập 4" in words_on(desk.form)


def test_a_figure_says_which_body_reported_it_and_opens_its_report(desk: ReviewDesk) -> None:
    desk.open("results")
    report(desk, drills="5")
    desk.save()
    desk.settle()
    desk.workspace.figures.show_figure("indicator:drills")
    (table,) = [
        t for t in desk.workspace.figures.findChildren(SmallTable) if len(t.table.columns) == 2
    ]
    assert str(table.table.index(0, 0).data()).startswith("Sở Y tế")

    table.clicked.emit(table.table.index(0, 0))
    desk.settle()
    assert desk.form.form.values()["figure:drills"] == "5"


def test_a_report_form_warns_of_a_secret_regulation(desk: ReviewDesk) -> None:
    with desk.given.store.changing("Đánh dấu mật") as session:
        secrecy.turn(session, "regulation", desk.given.regulation.id, "mat")
    desk.open("inputs")
    report(desk, drills="2")
    desk.choose("regulation_id", desk.given.regulation.id)
    desk.qtbot.waitUntil(lambda: "chỉ ghi số báo cáo" in words_on(desk.form))
    desk.save()

    assert desk.form.form.wrong() == ["summary"]
    assert not desk.live(ReviewInput)


def test_the_packet_is_written_where_the_clerk_says(
    desk: ReviewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    out = tmp_path / "xuat"
    monkeypatch.setattr("app.ui.common.parts.dialogs.choose_folder", lambda *_: out)
    desk.open("results")
    desk.press(Qt.Key.Key_E, CTRL | SHIFT)
    desk.settle()

    (folder,) = out.iterdir()
    assert len(list(folder.iterdir())) == 3
    assert desk.said().startswith("Đã xuất bộ tài liệu: 3 tệp,")
    part = desk.workspace.part
    assert isinstance(part, PacketPart)
    assert "Chưa ghi nơi nhận." in words_on(part), "what is missing is listed beside the files"
    assert str(folder) in words_on(part)


def test_the_next_packet_begins_where_the_last_one_went(
    desk: ReviewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    begun: list[Path] = []
    out = tmp_path / "hội nghị"
    out.mkdir()

    def choose(_parent: object, _title: str, begins: Path, _check: object) -> Path:
        begun.append(begins)
        return out

    monkeypatch.setattr("app.ui.common.parts.dialogs.choose_folder", choose)
    desk.open("packet")
    assert str(paths.exports_folder()) in words_on(desk.workspace.part)
    for _ in range(2):
        desk.press(Qt.Key.Key_E, CTRL | SHIFT)
        desk.settle()

    assert begun == [paths.exports_folder(), out]
    assert len(list(out.iterdir())) == 2


def test_packets_of_another_day_are_listed_where_they_lie(desk: ReviewDesk, tmp_path: Path) -> None:
    with desk.given.store.reading() as session:
        result = packet.write(
            session,
            desk.given.review.id,
            tmp_path / "trước",
            kept=desk.given.store.folder.packets,
            today=desk.office.today(),
            at=desk.given.store.now(),
        )

    part = desk.open("packet").part

    assert str(result.folder) in words_on(part)
    opening = {link.text() for link in part.findChildren(QAbstractButton)}
    assert {path.name for path in result.files} < opening


def test_no_folder_means_no_packet(desk: ReviewDesk, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("app.ui.common.parts.dialogs.choose_folder", lambda *_: None)
    desk.open("results")
    desk.press(Qt.Key.Key_E, CTRL | SHIFT)

    assert desk.workspace.part.key == "results"
    assert desk.said() == ""


def test_a_folder_that_cannot_be_written_is_said_in_words(
    desk: ReviewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    taken = tmp_path / "tep"
    taken.write_text("một tệp, không phải thư mục", encoding="utf-8")
    monkeypatch.setattr("app.ui.common.parts.dialogs.choose_folder", lambda *_: taken)
    desk.open("results")
    desk.press(Qt.Key.Key_E, CTRL | SHIFT)
    desk.settle()

    assert str(taken) in desk.said()


def test_leaving_while_the_packet_is_written_loses_only_the_page(
    desk: ReviewDesk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("app.ui.common.parts.dialogs.choose_folder", lambda *_: tmp_path / "xuat")
    workspace = desk.open("results")
    workspace.export()
    workspace.close_workspace()
    desk.settle()

    assert desk.window.page is desk.room
    assert desk.said().startswith("Đã xuất bộ tài liệu")


def test_what_the_report_lacks_is_listed_before_it_is_written(desk: ReviewDesk) -> None:
    part = desk.open("packet").part
    with desk.given.store.reading() as session:
        review, today = desk.given.review.id, desk.office.today()
        at = desk.given.store.now()
        lacks = packet.gather(session, review, today=today, at=at).warnings

    assert lacks
    assert all(sentence in words_on(part) for sentence in lacks)
