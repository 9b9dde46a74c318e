"""The Word report: what design/exports.md and NĐ 30/2020 ask of it, read back from the file."""

from __future__ import annotations

import re
from pathlib import Path

import pytest
from docx.oxml.ns import qn
from docx.shared import Mm, Pt

from app.export.administrative_document import AdministrativeDocument
from app.export.layout import PARTY, STATE
from app.export.packet_content import Letterhead
from app.export.report import bookmark_texts
from app.export.wording import NBSP, figure_in_table
from tests.export.packet_sample import content
from tests.export.word_reading import paragraph_with, parts, style_of, texts, written


def test_the_paper_is_a4_with_the_margins_of_the_decree(tmp_path: Path) -> None:
    section = written(tmp_path).sections[0]

    assert (section.page_width.mm, section.page_height.mm) == (
        pytest.approx(210, abs=0.1),
        pytest.approx(297, abs=0.1),
    )
    margins = [
        round(m.mm)
        for m in (
            section.top_margin,
            section.bottom_margin,
            section.left_margin,
            section.right_margin,
        )
    ]
    assert margins == [20, 20, 30, 15]


def test_the_page_number_is_centred_above_and_not_on_the_first_page(tmp_path: Path) -> None:
    for section in written(tmp_path).sections:
        assert section.different_first_page_header_footer
        assert "PAGE" in section.header.paragraphs[0]._p.xml
        assert section.header.paragraphs[0].style.name.lower() == "header"
        assert not section.first_page_header.paragraphs[0].text
        assert "PAGE" not in section.first_page_header.paragraphs[0]._p.xml


def test_every_style_names_its_font_for_all_scripts_and_no_theme(tmp_path: Path) -> None:
    document = written(tmp_path)

    for fonts in document.styles.element.iter(qn("w:rFonts")):
        names = {fonts.get(qn(f"w:{script}")) for script in ("ascii", "hAnsi", "eastAsia", "cs")}
        assert names == {"Times New Roman"}
    assert "Theme=" not in "".join(parts(tmp_path).values())


def test_every_style_is_black_and_vietnamese(tmp_path: Path) -> None:
    document = written(tmp_path)

    colours = {c.get(qn("w:val")) for c in document.styles.element.iter(qn("w:color"))}
    languages = {c.get(qn("w:val")) for c in document.styles.element.iter(qn("w:lang"))}
    assert (colours, languages) == ({"000000"}, {"vi-VN"})


def test_sizes_are_those_of_the_decree(tmp_path: Path) -> None:
    styles = {s.style_id: s for s in written(tmp_path).styles if s.type == 1}

    assert styles["NoiDung"].font.size in (Pt(13), Pt(14))
    assert styles["QuocHieu"].font.size in (Pt(12), Pt(13))
    assert styles["TieuNgu"].font.size in (Pt(13), Pt(14))
    assert styles["NoiNhan"].font.size == Pt(11)
    assert styles["NoiNhanDau"].font.size == Pt(12)
    assert Mm(10) <= styles["NoiDung"].paragraph_format.first_line_indent <= Mm(12.8)
    assert styles["NoiDung"].paragraph_format.space_before >= Pt(6)
    assert 1 <= styles["NoiDung"].paragraph_format.line_spacing <= 1.5


def test_only_our_styles_are_used(tmp_path: Path) -> None:
    document = written(tmp_path)

    known = {style.style_id for style in document.styles}
    used = {s.get(qn("w:val")) for s in document.element.body.iter(qn("w:pStyle"))}
    assert used <= known
    assert not list(document.element.body.iter(qn("w:sz")))


def test_headings_are_numbered_by_word_on_three_levels(tmp_path: Path) -> None:
    document = written(tmp_path)

    assert style_of(paragraph_with(document, "ĐẶC ĐIỂM TÌNH HÌNH")) == "Heading1"
    assert style_of(paragraph_with(document, "Trao đổi thông tin")) == "Heading2"
    assert style_of(paragraph_with(document, "Nguyên nhân khách quan")) == "Heading3"
    levels = {s.style_id: s.element.find(".//" + qn("w:ilvl")).get(qn("w:val"))
              for s in document.styles if s.style_id.startswith("Heading")}  # fmt: skip
    assert levels == {"Heading1": "0", "Heading2": "1", "Heading3": "2"}
    formats = [
        f.get(qn("w:val")) for f in document.part.numbering_part.element.iter(qn("w:numFmt"))
    ]
    assert formats[:3] == ["upperRoman", "decimal", "lowerLetter"]
    assert not re.search(r"^I+\. ", texts(document), re.MULTILINE)


def test_each_level_of_a_list_names_its_style_or_word_would_number_all_alike(
    tmp_path: Path,
) -> None:
    document = written(tmp_path)

    styles = [
        level.find(qn("w:pStyle")).get(qn("w:val"))
        for level in document.part.numbering_part.element.iter(qn("w:lvl"))
    ]
    assert styles == ["Heading1", "Heading2", "Heading3", "PhuLuc", "GachDauDong"]


ORDER = {
    "pPr": "pStyle keepNext keepLines pageBreakBefore numPr pBdr shd tabs spacing ind jc "
    "outlineLvl rPr sectPr",
    "rPr": "rFonts b bCs i iCs caps color spacing sz szCs u lang",
    "sectPr": "headerReference footerReference type pgSz pgMar pgNumType cols titlePg",
    "tblPr": "tblStyle tblW jc tblInd tblBorders tblLayout tblCellMar tblLook",
    "tcPr": "tcW gridSpan vMerge tcBorders shd vAlign",
    "lvl": "start numFmt pStyle suff lvlText lvlJc pPr rPr",
    "style": "name basedOn qFormat pPr rPr tblPr",
    "settings": "zoom defaultTabStop characterSpacingControl compat themeFontLang decimalSymbol "
    "listSeparator",
    "numbering": "abstractNum num",
    "tc": "tcPr p",
    "tr": "trPr tc",
    "tbl": "tblPr tblGrid tr",
}


def test_elements_stand_in_the_order_of_the_schema_or_word_calls_the_file_damaged(
    tmp_path: Path,
) -> None:
    document = written(tmp_path, content(rows=30))
    roots = [
        document.element, document.styles.element, document.settings.element,
        document.part.numbering_part.element,
    ]  # fmt: skip

    for parent in (node for root in roots for node in root.iter()):
        name = parent.tag.rpartition("}")[2]
        if name not in ORDER:
            continue
        places = [ORDER[name].split().index(child.tag.rpartition("}")[2]) for child in parent]
        assert places == sorted(places), name


def test_a_fifth_lettered_heading_is_refused_because_word_would_call_it_e() -> None:
    document = AdministrativeDocument()
    for words in "abcd":
        document.heading(3, words)

    with pytest.raises(ValueError, match="e"):
        document.heading(3, "e")


def test_the_letterhead_stands_in_a_table_without_borders(tmp_path: Path) -> None:
    document = written(tmp_path)
    table = document.tables[0]

    left, right = (cell.text.replace(NBSP, " ") for cell in table.rows[0].cells)
    assert "ỦY BAN NHÂN DÂN TỈNH\nCÔNG AN TỈNH\n" in left
    assert "Số: 120/BC-CAT" in left
    assert right.startswith("CỘNG HÒA XÃ HỘI CHỦ NGHĨA VIỆT NAM\nĐộc lập - Tự do - Hạnh phúc")
    assert "Thanh Hóa, ngày 05 tháng 8 năm 2023" in right
    assert table._tbl.tblPr.find(qn("w:tblBorders")) is None


def test_the_rule_under_the_body_is_a_third_to_a_half_of_its_name(tmp_path: Path) -> None:
    from app.export.text_width import text_width

    cell = written(tmp_path).tables[0].rows[0].cells[0]
    rule = next(p for p in cell.paragraphs if p.style.style_id == "DongKe")
    drawn = STATE.letterhead_left - 2 * rule.paragraph_format.left_indent.mm

    assert 1 / 3 <= drawn / text_width("CÔNG AN TỈNH", STATE.head_size, bold=True) <= 1 / 2


def test_a_missing_number_and_day_leave_room_for_a_pen(tmp_path: Path) -> None:
    made = content(letterhead=Letterhead("", "Công an tỉnh", "", "Thanh Hóa", None))

    left, right = (c.text for c in written(tmp_path, made).tables[0].rows[0].cells)

    assert re.search(rf"Số: {NBSP}+", left)
    assert re.search(rf"ngày{NBSP}+tháng{NBSP}+năm{NBSP}2023", right)


def test_basis_lines_end_with_semicolons_and_the_last_with_a_stop(tmp_path: Path) -> None:
    lines = [
        p.text.replace(NBSP, " ")
        for p in written(tmp_path).paragraphs
        if p.style.style_id == "CanCu"
    ]

    assert lines == ["Căn cứ Quy chế số 12/QCPH ngày 05/9/2022;", "Căn cứ Kế hoạch số 7/KH."]


def test_the_report_ends_with_a_stop_and_a_stroke_and_the_partys_without(tmp_path: Path) -> None:
    assert "Đề nghị sửa đổi Điều\u00a09./." in texts(written(tmp_path))
    party = texts(written(tmp_path, layout=PARTY))
    assert "Điều\u00a09.\n" in party
    assert "./." not in party


def test_the_partys_layout_has_its_own_head(tmp_path: Path) -> None:
    left, right = (c.text for c in written(tmp_path, layout=PARTY).tables[0].rows[0].cells)

    assert "Số 120/BC-CAT" in left
    assert "\n*\n" in left
    assert right.startswith("ĐẢNG CỘNG SẢN VIỆT NAM\n")


def test_signature_and_recipients_are_kept_on_one_page(tmp_path: Path) -> None:
    document = written(tmp_path)
    table = next(t for t in document.tables if "Nơi nhận" in t.rows[0].cells[0].text)

    assert table.rows[0].cells[1].text.split("\n")[:2] == ["KT. GIÁM ĐỐC", "PHÓ GIÁM ĐỐC"]
    assert "- UBND tỉnh (để báo cáo);" in table.rows[0].cells[0].text
    assert "- Lưu: VT, PV01." in table.rows[0].cells[0].text
    assert table._tbl.find(".//" + qn("w:cantSplit")) is not None
    last = paragraph_with(document, "Đề nghị sửa đổi")
    assert last.pPr.find(qn("w:keepNext")) is not None


def test_tables_repeat_their_header_and_keep_rows_whole(tmp_path: Path) -> None:
    document = written(tmp_path)
    listed = [t for t in document.tables if t._tbl.tblPr.find(qn("w:tblBorders")) is not None]

    assert len(listed) >= 7
    for table in listed:
        rows = table._tbl.findall(qn("w:tr"))
        assert rows[0].find(f"{qn('w:trPr')}/{qn('w:tblHeader')}") is not None
        assert all(row.find(f"{qn('w:trPr')}/{qn('w:cantSplit')}") is not None for row in rows)
        assert table._tbl.tblPr.find(qn("w:tblLayout")).get(qn("w:type")) == "fixed"


def test_tables_fill_the_room_between_the_margins(tmp_path: Path) -> None:
    document = written(tmp_path)

    for table in document.tables:
        width = sum(int(g.get(qn("w:w"))) for g in table._tbl.iter(qn("w:gridCol"))) / 1440 * 25.4
        assert width == pytest.approx(165, abs=1) or width == pytest.approx(257, abs=1)


def test_wide_annexes_lie_on_their_side_and_count_their_own_pages(tmp_path: Path) -> None:
    sections = written(tmp_path).sections

    assert [s.page_width > s.page_height for s in sections] == [
        False,
        False,
        False,
        True,
        True,
        False,
        True,
    ]
    starts = [s._sectPr.find(qn("w:pgNumType")) is not None for s in sections]
    assert starts == [False, *[True] * 6]


def test_one_annex_has_no_number_and_several_have(tmp_path: Path) -> None:
    written(tmp_path)
    assert 'w:lvlText w:val="Phụ lục %1"' in parts(tmp_path)["word/numbering.xml"]

    single = AdministrativeDocument(annexes=1)
    single.annex("Số liệu", "Kèm theo")
    about = content().about
    single.save(
        tmp_path / "report.docx", title="", subject="", author="", keywords="", at=about.written_at
    )
    assert 'w:lvlText w:val="Phụ lục"' in parts(tmp_path)["word/numbering.xml"]


def test_captions_are_counted_by_a_field(tmp_path: Path) -> None:
    xml = written(tmp_path).element.body.xml

    assert xml.count("SEQ Bảng") == 5


def test_every_figure_is_bookmarked_where_it_is_cited_and_in_the_annex(tmp_path: Path) -> None:
    made = content()
    document = written(tmp_path, made)

    names = [b.get(qn("w:name")) for b in document.element.body.iter(qn("w:bookmarkStart"))]
    assert set(bookmark_texts(made)) == {"SL01_1", "SL02_1", "SL03_1", "SL04_1"}
    assert set(bookmark_texts(made)) | set(made.codes.values()) <= set(names)
    assert len(names) == len(set(names))
    numbers = [b.get(qn("w:id")) for b in document.element.body.iter(qn("w:bookmarkStart"))]
    assert len(numbers) == len(set(numbers))
    assert figure_in_table(made.figures[2]) in texts(document)


def test_a_long_report_has_a_table_of_contents_already_filled(tmp_path: Path) -> None:
    short = written(tmp_path).element.body.xml
    document = written(tmp_path, content(rows=30))

    assert "TOC \\" not in short
    xml = document.element.body.xml
    assert xml.count('w:fldCharType="begin"') == xml.count('w:fldCharType="end"')
    assert "TOC \\o" in xml
    assert xml.count("PAGEREF") >= 9
    assert "Phụ lục IV. KẾT QUẢ THỰC HIỆN NHIỆM VỤ CỦA TỪNG CƠ QUAN" in texts(document)
    anchors = {h.get(qn("w:anchor")) for h in document.element.body.iter(qn("w:hyperlink"))}
    marks = {b.get(qn("w:name")) for b in document.element.body.iter(qn("w:bookmarkStart"))}
    assert anchors <= marks


def test_the_file_says_the_office_and_hides_the_machine(tmp_path: Path) -> None:
    core = written(tmp_path).core_properties
    assert (core.title, core.author, core.language) == (content().title, "Công an tỉnh", "vi-VN")
    assert core.last_modified_by == "Công an tỉnh"

    everything = parts(tmp_path)
    whole = "".join(everything.values())
    assert not {"docProps/thumbnail.jpeg", "docProps/app.xml"} & set(everything)
    for word in (
        "attachedTemplate",
        "python-docx",
        "vbaProject",
        'TargetMode="External"',
        "<w:ins ",
        "<w:del ",
    ):
        assert word not in whole
