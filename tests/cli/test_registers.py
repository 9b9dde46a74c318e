"""Records of any kind by the command line: added, listed, shown, changed, withdrawn."""

from __future__ import annotations

import pytest

from app.models import DRAFTS
from app.models.trait import Input, traits_of
from app.services.any_kind.kinds import LISTED


def test_a_regulation_comes_back_whole(office):
    shown = office.done("show", "regulation", "190")
    assert (shown["number"], shown["signed_on"], shown["state"]) == (
        "190/QCPH",
        "2014-09-05",
        "Còn hiệu lực",
    )
    roles = {(p["words"]["agency_id"], p["role"]) for p in shown["parties"]}
    assert roles == {
        ("Công an tỉnh", "lead"),
        ("Sở Y tế", "coordinating"),
        ("Sở Văn hóa, Thể thao và Du lịch", "coordinating"),
    }
    assert [obligation["title"] for obligation in shown["obligations"]] == [
        "Báo cáo kết quả phối hợp"
    ]
    assert shown["provisions"] == shown["attachments"] == []


def test_people_read_the_state_that_follows_and_not_the_one_written_down(office):
    office.done("set", "regulation", "190", "expires_on=31/12/2020")
    listed = office("list", "regulation").out
    shown = office("show", "regulation", "190").out

    assert "Hết thời hạn" in listed
    assert "Còn hiệu lực" not in listed
    assert "Tình trạng ghi trong sổ: Còn hiệu lực" in shown
    assert "Hết thời hạn" in shown


@pytest.mark.parametrize("said", ["190/QCPH", "190", "190 – qcph", "Số 190 QCPH"])
def test_a_regulation_is_found_by_its_number_in_any_spelling(office, said):
    assert office.done("show", "regulation", said)["number"] == "190/QCPH"


@pytest.mark.parametrize("said", ["SYT", "syt", "sở y tế", "so y te", "y te"])
def test_a_body_is_found_by_code_name_or_words(office, said):
    assert office.done("show", "agency", said)["code"] == "SYT"


def test_a_record_is_found_by_its_id_and_by_the_start_of_it(office):
    whole = office.done("show", "agency", "SYT")["id"]
    assert office.done("show", "agency", whole)["id"] == whole
    assert office.done("show", "agency", whole[:6])["id"] == whole
    assert office.done("show", "agency", whole.replace("-", "").upper())["id"] == whole


def test_what_fits_two_records_is_refused_with_both(office):
    office.done("add", "agency", "name=Sở Y tế", "code=SYT2")
    said = office.refused("show", "agency", "Sở Y tế")
    assert said.startswith("Có 2 bản ghi cơ quan")


def test_of_two_bodies_of_one_name_the_one_at_work_is_meant(office):
    office.done("add", "agency", "name=Sở Xây dựng", "valid_to=28/02/2025")
    new = office.done("add", "agency", "name=Sở Xây dựng", "valid_from=01/3/2025")
    assert office.done("show", "agency", "Sở Xây dựng")["id"] == new["id"]


def test_what_is_not_there_is_refused_with_the_next_step(office):
    assert "list agency" in office.refused("show", "agency", "Sở Công Thương")


@pytest.mark.parametrize("name", ["regulation", "regulations", "quy chế", "QUY CHE", "quy-che"])
def test_a_kind_may_be_named_in_vietnamese(office, name):
    assert [r["number"] for r in office.done("list", name)] == ["190/QCPH"]


def test_an_unknown_kind_is_wrong_usage(office):
    assert "Không có loại bản ghi “phòng”" in office.wrong("list", "phòng")


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("kind=police", 1),
        ("kind=Công an", 1),
        ("kind!=police", 2),
        ("name~y te", 1),
        ("name=SỞ Y TẾ", 1),
        ("code=", 0),
        ("valid_to=", 3),
        ("state=Đang hoạt động", 3),
    ],
)
def test_a_list_is_narrowed_by_conditions(office, where, count):
    assert len(office.done("list", "agency", "--where", where)) == count


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("lead=CAT", 1),
        ("lead=SYT", 0),
        ("coordinating=SYT", 1),
        ("agency=SYT", 1),
        ("signed_on>=2014-01-01", 1),
        ("signed_on<=01/01/2014", 0),
        ("state=Dự thảo", 0),
    ],
)
def test_regulations_are_narrowed_by_party_date_and_state(office, where, count):
    assert len(office.done("list", "regulation", "--where", where)) == count


def test_conditions_are_all_asked_for(office):
    rows = office.done("list", "obligation", "--where", "lead=SYT", "--where", "coordinating=CAT")
    assert len(rows) == 1
    assert not office.done(
        "list", "obligation", "--where", "lead=SYT", "--where", "coordinating=SVH"
    )


def test_a_condition_on_a_field_that_is_not_there_is_refused(office):
    assert "không có ô “mau”" in office.refused("list", "agency", "--where", "mau=xanh")


def test_only_what_is_named_changes(office):
    before = office.done("show", "regulation", "190")
    after = office.done("set", "regulation", "190", "field_of_work=Y tế")
    changed = {key for key in before if before[key] != after[key]}
    assert changed == {"field_of_work"}


def test_the_parties_of_a_regulation_can_be_set(office):
    office.done("set", "regulation", "190", "lead=SYT", "coordinating=CAT")
    shown = office.done("show", "regulation", "190")
    roles = {(p["words"]["agency_id"], p["role"]) for p in shown["parties"]}
    assert roles == {("Sở Y tế", "lead"), ("Công an tỉnh", "coordinating")}


def test_a_list_field_is_added_to_and_taken_from(office):
    office.done("set", "obligation", "báo cáo kết quả", "coordinating+=SVH")
    assert len(office.done("show", "obligation", "báo cáo kết quả")["coordinating"]) == 2
    office.done("set", "obligation", "báo cáo kết quả", "coordinating-=CAT")
    shown = office.done("show", "obligation", "báo cáo kết quả")
    assert shown["words"]["coordinating"] == "Sở Văn hóa, Thể thao và Du lịch"


def test_an_empty_value_clears_a_field(office):
    office.done("set", "agency", "SYT", "place=Thanh Hóa")
    assert office.done("set", "agency", "SYT", "place=")["place"] is None


def test_every_field_at_fault_is_told(office):
    said = office("add", "regulation", "abstract=", "signed_on=31/02/2026", "form=thư", "--json")
    assert said.code == 1
    error = said.value["error"]
    assert error["code"] == "invalid"
    assert set(error["fields"]) == {"signed_on", "form"}
    assert "không có trong lịch" in error["message"]
    assert said.err.count("\n") == 1


def test_a_regulation_entered_twice_is_refused(office):
    said = office.refused(
        "add", "regulation", "number=190-QCPH", "signed_on=2014-09-05", "abstract=x", "lead=CAT",
        "coordinating=SYT",
    )  # fmt: skip
    assert "Sổ đã có văn bản 190/QCPH" in said


def test_a_withdrawn_record_leaves_lists_but_not_the_history(office):
    id_ = office.done("show", "obligation", "báo cáo")["id"]
    office.done("delete", "obligation", id_)
    assert office.done("list", "obligation") == []
    labels = [event["label"] for event in office.done("history", "obligation", id_)]
    assert labels[0] == "Rút nghĩa vụ Báo cáo kết quả phối hợp"


def test_history_tells_field_before_and_after(office):
    office.done("set", "agency", "SYT", "name=Sở Y tế tỉnh")
    newest = office.done("history", "agency", "SYT")[0]
    (change,) = newest["changes"]
    assert (change["field"], change["before"], change["after"]) == (
        "Tên cơ quan",
        "Sở Y tế",
        "Sở Y tế tỉnh",
    )


def test_the_family_history_tells_of_parties_too(office):
    own = office.done("history", "regulation", "190")
    family = office.done("history", "regulation", "190", "--family")
    entities = {change["entity"] for event in family for change in event["changes"]}
    assert {change["entity"] for event in own for change in event["changes"]} == {"regulation"}
    assert {"regulation", "party", "obligation"} <= entities


def test_a_provision_is_cited_within_the_regulation(office):
    article = office.done("add", "provision", "regulation=190", "kind=Điều", "number=4")
    clause = office.done(
        "add", "provision", "regulation=190", f"parent={article['id']}", "kind=clause", "number=2"
    )
    obligation = office.done(
        "add", "obligation", "title=Họp giao ban", "regulation=190", "provision=khoản 2 Điều 4",
        "lead=CAT", "recurrence=Hằng quý",
    )  # fmt: skip
    assert obligation["provision_id"] == clause["id"]


def test_a_rhythm_that_cannot_be_read_is_kept_and_said(office):
    said = office(
        "add", "obligation", "title=Trao đổi", "regulation=190", "lead=CAT", "recurrence=khi rảnh"
    )
    assert said.code == 0
    assert "chưa xác định hạn" in said.out


def test_a_record_set_by_the_program_cannot_be_typed(office):
    assert "do chương trình ghi" in office.refused(
        "add", "attachment", "family=regulation", "name=a"
    )


def test_a_folder_that_is_not_there_is_not_made_by_looking(office, tmp_path):
    nowhere = tmp_path / "khong-co"
    assert "Không có thư mục dữ liệu" in office.refused("list", "agency", "--data", str(nowhere))
    assert not nowhere.exists()


@pytest.mark.parametrize("day", ["01/01/2020", "01/01/1960", "01/01/1900"])
def test_the_register_as_of_a_day_before_it_began_is_empty(office, day):
    assert office.done("list", "agency", "--as-of", day) == []


def test_the_register_as_of_a_day_far_off_is_what_it_is(office):
    assert len(office.done("list", "agency", "--as-of", "31/12/2099")) == 3


@pytest.mark.parametrize(
    "words",
    [
        ("add", "agency", "code=X"),
        ("add", "agency", "name=Sở Y tế", "kind=không có"),
        ("office", "agencies=Sở Y tế"),
        ("restore", "không có.phop"),
        ("list", "agency"),
        ("undo",),
        ("backup",),
        ("renew",),
        ("check",),
        ("sync", "init"),
    ],
)
def test_a_first_command_that_is_refused_leaves_nothing(shell, words):
    shell.refused(*words)
    assert not list(shell.folder.iterdir())
    assert not list(shell.keys.rglob("*"))


def test_a_first_command_in_a_folder_that_is_not_there_makes_it_only_when_done(shell, tmp_path):
    there = tmp_path / "mới" / "sổ"
    shell.refused("add", "agency", "code=X", "--data", str(there))
    assert not there.parent.exists()
    shell.done("add", "agency", "name=Sở Y tế", "--data", str(there))
    assert [a["name"] for a in shell.done("list", "agency", "--data", str(there))] == ["Sở Y tế"]


def test_a_register_that_begins_with_a_backup_has_none_of_before(office, shell, tmp_path):
    made = office.done("backup")["path"]
    told = shell.done("restore", made, "--data", str(tmp_path / "khác"))
    assert told["kept"] == ""
    assert len(shell.done("list", "agency", "--data", str(tmp_path / "khác"))) == 3


@pytest.mark.parametrize("name", LISTED)
def test_every_kind_lists_its_fields_and_can_be_listed(shell, name):
    (kind,) = shell.done("kinds", name)
    typed = {n for n, t in traits_of(DRAFTS[name]).items() if t.input is not Input.NONE}
    assert {field["name"] for field in kind["fields"]} == typed
    shell.done("office", "name=Phòng Tham mưu")
    assert shell.done("list", name) == []
    assert shell("list", name).code == 0


def test_a_provision_is_withdrawn_with_all_under_it(office):
    article = office.done("add", "provision", "regulation=190", "kind=Điều", "number=4")
    for number in "12":
        office.done(
            "add", "provision", "regulation=190", f"parent={article['id']}", "kind=clause",
            f"number={number}",
        )  # fmt: skip
    assert office.done("delete", "provision", article["id"])["count"] == 3
    assert office.done("list", "provision") == []
    office.done("undo")
    assert len(office.done("list", "provision")) == 3


def test_withdrawing_what_others_name_says_so(office):
    said = office("delete", "agency", "SYT")
    assert said.code == 0
    assert "còn 2 bản ghi khác nhắc tới" in said.out, "a party and an obligation"
    assert office.done("show", "regulation", "190")["state"] == "Còn hiệu lực"


def test_words_that_stand_together_come_before_words_in_any_order(office):
    office.done("add", "obligation", "title=Phối hợp kiểm tra, báo cáo kết quả", "regulation=190",
                "lead=CAT", "recurrence=Hằng năm")  # fmt: skip
    shown = office.done("show", "obligation", "kết quả phối hợp")
    assert shown["title"] == "Báo cáo kết quả phối hợp"
    assert "Có 2 bản ghi nghĩa vụ" in office.refused("show", "obligation", "hợp kết báo")


@pytest.mark.parametrize(
    "rule", ["{bad json", '{"kind":' * 5000, '{"parts":[' * 3000, '{"kind":"every"}', '{"kind":[]}']
)
def test_a_rule_in_json_that_is_none_is_refused_in_vietnamese(office, rule):
    said = office.refused(
        "add", "obligation", "title=Trao đổi", "regulation=190", "lead=CAT", f"recurrence={rule}"
    )
    assert said.startswith("Thời hạn dạng JSON không")
    assert "Expecting" not in said


def test_a_list_is_narrowed_by_a_field_that_bears_the_name_of_a_role(office):
    assert len(office.done("list", "regulation", "--where", "standing=in_force")) > 0
    assert office.done("list", "regulation", "--where", "standing=Đã bị bãi bỏ") == []
    assert "Chọn một trong" in office.refused("list", "regulation", "--where", "standing=zzz")
