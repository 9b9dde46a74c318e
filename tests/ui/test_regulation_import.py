"""A file read beside its source: corrected, saved as one change, or left without a trace."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from PySide6.QtCore import QMimeData, QPoint, QPointF, Qt, QUrl
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models import Agency, LegalDocument, Provision, Regulation
from app.services import attachments
from app.services.any_kind import records
from app.services.regulation import basis, provisions, regulations, replacement
from app.ui.common.parts import dialogs
from app.ui.regulation import import_page
from tests.importers.papers import DECISION_AND_REGULATION, MOTTO, REGULATION
from tests.offices import body, regulation
from tests.ui.register_steps import on
from tests.ui.regulation_steps import CTRL, Clerk, answering, at_work, said

TWO = f"{REGULATION}\n{REGULATION.replace('19/QCPH-CAT-SYT', '20/QCPH-CAT-SYT')}"
SECRET = REGULATION.replace(MOTTO, f"{MOTTO}\nMẬT")


@pytest.fixture
def clerk(tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    with at_work(tmp_path, qtbot) as clerk:
        yield clerk


def read(clerk: Clerk, text: str, name: str = "quy-che.txt") -> Path:
    path = clerk.folder / name
    path.write_text(text, encoding="utf-8")
    clerk.page.read_file(path)
    clerk.settle()
    return path


def held(clerk: Clerk) -> list[Regulation]:
    with clerk.store.reading() as session:
        return records.live(session, Regulation)


# what is shown -----------------------------------------------------------------------


def test_what_was_read_stands_beside_the_source(clerk: Clerk) -> None:
    read(clerk, REGULATION)
    values = clerk.review.documents[0].fields.values()

    assert values["number"] == "19/QCPH-CAT-SYT"
    assert values["signed_on"] == date(2014, 5, 7)
    assert values["standing"] == "in_force"
    assert "Quy chế này nói về việc hai bên cùng làm." in clerk.review.source.toPlainText()
    shown = said(clerk.review)
    assert "2 chương" not in shown, "the text waits in its own tab"
    assert "Căn cứ (2)" in shown
    assert "Thay thế, sửa đổi (1)" in shown


def test_a_body_of_the_register_is_known_and_others_are_announced(clerk: Clerk) -> None:
    trade = REGULATION.replace("CÔNG AN TỈNH LAM SƠN", "SỞ CÔNG THƯƠNG")
    read(clerk, trade.replace("Công an tỉnh Lam Sơn", "Sở Công Thương"))
    found = {match.text: match.agency_id for match in clerk.review.documents[0].read.bodies}

    assert clerk.health.id in found.values()
    assert "Chưa có trong sổ, sẽ thêm mới: Sở Công Thương" in said(clerk.review)


def test_a_provision_is_marked_in_the_source_with_all_that_stands_under_it(clerk: Clerk) -> None:
    read(clerk, REGULATION)
    document = clerk.review.documents[0]
    article = next(each for _, each in document._order if each.number == "3")
    document.tree.choose(id(article))

    marked = clerk.review.source.marked_text()
    assert marked.startswith("Điều 3. Việc của Công an tỉnh")
    assert marked.endswith("2. Mỗi quý gửi báo cáo một lần.")


def test_clicking_the_source_goes_to_the_provision(clerk: Clerk) -> None:
    read(clerk, REGULATION)
    line = next(
        n for n, words in enumerate(clerk.review._proposal.lines) if "Ngày lễ ba tổ" in words
    )
    clerk.review.source.pointed.emit(line)

    marked = clerk.review.source.marked_text()
    assert marked == clerk.review._proposal.lines[line]
    assert clerk.review.documents[0].tabs.current == "Điều khoản"


def test_a_marked_provision_stays_in_sight_in_a_smaller_window(clerk: Clerk) -> None:
    read(clerk, REGULATION)
    source = clerk.review.source
    line = next(n for n, words in enumerate(clerk.review._proposal.lines) if "Mỗi quý" in words)
    source.pointed.emit(line)
    clerk.window.resize(1366, 768)
    clerk.settle()
    source.setFixedHeight(90)
    clerk.settle()

    assert source.viewport().rect().contains(source.cursorRect().center())
    assert source.textCursor().blockNumber() == line


# saving ------------------------------------------------------------------------------


def test_saving_writes_everything_as_one_change_and_stands_on_it(clerk: Clerk) -> None:
    old = regulation(
        clerk.store, clerk.police, clerk.health, number="88", signed_on=date(1997, 11, 4)
    )
    read(clerk, REGULATION)
    clerk.press(Qt.Key.Key_S, CTRL)

    assert clerk.window.page is clerk.page
    assert on(clerk.page).number == "19/QCPH-CAT-SYT"
    assert "Đã ghi 19/QCPH-CAT-SYT vào sổ: 15 điều khoản, 2 văn bản căn cứ mới." in clerk.sentence()
    saved = on(clerk.page).id
    with clerk.store.reading() as session:
        assert len(basis.lines_of(session, saved, today=date(2026, 11, 23))) == 2
        assert len(provisions.citations(session, saved)) == 13
        assert [r.other_id for r in replacement.relations_of(session, saved)] == [old.id]
        assert [f.name for f in attachments.of_record(session, saved)] == ["quy-che.txt"]


def test_one_undo_takes_all_of_it_away(clerk: Clerk) -> None:
    with clerk.store.reading() as session:
        bodies = len(records.live(session, Agency))
    read(clerk, REGULATION)
    clerk.press(Qt.Key.Key_S, CTRL)
    clerk.click("Hoàn tác", clerk.page.message)

    with clerk.store.reading() as session:
        assert not records.live(session, Regulation)
        assert not records.live(session, Provision)
        assert not records.live(session, LegalDocument)
        assert len(records.live(session, Agency)) == bodies


def test_nothing_is_saved_on_cancel(clerk: Clerk) -> None:
    read(clerk, REGULATION)
    clerk.press(Qt.Key.Key_Escape)

    assert clerk.window.page is clerk.page
    assert not held(clerk)
    assert clerk.store.undo_label == "Thêm cơ quan Sở Y tế"


def test_leaving_asks_once_something_was_corrected(
    clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(import_page, "choose", answering(asked, 0))
    read(clerk, REGULATION)
    clerk.fill("abstract", "An ninh bệnh viện")
    clerk.press(Qt.Key.Key_Escape)

    assert asked == ["Bỏ nội dung đã sửa?", "Bỏ nội dung"]
    assert clerk.review.documents[0].fields.values()["abstract"] == "An ninh bệnh viện"


def test_corrections_are_what_is_saved(clerk: Clerk) -> None:
    read(clerk, REGULATION)
    clerk.fill("number", "19a/QCPH-CAT-SYT")
    fields = clerk.review.documents[0].fields
    fields.bodies._pickers[0].show_value(clerk.police.id)
    fields._basis[0].box.setChecked(False)
    clerk.press(Qt.Key.Key_S, CTRL)

    saved = on(clerk.page).id
    assert on(clerk.page).number == "19a/QCPH-CAT-SYT"
    with clerk.store.reading() as session:
        parties = [(p.agency_id, p.role) for p in regulations.parties_of(session, saved)]
        assert len(basis.lines_of(session, saved, today=date(2026, 11, 23))) == 1
    assert parties == [(clerk.police.id, "lead"), (clerk.health.id, "coordinating")]


def test_another_body_is_made_to_lead_and_one_left_out(clerk: Clerk) -> None:
    third = body(clerk.store, "Bảo hiểm xã hội tỉnh")
    read(clerk, REGULATION)
    bodies = clerk.review.documents[0].fields.bodies
    bodies._lead(1)
    bodies._leave_out(1)
    bodies._add()
    bodies._pickers[-1].show_value(third.id)

    assert [match.agency_id for match in bodies.bodies()] == [clerk.health.id, third.id]


def test_tab_comes_to_every_body_before_the_button_that_adds_one(clerk: Clerk) -> None:
    read(clerk, REGULATION)
    bodies = clerk.review.documents[0].fields.bodies
    for changed in (False, True):
        if changed:
            bodies._add()
            clerk.settle()
        first = bodies._pickers[0].entry()
        first.setFocus()
        passed: list[QWidget | None] = []
        while clerk.window.focusWidget() is not bodies._more and len(passed) < 30:
            passed.append(clerk.window.focusWidget())
            clerk.press(Qt.Key.Key_Tab)

        assert clerk.window.focusWidget() is bodies._more
        assert [each for each in passed if each in [p.entry() for p in bodies._pickers]] == [
            picker.entry() for picker in bodies._pickers
        ]


def test_what_is_wrong_is_said_and_nothing_is_saved(clerk: Clerk) -> None:
    read(clerk, REGULATION)
    clerk.fill("effective_on", "01/01/2014")
    clerk.press(Qt.Key.Key_S, CTRL)

    assert "Ngày hiệu lực sớm hơn ngày ký 07/05/2014" in said(clerk.review)
    assert not held(clerk)


def test_a_number_and_date_known_already_lead_to_the_one_there_is(clerk: Clerk) -> None:
    known = regulation(
        clerk.store,
        clerk.police,
        clerk.health,
        number="19/QCPH - CAT - SYT",
        signed_on=date(2014, 5, 7),
    )
    read(clerk, REGULATION)
    clerk.press(Qt.Key.Key_S, CTRL)

    assert "Sổ đã có văn bản 19/QCPH - CAT - SYT ngày 07/05/2014" in said(clerk.review)
    assert len(held(clerk)) == 1
    clerk.click("Mở quy chế đã có", clerk.review)
    assert clerk.window.page is clerk.page
    assert clerk.page.current_id() == known.id


# files of every kind -----------------------------------------------------------------


def test_a_decision_and_what_it_encloses_are_one_regulation(clerk: Clerk) -> None:
    read(clerk, DECISION_AND_REGULATION)
    assert len(clerk.review.documents) == 1
    clerk.press(Qt.Key.Key_S, CTRL)

    assert [r.number for r in held(clerk)] == ["39/2017/QĐ-UBND"]


def test_of_several_documents_the_clerk_takes_those_he_wants(clerk: Clerk) -> None:
    read(clerk, TWO)
    assert [d.title() for d in clerk.review.documents] == ["19/QCPH-CAT-SYT", "20/QCPH-CAT-SYT"]
    clerk.review.documents[0]._wanted.setChecked(False)
    clerk.press(Qt.Key.Key_S, CTRL)

    assert clerk.window.page is clerk.page, said(clerk.window)
    assert [r.number for r in held(clerk)] == ["20/QCPH-CAT-SYT"]


def test_a_secret_paper_is_refused_before_anything_is_shown(clerk: Clerk) -> None:
    read(clerk, SECRET)

    assert clerk.window.page is clerk.page
    assert "không lưu nội dung mật" in clerk.sentence()


def test_a_file_that_cannot_be_read_is_a_sentence(clerk: Clerk, tmp_path: Path) -> None:
    broken = tmp_path / "hong.docx"
    broken.write_bytes(b"PK\x03\x04 this is no archive")
    clerk.page.read_file(broken)
    clerk.settle()

    assert clerk.window.page is clerk.page
    assert "hong.docx" in clerk.sentence()


def test_a_file_changed_after_it_was_read_is_not_saved(clerk: Clerk) -> None:
    path = read(clerk, REGULATION)
    path.write_text(REGULATION.replace("Ban ngày một tổ", "Ban ngày hai tổ"), encoding="utf-8")
    clerk.press(Qt.Key.Key_S, CTRL)

    assert "đã thay đổi sau khi đọc" in said(clerk.review)
    assert not held(clerk)


def test_a_file_dropped_on_the_register_is_read(clerk: Clerk) -> None:
    path = clerk.folder / "keo-vao.txt"
    path.write_text(REGULATION, encoding="utf-8")
    mime = QMimeData()
    mime.setUrls([QUrl.fromLocalFile(str(path))])
    copy, left, held_key = (
        Qt.DropAction.CopyAction,
        Qt.MouseButton.LeftButton,
        Qt.KeyboardModifier.NoModifier,
    )
    entering = QDragEnterEvent(QPoint(40, 40), copy, mime, left, held_key)
    QApplication.sendEvent(clerk.page, entering)
    assert entering.isAccepted()
    QApplication.sendEvent(clerk.page, QDropEvent(QPointF(40, 40), copy, mime, left, held_key))
    clerk.settle()

    assert clerk.review.documents[0].title() == "19/QCPH-CAT-SYT"


def test_ctrl_o_asks_for_a_file(clerk: Clerk, monkeypatch: pytest.MonkeyPatch) -> None:
    path = clerk.folder / "chon.txt"
    path.write_text(REGULATION, encoding="utf-8")
    monkeypatch.setattr(dialogs, "open_file", lambda *_: path)
    clerk.press(Qt.Key.Key_O, CTRL)

    assert clerk.review.documents[0].title() == "19/QCPH-CAT-SYT"
