"""Due instances by the command line: what falls due, and what is done about it."""

from __future__ import annotations

import pytest


@pytest.fixture
def states(office):
    def read(today="2026-03-05"):
        rows = office.done("list", "occurrence", "--today", today)
        return {row["period"]: row["state_code"] for row in rows}

    return read


def test_due_lists_what_falls_between_two_days(office):
    rows = office.done("due", "--from", "2026-01-01", "--to", "30/6/2026")
    assert [(row["period"], row["due_on"]) for row in rows] == [
        ("2026-Q1", "2026-03-20"),
        ("2026-Q2", "2026-06-20"),
    ]


def test_without_days_the_next_thirty_are_meant(office):
    assert [row["period"] for row in office.done("due")] == ["2026-Q1"]


def test_days_the_wrong_way_round_are_wrong_usage(office):
    assert "sớm hơn" in office.wrong("due", "--from", "2026-02-01", "--to", "2026-01-01")


def test_today_decides_what_is_overdue(states):
    assert states("2026-03-05")["2026-Q1"] == "in_time"
    assert states("2026-03-15")["2026-Q1"] == "soon"
    assert states("2026-03-21")["2026-Q1"] == "overdue"


def test_an_instance_is_completed_by_its_id(office, states):
    (row,) = office.done("due")
    done = office.done("complete", row["id"][:8], "on=01/3/2026", "result=Đã gửi", "evidence=BC 5")
    assert (done["completed_on"], done["state"]) == ("2026-03-01", "Hoàn thành đúng hạn")
    assert states()["2026-Q1"] == "done_in_time"


def test_an_instance_is_completed_by_obligation_and_period(office, states):
    office.done("complete", "báo cáo kết quả", "2025-Q4")
    assert states()["2025-Q4"] == "done_late"


def test_a_obligation_with_many_instances_needs_a_period(office):
    said = office.refused("complete", "báo cáo kết quả")
    assert "cần ghi rõ kỳ nào" in said
    assert "2026-Q1" in said


def test_an_extension_keeps_the_original_date(office):
    office.done("extend", "báo cáo kết quả", "2025-Q4", "to=10/4/2026", "ground=Chờ số liệu")
    row = office.done("show", "occurrence", _id(office, "2025-Q4"))
    assert (row["due_on"], row["extended_to"], row["state_code"]) == (
        "2025-12-20",
        "2026-04-10",
        "in_time",
    )


def test_an_extension_without_a_reason_is_refused(office):
    assert "lý do" in office.refused("extend", "báo cáo kết quả", "2026-Q1", "to=10/4/2026")


def test_an_extension_without_a_day_is_wrong_usage(office):
    assert "to=NGÀY" in office.wrong("extend", "báo cáo kết quả", "2026-Q1", "ground=x")


def test_a_cancelled_instance_can_be_reopened(office, states):
    office.done("cancel", "báo cáo kết quả", "2026-Q1", "ground=Gộp kỳ sau")
    assert states()["2026-Q1"] == "cancelled"
    office.done("reopen", "báo cáo kết quả", "2026-Q1")
    assert states()["2026-Q1"] == "in_time"


def test_an_event_sets_off_a_date(office):
    office.done(
        "add", "obligation", "title=Thông báo kết quả kiểm tra", "regulation=190", "lead=CAT",
        "recurrence=Trong 5 ngày làm việc kể từ ngày kết thúc kiểm tra", "starts_on=01/01/2026",
    )  # fmt: skip
    row = office.done("event", "thông báo kết quả", "on=02/3/2026", "event=Kiểm tra nhà thuốc")
    assert (row["due_on"], row["event"]) == ("2026-03-09", "Kiểm tra nhà thuốc")


def test_a_paused_obligation_waits_and_goes_on(office, states):
    office.done("pause", "báo cáo kết quả", "on=01/02/2026", "ground=Chờ sắp xếp")
    assert "2026-Q1" not in states()
    office.done("resume", "báo cáo kết quả", "on=01/3/2026")
    assert states()["2026-Q1"] == "in_time"


def test_all_obligations_of_a_body_pass_to_another(office):
    assert office.done("reassign", "SYT", "SVH", "ground=Sắp xếp")["reassigned"] == 1
    assert office.done("show", "obligation", "báo cáo")["words"]["lead_id"] == (
        "Sở Văn hóa, Thể thao và Du lịch"
    )


@pytest.mark.parametrize(
    ("where", "count"),
    [
        ("state=overdue", 1),
        ("state=Quá hạn", 1),
        ("state!=overdue", 8),
        ("lead=SYT", 9),
        ("agency=CAT", 9),
        ("coordinating=SYT", 0),
        ("regulation=190", 9),
        ("due_on<=2026-03-31", 2),
        ("period=2026-Q1", 1),
        ("title~ket qua", 9),
    ],
)
def test_instances_are_narrowed_by_conditions(office, where, count):
    assert len(office.done("list", "occurrence", "--where", where)) == count


def test_an_unknown_field_of_a_command_is_wrong_usage(office):
    assert "chỉ có: on, result, evidence" in office.wrong(
        "complete", "báo cáo", "2026-Q1", "ngay=hôm qua"
    )


def _id(office, period):
    rows = office.done("list", "occurrence", "--where", f"period={period}")
    return rows[0]["id"]


def test_fields_set_on_an_untouched_instance_mean_a_verb(office, states):
    id_ = _id(office, "2026-Q1")
    row = office.done("set", "occurrence", id_, "completed_on=01/3/2026", "result=Đã gửi")
    assert (row["state_code"], row["result"]) == ("done_in_time", "Đã gửi")
    assert office.done("set", "occurrence", id_, "note=Xem lại")["id"] == id_
    assert "đã ghi hoàn thành" in office.refused("complete", id_)


def test_an_instance_added_is_the_one_every_office_means(office):
    id_ = _id(office, "2025-Q4")
    row = office.done(
        "add", "occurrence", "obligation=báo cáo", "period=2025-Q4", "extended_to=31/3/2026",
        "extension_ground=Chờ số liệu",
    )  # fmt: skip
    assert row["id"] == id_
    assert (row["due_on"], row["extended_to"]) == ("2025-12-20", "2026-03-31")
    assert row["regulation_id"] == office.done("show", "regulation", "190")["id"]


def test_nothing_said_of_an_untouched_instance_is_refused(office):
    assert "complete, extend, cancel" in office.refused(
        "set", "occurrence", _id(office, "2026-Q1"), "note=x"
    )


def test_what_an_instance_is_cannot_be_set(office):
    assert "sửa thời hạn ở nghĩa vụ" in office.refused(
        "set", "occurrence", _id(office, "2026-Q1"), "due_on=01/01/2027"
    )


def test_a_period_the_obligation_does_not_owe_is_refused(office):
    assert "không có kỳ “2026-13”" in office.refused(
        "add", "occurrence", "obligation=báo cáo", "period=2026-13", "completed_on=01/3/2026"
    )


def test_a_state_misspelt_is_refused_rather_than_found_nowhere(office):
    said = office.refused("due", "--where", "state=quá hạng")
    assert said.startswith("Không có tình trạng “quá hạng”. Các mã: done_in_time, done_late")
    for kind in ("occurrence", "regulation"):
        assert "không so được" in office.refused("list", kind, "--where", "state<=overdue")
    everything = office.done("list", "occurrence")
    wanted = [row["id"] for row in everything if "hạn" in row["state"].casefold().split()]
    found = office.done("list", "occurrence", "--where", "state~hạn")
    assert [row["id"] for row in found] == wanted
