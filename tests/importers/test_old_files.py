"""Old Word, RTF, HTML and text: whatever the letters are stored as, Unicode comes out."""

from __future__ import annotations

import unicodedata

import pytest

from app.importers.analysis import lettering
from tests.importers.old_word_maker import in_table, numbered, old_word
from tests.importers.papers import REGULATION, outline, read_file

OUTLINE = [
    "chapter I",
    "article 1",
    "article 2",
    "clause 1",
    "clause 2",
    "chapter II",
    "article 3",
    "clause 1",
    *(f"point {c}" for c in "abcdđ"),
    "clause 2",
    "article 4",
]


def in_tcvn3(text: str) -> str:
    back = {b: chr(a) for a, b in lettering._TCVN3.items()}
    return "".join(back.get(c, back.get(c.lower(), c)) for c in text)


def in_vni(text: str) -> str:
    back = {b: a for a, b in lettering._VNI_SINGLE.items()} | {
        b: a for a, b in lettering._VNI_PAIRS.items()
    }
    return "".join(back.get(c, c) for c in text)


def in_bytes(text: str, table: dict[int, str]) -> bytes:
    back = {b: a for a, b in table.items() if a < 256}
    return bytes(back.get(c, back.get(c.lower(), ord(c) if ord(c) < 128 else 63)) for c in text)


def in_cp1258(text: str) -> bytes:
    found = b""
    for c in text:
        try:
            found += c.encode("cp1258")
        except UnicodeEncodeError:
            base, tone = unicodedata.normalize("NFD", c)[0], unicodedata.normalize("NFD", c)[1:]
            tones = [t for t in tone if t in "\u0300\u0301\u0303\u0309\u0323"]
            hats = [t for t in tone if t not in tones]
            whole = unicodedata.normalize("NFC", base + "".join(hats))
            found += whole.encode("cp1258") + "".join(tones).encode("cp1258")
    return found


ENCODED = {
    "utf-8": REGULATION.encode(),
    "utf-8 with a mark": b"\xef\xbb\xbf" + REGULATION.encode(),
    "utf-16": REGULATION.encode("utf-16"),
    "utf-16 big": b"\xfe\xff" + REGULATION.encode("utf-16-be"),
    "utf-16 without a mark": REGULATION.encode("utf-16-le"),
    "windows lines": REGULATION.replace("\n", "\r\n").encode(),
    "old mac lines": REGULATION.replace("\n", "\r").encode(),
    "half decomposed": unicodedata.normalize("NFD", REGULATION).encode(),
    "cp1258": in_cp1258(REGULATION),
    "tcvn3": in_tcvn3(REGULATION).encode("latin-1"),
    "tcvn3 saved as utf-8": in_tcvn3(REGULATION).encode(),
    "vni": in_vni(REGULATION).encode("cp1252"),
    "vni saved as utf-8": in_vni(REGULATION).encode(),
    "vps": in_bytes(REGULATION, lettering._VPS),
    "viscii": in_bytes(REGULATION, lettering._VISCII),
    "decoded twice": REGULATION.encode().decode("latin-1").encode(),
}


@pytest.mark.parametrize("name", ENCODED)
def test_a_text_is_read_whatever_it_is_stored_as(name: str, tmp_path) -> None:
    (found,) = read_file(tmp_path, "quy-che.txt", ENCODED[name]).documents
    assert outline(found) == OUTLINE
    assert found.number == "19/QCPH-CAT-SYT"
    assert found.form == "regulation"
    assert found.provisions[1].children[0].heading.casefold() == "việc của công an tỉnh"


def test_an_old_lettering_is_said(tmp_path) -> None:
    found = read_file(tmp_path, "a.txt", ENCODED["vni"])
    assert any("VNI" in warning for warning in found.warnings)


def test_text_without_marks_is_read_with_a_warning(tmp_path) -> None:
    plain = "Dieu 1. Pham vi\n" + "Hai ben cung lam mot viec chung o ben song.\n" * 9
    found = read_file(tmp_path, "a.txt", plain.encode())
    assert any("có dấu" in warning for warning in found.warnings)


def test_unicode_text_that_kept_an_old_fonts_name_is_left_alone() -> None:
    assert lettering.read_in_font("các công tác", ".VnTime") == ("các công tác", "")
    assert lettering.read_in_font("c¸c c«ng t¸c", ".VnTime") == ("các công tác", "TCVN3 (ABC)")


def test_a_letterhead_in_two_columns_is_parted(tmp_path) -> None:
    text = REGULATION.replace(
        "CÔNG AN TỈNH LAM SƠN - SỞ Y TẾ\nCỘNG HÒA", "CÔNG AN TỈNH LAM SƠN - SỞ Y TẾ\t\tCỘNG HÒA"
    ).replace("CAT-SYT\nLam Sơn, ngày", "CAT-SYT          Lam Sơn, ngày")
    (found,) = read_file(tmp_path, "a.txt", text.encode()).documents
    assert (found.number, found.place) == ("19/QCPH-CAT-SYT", "Lam Sơn")
    assert found.bodies[0] == "Công an tỉnh Lam Sơn"


def _as_word(text: str) -> str:
    return text.replace("\n", "\r")


def test_an_old_word_file_is_read(tmp_path) -> None:
    (found,) = read_file(tmp_path, "a.doc", old_word(_as_word(REGULATION))).documents
    assert outline(found) == OUTLINE
    assert found.bodies == ("Công an tỉnh Lam Sơn", "Sở Y tế")


def test_an_old_word_file_in_an_old_font_is_read(tmp_path) -> None:
    data = old_word(_as_word(in_tcvn3(REGULATION)), font=".VnTime", wide=False)
    found = read_file(tmp_path, "a.doc", data)
    assert outline(found.documents[0]) == OUTLINE
    assert any("TCVN3" in warning for warning in found.warnings)


def test_capitals_of_a_capitals_font_are_capitals(tmp_path) -> None:
    data = old_word(in_tcvn3("quy chế phối hợp\r"), font=".VnTimeH", wide=False)
    assert read_file(tmp_path, "a.doc", data).lines == ("QUY CHẾ PHỐI HỢP",)


def test_cells_rows_and_fields_of_an_old_word_file_are_read(tmp_path) -> None:
    text = "Đầu\rTT\x07Bến\x07Xã\x07\x071\x07Bến đò\x07Lam\x07\x07\x13 PAGE \x14hai\x15 bến\r"
    lines = read_file(tmp_path, "a.doc", old_word(text)).lines
    assert lines == ("Đầu", "TT | Bến | Xã", "1 | Bến đò | Lam", "hai bến")


def test_text_deleted_in_an_old_word_file_is_gone(tmp_path) -> None:
    data = old_word("Giữ bờ bến\r", deleted=(4, 7))
    assert read_file(tmp_path, "a.doc", data).lines == ("Giữ bến",)


def test_a_doc_that_is_rtf_is_read(tmp_path) -> None:
    body = "".join(
        f"\\u{ord(c)}?" if ord(c) > 127 else "\\par\n" if c == "\n" else c for c in REGULATION
    )
    data = f"{{\\rtf1\\ansi\\uc1{{\\fonttbl{{\\f0 Times;}}}}{{\\*\\x bỏ}}\\f0 {body}}}"
    (found,) = read_file(tmp_path, "a.doc", data.encode("ascii", "replace")).documents
    assert outline(found) == OUTLINE


def test_rtf_in_an_old_font_with_a_table_is_read(tmp_path) -> None:
    data = (
        rb"{\rtf1\ansi{\fonttbl{\f0 .VnTime;}{\f1\fcharset163 Times New Roman;}}"
        rb"\trowd\intbl S\'e8: 5/QC\cell {\f0 Lam S\'acn, ng\'b5y 07 th\'b8ng 5 n\'a8m 2014}"
        rb"\cell\row"
        rb"\pard\f0 \'a7i\'d2u 1. Ph\'b9m vi\par{\listtext 1.\tab}Gi\'f7 b\'d5n.\par"
        rb"{\deleted b\'e1}\f1 \'d0i\'ea\'ccu}"
    )
    lines = read_file(tmp_path, "a.rtf", data).lines
    assert lines[-3:] == ("Điều 1. Phạm vi", "1. Giữ bến.", "Điều")
    assert "Lam Sơn, ngày 07 tháng 5 năm 2014" in lines[1]


def test_a_doc_that_is_html_is_read(tmp_path) -> None:
    rows = "".join(f"<p>{line}</p>\n" for line in REGULATION.split("\n"))
    data = f"<html><head><title>Bỏ</title><style>p{{}}</style></head><body>{rows}</body></html>"
    (found,) = read_file(tmp_path, "a.doc", data.encode()).documents
    assert outline(found) == OUTLINE


def test_an_html_letterhead_table_is_parted(tmp_path) -> None:
    data = (
        "<!DOCTYPE html><table><tr><td><b>SỞ Y TẾ</b><br>Số: 5/QC-SYT</td><td>CỘNG HÒA XÃ HỘI CHỦ "
        "NGHĨA VIỆT NAM<br>Lam Sơn, ngày 07 tháng 5 năm 2014</td></tr></table><h1>QUY CHẾ</h1>"
        "<p>Điều&nbsp;1. Bến</p><p>Giữ bến.</p>"
    )
    (found,) = read_file(tmp_path, "a.html", data.encode()).documents
    assert (found.number, found.place, found.title) == ("5/QC-SYT", "Lam Sơn", "QUY CHẾ")


def test_automatic_numbers_of_an_old_word_file_are_computed(tmp_path) -> None:
    text = "QUY CHẾ\rPhạm vi\rGiữ bến:\rMột;\rHai.\rViệc làm\rTrực.\r"
    levels = [(0, "Điều %1."), (0, "%2."), (4, "%3)")]
    papers = [b"", *(numbered(n) for n in (0, 1, 2, 2, 0, 1))]
    data = old_word(text, papers=papers, levels=levels)
    (found,) = read_file(tmp_path, "a.doc", data).documents
    assert outline(found) == [
        "article 1",
        "clause 1",
        "point a",
        "point b",
        "article 2",
        "clause 1",
    ]


def test_a_cell_of_an_old_word_file_may_hold_several_paragraphs(tmp_path) -> None:
    text = "SỞ Y TẾ\rSố: 5/QC-SYT\x07Lam Sơn, ngày 07 tháng 5 năm 2014\x07\x07QUY CHẾ\r"
    papers = [in_table(), in_table(), in_table(), in_table(ends_row=True), b""]
    (found,) = read_file(tmp_path, "a.doc", old_word(text, papers=papers)).documents
    assert (found.number, found.place, found.title) == ("5/QC-SYT", "Lam Sơn", "QUY CHẾ")
    assert found.bodies == ("SỞ Y TẾ",)


def test_hidden_rtf_ends_where_the_format_is_reset(tmp_path) -> None:
    data = rb"{\rtf1 A{\v hidden\plain  B}\v C\v0  D\par}"
    assert read_file(tmp_path, "a.rtf", data).lines == ("A B D",)
