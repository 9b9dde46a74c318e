"""A clerk's whole road in the window: from a signed paper to the tasks of the review.

Every act goes through keys and clicks; the store is asked only whether its log still agrees.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from docx import Document
from openpyxl import load_workbook
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QComboBox, QFileDialog
from pytestqt.qtbot import QtBot

from app.store.checking import check
from tests.e2e.clerk import CTRL, SHIFT, Clerk, at_work, shown
from tests.e2e.papers import write_regulation
from tests.offices import body, open_store, police

REPORT = "Báo cáo tình hình bệnh viện"
TASK = "Sở Y tế gửi báo cáo đúng hạn"


@pytest.fixture
def clerk(tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    store = open_store(tmp_path)
    police(store)
    body(store, "Sở Y tế", short_name="Sở Y tế", code="SYT", kind="department")
    with at_work(store, qtbot) as clerk:
        yield clerk
    store.close()


@pytest.mark.slow
def test_from_a_signed_paper_to_the_tasks_of_the_conference(
    clerk: Clerk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = tmp_path / "ra"
    folder.mkdir()
    paper = write_regulation(tmp_path / "Quy chế 45.docx")
    monkeypatch.setattr(QFileDialog, "getOpenFileName", lambda *_a, **_k: (str(paper), ""))
    monkeypatch.setattr(QFileDialog, "getExistingDirectory", lambda *_a, **_k: str(folder))

    _reads_and_accepts_the_paper(clerk)
    _gives_the_obligation_that_a_clause_asks_for(clerk)
    _carries_out_a_period(clerk)
    _sees_the_next_fall_overdue(clerk)
    _opens_a_conference(clerk)
    _takes_in_the_report_of_a_body(clerk)
    _concludes(clerk)
    _writes_the_packet(clerk, folder)
    _turns_the_conclusion_into_a_task(clerk)
    _takes_the_task_back(clerk)

    assert not check(clerk.store).problems, "the log says something else than the register"


def _reads_and_accepts_the_paper(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_2, CTRL)
    clerk.press(Qt.Key.Key_O, CTRL)
    assert "Căn cứ (2)" in clerk.said()
    assert "Trong tệp: Sở Y tế" in clerk.said(), "a body of the register is known again"
    clerk.tab("Điều khoản")
    assert "b) Vụ việc gây rối." in clerk.said()
    clerk.save()
    assert clerk.room("regulation").current().number == "45/QCPH-CAT-SYT"


def _gives_the_obligation_that_a_clause_asks_for(clerk: Clerk) -> None:
    clerk.tab("Điều khoản")
    clerk.click_row("Sở Y tế gửi báo cáo")
    clerk.click("Giao nghĩa vụ …")
    assert "Khoản 2 Điều 2" in clerk.said(), "the form quotes where the obligation comes from"
    clerk.fill("title", REPORT)
    clerk.pick("lead_id", "Sở Y tế")
    clerk.pick("coordinating", "Công an tỉnh")
    clerk.fill("recurrence", "Hằng quý, chậm nhất ngày 20 tháng cuối quý")
    clerk.fill("starts_on", "1/7/2026")
    clerk.save()
    assert clerk.room("obligation").current().state == "Quá hạn"


def _carries_out_a_period(clerk: Clerk) -> None:
    clerk.click_row("quý III")
    clerk.press(Qt.Key.Key_Return, CTRL)
    clerk.fill("completed_on", "18/9/2026")
    clerk.fill("result", "Đã gửi đủ số liệu")
    clerk.fill("evidence", "Báo cáo số 12")
    clerk.save()
    states = {row.period: row.state for row in clerk.room("obligation").table.all_records()}
    assert states["2026-Q3"] == "Hoàn thành đúng hạn"


def _sees_the_next_fall_overdue(clerk: Clerk) -> None:
    assert clerk.window.sidebar.waiting("obligation") == ""
    clerk.turn_to(date(2027, 1, 4))
    assert clerk.window.sidebar.waiting("obligation") == "1"
    clerk.press(Qt.Key.Key_1, CTRL)
    clerk.click("1 Nghĩa vụ quá hạn")
    listed = [(row.period, row.state) for row in clerk.room("obligation").table.records()]
    assert listed == [("2026-Q4", "Quá hạn")]


def _opens_a_conference(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_5, CTRL)
    clerk.press(Qt.Key.Key_N, CTRL)
    clerk.fill("title", "Hội nghị sơ kết quý IV")
    clerk.fill("period_from", "1/10/2026")
    clerk.fill("period_to", "31/12/2026")
    clerk.pick("regulations", "45/QCPH")
    clerk.fill("held_on", "8/1/2027")
    clerk.fill("report_number", "12/BC-CAT")
    clerk.save()
    clerk.press(Qt.Key.Key_Return)


def _takes_in_the_report_of_a_body(clerk: Clerk) -> None:
    clerk.click("Thu báo cáo")
    assert "Đã nhận 0 / 2" in clerk.said(), "the parties of the regulation take part"
    clerk.click_row("Sở Y tế", twice=True)
    clerk.fill("number", "7/BC-SYT")
    clerk.fill("received_on", "3/1/2027")
    clerk.fill("figure:information_sent", "1.250")
    clerk.click("Thêm nội dung")
    clerk.types("Đã trao đổi 1.250 tin, tài liệu.")
    clerk.click("Thêm nội dung")
    clerk.types("Báo cáo quý IV gửi chậm.")
    clerk.choose_in(shown(clerk.form, QComboBox)[-2], "Tồn tại, hạn chế")
    clerk.save()
    assert "Đã nhận 1 / 2" in clerk.said()


def _concludes(clerk: Clerk) -> None:
    clerk.click("Kết luận")
    clerk.press(Qt.Key.Key_N, CTRL)
    clerk.fill("text", TASK)
    clerk.pick("lead_id", "Sở Y tế")
    clerk.fill("deadline", "Hằng tháng, chậm nhất ngày 25")
    clerk.save()
    assert "1 kết luận, 0 đã giao việc" in clerk.said()


def _writes_the_packet(clerk: Clerk, folder: Path) -> None:
    clerk.press(Qt.Key.Key_E, CTRL | SHIFT)
    assert "Đã xuất bộ tài liệu: 3 tệp" in clerk.said()
    (packet,) = folder.iterdir()
    (report,) = packet.glob("Báo cáo*.docx")
    words = "\n".join(p.text for p in Document(str(report)).paragraphs).replace("\u00a0", " ")
    assert "Báo cáo quý IV gửi chậm" in words
    assert "1.250 tin" in words
    (annex,) = packet.glob("Phụ lục*.xlsx")
    book = load_workbook(annex)
    assert book.sheetnames[0] == "Tổng hợp"
    assert 1250 in {cell.value for sheet in book for line in sheet.iter_rows() for cell in line}
    (sources,) = packet.glob("Danh mục nguồn*.xlsx")
    named = [cell.value for cell in load_workbook(sources)["Nguồn"]["D"]]
    assert any("7/BC-SYT" in str(words) for words in named)


def _turns_the_conclusion_into_a_task(clerk: Clerk) -> None:
    clerk.click("Kết luận")
    clerk.press(Qt.Key.Key_G, CTRL)
    clerk.save()
    assert "1 kết luận, 1 đã giao việc" in clerk.said()
    clerk.click("Mở nghĩa vụ")
    assert clerk.room("obligation").current().record.title == TASK
    clerk.click("Mở hội nghị")
    clerk.press(Qt.Key.Key_Return)
    assert "1 kết luận, 1 đã giao việc" in clerk.said(), "it leads back to where it came from"


def _takes_the_task_back(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert "Đã hoàn tác “Giao nghĩa vụ" in clerk.said()
    assert "1 kết luận, 0 đã giao việc" in clerk.said()
    clerk.press(Qt.Key.Key_3, CTRL)
    assert {row.record.title for row in clerk.room("obligation").table.all_records()} == {REPORT}
