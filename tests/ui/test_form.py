"""A clerk fills in a form: told what is wrong beside it, never losing what was typed."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, datetime
from typing import Any
from uuid import UUID, uuid4

import pytest
from PySide6.QtCore import QMimeData, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QLineEdit, QPlainTextEdit, QPushButton, QWidget
from pytestqt.qtbot import QtBot
from sqlmodel import SQLModel

from app.errors import InvalidFields, Refused
from app.models.trait import Input, Trait, field
from app.ui.common import form_page
from app.ui.common.dialogs import Question
from app.ui.common.drafts import KeptForm
from app.ui.common.form import FormSpec, Line
from app.ui.common.form_fields import ChoiceField, LongField
from app.ui.common.form_page import FormPage
from app.ui.common.message_bar import MessageBar
from app.ui.common.office import Office
from app.ui.common.record_picker import RecordField, RecordsField, matching
from app.ui.common.widgets import text
from tests.ui.fakes import FakeStore

CTRL = Qt.KeyboardModifier.ControlModifier
HEALTH, HOME, TAX = uuid4(), uuid4(), uuid4()
AGENCIES = [(HEALTH, "Sở Y tế"), (HOME, "Sở Nội vụ"), (TAX, "Thuế tỉnh")]
KINDS = {"regulation": "Quy chế phối hợp", "plan": "Kế hoạch phối hợp"}


class PaperDraft(SQLModel):
    kind: str = field("Loại văn bản", input=Input.CHOICE, words=KINDS, required=True)
    number: str | None = field("Số, ký hiệu", default=None, hint="Như trên văn bản")
    abstract: str = field("Trích yếu", input=Input.LONG, required=True)
    signed_on: date | None = field("Ngày ký", input=Input.DATE, default=None)
    pages: int | None = field("Số trang", input=Input.NUMBER, default=None)
    is_public: bool = field("Công khai", input=Input.YES_NO, default=False)
    lead_id: UUID | None = field("Chủ trì", input=Input.RECORD, refers="agency", default=None)
    rhythm: str | None = field("Thời hạn", input=Input.RECURRENCE, default=None)
    note: str | None = field("Ghi chú", default=None)


PARTIES = Trait("Phối hợp", Input.RECORDS, refers="agency")
SPEC = FormSpec(
    "paper",
    "Thêm văn bản",
    (
        ("Văn bản", ("kind", Line("number", 264), "abstract", "signed_on", "is_public")),
        ("Các bên", ("lead_id", Line("parties", more="Thêm cơ quan"), "rhythm")),
        ("Khác", (Line("pages", 72, "trang, ghi chú", then=Line("note", 200)),)),
    ),
    extra={"parties": PARTIES},
    side=lambda values: text(f"Số {values['number']}") if values["number"] else None,
)
WHOLE = {"kind": "regulation", "number": "18/QC", "abstract": "An ninh y tế"}
Open = Callable[..., FormPage]


@pytest.fixture
def office(qtbot: QtBot) -> Iterator[Office]:
    office = Office(FakeStore(), today=lambda: date(2026, 11, 23))
    yield office
    office.deleteLater()


@pytest.fixture
def saved() -> list[dict[str, Any]]:
    return []


@pytest.fixture
def open_form(office: Office, qtbot: QtBot, saved: list[dict[str, Any]]) -> Open:
    def opened(values: dict[str, Any] | None = None, save: Any = saved.append, **more: Any):
        page = FormPage(
            office, SPEC, PaperDraft, values or {}, save, choices=lambda _: AGENCIES, **more
        )
        qtbot.addWidget(page)
        page.resize(1169, 700)
        with qtbot.waitActive(page):
            page.show()
        page.setFocus()
        return page

    return opened


def entry(page: FormPage, name: str) -> Any:
    return page.form.fields[name].entry()


def type_in(qtbot: QtBot, page: FormPage, name: str, words: str) -> None:
    entry(page, name).setFocus()
    qtbot.keyClicks(entry(page, name), words)


def errors(page: FormPage) -> dict[str, str]:
    return {name: page.form._errors[name].words for name in page.form.wrong()}


def shown(page: FormPage) -> str:
    return " ".join(label.text() for label in page.findChildren(QLabel) if label.isVisible())


def said(page: FormPage) -> str:
    bar: Any = page.findChild(MessageBar)
    return str(bar.sentence())


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
    open_form: Open, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "note", "x")
    assert page.keep_draft()
    answer(monkeypatch, 1)

    assert page.may_leave()
    assert office.drafts.all() == []


def test_a_draft_is_kept_by_itself_and_said(
    open_form: Open, office: Office, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    page = open_form(WHOLE)
    page._later.setInterval(10)
    type_in(qtbot, page, "note", "dang do")
    qtbot.waitUntil(lambda: bool(office.drafts.all()))

    assert "Đã giữ bản nháp lúc" in shown(page)
    assert office.drafts.all()[0].values["note"] == "dang do"


def test_after_a_crash_the_form_comes_back_as_it_was(
    open_form: Open, office: Office, qtbot: QtBot
) -> None:
    values = {**WHOLE, "signed_on": date(2026, 3, 5), "lead_id": TAX, "parties": (HOME, HEALTH)}
    kept = KeptForm("paper.new", "Thêm văn bản", "", values, datetime(2026, 11, 23, 8, 42))
    office.drafts.keep(kept)
    page = open_form()

    held = page.form.values()
    assert {name: held[name] for name in values} == values
    assert page.is_changed
    assert said(page) == "Đã lấy lại bản nháp giữ lúc 08:42 23/11/2026."
    page._drop_draft()
    assert office.drafts.all() == []
    assert entry(page, "number").text() == ""


def test_saving_forgets_the_draft(open_form: Open, office: Office, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "note", "x")
    page.keep_draft()
    page.save()

    assert office.drafts.all() == []


def test_a_disk_that_refuses_a_draft_is_said_and_does_no_harm(
    open_form: Open, office: Office, qtbot: QtBot
) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "note", "x")
    office.drafts._folder.parent.mkdir(parents=True, exist_ok=True)
    office.drafts._folder.write_text("a file where the folder should be")

    assert not page.keep_draft()
    assert "Chưa giữ được bản nháp" in shown(page)


# fields ---------------------------------------------------------------------------


def test_a_date_that_does_not_exist_is_told_when_the_field_is_left(
    open_form: Open, qtbot: QtBot
) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "signed_on", "31/2")
    entry(page, "number").setFocus()

    assert "31/2" in errors(page)["signed_on"]
    assert entry(page, "signed_on").text() == "31/2", "what was typed stays to be mended"


def test_ctrl_semicolon_is_today(open_form: Open, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    entry(page, "signed_on").setFocus()
    qtbot.keyClick(entry(page, "signed_on"), Qt.Key.Key_Semicolon, CTRL)

    assert entry(page, "signed_on").text() == "23/11/2026"
    assert page.is_changed


def test_a_day_chosen_in_the_calendar_is_entered(open_form: Open, qtbot: QtBot) -> None:
    from PySide6.QtCore import QDate

    from app.ui.common.date_field import Calendar

    page = open_form({**WHOLE, "signed_on": date(2026, 11, 1)})
    entry(page, "signed_on").setFocus()
    qtbot.keyClick(entry(page, "signed_on"), Qt.Key.Key_Down)
    month: Any = page.form.fields["signed_on"].findChild(Calendar)
    assert month._month.selectedDate() == QDate(2026, 11, 1)
    month._choose(QDate(2026, 11, 12))

    assert entry(page, "signed_on").text() == "12/11/2026"


def test_words_are_not_a_number(open_form: Open, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "pages", "12a")
    page.save()

    assert errors(page) == {"pages": "“12a” không phải số. Nhập một số nguyên, ví dụ 12."}


def test_text_pasted_from_word_arrives_clean(open_form: Open, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    line, box = entry(page, "number"), entry(page, "abstract")
    line.setText("18/QC\u00a0CAT\u200b\x0bSYT")
    pasted = QMimeData()
    pasted.setText("An\u00a0ninh\x0btrật tự\u200b")
    box.clear()
    box.insertFromMimeData(pasted)

    assert line.text() == "18/QC CAT SYT"
    assert page.form.fields["abstract"].value() == "An ninh\ntrật tự"


def test_a_choice_that_may_stay_blank_offers_a_blank(qtbot: QtBot) -> None:
    free = ChoiceField(Trait("Khối", Input.CHOICE, words=KINDS))
    qtbot.addWidget(free)

    assert free.value() is None
    assert free._list.count() == 3


def test_long_text_grows_with_what_is_written(qtbot: QtBot) -> None:
    box = LongField(Trait("Ghi chú", Input.LONG))
    qtbot.addWidget(box)
    box.resize(500, 50)
    box.show()
    box.show_value("\n".join("abcdef"))

    assert box.entry().height() > 100


# records --------------------------------------------------------------------------


def test_records_are_found_by_any_words_without_marks() -> None:
    assert [words for _id, words in matching(AGENCIES, "noi vu")] == ["Sở Nội vụ"]
    assert [words for _id, words in matching(AGENCIES, "te so")] == ["Sở Y tế"]
    assert next(words for _id, words in matching(AGENCIES, "t")) == "Thuế tỉnh"
    assert list(matching(AGENCIES, "quân sự")) == []


def test_a_record_is_picked_while_typing(open_form: Open, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "lead_id", "noi")
    picker = entry(page, "lead_id")
    popup = picker._list
    qtbot.waitUntil(popup.isVisible)
    qtbot.keyClick(popup, Qt.Key.Key_Down)
    qtbot.keyClick(popup, Qt.Key.Key_Return)

    assert picker.text() == "Sở Nội vụ"
    assert page.form.values()["lead_id"] == HOME


def test_a_name_typed_in_full_needs_no_picking(open_form: Open, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "lead_id", "so y te")
    entry(page, "lead_id")._list.hide()
    entry(page, "number").setFocus()

    assert page.form.values()["lead_id"] == HEALTH


def test_a_name_that_is_not_in_the_register_is_refused(open_form: Open, qtbot: QtBot) -> None:
    page = open_form(WHOLE)
    type_in(qtbot, page, "lead_id", "so xyz")
    entry(page, "number").setFocus()

    assert errors(page)["lead_id"].startswith("Không có “so xyz” trong sổ.")


def test_several_records_are_chips_that_can_be_taken_away(qtbot: QtBot) -> None:
    held = RecordsField(PARTIES, lambda: AGENCIES, "Thêm cơ quan")
    qtbot.addWidget(held)
    held.show_value((HEALTH, HOME))
    held.show()
    chips = [b for b in held.findChildren(QPushButton) if b.accessibleName().startswith("Bỏ")]
    qtbot.mouseClick(chips[0], Qt.MouseButton.LeftButton)
    assert held.value() == (HOME,)

    held._more.click()
    held._picker.offer("thue")
    held._picker._take(held._picker._words.index(0, 0))
    assert held.value() == (HOME, TAX)
    qtbot.keyClick(held._picker, Qt.Key.Key_Backspace)
    assert held.value() == (HOME,)


def test_the_same_record_is_added_once(qtbot: QtBot) -> None:
    held = RecordsField(PARTIES, lambda: AGENCIES)
    qtbot.addWidget(held)
    held.show_value((HEALTH, HEALTH))
    held._on_picked(HEALTH)

    assert held.value() == (HEALTH,)


def test_the_list_of_a_record_field_is_read_again_when_it_is_entered(qtbot: QtBot) -> None:
    known = list(AGENCIES)
    held = RecordField(Trait("Chủ trì", Input.RECORD), lambda: known)
    qtbot.addWidget(held)
    held.show()
    known.append((uuid4(), "Sở Xây dựng"))
    held.entry().setFocus()
    qtbot.waitUntil(held.entry().hasFocus)
    held._picker.offer("xay")

    assert held._picker._words.stringList() == ["Sở Xây dựng"]


def test_a_rhythm_is_read_back_with_its_next_days(open_form: Open, qtbot: QtBot) -> None:
    page = open_form({**WHOLE, "rhythm": "hằng quý, chậm nhất ngày 20 tháng cuối quý"})

    assert "Các hạn tới: 20/12/2026, 20/03/2027, 20/06/2027" in shown(page)
    assert page.form.values()["rhythm"] == "hằng quý, chậm nhất ngày 20 tháng cuối quý"


# dialogs --------------------------------------------------------------------------


def test_enter_chooses_the_safe_answer(qtbot: QtBot) -> None:
    question = Question(None, "Rút 3 nghĩa vụ?", "Lịch sử vẫn giữ.", ("Để lại", "Rút 3 nghĩa vụ"))
    qtbot.addWidget(question)
    question.answer = 1
    question.show()
    qtbot.keyClick(question, Qt.Key.Key_Return)

    assert question.answer == 0


def test_tab_then_enter_does_the_act(qtbot: QtBot) -> None:
    question = Question(None, "Rút?", "Lịch sử vẫn giữ.", ("Để lại", "Rút"))
    qtbot.addWidget(question)
    question.show()
    question.buttons[1].setFocus()
    qtbot.keyClick(question.buttons[1], Qt.Key.Key_Return)

    assert question.answer == 1


def test_the_clipboard_is_not_touched_by_a_form(open_form: Open) -> None:
    QGuiApplication.clipboard().setText("giữ nguyên")
    open_form(WHOLE)

    assert QGuiApplication.clipboard().text() == "giữ nguyên"
