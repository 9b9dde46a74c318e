"""Records entered twice: listed, looked at, merged, kept apart and parted on the command line."""

from __future__ import annotations

import pytest


@pytest.fixture
def twice(office):
    """The health department is there under two ids."""
    office.done("add", "agency", "name=Sở y tế", "code=YT", "place=Thanh Hóa")
    pair = office.done("sync", "duplicates")[0]
    known = office.done("show", "agency", "SYT")["id"]
    return known, pair["other"] if pair["one"] == known else pair["one"]


def test_a_pair_that_may_be_one_is_listed_with_its_reason(office, twice):
    listed = office.done("sync", "duplicates")

    assert [(p["kind"], p["is_strong"], p["why"]) for p in listed] == [
        ("agency", True, "Cùng tên.")
    ]
    assert "Cùng tên." in office("sync", "duplicates").out


def test_looking_changes_nothing(office, twice):
    found = office.done("sync", "merge", "agency", *twice, "--preview")

    differs = {line["field"] for line in found["fields"] if line["differs"]}
    assert differs == {"name", "code", "place"}
    assert found["will_see_more"] == ["Sở y tế"]  # nothing names it yet
    assert len(office.done("sync", "duplicates")) == 1


def test_merged_the_first_one_speaks_and_blanks_are_filled(office, twice):
    kept = office.done(
        "sync", "merge", "agency", *twice, "--take", "code", "--reason", "Một cơ quan"
    )

    shown = office.done("show", "agency", kept["id"])
    assert (shown["name"], shown["code"], shown["place"]) == ("Sở Y tế", "YT", "Thanh Hóa")
    assert office.done("sync", "duplicates") == []
    assert {office.done("show", "agency", id_)["id"] for id_ in twice} == {kept["id"]}
    assert [m["shown"] for m in office.done("sync", "duplicates", "--merged")] == [kept["id"]]
    assert office.done("check")["ok"] is True


def test_parted_both_are_there_as_they_were(office, twice):
    before = [office.done("show", "agency", id_) for id_ in twice]
    office.done("sync", "merge", "agency", *twice, "name=Sở Y tế tỉnh")
    parted = office.done("sync", "unmerge", twice[1][:8])

    assert len(parted["parted"]) == 1
    assert [office.done("show", "agency", id_) for id_ in twice] == before
    assert office.done("sync", "duplicates") == []
    assert office.done("check")["ok"] is True


def test_kept_apart_nobody_asks_again(office, twice):
    office.done("sync", "distinct", "agency", *twice, "--reason", "Hai sở cùng tên")

    assert office("sync", "duplicates").out.strip() == "Không có bản ghi nào nghi trùng."
    assert "đã gộp" in office.refused("sync", "unmerge", twice[0])


def test_what_cannot_be_merged_is_said(office, twice):
    assert "không gộp được" in office.wrong("sync", "merge", "party", *twice)
    assert "đã là một" in office.refused("sync", "merge", "agency", twice[0], twice[0])
    assert "đã gộp" in office.refused("sync", "unmerge", "zzzz")
