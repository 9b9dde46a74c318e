"""Days and moments are written one way everywhere."""

from __future__ import annotations

from datetime import UTC, date, datetime

from app.text import (
    clock_words,
    date_words,
    listed,
    moment_words,
    nth_words,
    quoted,
    span_words,
)

DAY = date(2026, 3, 5)
AT = datetime(2026, 3, 5, 7, 9, 2, tzinfo=UTC)


def test_a_day_has_two_figures_for_day_and_month_and_may_stand_behind_a_word() -> None:
    assert date_words(DAY) == "05/03/2026"
    assert date_words(DAY, " từ ") == " từ 05/03/2026"
    assert date_words(None, " từ ") == ""


def test_a_moment_is_told_with_its_minute_or_its_second() -> None:
    assert moment_words(AT) == "05/03/2026 07:09"
    assert moment_words(AT, seconds=True) == "05/03/2026 07:09:02"
    assert moment_words(None) == ""
    assert clock_words(AT) == "07:09 05/03/2026"


def test_a_span_needs_both_its_days() -> None:
    assert span_words(DAY, date(2026, 3, 10)) == "05/03/2026 – 10/03/2026"
    assert span_words(DAY, None) == ""


def test_words_in_a_label_stand_on_one_line_in_quotation_marks() -> None:
    assert quoted("Họp\n  quý") == "“Họp quý”"
    assert quoted(None) == "“”"
    assert quoted("Gửi báo cáo kết quả", 12) == "“Gửi báo cáo…”"


def test_what_is_called_out_in_order_ends_with_the_last_and_goes_on_beyond_ten() -> None:
    assert [nth_words(n, 3) for n in (1, 2, 3)] == ["Một là", "Hai là", "Và ba là"]
    assert nth_words(1, 1) == "Một là"
    assert nth_words(11, 12) == "Thứ 11 là"


def test_words_are_listed_as_a_sentence_lists_them() -> None:
    assert listed(["thứ Hai", "thứ Ba", "", "thứ Tư"]) == "thứ Hai, thứ Ba và thứ Tư"
    assert listed(["thứ Hai"]) == "thứ Hai"
    assert listed([]) == ""
