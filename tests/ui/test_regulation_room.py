"""A clerk in the room of regulations: entering, being refused, revising, withdrawing, finding."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.models import Regulation
from app.models.handling import STAND_IN
from app.services.any_kind import records
from app.services.regulation import binding, regulations, replacement
from app.ui.common.list import kept_page
from tests.offices import body, obligation, regulation
from tests.ui.register_steps import on
from tests.ui.regulation_steps import CTRL, Clerk, answering, at_work, said


@pytest.fixture
def clerk(tmp_path: Path, qtbot: QtBot) -> Iterator[Clerk]:
    with at_work(tmp_path, qtbot) as clerk:
        yield clerk


@pytest.fixture
def old(clerk: Clerk) -> Regulation:
    """The regulation of 2014 with the health department."""
    return regulation(
        clerk.store,
        clerk.police,
        clerk.health,
        number="190",
        abstract="An ninh bệnh viện",
        signed_on=date(2014, 9, 5),
    )


# entering ------------------------------------------------------------------------


def test_an_empty_room_names_the_next_step(clerk: Clerk) -> None:
    assert "Chưa có quy chế nào" in said(clerk.page)
    assert "Ctrl+N" in said(clerk.page)


def test_a_regulation_is_entered_by_keys_and_stood_upon(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_N, CTRL)
    clerk.fill("number", "18/QC-CAT-SYT")
    clerk.fill("abstract", "An ninh, trật tự trong lĩnh vực y tế")
    clerk.fill("signed_on", "12/11/2026")
    clerk.form.form.fields["coordinating"].show_value((clerk.health.id,))
    clerk.press(Qt.Key.Key_S, CTRL)

    assert clerk.numbers() == ["18/QC-CAT-SYT"]
    assert on(clerk.page).number == "18/QC-CAT-SYT"
    assert on(clerk.page).lead == "Công an tỉnh", "our own body leads unless said otherwise"
    assert clerk.store.undo_label == "Thêm quy chế 18/QC-CAT-SYT"


def test_what_is_missing_is_said_under_its_field_and_nothing_is_saved(clerk: Clerk) -> None:
    clerk.press(Qt.Key.Key_N, CTRL)
    clerk.fill("abstract", "An ninh, trật tự")
    clerk.press(Qt.Key.Key_S, CTRL)

    assert clerk.form.form.wrong()
    assert "Văn bản chưa có số thì chọn Dự thảo" in said(clerk.form)
    with clerk.store.reading() as session:
        assert not records.live(session, Regulation)


def test_a_number_and_date_that_are_there_already_are_refused(
    clerk: Clerk, old: Regulation
) -> None:
    clerk.press(Qt.Key.Key_N, CTRL)
    clerk.fill("number", "190")
    clerk.fill("abstract", "Văn bản khác")
    clerk.fill("signed_on", "5/9/2014")
    clerk.form.form.fields["coordinating"].show_value((clerk.health.id,))
    clerk.press(Qt.Key.Key_S, CTRL)

    assert clerk.form.form.wrong() == ["number"]
    assert "Sổ đã có văn bản 190 ngày 05/09/2014" in said(clerk.form)


def test_the_form_knows_the_regulation_of_the_same_parties(clerk: Clerk, old: Regulation) -> None:
    obligation(clerk.store, old, clerk.police)
    clerk.press(Qt.Key.Key_N, CTRL)
    clerk.fill("number", "18/QC-CAT-SYT")
    clerk.fill("abstract", "An ninh, trật tự trong lĩnh vực y tế")
    clerk.fill("signed_on", "12/11/2026")
    clerk.form.form.fields["coordinating"].show_value((clerk.health.id,))
    clerk.form._refresh_side()
    clerk.settle()
    assert "190 ngày 05/09/2014, An ninh bệnh viện, cùng các bên" in said(clerk.form)

    clerk.click("Quy chế này thay thế văn bản đó", clerk.form)
    clerk.form._refresh_side()
    clerk.settle()
    assert "“Đã bị thay thế” từ 12/11/2026" in said(clerk.form)
    assert "1 nghĩa vụ của 190 còn kỳ chưa thực hiện" in said(clerk.form)
    clerk.press(Qt.Key.Key_S, CTRL)

    states = {row.number: row.state for row in clerk.page.table.all_records()}
    assert states["190"] == "Đã bị thay thế"


# revising and withdrawing --------------------------------------------------------


def test_revising_one_field_touches_nothing_else(clerk: Clerk, old: Regulation) -> None:
    clerk.stand_on(old.id)
    clerk.page.view.setFocus()
    clerk.press(Qt.Key.Key_F2)
    clerk.fill("abstract", "An ninh bệnh viện, phòng khám")
    clerk.press(Qt.Key.Key_S, CTRL)

    assert on(clerk.page).abstract == "An ninh bệnh viện, phòng khám"
    assert on(clerk.page).partners == "Sở Y tế"
    assert clerk.store.undo_label == "Sửa quy chế 190"


def test_another_party_is_added_without_losing_the_first(clerk: Clerk, old: Regulation) -> None:
    insurance = body(clerk.store, "Bảo hiểm xã hội tỉnh")
    clerk.page.open_form(old.id)
    clerk.form.form.fields["coordinating"].show_value((clerk.health.id, insurance.id))
    clerk.press(Qt.Key.Key_S, CTRL)

    with clerk.store.reading() as session:
        parties = regulations.parties_of(session, old.id)
    assert {(line.name, line.role) for line in parties} == {
        ("Công an tỉnh Thanh Hóa", "lead"),
        ("Sở Y tế", "coordinating"),
        ("Bảo hiểm xã hội tỉnh", "coordinating"),
    }


def test_an_unusual_interval_of_review_is_kept(clerk: Clerk, old: Regulation) -> None:
    with clerk.store.changing("Sửa chu kỳ") as session:
        records.revise(session, "regulation", old.id, {"review_every": 18, "review_month": 6})
    clerk.page.open_form(old.id)

    assert clerk.form.form.values()["review_every"] == 18
    assert clerk.form.form.values()["review_month"] == 6
    assert not clerk.form.is_changed


def test_withdrawing_asks_with_the_number_and_undo_brings_it_back(
    clerk: Clerk, old: Regulation, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[str] = []
    monkeypatch.setattr(kept_page, "ask", answering(asked, answer=True))
    clerk.stand_on(old.id)
    clerk.page.view.setFocus()
    clerk.press(Qt.Key.Key_Delete)

    assert asked == ["Rút quy chế 190 khỏi sổ?", "Rút 1 quy chế"]
    assert clerk.numbers() == []
    assert clerk.sentence() == "Đã rút quy chế 190 khỏi sổ."

    clerk.click("Hoàn tác", clerk.page.message)
    assert clerk.numbers() == ["190"]


# the pane --------------------------------------------------------------------------


def test_the_pane_tells_who_signed_and_why_it_needs_attention(clerk: Clerk) -> None:
    over = body(clerk.store, "Sở Y tế cũ", valid_to=date(2025, 2, 28))
    stale = regulation(clerk.store, clerk.police, over)
    clerk.stand_on(stale.id)
    shown = said(clerk.page.pane)

    assert "12/03/2024, hiệu lực từ ngày ký" in shown
    assert "Không ấn định" in shown
    assert "Vì sao cần rà soát" in shown
    assert "Sở Y tế cũ đã kết thúc hoạt động ngày 28/02/2025" in shown
    assert [row.state for row in clerk.page.table.records()] == ["Cần rà soát"]


def test_the_pane_shows_what_waits_and_leads_to_it(clerk: Clerk, old: Regulation) -> None:
    owed = obligation(clerk.store, old, clerk.police)
    clerk.stand_on(old.id)

    assert "Nghĩa vụ sắp tới" in said(clerk.page.pane)
    clerk.click("Tất cả 1", clerk.page.pane)
    assert clerk.page.pane.tab == "Nghĩa vụ"
    clerk.page.obligations.add(old.id)
    assert clerk.went[-1].room == "obligation"
    assert clerk.went[-1].begins == {"regulation_id": old.id}
    assert owed.regulation_id == old.id


def test_a_chain_is_built_from_relations_and_a_ring_is_refused(
    clerk: Clerk, old: Regulation
) -> None:
    new = regulation(clerk.store, clerk.police, clerk.health)
    clerk.stand_on(new.id)
    clerk.page.commands["relate"].trigger()
    clerk.form.form.fields["older_id"].show_value(old.id)
    clerk.press(Qt.Key.Key_S, CTRL)

    assert "Chuỗi thay thế" in said(clerk.page.pane)
    with clerk.store.reading() as session:
        chain = replacement.chain_of(session, old.id, today=date(2026, 11, 23))
    assert [link.number for link in chain] == ["190", "18/QC-CAT-SYT"]

    clerk.stand_on(old.id)
    assert "Được thay bằng 18/QC-CAT-SYT" in said(clerk.page.pane)
    clerk.page.commands["relate"].trigger()
    clerk.form.form.fields["older_id"].show_value(new.id)
    clerk.press(Qt.Key.Key_S, CTRL)
    assert "quy chế cũ lại thay thế quy chế mới" in said(clerk.form)


def test_a_basis_is_added_shown_with_its_state_and_taken_out(clerk: Clerk, old: Regulation) -> None:
    with clerk.store.changing("Thêm văn bản") as session:
        values = {"number": "77/2010/NĐ-CP", "kind": "decree", "standing": "replaced"}
        decree = records.enter(session, "legal_document", values)
    clerk.stand_on(old.id)
    clerk.tab("Liên quan")
    clerk.click("Thêm căn cứ …", clerk.page.pane)
    clerk.form.form.fields["document_id"].show_value(decree.id)
    clerk.press(Qt.Key.Key_S, CTRL)

    shown = said(clerk.page.pane)
    assert "77/2010/NĐ-CP" in shown
    assert "Đã bị thay thế." in shown

    clerk.click("Rút căn cứ", clerk.page.pane)
    assert "Chưa ghi căn cứ nào." in said(clerk.page.pane)
    assert clerk.sentence() == "Đã rút căn cứ 77/2010/NĐ-CP."


def test_a_secret_regulation_shows_its_reference_and_nothing_of_content(clerk: Clerk) -> None:
    secret = regulation(
        clerk.store,
        clerk.police,
        clerk.health,
        number="44/KH",
        abstract=STAND_IN,
        secrecy="mat",
        stored_at="Tủ số 2",
    )
    clerk.stand_on(secret.id)

    assert "Văn bản mật: chỉ ghi số hiệu và nơi lưu." in said(clerk.page.pane)
    assert "Tủ số 2" in said(clerk.page.pane)
    titles = clerk.page.pane._tabs.shown() if clerk.page.pane._tabs else []
    assert "Điều khoản" not in titles
    assert "Tệp" not in titles


# files -----------------------------------------------------------------------------


def test_a_file_is_kept_listed_and_taken_out(clerk: Clerk, old: Regulation, tmp_path: Path) -> None:
    paper = tmp_path / "quy-che-190.txt"
    paper.write_text("Quy chế", encoding="utf-8")
    clerk.stand_on(old.id)
    clerk.tab("Tệp")
    clerk.page.files.keep(old.id, [paper])
    clerk.settle()
    assert "quy-che-190.txt" in said(clerk.page.pane)
    assert clerk.sentence() == "Đã đính kèm quy-che-190.txt."

    clerk.click("Rút tệp", clerk.page.pane)
    assert "Chưa có tệp nào." in said(clerk.page.pane)


def test_a_file_that_can_run_is_warned_of(clerk: Clerk, old: Regulation, tmp_path: Path) -> None:
    macro = tmp_path / "mau.docm"
    macro.write_bytes(b"PK")
    clerk.page.files.keep(old.id, [macro])

    assert "loại tệp có thể chạy lệnh" in clerk.sentence()


# finding ---------------------------------------------------------------------------


def test_views_part_what_ends_soon_from_the_rest(clerk: Clerk, old: Regulation) -> None:
    regulation(clerk.store, clerk.police, clerk.health, expires_on=date(2027, 2, 1))
    clerk.settle()
    clerk.page.visit(view="ending")

    assert clerk.numbers() == ["18/QC-CAT-SYT"]


def test_a_party_found_elsewhere_opens_at_its_regulation(clerk: Clerk, old: Regulation) -> None:
    newer = regulation(clerk.store, clerk.police, clerk.health)
    with clerk.store.reading() as session:
        party = regulations.parties_of(session, old.id)[0]
    clerk.stand_on(newer.id)
    clerk.office.go("party", party.party_id)
    clerk.settle()

    assert on(clerk.page).number == "190"


def test_changing_the_number_alone_cannot_make_a_double(clerk: Clerk, old: Regulation) -> None:
    regulation(clerk.store, clerk.police, clerk.health, number="191", signed_on=date(2014, 9, 5))
    clerk.page.open_form(old.id)
    clerk.fill("number", "191")
    clerk.press(Qt.Key.Key_S, CTRL)

    assert clerk.form.form.wrong() == ["number"]


def test_a_withdrawn_regulation_leaves_the_links_of_others(clerk: Clerk, old: Regulation) -> None:
    new = regulation(clerk.store, clerk.police, clerk.health)
    with clerk.store.changing("Ghi quan hệ") as session:
        binding.relate(session, {"regulation_id": new.id, "older_id": old.id})
        records.withdraw(session, "regulation", [old.id])
    with clerk.store.reading() as session:
        assert replacement.relations_of(session, new.id) == []


# the keyboard ---------------------------------------------------------------------------


def test_tab_comes_from_the_sidebar_to_all_that_stands_before_the_list(
    clerk: Clerk, old: Regulation
) -> None:
    del old  # a list that is empty is not stood upon
    clerk.settle()
    clerk.window.sidebar.setFocus()
    passed: list[QWidget | None] = []
    while clerk.window.focusWidget() is not clerk.page.view and len(passed) < 40:
        clerk.press(Qt.Key.Key_Tab)
        passed.append(clerk.window.focusWidget())

    assert clerk.page.filters.field in passed
    words = [button.text().strip() for button in passed if isinstance(button, QPushButton)]
    assert "Thêm quy chế" in words
    assert passed[-1] is clerk.page.view


def test_after_save_and_new_the_keyboard_stands_in_the_first_field(clerk: Clerk) -> None:
    clerk.page.commands["add"].trigger()
    clerk.settle()
    clerk.fill("number", "9/QC")
    clerk.fill("abstract", "Viec chung")
    clerk.fill("signed_on", "12/11/2026")
    clerk.form.form.fields["coordinating"].show_value((clerk.health.id,))
    clerk.press(Qt.Key.Key_Return, CTRL)

    assert clerk.numbers() == ["9/QC"]
    first = next(iter(clerk.form.form.fields.values())).entry()
    assert clerk.window.focusWidget() is first
    assert first.isVisible()


def test_esc_closes_the_list_that_is_open_and_leaves_the_page_as_it_is(clerk: Clerk) -> None:
    clerk.page.filters.field.setText("abc")
    clerk.click("Cột")
    assert QApplication.activePopupWidget() is not None
    clerk.page.commands["clear_conditions"].trigger()
    assert QApplication.activePopupWidget() is None
    assert clerk.page.filters.field.text() == "abc"

    clerk.page.commands["add"].trigger()
    clerk.settle()
    clerk.fill("number", "9/QC")
    picker: Any = clerk.form.form.fields["lead_id"].entry()
    picker.setFocus()
    picker.offer("")
    assert QApplication.activePopupWidget() is not None
    clerk.form.commands["cancel"].trigger()
    assert QApplication.activePopupWidget() is None
    assert clerk.form.form.values()["number"] == "9/QC"


def test_undo_is_the_registers_while_the_filter_holds_nothing_to_undo(
    clerk: Clerk, old: Regulation
) -> None:
    clerk.stand_on(old.id)
    with clerk.store.changing("Rút") as session:
        records.withdraw(session, "regulation", [old.id])
    clerk.settle()
    clerk.page.filters.field.setFocus()
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.numbers() == ["190"]

    clerk.page.filters.field.setFocus()
    clerk.qtbot.keyClicks(clerk.page.filters.field, "19")
    clerk.press(Qt.Key.Key_Z, CTRL)
    assert clerk.page.filters.field.text() == ""
    with clerk.store.reading() as session:
        assert len(records.live(session, Regulation)) == 1, "only what was typed was taken back"
