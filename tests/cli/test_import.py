"""A signed paper becomes a regulation: first as a proposal, then, if told to, in the register."""

from __future__ import annotations

import pytest

from tests.cli.papers import REGULATION, write_docx, write_text


@pytest.fixture
def paper(tmp_path):
    return str(write_docx(tmp_path / "quy-che.docx"))


def test_without_yes_nothing_is_saved(office, paper):
    before = office.done("list", "regulation")
    proposal = office.done("import", paper)
    assert office.done("list", "regulation") == before
    (document,) = proposal["documents"]
    assert (document["number"], document["date"]) == ("45/QCPH-CAT-SYT", "2025-05-12")
    assert {"Công an tỉnh", "Sở Y tế"} == set(document["bodies"])
    chapters = document["provisions"]
    assert [(c["kind"], c["number"]) for c in chapters] == [("chapter", "I"), ("chapter", "II")]
    article = chapters[0]["children"][1]
    assert (article["kind"], article["number"], article["heading"]) == (
        "article",
        "2",
        "Trao đổi thông tin",
    )
    assert [point["number"] for point in article["children"][0]["children"]] == ["a", "b"]


def test_a_proposal_needs_no_office(shell, paper, tmp_path):
    nowhere = tmp_path / "khong-co"
    assert shell.done("import", paper, "--data", str(nowhere))["documents"]
    assert not nowhere.exists()


def test_the_proposal_is_read_by_people_too(shell, paper):
    said = shell("import", paper).out
    assert "Điều 2. Trao đổi thông tin" in said
    assert "Chưa lưu gì" in said


def test_an_accepted_paper_is_a_whole_regulation(office, paper):
    office.done("import", paper, "--yes")
    shown = office.done("show", "regulation", "45/QCPH-CAT-SYT")
    parties = {(p["words"]["agency_id"], p["role"]) for p in shown["parties"]}
    assert parties == {("Công an tỉnh", "lead"), ("Sở Y tế", "coordinating")}
    assert [b["words"]["document_id"] for b in shown["basis"]] == [
        "Luật Công an nhân dân",
        "77/2010/NĐ-CP",
    ]
    assert [r["words"]["older_id"] for r in shown["relations"]] == ["190/QCPH"]
    assert [a["name"] for a in shown["attachments"]] == ["quy-che.docx"]
    assert [c["number"] for c in shown["provisions"]] == ["I", "II"]
    assert office.done("show", "regulation", "190/QCPH")["state"] == "Đã bị thay thế"
    assert office.done("check")["ok"]


def test_one_undo_takes_the_whole_import_back(office, paper):
    office.done("import", paper, "--yes")
    assert "45/QCPH-CAT-SYT" in office.done("undo")["undone"]
    assert len(office.done("list", "regulation")) == 1
    assert office.done("list", "provision") == office.done("list", "legal_document") == []
    assert office.done("show", "regulation", "190/QCPH")["state"] == "Còn hiệu lực"


def test_the_same_paper_twice_is_refused_unless_asked_for_again(office, paper):
    office.done("import", paper, "--yes")
    assert "Sổ đã có văn bản 45/QCPH-CAT-SYT ngày 12/05/2025" in office.refused(
        "import", paper, "--yes"
    )
    office.done("import", paper, "--yes", "--again")
    assert len(office.done("list", "regulation", "--where", "number=45/QCPH-CAT-SYT")) == 2


def test_bodies_and_papers_not_yet_known_are_entered_and_told(shell, paper):
    told = shell.done("import", paper, "--yes")
    assert told["new_agencies"] == ["Công an tỉnh", "Sở Y tế"]
    assert "77/2010/NĐ-CP" in told["new_documents"]
    assert any("Chưa thấy trong sổ văn bản" in warning for warning in told["warnings"])


def test_a_draft_is_kept_as_one(shell, tmp_path):
    text = REGULATION.replace("Số: 45/QCPH-CAT-SYT", "Số:    /QCPH-CAT-SYT")
    shell.done("import", str(write_text(tmp_path / "du-thao.txt", text)), "--yes")
    (row,) = shell.done("list", "regulation")
    assert (row["standing"], row["state"]) == ("draft", "Dự thảo")


def test_a_paper_stamped_secret_is_not_kept(shell, tmp_path):
    path = write_text(tmp_path / "mat.txt", f"MẬT\n{REGULATION}")
    assert "không lưu nội dung mật" in shell.refused("import", str(path), "--yes")
    assert not list(shell.folder.iterdir()), "a first command that is refused leaves nothing"


@pytest.mark.parametrize("number", ["0", "2", "x"])
def test_a_document_that_is_not_in_the_file_is_wrong_usage(shell, paper, number):
    assert "từ 1 đến 1" in shell.wrong("import", paper, "--document", number)


@pytest.mark.parametrize("content", [b"", b"PK\x03\x04 broken", b"\x89PNG\r\n\x1a\n"])
def test_what_cannot_be_read_is_one_sentence(shell, tmp_path, content):
    (tmp_path / "a.docx").write_bytes(content)
    assert "a.docx" in shell.refused("import", str(tmp_path / "a.docx"), "--yes")
    assert not list(shell.folder.iterdir())


def test_a_file_that_is_not_there_is_one_sentence(shell, tmp_path):
    assert "khong-co.docx" in shell.refused("import", str(tmp_path / "khong-co.docx"))
