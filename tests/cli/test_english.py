"""The command line in English: what is said, and what stays as it is for other offices."""

from __future__ import annotations

from tests.cli.conftest import Shell


def test_what_is_said_is_english_and_the_codes_of_json_are_not(
    english: None, office: Shell
) -> None:
    shown = office("show", "agency", "SYT")
    whole = office.done("show", "agency", "SYT")

    assert "Name of agency:" in shown.out
    assert "Departments, boards, sectors" in shown.out
    assert (whole["kind"], whole["name"]) == ("department", "Sở Y tế")


def test_a_refusal_says_its_sentence_in_english(english: None, office: Shell) -> None:
    assert office.refused("show", "agency", "XYZ") == (
        "No agency “XYZ” found. See the list with: list agency"
    )
    error = office("add", "agency", "code=XYZ", "--json").value["error"]
    assert error["code"] == "invalid"
    assert error["fields"] == {"name": "Not entered: name of agency."}


def test_the_usage_is_english(english: None, office: Shell) -> None:
    said = office.wrong("sho")

    assert said.startswith("There is no command “sho”. Did you mean “show”?")
    assert "list records" in said


def test_a_change_is_called_in_vietnamese_in_the_history(english: None, office: Shell) -> None:
    added = office("add", "agency", "name=Sở Nội vụ", "code=SNV")
    (event,) = office.done("history", "agency", "SNV")

    assert added.out.startswith("Added agency “Sở Nội vụ”")
    assert event["label"] == "Thêm cơ quan Sở Nội vụ"
    assert office.done("undo")["undone"] == "Thêm cơ quan Sở Nội vụ"


def test_conditions_are_asked_by_their_codes(english: None, office: Shell) -> None:
    in_code = office.done("due", "--to", "31/12/2026", "--where", "state=in_time")
    in_words = office.done("due", "--to", "31/12/2026", "--where", "state=Trong hạn")
    listed = office("due", "--to", "31/12/2026", "--where", "state=in_time")

    assert in_code == in_words
    assert {row["state"] for row in in_code} == {"Trong hạn"}
    assert "In time" in listed.out
    assert "Trong hạn" not in listed.out
