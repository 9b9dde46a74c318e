"""The exchange on the command line: two offices join, send, disagree, settle, take back."""

from __future__ import annotations

from pathlib import Path
from typing import Any

import pytest

from tests.cli.conftest import Shell


def begin(place: Path, name: str, code: str) -> Shell:
    place.mkdir()
    shell = Shell(place)
    shell.done("add", "agency", f"name={name}", f"code={code}")
    shell.done("office", f"name={name}", f"agencies={code}", "clerk=Chuyên viên")
    return shell


def send(sender: Shell, to: str, place: Path) -> str:
    place.mkdir(exist_ok=True)
    path: str = sender.done("sync", "export", "--to", to, "--out", str(place))["path"]
    return path


def take(reader: Shell, path: str, *more: str) -> Any:
    return reader.done("sync", "import", path, "--yes", *more)


@pytest.fixture
def two(tmp_path: Path) -> tuple[Shell, Shell]:
    """The police, who are the hub, and the health department; each knows of the other."""
    police = begin(tmp_path / "cat", "Công an tỉnh", "CAT")
    health = begin(tmp_path / "syt", "Sở Y tế", "SYT")
    made = police.done("sync", "init")
    asked, answer = str(tmp_path / "xin.phr"), str(tmp_path / "duyet.pha")
    invited = str(tmp_path / "moi.phm")
    told = police.done("sync", "invite", invited)
    heard = health.done("sync", "join", invited, "--out", asked)
    assert told["fingerprint"] == made["fingerprint"] == heard["hub_fingerprint"]
    admitted = police.done("sync", "admit", asked, "--out", answer)
    assert admitted["fingerprint"] == heard["fingerprint"]
    health.done("sync", "accept", answer)
    take(health, send(police, "Sở Y tế", tmp_path / "usb"))
    take(police, send(health, "công an", tmp_path / "usb"))
    return police, health


@pytest.fixture
def disputed(two: tuple[Shell, Shell], tmp_path: Path) -> str:
    """A regulation whose abstract each office has changed unaware of the other."""
    police, health = two
    rule: str = police.done(
        "add", "regulation", "number=18/QC-CAT-SYT", "abstract=Phối hợp", "signed_on=12/3/2025",
        "lead=CAT", "coordinating=SYT",
    )["id"]  # fmt: skip
    take(health, send(police, "Sở Y tế", tmp_path / "usb"))
    police.done("set", "regulation", rule, "abstract=An ninh y tế")
    health.done("set", "regulation", rule, "abstract=An ninh bệnh viện")
    take(police, send(health, "Công an tỉnh", tmp_path / "usb"))
    return rule


def test_offices_know_each_other_and_what_waits(two: tuple[Shell, Shell]) -> None:
    police, _ = two
    found = police.done("sync", "peers")

    assert (found["stage"], [peer["name"] for peer in found["peers"]]) == ("hub", ["Sở Y tế"])
    assert found["peers"][0]["has_machine"]
    assert [m["office"] for m in police.done("sync", "machines")] == ["Công an tỉnh", "Sở Y tế"]


def test_a_package_is_only_looked_at_without_yes(two: tuple[Shell, Shell], tmp_path: Path) -> None:
    police, health = two
    police.done("add", "legal_document", "number=144/2016/NĐ-CP", "abstract=Nghị định")
    path = send(police, "Sở Y tế", tmp_path / "usb")

    for words in ((), ("--preview",), ("--preview", "--yes")):
        seen = health.done("sync", "import", path, *words)
        assert not seen["applied"]
        assert seen["counts"]["new"] == 1
        assert seen["lines"][0]["name"] == "144/2016/NĐ-CP"
    assert health.done("list", "legal_document") == []

    assert take(health, path)["applied"]
    assert [d["number"] for d in health.done("list", "legal_document")] == ["144/2016/NĐ-CP"]
    assert take(health, path)["again"]


def test_what_will_go_is_told_before(two: tuple[Shell, Shell]) -> None:
    police, _ = two
    police.done("add", "legal_document", "number=144/2016/NĐ-CP", "abstract=Nghị định")
    going = police.done("sync", "plan", "--to", "Sở Y tế")

    kinds = {line["id"]: line["count"] for line in going["lines"]}
    assert kinds["legal_document"] == 1
    assert all(line["why"] for line in going["lines"])


def test_a_conflict_is_listed_and_settled_for_both(
    two: tuple[Shell, Shell], disputed: str, tmp_path: Path
) -> None:
    police, health = two
    (found,) = police.done("sync", "conflicts")
    assert (found["id"], found["field"], found["before"]) == (disputed, "abstract", "Phối hợp")
    assert [(v["words"], v["office"]) for v in found["values"]] == [
        ("An ninh y tế", "Công an tỉnh"),
        ("An ninh bệnh viện", "Sở Y tế"),
    ]

    reason = ("--reason", "thống nhất qua điện thoại")
    police.done("sync", "resolve", disputed[:8], "abstract", "--theirs", *reason)
    take(health, send(police, "Sở Y tế", tmp_path / "usb"))

    for office in two:
        assert office.done("sync", "conflicts") == []
        assert office.done("show", "regulation", disputed)["abstract"] == "An ninh bệnh viện"
        (line,) = office.done("sync", "conflicts", "--settled")
        assert (line["chosen"], line["left"]) == ("An ninh bệnh viện", "An ninh y tế")
        assert line["reason"] == "thống nhất qua điện thoại"
        assert office.done("check")["ok"]


@pytest.mark.parametrize(
    ("words", "abstract"),
    [
        (("--mine",), "An ninh y tế"),
        (("--both",), "An ninh y tế\nAn ninh bệnh viện"),
        (("--value", "An ninh, trật tự"), "An ninh, trật tự"),
    ],
)
def test_other_decisions(
    two: tuple[Shell, Shell], disputed: str, words: tuple[str, ...], abstract: str
) -> None:
    police, _ = two
    police.done("sync", "resolve", disputed, "abstract", *words, "--reason", "đã hỏi")

    assert police.done("show", "regulation", disputed)["abstract"] == abstract
    assert police.done("sync", "conflicts") == []


def test_a_decision_needs_a_reason_and_one_value(two: tuple[Shell, Shell], disputed: str) -> None:
    police, _ = two
    assert "--reason" in police.wrong("sync", "resolve", disputed, "abstract", "--mine")
    many = ("--mine", "--theirs", "--reason", "x")
    assert "đúng một" in police.wrong("sync", "resolve", disputed, "abstract", *many)
    said = police.refused("sync", "resolve", disputed, "note", "--mine", "--reason", "x")
    assert said == "Ô “note” không xung đột ở bản ghi này; đang xung đột: abstract."


def test_a_received_package_can_be_taken_back(two: tuple[Shell, Shell], tmp_path: Path) -> None:
    police, health = two
    police.done("add", "legal_document", "number=144/2016/NĐ-CP", "abstract=Nghị định")
    got = take(health, send(police, "Sở Y tế", tmp_path / "usb"))

    assert health.done("sync", "withdraw", got["package"][:8])["put_back"] > 0
    assert health.done("list", "legal_document") == []
    states = {p["id"]: p["state"] for p in health.done("sync", "packages")}
    assert states[got["package"]] == "Đã rút"


def test_a_wrong_file_is_refused_with_its_code(two: tuple[Shell, Shell], tmp_path: Path) -> None:
    _, health = two
    for content, code in ((b"", "empty"), (b"PK\3\4 something", "not_package")):
        path = tmp_path / "la.phx"
        path.write_bytes(content)
        said = health("sync", "import", str(path), "--yes", "--json")
        assert (said.code, said.value["error"]["code"]) == (1, code)


def test_a_file_that_is_not_there_is_no_damaged_one(
    two: tuple[Shell, Shell], tmp_path: Path
) -> None:
    _, health = two
    for words in (("import",), ("join", "--out", str(tmp_path / "x")), ("accept",)):
        name, *rest = words
        said = health("sync", name, str(tmp_path / "mất.phx"), *rest, "--json")
        assert (said.code, said.value["error"]["code"]) == (1, "unreadable")
        assert "không có tệp này" in said.err


def test_an_office_alone_is_told_what_to_do(tmp_path: Path) -> None:
    alone = begin(tmp_path / "vp", "Sở Nội vụ", "SNV")

    assert alone.done("sync", "peers")["stage"] == "alone"
    assert "đầu mối" in alone.refused("sync", "invite", str(tmp_path / "moi.phm"))
    assert "thiếu việc" in alone.wrong("sync")
    assert "Không có văn phòng này" in alone.refused("sync", "export", "--to", "Sở Y tế")


def test_an_unknown_office_is_answered_with_those_there_are(two: tuple[Shell, Shell]) -> None:
    police, _ = two
    said = police.refused("sync", "export", "--to", "Sở Nội vụ")

    assert said == "Không có văn phòng này trong nhóm: Sở Y tế."


def test_what_a_retired_machine_wrote_is_set_aside(
    two: tuple[Shell, Shell], tmp_path: Path
) -> None:
    police, health = two
    machine = next(m for m in police.done("sync", "machines") if m["office"] == "Sở Y tế")
    police.done("sync", "retire", machine["id"][:8])
    health.done("add", "legal_document", "number=144/2016/NĐ-CP", "abstract=Nghị định")
    got = take(police, send(health, "Công an tỉnh", tmp_path / "usb"))

    assert [alarm["code"] for alarm in got["alarms"]] == ["retired_sender"]
    assert police.done("list", "legal_document") == []
    (aside,) = police.done("sync", "quarantine")
    assert (aside["reason"], aside["office"]) == ("retired_author", "Sở Y tế")

    police.done("sync", "quarantine", "--let-in", aside["id"][:8])
    assert [d["number"] for d in police.done("list", "legal_document")] == ["144/2016/NĐ-CP"]
    assert police.done("check")["ok"]


def test_the_hub_may_say_which_of_its_bodies_an_office_speaks_for(tmp_path: Path) -> None:
    police = begin(tmp_path / "cat", "Công an tỉnh", "CAT")
    health = begin(tmp_path / "syt", "Sở Y tế", "SYT")
    known = police.done("add", "agency", "name=Sở Y tế tỉnh", "code=SYT")["id"]
    police.done("sync", "init")
    invited, asked, answer = (str(tmp_path / name) for name in ("moi.phm", "x.phr", "d.pha"))
    police.done("sync", "invite", invited)
    health.done("sync", "join", invited, "--out", asked)
    police.done("sync", "admit", asked, "--out", answer, "--agency", known)
    health.done("sync", "accept", answer)
    police.done(
        "add", "regulation", "number=18/QC-CAT-SYT", "abstract=Phối hợp", "signed_on=12/3/2025",
        "lead=CAT", "coordinating=SYT",
    )  # fmt: skip

    take(health, send(police, "Sở Y tế", tmp_path / "usb"))
    assert [r["number"] for r in health.done("list", "regulation")] == ["18/QC-CAT-SYT"]
