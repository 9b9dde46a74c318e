"""The office's file as a whole: undone, searched, checked, backed up, put back, moved."""

from __future__ import annotations

import shutil
from datetime import date
from pathlib import Path

import pytest

from app.errors import AlreadyOpen
from app.store import Store


def test_undo_and_redo_name_what_they_did(office):
    office.done("set", "agency", "SYT", "name=Sở Y tế tỉnh")
    undone = office.done("undo")
    assert undone["undone"] == undone["redo"] == "Sửa cơ quan Sở Y tế"
    assert office.done("show", "agency", "SYT")["name"] == "Sở Y tế"
    assert office.done("redo")["redone"] == "Sửa cơ quan Sở Y tế"
    assert office.done("show", "agency", "SYT")["name"] == "Sở Y tế tỉnh"


def test_there_is_an_end_to_undoing(office):
    for _ in range(5):
        office.done("undo")
    assert "Không còn thao tác nào" in office.refused("undo")
    assert office.done("list", "agency") == []


@pytest.mark.parametrize("said", ["bao cao ket qua", "BÁO CÁO", "báo cáo phối"])
def test_search_knows_neither_case_nor_marks(office, said):
    hits = office.done("search", said)
    assert ("obligation", "Báo cáo kết quả phối hợp") in [(h["entity"], h["title"]) for h in hits]


def test_what_is_not_found_is_said(office):
    assert office("search", "(((").out.startswith("Không có kết quả")
    assert office.done("search", "không có đâu nhé") == []


def test_a_sound_register_passes_the_check(office):
    report = office.done("check")
    assert report["ok"]
    assert report["problems"] == []
    assert report["records"] > 5


def test_a_value_changed_behind_our_back_is_found_and_mended(office):
    _falsify(office)
    said = office("check", "--json")
    assert said.code == 1
    assert not said.value["ok"]
    assert said.value["problems"]
    assert office.done("check", "--repair")["ok"]
    assert office.done("show", "agency", "SYT")["name"] == "Sở Y tế"


def test_a_backup_puts_things_back_and_keeps_what_was_there(office):
    path = office.done("backup")["path"]
    office.done("delete", "obligation", "báo cáo kết quả")
    restored = office.done("restore", path)
    assert len(office.done("list", "obligation")) == 1
    office.done("restore", restored["kept"])
    assert office.done("list", "obligation") == []


def test_a_backup_is_found_by_its_name_alone(office):
    path = office.done("backup")["path"]
    assert office.done("restore", path.rpartition("/")[2])["restored"] == path


@pytest.mark.parametrize("content", [b"", b"x", b"SQLite format 3\0" + b"\0" * 200])
def test_what_is_no_backup_changes_nothing(office, tmp_path, content):
    (tmp_path / "b.phop").write_bytes(content)
    office.refused("restore", str(tmp_path / "b.phop"))
    assert len(office.done("list", "agency")) == 3
    assert office.done("check")["ok"]


def test_a_backup_that_is_not_there_is_said(office):
    assert "không có tệp này" in office.refused("restore", "khong-co.phop")


@pytest.mark.parametrize("content", [b"", b"rubbish" * 40])
def test_a_damaged_register_can_be_restored_and_is_put_aside(office, content):
    path = office.done("backup")["path"]
    database = office.folder / "so-phoi-hop.phop"
    for beside in office.folder.glob("so-phoi-hop.phop-*"):
        beside.unlink()
    database.write_bytes(content)
    office.refused("list", "agency")
    restored = office.done("restore", path)
    assert len(office.done("list", "agency")) == 3
    (aside,) = office.folder.glob("so-phoi-hop.phop.hong-*")
    assert aside.read_bytes() == content
    assert restored["kept"] == str(aside), "it says where the register that was there has gone"


def test_a_change_set_that_cannot_be_read_is_said_and_the_register_restored(office):
    path = office.done("backup")["path"]
    store = office.open_store(office.folder)
    with store.connection() as connection:
        connection.exec_driver_sql("UPDATE cset SET body = x'c1ff'")
        connection.commit()
    store.close()
    said = office("check")
    assert said.code == 1
    assert "mã băm" in said.out
    assert len(office.done("list", "agency")) == 3  # the tables are whole, and can be read
    office.done("restore", path)
    assert office.done("check")["ok"]


def test_a_text_that_is_no_text_is_damage(office):
    store = office.open_store(office.folder)
    with store.connection() as connection:
        connection.exec_driver_sql("UPDATE obligation SET title = CAST(x'e1bbff' AS TEXT)")
        connection.commit()
    store.close()
    assert "bị hỏng" in office.refused("due")


def test_the_office_says_who_it_is(office):
    office.done("office", "name=Phòng Tham mưu", "agencies=CAT", "clerk=Chuyên viên")
    told = office.done("office")
    assert (told["name"], told["clerk"]) == ("Phòng Tham mưu", "Chuyên viên")
    assert [body["name"] for body in told["agencies"]] == ["Công an tỉnh"]
    office.done("set", "agency", "SYT", "place=Thanh Hóa")
    assert office.done("history", "agency", "SYT")[0]["clerk"] == "Chuyên viên"
    assert [row["is_mine"] for row in office.done("due")] == [True]


def test_an_office_keeps_its_name(office):
    office.done("office", "name=Phòng Tham mưu")
    assert office.refused("office", "name=") == "Chưa nhập tên văn phòng."
    assert office.done("office")["name"] == "Phòng Tham mưu"


def test_a_field_the_office_has_not_is_wrong_usage(office):
    assert "name, agencies, clerk" in office.wrong("office", "ten=x")


def test_a_register_without_its_key_can_be_read_and_taken_over(office):
    shutil.rmtree(office.folder.parent / "keys")
    assert len(office.done("list", "agency")) == 3
    assert "chỉ đọc" in office.refused("set", "agency", "SYT", "place=x")
    office.done("renew")
    assert office.done("set", "agency", "SYT", "place=x")["place"] == "x"
    assert office.done("check")["ok"]


def test_a_register_open_elsewhere_is_said(office):
    other = office.open_store(office.folder)
    try:
        assert office.refused("list", "agency") == str(AlreadyOpen())
    finally:
        other.close()


def test_a_file_is_attached_and_copied_out_again(office, tmp_path):
    (tmp_path / "bien-ban.txt").write_text("Biên bản", encoding="utf-8")
    office.done("attach", "regulation", "190", str(tmp_path / "bien-ban.txt"), "note=Bản ký")
    assert "đã được đính kèm" in office.refused(
        "attach", "regulation", "190", str(tmp_path / "bien-ban.txt")
    )
    (shown,) = office.done("show", "regulation", "190")["attachments"]
    assert (shown["name"], shown["note"]) == ("bien-ban.txt", "Bản ký")
    (tmp_path / "ra").mkdir()
    office.done("save", "bien-ban.txt", str(tmp_path / "ra"))
    assert (tmp_path / "ra" / "bien-ban.txt").read_text(encoding="utf-8") == "Biên bản"
    assert "không bị ghi đè" in office.refused("save", "bien-ban.txt", str(tmp_path / "ra"))


def test_a_secret_regulation_takes_no_file(office, tmp_path):
    (tmp_path / "a.txt").write_text("x", encoding="utf-8")
    assert office.done("classify", "regulation", "190", "Mật", "--yes")["applied"]
    assert "không lưu tệp" in office.refused("attach", "regulation", "190", str(tmp_path / "a.txt"))


def _falsify(office):
    store: Store = office.open_store(office.folder)
    with store.connection() as connection:
        connection.exec_driver_sql("UPDATE agency SET name = 'Sở khác' WHERE code = 'SYT'")
        connection.commit()
    store.close()


def test_a_folder_in_the_place_of_a_file_is_called_one(office, tmp_path):
    assert "đây là thư mục" in office.refused("attach", "regulation", "190", str(tmp_path))
    assert "đây là thư mục" in office.refused("restore", str(tmp_path))


def test_before_an_upgrade_a_backup_is_made_where_there_is_a_register(office, shell):
    made = office.done("backup", "--before-upgrade")
    assert made["reason"] == "migration"
    assert Path(made["path"]).is_file()


def test_before_an_upgrade_no_register_is_made_and_nothing_refused(shell):
    assert shell.done("backup", "--before-upgrade") == {"path": None}
    assert list(shell.folder.iterdir()) == []


def test_where_everything_lies_is_said_without_opening_the_register(shell, own_home):
    assert shell.done("where") == {
        "office": str(shell.folder),
        "has_register": False,
        "home": str(own_home),
        "portable": False,
    }
    assert list(shell.folder.iterdir()) == []


def test_a_key_that_cannot_be_used_is_replaced_by_renew(office):
    for path in office.keys.glob("*.key"):
        path.write_bytes(b"sealed by somebody else")
    assert len(office.done("list", "agency")) == 3
    assert "không dùng được" in office.refused("add", "agency", "name=Sở Nội vụ")
    assert "không dùng được" in office("office").out
    assert "Từ nay máy này là máy ghi sổ" in office("renew").out
    office.done("add", "agency", "name=Sở Nội vụ")
    assert office.done("check")["ok"]


def test_under_a_clock_that_cannot_be_right_the_register_is_only_read(office, monkeypatch):
    monkeypatch.setattr("app.RELEASED", date(2200, 1, 1))
    before = {p: p.stat().st_mtime_ns for p in office.folder.rglob("*")}
    assert len(office.done("list", "agency")) == 3
    assert office.done("check")["ok"]
    assert "(bản sao" not in office("office").out
    for words in (
        ("add", "agency", "name=Sở Nội vụ"),
        ("office", "clerk=Lan"),
        ("undo",),
        ("backup",),
        ("renew",),
        ("check", "--repair"),
    ):
        told = office.refused(*words)
        assert "đồng hồ của máy đang là" in told, words
        assert "--clock-is-right" in told
    assert {p: p.stat().st_mtime_ns for p in office.folder.rglob("*")} == before

    office.done("add", "agency", "name=Sở Nội vụ", "--clock-is-right")
    assert len(office.done("list", "agency")) == 4


def test_no_office_begins_under_a_clock_that_cannot_be_right(shell, monkeypatch):
    monkeypatch.setattr("app.RELEASED", date(2200, 1, 1))
    assert "Chưa tạo sổ vì đồng hồ" in shell.refused("add", "agency", "name=Sở Y tế")
    assert not list(shell.folder.iterdir())
    shell.done("add", "agency", "name=Sở Y tế", "--clock-is-right")
