"""Rules hold on the command line as in the window: no command slips in what a form refuses."""

from __future__ import annotations

import pytest

from tests.cli.conftest import Shell

RULE = "801/QC-CAT"


@pytest.fixture
def office(shell: Shell) -> Shell:
    """A regulation of two bodies, and an obligation of it."""
    for name, code in (("Công an tỉnh", "CAT"), ("Sở Nội vụ", "SNV"), ("Sở Y tế", "SYT")):
        shell.done("add", "agency", f"name={name}", f"code={code}", "kind=department")
    shell.done(
        "add", "regulation", f"number={RULE}", "abstract=Việc chung", "signed_on=2020-01-02",
        "lead=CAT", "coordinating=SNV",
    )  # fmt: skip
    shell.done(
        "add", "obligation", "title=R4", f"regulation={RULE}", "lead=CAT",
        "recurrence=Hằng năm, trước ngày 01/3", "starts_on=2026-01-01",
    )  # fmt: skip
    return shell


def bodies(office: Shell) -> dict[str, set[str]]:
    names = {row["id"]: row["code"] for row in office.done("list", "agency")}
    found: dict[str, set[str]] = {}
    for party in office.done("list", "party"):
        found.setdefault(party["role"], set()).add(names[party["agency_id"]])
    return found


def refused(office: Shell, *words: str) -> str:
    said = office(*words)
    assert said.code == 1, said.out
    assert said.err.count("\n") == 1
    return said.err


def test_bodies_are_added_to_a_regulation_and_taken_from_it(office: Shell) -> None:
    office.done("set", "regulation", RULE, "coordinating+=SYT")
    assert bodies(office) == {"lead": {"CAT"}, "coordinating": {"SNV", "SYT"}}
    office.done("set", "regulation", RULE, "coordinating-=SNV")
    assert bodies(office) == {"lead": {"CAT"}, "coordinating": {"SYT"}}


def test_a_second_lead_or_a_body_twice_is_refused(office: Shell) -> None:
    party = ("add", "party", f"regulation={RULE}")
    assert "đã có cơ quan chủ trì" in refused(office, *party, "agency=SYT", "role=lead")
    assert "đã là một bên" in refused(office, *party, "agency=CAT", "role=coordinating")


def test_no_content_is_kept_of_a_secret_paper(office: Shell) -> None:
    office.done(
        "add", "regulation", "number=802/QC", "abstract=kin", "signed_on=2026-01-02", "lead=CAT",
        "coordinating=SNV",
    )  # fmt: skip
    looked = office.done("classify", "regulation", "802/QC", "mat")
    assert (looked["applied"], looked["blanked"]) == (False, 1)
    assert office.done("search", "kin") != []
    office.done("classify", "regulation", "802/QC", "mat", "--yes")
    text = ("regulation=802/QC", "kind=article", "number=1", "text=BODY")
    assert "là văn bản mật" in refused(office, "add", "provision", *text)
    given = ("title=Có văn bản mật", "regulation=802/QC", "lead=CAT", "recurrence=hằng năm")
    assert "văn bản mật" in refused(office, "add", "obligation", *given, "quote=BODY")
    assert office.done("search", "kin") == []
    assert office.done("search", "802/QC") != []


def test_a_paper_marked_secret_later_leaves_the_other_fields_of_its_obligations_free(
    office: Shell,
) -> None:
    office.done("set", "obligation", "R4", "quote=Lời văn")
    assert "dùng lệnh Ghi độ mật" in refused(office, "set", "regulation", RULE, "secrecy=mat")
    obligation = office.done("show", "obligation", "R4")["id"]
    office.done("classify", "regulation", RULE, "mat", "--yes")

    assert office.done("show", "obligation", obligation)["quote"] is None
    office.done("set", "obligation", obligation, "ends_on=2030-12-31")
    assert "để trống ô này" in refused(office, "set", "obligation", obligation, "quote=Lời khác")


def test_provisions_form_no_ring_and_stay_in_their_own_text(office: Shell) -> None:
    office.done("add", "provision", f"regulation={RULE}", "kind=article", "number=1", "text=PA")
    given = (f"regulation={RULE}", "kind=clause", "number=1", "parent=Điều 1", "text=PB")
    below = office.done("add", "provision", *given)["id"]
    above = office.done("list", "provision", "--where", "text=PA")[0]["id"]

    said = refused(office, "set", "provision", above, f"parent={below}")
    assert "nằm bên trong chính điều khoản này" in said
    office.done(
        "add", "regulation", "number=9/QC", "abstract=Khác", "signed_on=2021-01-02", "lead=CAT",
        "coordinating=SYT",
    )  # fmt: skip
    other = ("regulation=9/QC", "kind=clause", "number=2", f"parent={above}", "text=PC")
    assert "thuộc một văn bản khác" in refused(office, "add", "provision", *other)


def test_bodies_form_no_ring(office: Shell) -> None:
    office.done("set", "agency", "SNV", "superior=CAT")
    assert "lại thuộc chính cơ quan này" in refused(office, "set", "agency", "CAT", "superior=SNV")


def test_what_is_written_of_a_period_keeps_the_rules_of_its_verbs(office: Shell) -> None:
    given = ("add", "occurrence", "obligation=R4", "period=2026")
    assert "sau hôm nay" in refused(office, *given, "completed_on=2099-01-01")
    assert "kiểm tra lại năm" in refused(office, *given, "completed_on=1950-01-01")
    found = office.done(*given, "completed_on=2026-02-20", "result=KQ")["id"]
    late = ("set", "occurrence", found, "extended_to=2026-04-01", "extension_ground=CV")
    assert "đã hoàn thành" in refused(office, *late)
    assert "đã hoàn thành" in refused(office, "set", "occurrence", found, "cancelled_on=2026-03-01")
    office.done("set", "occurrence", found, "result=Đã gửi")
    assert office.done("list", "occurrence", "--where", "id=" + found)[0]["result"] == "Đã gửi"


def test_a_obligation_that_is_cancelled_for_good_is_not_paused(office: Shell) -> None:
    office.done("pause", "R4", "on=2026-02-01", "ground=CV 1")
    assert "đã tạm dừng từ 01/02/2026" in refused(
        office, "pause", "R4", "on=2026-03-01", "ground=x"
    )
    office.done("stop", "R4", "on=2026-02-01", "ground=CV 2")
    assert "đã hủy hẳn" in refused(office, "pause", "R4", "on=2026-03-01", "ground=x")
    assert "đã hủy hẳn" in refused(office, "stop", "R4", "on=2026-03-01", "ground=x")


def test_conditions_compare_numbers_and_refuse_what_has_no_order(office: Shell) -> None:
    listed = ("list", "occurrence", "--where")
    assert len(office.done(*listed, "days_left<=5")) == 1
    assert "không phải số" in refused(office, *listed, "days_left<=abc")
    assert "không so được" in refused(office, *listed, "lead>=CAT")
    assert "không so được" in refused(office, "list", "regulation", "--where", "secrecy>=mat")
    assert refused(office, "due", "--where", "due_on>=abc")
    assert len(office.done("list", "obligation", "--where", "lead~công an")) == 1


def test_a_number_typed_letter_for_letter_is_meant(office: Shell) -> None:
    for year, number in (("2021", "BM-1/QC"), ("2022", "TH-1/QC")):
        office.done(
            "add", "regulation", f"number={number}", "abstract=x", f"signed_on={year}-01-02",
            "lead=CAT", "coordinating=SNV",
        )  # fmt: skip
    assert office.done("show", "regulation", "TH-1/QC")["number"] == "TH-1/QC"


def test_conclusions_are_named_by_their_number_and_leave_no_gap(office: Shell) -> None:
    office.done(
        "add", "review", "title=Hội nghị sơ kết", "period_from=2025-01-01",
        "period_to=2025-12-31", "host=CAT", f"regulations={RULE}", "participants=SNV",
    )  # fmt: skip
    for text in ("một", "hai", "ba"):
        office.done("add", "conclusion", "review=Hội nghị sơ kết", f"text={text}")

    def read_out() -> list[tuple[int, str]]:
        return sorted((row["ordinal"], row["text"]) for row in office.done("list", "conclusion"))

    assert office.done("show", "conclusion", "Hội nghị sơ kết#2")["text"] == "hai"
    office.done("set", "conclusion", "Hội nghị sơ kết#3", "ordinal=1")
    assert read_out() == [(1, "ba"), (2, "một"), (3, "hai")]
    assert "từ 1 đến 3" in refused(office, "set", "conclusion", "Hội nghị sơ kết#1", "ordinal=9")
    office.done("delete", "conclusion", "Hội nghị sơ kết#2")
    assert read_out() == [(1, "ba"), (2, "hai")]
