"""Heads, openings and closings: what a document says of itself."""

from __future__ import annotations

import json
from datetime import date

import pytest

from app.importers.analysis.closing import closing_of
from app.importers.lines import Line
from app.importers.proposal import as_json
from tests.importers.papers import (
    DECISION_AND_REGULATION,
    MOTTO,
    REGULATION,
    outline,
    read_file,
    read_text,
)


def test_a_joint_regulation_is_read_whole() -> None:
    (found,) = read_text(REGULATION)
    assert (found.form, found.title) == ("regulation", "QUY CHẾ PHỐI HỢP")
    assert found.number == "19/QCPH-CAT-SYT"
    assert found.signed_on == date(2014, 5, 7)
    assert found.place == "Lam Sơn"
    assert found.bodies == ("Công an tỉnh Lam Sơn", "Sở Y tế")
    assert found.superior == ""
    assert found.abstract.startswith("Giữa Công an tỉnh Lam Sơn và Sở Y tế")
    assert found.effective_on == date(2014, 5, 7)
    assert found.signers == (
        "ĐẠI DIỆN CÔNG AN TỈNH, GIÁM ĐỐC",
        "ĐẠI DIỆN SỞ Y TẾ, GIÁM ĐỐC",
    )
    assert found.recipients == ("UBND tỉnh (để báo cáo)", "Các phòng, ban", "Lưu: VT")
    assert found.warnings == ()


def test_the_basis_is_read_line_by_line() -> None:
    (found,) = read_text(REGULATION)
    law, decree = found.basis
    assert (law.kind, law.number, law.issued_on) == ("law", "40/2009/QH12", date(2009, 11, 23))
    assert (decree.kind, decree.number) == ("decree", "77/NĐ-CP")
    assert (decree.issued_on, decree.issuer) == (date(2010, 7, 12), "Chính phủ")


def test_a_bare_old_number_that_is_replaced_is_found() -> None:
    (found,) = read_text(REGULATION)
    (old,) = found.replaces
    assert (old.kind, old.number, old.signed_on) == ("replaces", "88", date(1997, 11, 4))


def test_a_decision_and_its_regulation_are_two_documents() -> None:
    decision, regulation = read_text(DECISION_AND_REGULATION)
    assert (decision.form, regulation.form) == ("decision", "regulation")
    assert outline(decision) == ["article 1", "article 2", "article 3"]
    assert outline(regulation) == [
        "chapter I",
        "article 1",
        "clause 1",
        "clause 2",
        "article 2",
        "chapter II",
        "article 3",
        "appendix I",
    ]
    assert decision.last_line + 1 == regulation.first_line


def test_an_enclosed_regulation_takes_its_number_from_the_decision() -> None:
    decision, regulation = read_text(DECISION_AND_REGULATION)
    assert regulation.number == decision.number == "39/2017/QĐ-UBND"
    assert regulation.signed_on == date(2017, 9, 5)
    assert regulation.effective_on == date(2017, 9, 20)
    assert regulation.abstract == "PHỐI HỢP QUẢN LÝ BẾN THUYỀN"
    assert any("Quyết định" in warning for warning in regulation.warnings)
    (old,) = regulation.replaces
    assert old.number == "11/QĐ-UBND"


def test_the_name_of_the_signer_is_never_kept() -> None:
    for document in read_text(DECISION_AND_REGULATION):
        assert not any("Người Ký" in text for text in (*document.signers, *document.recipients))
    (decision, _) = read_text(DECISION_AND_REGULATION)
    assert decision.signers == ("TM. ỦY BAN NHÂN DÂN, KT. CHỦ TỊCH, PHÓ CHỦ TỊCH",)


def test_a_name_behind_a_recipient_is_cut_off() -> None:
    text = REGULATION.replace("- Các phòng, ban;", "- Phó Chủ tịch tỉnh - Nguyễn Văn Mẫu;")
    (found,) = read_text(text)
    assert found.recipients[1] == "Phó Chủ tịch tỉnh"


def test_the_issuer_above_the_bases_is_not_part_of_the_abstract() -> None:
    decision, _ = read_text(DECISION_AND_REGULATION)
    assert decision.abstract == "Ban hành Quy chế phối hợp quản lý bến thuyền"
    assert decision.bodies == ("Ủy ban nhân dân tỉnh Lam Sơn",)
    assert [basis.kind for basis in decision.basis] == ["law", "proposal"]


def test_a_decision_without_its_enacting_line_is_read_the_same() -> None:
    decision, regulation = read_text(DECISION_AND_REGULATION.replace("QUYẾT ĐỊNH:\n", ""))
    assert outline(decision) == ["article 1", "article 2", "article 3"]
    assert regulation.form == "regulation"


def test_a_draft_has_no_number_and_no_day_and_says_so() -> None:
    text = REGULATION.replace("19/QCPH-CAT-SYT", "     /QCPH-CAT-SYT").replace("ngày 07", "ngày   ")
    (found,) = read_text(text)
    assert found.number == ""
    assert found.signed_on is None
    assert found.effective_on is None
    assert any("/QCPH-CAT-SYT" in warning for warning in found.warnings)
    assert any("ngày" in warning for warning in found.warnings)


def test_a_party_regulation_has_no_colon_after_its_number() -> None:
    text = """ĐẢNG CỘNG SẢN VIỆT NAM
TỈNH ỦY LAM SƠN
BAN TỔ CHỨC - BAN NỘI CHÍNH
*
Số 05-QC/BTCTU-BNCTU
Lam Sơn, ngày 3 tháng 02 năm 2021
QUY CHẾ
phối hợp giữa Ban Tổ chức và Ban Nội chính Tỉnh ủy
Điều 1. Phạm vi
Hai ban cùng làm.
Điều 2. Hiệu lực
Quy chế này có hiệu lực kể từ ngày ký."""
    (found,) = read_text(text)
    assert found.number == "05-QC/BTCTU-BNCTU"
    assert found.signed_on == date(2021, 2, 3)
    assert "Ban Tổ chức" in found.bodies
    assert found.abstract.startswith("phối hợp giữa")


def test_a_superior_body_is_not_an_issuing_body() -> None:
    text = f"""UBND TỈNH LAM SƠN
SỞ Y TẾ
{MOTTO}
Số: 12/KH-SYT
Lam Sơn, ngày 12 tháng 11 năm 2023
KẾ HOẠCH
Phối hợp phòng dịch mùa mưa
I. MỤC ĐÍCH
1. Giữ sạch nguồn nước.
2. Báo dịch sớm.
II. VIỆC LÀM
1. Phun thuốc:
a) Mỗi tháng một lần;
b) Khi có dịch."""
    (found,) = read_text(text)
    assert (found.form, found.superior, found.bodies) == ("plan", "UBND TỈNH LAM SƠN", ("SỞ Y TẾ",))
    assert outline(found) == [
        "section I",
        "clause 1",
        "clause 2",
        "section II",
        "clause 1",
        "point a",
        "point b",
    ]


def test_a_spaced_out_title_is_a_title() -> None:
    text = REGULATION.replace("QUY CHẾ PHỐI HỢP\n", "Q U Y  C H Ế\n".replace("  ", " "))
    (found,) = read_text(text)
    assert (found.form, found.title) == ("regulation", "QUY CHẾ")


@pytest.mark.parametrize(
    ("said", "force"),
    [
        ("có hiệu lực sau 10 ngày kể từ ngày ký", date(2014, 5, 17)),
        ("có hiệu lực thi hành kể từ ngày 01 tháng 6 năm 2014", date(2014, 6, 1)),
        ("có hiệu lực từ ngày 01/6/2014", date(2014, 6, 1)),
        ("có hiệu lực sau 10 ngày làm việc kể từ ngày ký", None),
    ],
)
def test_the_day_of_force_is_computed_only_when_it_is_said(said: str, force: date | None) -> None:
    (found,) = read_text(REGULATION.replace("có hiệu lực kể từ ngày ký", said))
    assert found.effective_on == force
    assert said in found.effective_text


@pytest.mark.parametrize(
    ("said", "kind", "number"),
    [
        ("bãi bỏ Quyết định số 7/QĐ-UBND ngày 02/3/2001", "repeals", "7/QĐ-UBND"),
        ("thay thế Điều 4 của Quy chế số 9/QC-CAT ngày 02/3/2001", "partly", "9/QC-CAT"),
        ("thay thế một phần Quyết định số 7/QĐ-UBND ngày 02/3/2001", "partly", "7/QĐ-UBND"),
        (
            (
                "thay thế Quyết định số 7/QĐ-UBND ngày 02/3/2001 về việc phê duyệt Điều lệ sửa đổi,"
                " bổ sung một số Điều của Điều lệ Hội"
            ),
            "replaces",
            "7/QĐ-UBND",
        ),
        (
            (
                "thay thế Nghị định số 9/2010/NĐ-CP ngày 08/02/2010 sửa đổi một số điều của"
                " Nghị định số 110/2004/NĐ-CP"
            ),
            "replaces",
            "9/2010/NĐ-CP",
        ),
    ],
)
def test_how_an_older_document_is_touched_is_told_apart(said: str, kind: str, number: str) -> None:
    text = REGULATION.replace("thay thế Quy chế phối hợp số 88 ngày 04/11/1997", said)
    (found,) = read_text(text)
    assert [(old.kind, old.number) for old in found.replaces] == [(kind, number)]


def test_an_amending_act_names_what_it_amends() -> None:
    text = f"""CHÍNH PHỦ
Số: 5/2020/NĐ-CP
{MOTTO}
Hà Nội, ngày 06 tháng 01 năm 2020
NGHỊ ĐỊNH
Sửa đổi, bổ sung một số điều của Nghị định số 9/2015/NĐ-CP ngày 02/02/2015 về bến thuyền
Điều 1. Sửa đổi, bổ sung một số điều của Nghị định số 9/2015/NĐ-CP
1. Sửa đổi Điều 5 như sau:
“Điều 5. Trực bến
1. Trực cả ngày lẫn đêm.
2. Ghi sổ trực.”
2. Sửa đổi Điều 6 như sau:
"Điều 6. Sổ trực
Sổ trực có mười cột."
Điều 2. Thi hành
Nghị định này có hiệu lực từ ngày 01/3/2020."""
    (found,) = read_text(text)
    assert outline(found) == ["article 1", "clause 1", "clause 2", "article 2"]
    assert "Trực cả ngày lẫn đêm" in found.provisions[0].children[0].text
    assert [(old.kind, old.number) for old in found.replaces] == [("amends", "9/2015/NĐ-CP")]


def test_the_file_name_gives_a_number_only_when_the_text_has_none() -> None:
    text = REGULATION.replace("Số: 19/QCPH-CAT-SYT\n", "")
    (found,) = read_text(text, "03-2012-QCPH-CAT-SYT")
    assert found.number == "03/2012/QCPH-CAT-SYT"
    assert any("tên tệp" in warning for warning in found.warnings)
    (found,) = read_text(REGULATION, "03-2012-QCPH-CAT-SYT")
    assert found.number == "19/QCPH-CAT-SYT"


def test_a_collection_puts_day_bodies_and_force_behind_the_abstract() -> None:
    text = """THÔNG TƯ LIÊN TỊCH
Số: 07/2012/TTLT-BXX-BYY
Quy định việc phối hợp giữ bến ngày 29/06/2012 của Bộ Xây cầu và Bộ Y tế, \
có hiệu lực thi hành kể từ ngày 15/08/2012
Điều 1. Phạm vi
Giữ bến."""
    (found,) = read_text(text)
    assert found.form == "joint_circular"
    assert found.abstract == "Quy định việc phối hợp giữ bến"
    assert found.bodies == ("Bộ Xây cầu", "Bộ Y tế")
    assert (found.signed_on, found.effective_on) == (date(2012, 6, 29), date(2012, 8, 15))


def test_a_secret_stamp_is_warned_of() -> None:
    (found,) = read_text("MẬT\n" + REGULATION)
    assert any("mật" in warning for warning in found.warnings)


def test_json_is_plain_and_dates_are_iso(tmp_path) -> None:
    proposal = read_file(tmp_path, "quy-che.txt", REGULATION.encode())
    shown = json.loads(json.dumps(as_json(proposal)))
    (document,) = shown["documents"]
    assert document["date"] == "2014-05-07"
    assert document["basis"][0]["date"] == "2009-11-23"
    assert document["provisions"][0]["children"][0]["kind"] == "article"
    assert set(document["provisions"][0]) == {"kind", "number", "heading", "text", "children"}


def test_a_regulation_kept_without_its_decision_is_known_by_it() -> None:
    text = DECISION_AND_REGULATION[DECISION_AND_REGULATION.index("QUY CHẾ\nPHỐI HỢP") :]
    (found,) = read_text(text)
    assert (found.number, found.signed_on) == ("39/2017/QĐ-UBND", date(2017, 9, 5))
    assert found.bodies == ("Ủy ban nhân dân tỉnh Lam Sơn",)


def test_an_enacting_line_without_its_colon_is_not_a_second_title() -> None:
    text = DECISION_AND_REGULATION.replace("QUYẾT ĐỊNH:\n", "QUYẾT ĐỊNH\n").replace(
        "\nỦY BAN NHÂN DÂN TỈNH LAM SƠN\n", "\nCHỦ TỊCH ỦY BAN NHÂN DÂN TỈNH LAM SƠN\n"
    )
    decision, regulation = read_text(text)
    assert outline(decision) == ["article 1", "article 2", "article 3"]
    assert regulation.title == "QUY CHẾ"


def test_a_number_in_brackets_under_the_title_is_the_number() -> None:
    text = """QUY CHẾ PHỐI HỢP GIỮA CÔNG AN TỈNH VÀ SỞ Y TẾ
TRONG GIỮ BẾN
(Số 88 ngày 04/11/1997)
Điều 1. Phạm vi
Giữ bến."""
    (found,) = read_text(text)
    assert (found.number, found.signed_on) == ("88", date(1997, 11, 4))
    assert found.abstract == "GIỮA CÔNG AN TỈNH VÀ SỞ Y TẾ TRONG GIỮ BẾN"
    assert found.place == ""


def test_the_name_of_an_older_document_holds_its_whole_title() -> None:
    said = (
        "thay thế Quyết định số 3/QĐ-UBND ngày 18/02/2003 về công nhận Điều lệ Hội Nghề cá và"
        " Quyết định số 7/QĐ-UBND ngày 23/6/2011"
    )
    text = REGULATION.replace("thay thế Quy chế phối hợp số 88 ngày 04/11/1997", said)
    (found,) = read_text(text)
    assert [old.text for old in found.replaces] == [
        "Quyết định số 3/QĐ-UBND ngày 18/02/2003 về công nhận Điều lệ Hội Nghề cá",
        "Quyết định số 7/QĐ-UBND ngày 23/6/2011",
    ]


def test_two_acts_in_one_basis_are_two_and_a_body_keeps_its_whole_name() -> None:
    basis = (
        "Căn cứ Nghị định số 186/2025/NĐ-CP ngày 01/7/2025 của Chính phủ và Thông tư số"
        " 05/2008/TT-BTTTT ngày 12/11/2008 của Bộ Thông tin và Truyền thông hướng dẫn thi hành;\n"
        "Căn cứ Thông tư liên tịch số 2/2012/TTLT-BTP-BCA của Bộ Tư pháp và Bộ Công an quy định;\n"
    )
    text = REGULATION.replace("Căn cứ ", basis + "Căn cứ ", 1)
    (found,) = read_text(text)
    assert [(one.number, one.issuer) for one in found.basis[:3]] == [
        ("186/2025/NĐ-CP", "Chính phủ"),
        ("05/2008/TT-BTTTT", "Bộ Thông tin và Truyền thông"),
        ("2/2012/TTLT-BTP-BCA", "Bộ Tư pháp và Bộ Công an"),
    ]


def test_whoever_made_a_copy_has_signed_nothing() -> None:
    tail = [
        Line("Điều 1. Thi hành"), Line("Lời."),
        Line("CHỦ TỊCH QUỐC HỘI", table=1, cell=1),
        Line("VĂN PHÒNG", table=1, cell=2), Line("CHỦ TỊCH NƯỚC", table=1, cell=2),
        Line("SAO Y BẢN CHÍNH", table=1, cell=3), Line("KT. CHỦ NHIỆM", table=1, cell=3),
    ]  # fmt: skip
    assert closing_of(tail).signers == ("CHỦ TỊCH QUỐC HỘI",)
