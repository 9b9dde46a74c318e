"""Word files: every line a reader of the paper would see, once and in order."""

from __future__ import annotations

from datetime import date

import pytest

from app.importers.analysis.list_numbers import in_format
from tests.importers.papers import MOTTO, outline, read_file
from tests.importers.word_maker import docx, levels, listed, paragraph, run, table, text_box

LETTERHEAD = table(
    [
        "UBND TỈNH LAM SƠN\nCÔNG AN TỈNH\nSố: 190/QCPH-CAT-SYT",
        f"{MOTTO}\nLam Sơn, ngày 29 tháng 6 năm 2012",
    ]
)
SIGNATURES = table(
    [
        "Nơi nhận:\n- UBND tỉnh;\n- Lưu: VT.",
        "KT. GIÁM ĐỐC\nPHÓ GIÁM ĐỐC\n\nNgười Ký Một",
    ]
)
TITLE = [
    paragraph("QUY CHẾ PHỐI HỢP"),
    paragraph("giữa Công an tỉnh và Sở Y tế trong giữ bến thuyền"),
]


def test_letterhead_and_signature_tables_are_read_in_their_place(tmp_path) -> None:
    data = docx(LETTERHEAD, *TITLE, paragraph("Điều 1. Phạm vi"), paragraph("Bến."), SIGNATURES)
    (found,) = read_file(tmp_path, "a.docx", data).documents
    assert found.number == "190/QCPH-CAT-SYT"
    assert (found.place, found.signed_on) == ("Lam Sơn", date(2012, 6, 29))
    assert found.superior == "UBND TỈNH LAM SƠN"
    assert found.bodies == ("Công an tỉnh", "Sở Y tế")
    assert found.recipients == ("UBND tỉnh", "Lưu: VT")
    assert found.signers == ("KT. GIÁM ĐỐC, PHÓ GIÁM ĐỐC",)
    assert outline(found) == ["article 1"]


def test_automatic_numbers_are_computed(tmp_path) -> None:
    numbering = levels(1, ("decimal", "Điều %1."), ("decimal", "%2."), ("lowerLetter", "%3)"))
    data = docx(
        *TITLE,
        listed("Phạm vi", 1, 0),
        listed("Bến sông.", 1, 1),
        listed("Bến hồ:", 1, 1),
        listed("Hồ lớn;", 1, 2),
        listed("Hồ nhỏ.", 1, 2),
        listed("Việc làm", 1, 0),
        listed("Trực.", 1, 1),
        numbering=numbering,
    )
    (found,) = read_file(tmp_path, "a.docx", data).documents
    assert outline(found) == [
        "article 1",
        "clause 1",
        "clause 2",
        "point a",
        "point b",
        "article 2",
        "clause 1",
    ]
    assert found.provisions[0].heading == "Phạm vi"


def test_a_list_may_start_anew_or_share_its_count(tmp_path) -> None:
    restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
    numbering = levels(1, ("upperRoman", "%1.")) + (
        '<w:num w:numId="2"><w:abstractNumId w:val="1"/></w:num>'
        f'<w:num w:numId="3"><w:abstractNumId w:val="1"/>{restart}</w:num>'
    )
    blocks = [listed("MỘT", 1), listed("HAI", 2), listed("BA", 1), listed("LẠI MỘT", 3)]
    lines = read_file(tmp_path, "a.docx", docx(*blocks, numbering=numbering)).lines
    assert lines == ("I. MỘT", "II. HAI", "III. BA", "I. LẠI MỘT")


def test_a_style_may_carry_the_numbering(tmp_path) -> None:
    numbering = levels(4, ("decimal", "Điều %1."))
    styles = (
        '<w:style w:type="paragraph" w:styleId="Dieu"><w:name w:val="Dieu"/><w:pPr><w:numPr>'
        '<w:numId w:val="4"/></w:numPr></w:pPr></w:style>'
        '<w:style w:type="paragraph" w:styleId="Con"><w:basedOn w:val="Dieu"/></w:style>'
    )
    styled = ['<w:pStyle w:val="Dieu"/>', '<w:pStyle w:val="Con"/>']
    data = docx(*(paragraph("Việc", style) for style in styled), numbering=numbering, styles=styles)
    assert read_file(tmp_path, "a.docx", data).lines == ("Điều 1. Việc", "Điều 2. Việc")


@pytest.mark.parametrize(
    ("number", "form", "drawn"),
    [
        (4, "upperRoman", "IV"),
        (1999, "lowerRoman", "mcmxcix"),
        (5, "lowerLetter", "e"),
        (27, "upperLetter", "AA"),
        (7, "decimalZero", "07"),
        (3, "chicken", "3"),
    ],
)
def test_numbers_are_drawn_as_word_draws_them(number: int, form: str, drawn: str) -> None:
    assert in_format(number, form) == drawn


def test_deleted_text_goes_and_inserted_text_stays(tmp_path) -> None:
    inside = (
        run("Giữ ")
        + '<w:del w:id="1" w:author="x"><w:r><w:delText>bờ</w:delText></w:r></w:del>'
        + f'<w:ins w:id="2" w:author="x">{run("bến")}</w:ins>'
        + f'<w:moveFrom w:id="3">{run(" cũ")}</w:moveFrom>'
    )
    lines = read_file(tmp_path, "a.docx", docx(paragraph(inside=inside))).lines
    assert lines == ("Giữ bến",)


def test_a_deleted_paragraph_end_joins_two_paragraphs(tmp_path) -> None:
    data = docx(paragraph("Giữ ", "<w:rPr><w:del w:id='1'/></w:rPr>"), paragraph("bến."))
    assert read_file(tmp_path, "a.docx", data).lines == ("Giữ bến.",)


def test_a_deleted_row_is_gone(tmp_path) -> None:
    rows = f"<w:tr><w:trPr><w:del w:id='1'/></w:trPr><w:tc>{paragraph('Bỏ')}</w:tc></w:tr>"
    kept = f"<w:tr><w:tc>{paragraph('Giữ')}</w:tc></w:tr>"
    lines = read_file(tmp_path, "a.docx", docx(f"<w:tbl>{rows}{kept}</w:tbl>")).lines
    assert lines == ("Giữ",)


def test_a_text_box_is_not_read_twice_and_a_stamp_not_at_all(tmp_path) -> None:
    stamp = paragraph(inside=text_box("DỰ THẢO") + run("Giữ bến"))
    number = paragraph(inside=text_box("Số: 12/QC-CAT"))
    found = read_file(tmp_path, "a.docx", docx(stamp, number))
    assert found.lines == ("Giữ bến", "Số: 12/QC-CAT")
    assert any("DỰ THẢO" in warning for warning in found.warnings)


def test_comments_footnotes_and_hidden_text_stay_out(tmp_path) -> None:
    inside = (
        run("Giữ bến") + run(" ẩn", "<w:vanish/>") + '<w:r><w:footnoteReference w:id="1"/></w:r>'
    )
    data = docx(paragraph(inside=inside), parts={"word/comments.xml": b"<x/>"})
    assert read_file(tmp_path, "a.docx", data).lines == ("Giữ bến",)


def test_a_table_of_contents_is_left_out(tmp_path) -> None:
    code = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>TOC \\o</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>'
    )
    end = '<w:r><w:fldChar w:fldCharType="end"/></w:r>'
    page = (
        '<w:r><w:fldChar w:fldCharType="begin"/></w:r><w:r><w:instrText>REF x</w:instrText></w:r>'
        '<w:r><w:fldChar w:fldCharType="separate"/></w:r>' + run("hai") + end
    )
    data = docx(
        paragraph(inside=code + run("Điều 1. Phạm vi 3")),
        paragraph(inside=run("Điều 2. Việc 4") + end),
        paragraph(inside=run("Có ") + page + run(" bến")),
    )
    assert read_file(tmp_path, "a.docx", data).lines == ("Có hai bến",)


def test_soft_breaks_and_hard_spaces_in_titles_are_no_obstacle(tmp_path) -> None:
    data = docx(
        paragraph("QUY CHẾ\u00a0PHỐI\u00a0HỢP\nTrong giữ bến"),
        paragraph("Chương\u00a0I\nPHẦN CHUNG"),
        paragraph("Điều\u00a01.\u00a0Việc của\nSở Y tế"),
        paragraph("Giữ bến.\n1. Ban ngày;\n2. Ban đêm."),
    )
    (found,) = read_file(tmp_path, "a.docx", data).documents
    assert (found.title, found.abstract) == ("QUY CHẾ PHỐI HỢP", "Trong giữ bến")
    assert outline(found) == ["chapter I", "article 1", "clause 1", "clause 2"]
    assert found.provisions[0].children[0].heading == "Việc của Sở Y tế"


def test_half_decomposed_letters_are_composed(tmp_path) -> None:
    data = docx(paragraph("Phô\u0301i hơ\u0323p Ủ\u0079 ban"))
    assert read_file(tmp_path, "a.docx", data).lines == ("Phối hợp Ủy ban",)


def test_a_data_table_is_read_row_by_row_and_makes_no_units(tmp_path) -> None:
    rows = [[str(n), f"Bến {n}", "Đạt"] for n in range(1, 12)]
    data = docx(*TITLE, paragraph("Điều 1. Bến"), paragraph("Danh sách:"), table(*rows))
    (found,) = read_file(tmp_path, "a.docx", data).documents
    assert outline(found) == ["article 1"]
    assert "1 | Bến 1 | Đạt" in found.provisions[0].text


def test_a_whole_paper_inside_one_cell_is_read(tmp_path) -> None:
    body = "".join([*TITLE, paragraph("Điều 1. Phạm vi"), paragraph("1. Bến.")])
    (found,) = read_file(tmp_path, "a.docx", docx(table([body]))).documents
    assert outline(found) == ["article 1", "clause 1"]


def test_capitals_by_format_are_capitals(tmp_path) -> None:
    data = docx(paragraph(inside=run("Quy chế", "<w:caps/>")), paragraph("Điều 1. Việc."))
    assert read_file(tmp_path, "a.docx", data).lines[0] == "QUY CHẾ"


def test_content_controls_and_links_are_read(tmp_path) -> None:
    control = f"<w:sdt><w:sdtContent>{run('Giữ')}</w:sdtContent></w:sdt>"
    inside = f"{control}<w:hyperlink>{run(' bến')}</w:hyperlink>"
    block = f"<w:sdt><w:sdtContent>{paragraph('Trực đêm')}</w:sdtContent></w:sdt>"
    lines = read_file(tmp_path, "a.docx", docx(paragraph(inside=inside), block)).lines
    assert lines == ("Giữ bến", "Trực đêm")


def test_old_fonts_are_read_and_said(tmp_path) -> None:
    fonts = '<w:rFonts w:ascii="{0}" w:hAnsi="{0}"/>'
    data = docx(
        paragraph(inside=run("quy chÕ", fonts.format(".VnTimeH"))),
        paragraph(inside=run("§iÒu 1. Ph¹m vi", fonts.format(".VnTime"))),
        paragraph(inside=run("1. Giöõ beán thuyeàn.", fonts.format("VNI-Times"))),
        paragraph(inside=run("2. Giữ bờ.", fonts.format(".VnTime"))),
    )
    found = read_file(tmp_path, "a.docx", data)
    assert found.lines == ("QUY CHẾ", "Điều 1. Phạm vi", "1. Giữ bến thuyền.", "2. Giữ bờ.")
    assert any("TCVN3" in warning and "VNI" in warning for warning in found.warnings)


def test_a_file_made_by_the_usual_library_is_read(tmp_path) -> None:
    import docx as library

    made = library.Document()
    made.add_heading("QUY CHẾ", 1)
    made.add_paragraph("Điều 1. Phạm vi")
    made.add_paragraph("Bến sông.")
    made.save(str(tmp_path / "b.docx"))
    found = read_file(tmp_path, "c.docx", (tmp_path / "b.docx").read_bytes())
    assert outline(found.documents[0]) == ["article 1"]


def test_a_letter_parted_between_two_runs_is_one_letter(tmp_path) -> None:
    font = '<w:rFonts w:ascii="VNI-Times" w:hAnsi="VNI-Times"/>'
    inside = run("Gi\u00f6", font) + run("\u00f5 be", font) + run("\u00e1n", font)
    assert read_file(tmp_path, "a.docx", docx(paragraph(inside=inside))).lines == ("Giữ bến",)


def test_embedded_parts_are_not_opened_but_warned_of(tmp_path) -> None:
    found = read_file(tmp_path, "a.docx", docx(paragraph("Giữ bến"), '<w:altChunk w:id="x"/>'))
    assert found.lines == ("Giữ bến",)
    assert any("phần nhúng" in warning for warning in found.warnings)


def test_parts_are_found_by_their_relations(tmp_path) -> None:
    numbering = levels(1, ("decimal", "Điều %1."))
    data = docx(listed("Phạm vi", 1), numbering=numbering)
    relations = (
        b'<Relationships xmlns="http://schemas.openxmlformats.org/package/2006/relationships">'
        b'<Relationship Id="r1" Type="http://x/numbering" Target="/word/numbering.xml"/>'
        b"</Relationships>"
    )
    moved = docx(
        listed("Phạm vi", 1), parts={"word/_rels/document.xml.rels": relations}, numbering=numbering
    )
    for one in (data, moved):
        assert read_file(tmp_path, "a.docx", one).lines == ("Điều 1. Phạm vi",)
