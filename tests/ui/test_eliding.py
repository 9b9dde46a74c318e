"""What is cut keeps what tells one line from the next."""

from __future__ import annotations

from PySide6.QtGui import QFontMetrics
from pytestqt.qtbot import QtBot

from app.ui.common.parts.eliding import elided
from app.ui.theme import font

OBLIGATION = "Trao đổi tình hình học sinh, sinh viên liên quan đến an ninh, trật tự"


def metrics() -> QFontMetrics:
    return QFontMetrics(font())


def test_words_with_room_are_left_alone(qtbot: QtBot) -> None:
    del qtbot
    assert elided("18/QC-CAT-SYT", metrics(), 400) == "18/QC-CAT-SYT"


def test_the_period_of_a_obligation_stays_when_its_title_is_cut(qtbot: QtBot) -> None:
    del qtbot
    shown = elided(f"{OBLIGATION} tháng 10", metrics(), 260, " tháng 10")

    assert shown.startswith("Trao đổi tình hình")
    assert shown.endswith("… tháng 10")
    assert metrics().horizontalAdvance(shown) <= 260


def test_a_tail_that_leaves_no_room_is_cut_with_the_rest(qtbot: QtBot) -> None:
    del qtbot
    tail = " theo chế độ báo cáo của Chính phủ"

    shown = elided(f"Giao ban{tail}", metrics(), 120, tail)

    assert shown.startswith("Giao ban")
    assert shown.endswith("…")


def test_a_reference_in_one_word_keeps_the_body_at_its_end(qtbot: QtBot) -> None:
    del qtbot
    shown = elided("21/QCPH-CAT-BCHQS-BĐBP", metrics(), 130)

    assert shown.startswith("21/")
    assert shown.endswith("BP")
    assert "…" in shown
