"""Every kind of field takes what a clerk types, pastes or picks, and says what it cannot read."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import uuid4

import pytest
from PySide6.QtCore import QDate, QMimeData, Qt
from PySide6.QtWidgets import QPushButton, QToolButton
from pytestqt.qtbot import QtBot

from app.models.trait import Input, Trait
from app.ui import theme
from app.ui.common.form.date_field import Calendar
from app.ui.common.form.fields import ChoiceField, Line, LongField
from app.ui.common.form.record_picker import RecordField, RecordsField, matching
from app.ui.common.parts.dialogs import Question
from tests.ui.form_to_try import (
    AGENCIES,
    CTRL,
    HEALTH,
    HOME,
    KINDS,
    PARTIES,
    TAX,
    WHOLE,
    Open,
    entry,
    errors,
    shown,
    type_in,
)

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


@pytest.mark.parametrize("lines", [1, 2, 5, 8])
def test_a_text_that_is_all_in_sight_is_not_offered_for_scrolling(qtbot: QtBot, lines: int) -> None:
    box = LongField(Trait("Ghi chú", Input.LONG))
    qtbot.addWidget(box)
    theme.wear("light", 100)
    box.resize(500, 400)
    box.show()
    box.show_value("\n".join("abcdefgh"[:lines]))
    qtbot.wait(1)

    held: Any = box.entry()
    assert held.verticalScrollBar().maximum() == 0


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


def test_who_types_on_the_button_types_into_the_picker(qtbot: QtBot) -> None:
    held = RecordsField(PARTIES, lambda: AGENCIES, "Thêm cơ quan")
    qtbot.addWidget(held)
    with qtbot.waitActive(held):
        held.show()
    held.setFocus()
    qtbot.keyClick(held.entry(), Qt.Key.Key_T, Qt.KeyboardModifier.AltModifier)
    assert not held._picker.isVisible()
    qtbot.keyClicks(held.entry(), "t")
    qtbot.keyClicks(held.entry(), "hue")

    assert held._picker.text() == "thue"
    assert len(held._picker._words.stringList()) == 1


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


def test_the_icon_that_opens_the_calendar_grows_with_the_text(qtbot: QtBot) -> None:
    line = Line("", 132)
    qtbot.addWidget(line)
    opened: list[str] = []
    line.open_by("calendar", "Mở lịch", lambda: opened.append("lịch"))
    opener = line.findChild(QToolButton)
    assert opener is not None
    try:
        theme.wear("light", 150)
        assert opener.iconSize().width() == 24
    finally:
        theme.wear("light", 100)

    opener.click()
    assert (opener.iconSize().width(), opened) == (16, ["lịch"])
