"""A clerk fills in a form: told what is wrong beside it, never losing what was typed."""

from __future__ import annotations

from datetime import date, datetime
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.errors import InvalidFields, Refused
from app.models.values import Values
from app.ui.common.form import form_page
from app.ui.common.form.drafts import KeptForm
from app.ui.common.parts.office import Office
from tests.ui.form_to_try import (
    CTRL,
    HEALTH,
    HOME,
    TAX,
    WHOLE,
    Open,
    entry,
    errors,
    said,
    shown,
    type_in,
)

# layout ---------------------------------------------------------------------------


def test_required_fields_are_marked_once_explained_and_labels_lead_to_fields(
    open_form: Open, qtbot: QtBot
) -> None:
    page = open_form()
    labels = {label.text(): label for label in page.findChildren(QLabel)}

    assert {"Loại văn bản *", "Trích yếu *", "Số, ký hiệu"} <= set(labels)
    assert "Ô có dấu * là bắt buộc" in labels
    assert labels["Trích yếu *"].buddy() is entry(page, "abstract")


def test_every_input_of_a_form_has_a_name(open_form: Open) -> None:
    page = open_form()
    for widget in page.findChildren(QWidget):
        takes_keys = isinstance(widget, QLineEdit | QPlainTextEdit | QPushButton)
        if takes_keys and not widget.isHidden() and widget.focusPolicy():
            assert widget.accessibleName(), widget


def test_a_new_form_begins_at_its_first_field(open_form: Open, qtbot: QtBot) -> None:
    page = open_form()
    qtbot.waitUntil(lambda: entry(page, "kind").hasFocus())


def test_two_fields_may_share_a_line(open_form: Open) -> None:
    page = open_form()
    pages, note = entry(page, "pages"), entry(page, "note")

    assert pages.mapTo(page, pages.rect().topLeft()).y() == (
        note.mapTo(page, note.rect().topLeft()).y()
    )


def test_what_the_register_knows_goes_under_the_fields_where_the_page_is_narrow(
    open_form: Open, qtbot: QtBot
) -> None:
    page = open_form(WHOLE)
    side = page._side
    assert side.mapTo(page, side.rect().topLeft()).x() >= 744
    page.resize(800, 700)
    qtbot.waitUntil(lambda: page.form.isAncestorOf(side) or page._scroll.isAncestorOf(side))


def test_what_the_register_knows_follows_what_is_typed(open_form: Open, qtbot: QtBot) -> None:
    page = open_form()
    type_in(qtbot, page, "number", "21")

    qtbot.waitUntil(lambda: "Số 21" in shown(page))


# saving ---------------------------------------------------------------------------


def test_ctrl_s_saves_what_was_typed_and_closes(
    open_form: Open, qtbot: QtBot, saved: list[dict[str, Any]]
) -> None:
    page = open_form({"kind": "plan", "lead_id": HEALTH, "parties": (HOME,), "id_kept": 7})
    type_in(qtbot, page, "abstract", "An ninh")
    type_in(qtbot, page, "signed_on", "5/3")
    type_in(qtbot, page, "pages", "1.200")
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(entry(page, "pages"), Qt.Key.Key_S, CTRL)

    assert saved[0]["abstract"] == "An ninh"
    assert saved[0]["signed_on"] == date(2026, 3, 5)
    assert saved[0]["pages"] == 1200
    assert saved[0]["lead_id"] == HEALTH
    assert saved[0]["parties"] == (HOME,)
    assert saved[0]["id_kept"] == 7, "what is not on the form is given back untouched"


def test_what_is_missing_is_said_under_each_field_and_the_first_is_focused(
    open_form: Open, qtbot: QtBot, saved: list[dict[str, Any]]
) -> None:
    page = open_form()
    page.save()

    assert errors(page) == {
        "kind": "Chưa chọn loại văn bản.",
        "abstract": "Chưa nhập trích yếu.",
    }
    assert "Còn 2 ô cần sửa" in shown(page)
    qtbot.waitUntil(lambda: entry(page, "kind").hasFocus())
    assert entry(page, "abstract").property("bad")
    assert entry(page, "abstract").accessibleDescription() == "Chưa nhập trích yếu."
    assert saved == []


def test_mending_a_field_takes_its_error_away(open_form: Open, qtbot: QtBot) -> None:
    page = open_form({"kind": "plan"})
    page.save()
    type_in(qtbot, page, "abstract", "x")

    assert errors(page) == {}
    assert "cần sửa" not in shown(page)


def test_what_the_rules_refuse_stands_under_its_field(open_form: Open) -> None:
    def refuse(_values: Any) -> None:
        raise InvalidFields({"signed_on": "Ngày ký ở tương lai.", "elsewhere": "Sổ đã khóa."})

    page = open_form(WHOLE, refuse)
    page.save()

    assert errors(page) == {"signed_on": "Ngày ký ở tương lai."}
    assert said(page) == "Sổ đã khóa."


def test_a_record_changed_elsewhere_is_refused_in_place_and_nothing_is_lost(
    open_form: Open,
) -> None:
    def refuse(_values: Any) -> None:
        raise Refused(why="Văn bản đã được sửa ở cửa sổ khác.")

    page = open_form(WHOLE, refuse)
    page.save()

    assert said(page) == "Văn bản đã được sửa ở cửa sổ khác."
    assert entry(page, "number").text() == "18/QC"


def test_ctrl_enter_saves_and_begins_another(
    open_form: Open, qtbot: QtBot, saved: list[dict[str, Any]]
) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "note", "mot")
    qtbot.keyClick(entry(page, "note"), Qt.Key.Key_Return, CTRL)

    assert len(saved) == 1
    assert entry(page, "note").text() == ""
    assert not page.is_changed


def test_a_record_being_edited_offers_no_new_one(open_form: Open) -> None:
    page = open_form(WHOLE, record_id=uuid4())
    buttons = [b.text() for b in page.findChildren(QPushButton)]

    assert "Lưu và thêm mới" not in buttons


# leaving and drafts ---------------------------------------------------------------


def answer(monkeypatch: pytest.MonkeyPatch, act: int) -> list[str]:
    asked: list[str] = []

    def choose(_parent: Any, title: str, _body: str, _acts: Any) -> int:
        asked.append(title)
        return act

    monkeypatch.setattr(form_page, "choose", choose)
    return asked


def test_an_untouched_form_is_left_without_asking(open_form: Open, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    with qtbot.waitSignal(page.closed):
        qtbot.keyClick(entry(page, "number"), Qt.Key.Key_Escape)


def test_leaving_a_changed_form_asks(
    open_form: Open, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch, saved: list[dict[str, Any]]
) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "note", "x")

    asked = answer(monkeypatch, 0)
    assert not page.may_leave()
    assert asked == ["Lưu nội dung đang nhập?"]
    answer(monkeypatch, 2)
    assert page.may_leave()
    assert saved[0]["note"] == "x"


def test_given_up_content_leaves_no_draft(
    open_form: Open, form_office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "note", "x")
    assert page.keep_draft()
    answer(monkeypatch, 1)

    assert page.may_leave()
    assert form_office.drafts.all() == []


def test_a_draft_is_kept_by_itself_and_said(
    open_form: Open, form_office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_form(WHOLE)
    page._later.setInterval(10)
    type_in(qtbot, page, "note", "dang do")
    qtbot.waitUntil(lambda: bool(form_office.drafts.all()))

    assert "Đã giữ bản nháp lúc" in shown(page)
    assert form_office.drafts.all()[0].values["note"] == "dang do"


def test_after_a_crash_the_form_comes_back_as_it_was(
    open_form: Open, form_office: Office, qtbot: QtBot
) -> None:
    values: Values = {
        **WHOLE,
        "signed_on": date(2026, 3, 5),
        "lead_id": TAX,
        "parties": (HOME, HEALTH),
    }
    kept = KeptForm("paper.new", "Thêm văn bản", "", values, datetime(2026, 11, 23, 8, 42))
    form_office.drafts.keep(kept)
    page = open_form()

    held = page.form.values()
    assert {name: held[name] for name in values} == values
    assert page.is_changed
    assert said(page) == "Đã lấy lại bản nháp giữ lúc 08:42 23/11/2026."
    page._drop_draft()
    assert form_office.drafts.all() == []
    assert entry(page, "number").text() == ""


def test_saving_forgets_the_draft(open_form: Open, form_office: Office, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "note", "x")
    page.keep_draft()
    page.save()

    assert form_office.drafts.all() == []


def test_a_disk_that_refuses_a_draft_is_said_and_does_no_harm(
    open_form: Open, form_office: Office, qtbot: QtBot
) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "note", "x")
    form_office.drafts._folder.parent.mkdir(parents=True, exist_ok=True)
    form_office.drafts._folder.write_text("a file where the folder should be")

    assert not page.keep_draft()
    assert "Chưa giữ được bản nháp" in shown(page)


def test_the_clipboard_is_not_touched_by_a_form(open_form: Open) -> None:
    QGuiApplication.clipboard().setText("giữ nguyên")
    open_form(WHOLE)

    assert QGuiApplication.clipboard().text() == "giữ nguyên"
