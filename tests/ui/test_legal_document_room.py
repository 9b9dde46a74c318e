"""What a clerk does in the room Văn bản căn cứ."""

from __future__ import annotations

from datetime import date
from typing import Any

import pytest
from PySide6.QtCore import Qt

from app.models import LegalBasis, LegalDocument
from app.services.any_kind import records
from app.services.regulation import legal_documents
from app.ui.common.list import kept_page
from tests.offices import body, regulation
from tests.ui.desk import CTRL, Desk


@pytest.fixture
def room(desk: Desk) -> Any:
    return desk.enter("legal_document")


def document(desk: Desk, number: str, **values: Any) -> LegalDocument:
    with desk.store.changing(f"Thêm văn bản {number}") as session:
        return records.enter(session, LegalDocument, {"number": number, **values})


def only(desk: Desk, number: str) -> LegalDocument:
    with desk.store.reading() as session:
        (found,) = legal_documents.find(session, number)
    return found


@pytest.mark.usefixtures("room")
def test_a_document_is_entered_and_found_however_it_is_spelt(desk: Desk) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("number", "77/2010/NĐ-CP")
    desk.fill("issued_on", "12/7/2010")
    desk.press(Qt.Key.Key_S, CTRL)

    assert only(desk, "77 / 2010 / nđ - cp").issued_on == date(2010, 7, 12)


@pytest.mark.usefixtures("room")
def test_an_end_before_the_day_of_issue_is_refused_under_its_field(desk: Desk) -> None:
    desk.press(Qt.Key.Key_N, CTRL)
    desk.fill("number", "77/2010/NĐ-CP")
    desk.fill("issued_on", "12/7/2010")
    desk.fill("expires_on", "1/1/2010")
    desk.press(Qt.Key.Key_S, CTRL)

    assert "Ngày hết hiệu lực sớm hơn ngày ban hành 12/07/2010." in desk.said()


def test_what_rests_on_a_document_is_listed_and_opens(desk: Desk, room: Any) -> None:
    basis = document(desk, "77/2010/NĐ-CP")
    made = regulation(desk.store, desk.police, body(desk.store, "Sở Y tế"))
    with desk.store.changing("Ghi căn cứ") as session:
        values = {"regulation_id": made.id, "document_id": basis.id}
        id_ = LegalBasis.id_for(made.id, basis.id)
        records.enter(session, LegalBasis, values, id=id_)
    room.pane.want_tab("Quy chế viện dẫn")
    desk.stand(room, "77/2010/NĐ-CP")

    desk.click("18/QC-CAT-SYT ngày 12/03/2024, An ninh, trật tự trong lĩnh vực y tế")
    assert (desk.went[-1].room, desk.went[-1].record_id) == ("regulation", made.id)


def test_a_document_that_has_been_replaced_leads_to_the_new_one(desk: Desk, room: Any) -> None:
    new = document(desk, "03/2019/NĐ-CP")
    document(desk, "77/2010/NĐ-CP", standing="replaced", replaced_by_id=new.id)
    row = desk.stand(room, "77/2010/NĐ-CP")
    assert row.state == "Đã bị thay thế"

    desk.click("03/2019/NĐ-CP")
    assert room.current().id == new.id


def test_a_secret_document_wears_a_banner_and_bears_no_content(desk: Desk, room: Any) -> None:
    document(desk, "05/KH-CAT", secrecy="mat", stored_at="Két hồ sơ mật")
    desk.stand(room, "05/KH-CAT")
    assert "Văn bản mật: chỉ ghi số hiệu và nơi lưu." in desk.said()
    assert "Két hồ sơ mật" in desk.said()

    desk.press(Qt.Key.Key_F2)
    desk.fill("note", "Nội dung của kế hoạch")
    desk.press(Qt.Key.Key_S, CTRL)
    assert "Văn bản mật: để trống ô này, không ghi nội dung." in desk.said()


def test_the_count_of_a_view_is_what_it_shows(desk: Desk, room: Any) -> None:
    document(desk, "77/2010/NĐ-CP", expires_on=date(2019, 1, 1))
    document(desk, "03/2019/NĐ-CP")
    desk.settle()
    desk.click("Không còn hiệu lực  1")

    assert [row.number for row in room.table.records()] == ["77/2010/NĐ-CP"]


@pytest.mark.parametrize("agrees", [True, False])
def test_marking_a_document_secret_says_what_goes_and_takes_it_out(
    desk: Desk, room: Any, monkeypatch: pytest.MonkeyPatch, agrees: bool
) -> None:
    document(desk, "05/KH-CAT", abstract="Hoàng hôn", note="Ghi tay")
    desk.stand(room, "05/KH-CAT")
    asked: list[str] = []

    def ask(_page: object, title: str, body: str, _act: str) -> bool:
        asked.append(f"{title} {body}")
        return agrees

    monkeypatch.setattr(kept_page, "ask", ask)
    desk.press(Qt.Key.Key_F2)
    desk.form.form.fields["secrecy"].show_value("toi_mat")
    desk.press(Qt.Key.Key_S, CTRL)

    assert "Ghi văn bản này là Tối mật?" in asked[0]
    assert "nội dung của 1 văn bản căn cứ" in asked[0]
    made = only(desk, "05/KH-CAT")
    if agrees:
        assert (made.secrecy, made.abstract, made.note) == ("toi_mat", None, None)
        assert desk.store.undo_label == "Thay đổi ở văn bản mật"
        desk.store.undo()
        made = only(desk, "05/KH-CAT")
    assert (made.secrecy, made.abstract, made.note) == ("none", "Hoàng hôn", "Ghi tay")
    desk.give_up()
