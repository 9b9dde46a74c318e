"""Whatever the records say stands in the report whole, however odd it is."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import replace
from pathlib import Path

import pytest
from docx.oxml.ns import qn

from app.export.packet_content import Paragraph, Section
from tests.export.packet_sample import agency, content, task
from tests.export.word_reading import text_in, texts, written

NASTY = (
    "=1+1",
    "-",
    "Sở GD/ĐT",
    "&<>\"'",
    "a\ufffeb\uffff",
    "😀",
    "x" * 400,
    "dòng 1\ndòng 2",
    "a\x0bb\x00c",
)


def test_straight_quotes_and_parted_numbers_are_mended(tmp_path: Path) -> None:
    text = texts(written(tmp_path))

    assert "“trao đổi thông tin” theo Điều\u00a05 và khoản\u00a02 Điều\u00a07" in text
    assert "\u00ad" not in text
    assert unicodedata.is_normalized("NFC", text)


@pytest.mark.parametrize("nasty", NASTY)
def test_nasty_text_survives_wherever_it_stands(tmp_path: Path, nasty: str) -> None:
    part = replace(
        agency("Sở Y tế", 0), name=nasty, rows=(task(1, nasty, task=nasty, result=nasty),)
    )
    made = content(
        agencies=(), abstract=nasty, title=nasty, basis=(nasty,), recipients=(nasty,),
        sections=(Section(nasty, (Paragraph((nasty,)),)),),
    )  # fmt: skip
    text = texts(written(tmp_path, replace(made, agencies=(part,))))

    kept = next(iter(re.findall(r"\w+|😀|<>|-", nasty)), "")
    assert kept.lower() in text.lower()


def test_text_that_looks_like_markup_is_not_markup(tmp_path: Path) -> None:
    evil = "<w:r><w:t>chen</w:t></w:r>"
    part = replace(agency("Sở Y tế", 0), rows=(task(1, "Sở Y tế", task=evil),))

    assert evil in texts(written(tmp_path, replace(content(), agencies=(part,))))


def test_conclusions_are_called_out_on_paper_as_they_are_on_screen(tmp_path: Path) -> None:
    (one,) = content().conclusions
    three = tuple(replace(one, ordinal=n, text=f"Việc {n}.") for n in (1, 2, 3))
    text = texts(written(tmp_path, replace(content(), conclusions=three)))

    assert "Một là: Việc 1." in text
    assert "Hai là: Việc 2." in text
    assert "Và ba là: Việc 3." in text


def test_an_empty_packet_is_still_a_whole_report(tmp_path: Path) -> None:
    made = content(
        agencies=(), figures=content().figures[1:3], opening=(), sections=(Section("Kết quả", ()),),
        basis=(), recipients=(), regulations=(), inputs=(), findings=(), conclusions=(),
    )  # fmt: skip

    text = texts(written(tmp_path, made))

    assert "Chưa có nội dung." in text
    assert "Nơi nhận:" in text


def test_three_thousand_rows_take_seconds_not_hours(tmp_path: Path) -> None:
    document = written(tmp_path, content(rows=1000))

    assert len(list(document.element.body.iter(qn("w:tr")))) > 3000


def test_one_row_is_a_table_too(tmp_path: Path) -> None:
    assert "kỳ thứ 0" in texts(written(tmp_path, content(rows=1)))


def test_the_total_is_held_to_the_last_row_and_idle_bodies_are_named_together(
    tmp_path: Path,
) -> None:
    made = replace(content(), agencies=(agency("Sở Y tế", 2), agency("Sở A", 0), agency("Sở B", 0)))
    document = written(tmp_path, made)

    table = next(t._tbl for t in document.tables if "Cộng" in text_in(t._tbl))
    *_, last, total = table.findall(qn("w:tr"))
    assert all(p.pPr.find(qn("w:keepNext")) is not None for p in last.iter(qn("w:p")))
    assert "Cộng" in text_in(total)
    assert "Không có nhiệm vụ nào đến hạn trong kỳ: Sở A; Sở B." in texts(document)
