"""The example on each command's page is what a person may type: here all are typed, in one story.

What an example cannot know (the id of a record, the name of a package) is put in its place.
"""

from __future__ import annotations

import shlex
from pathlib import Path
from typing import Any

import pytest

from app.cli.line import COMMANDS
from app.cli.usage import read, usage
from tests.cli.conftest import Shell
from tests.cli.papers import write_docx

SOME_ID = "5f0c9a1e"
NOT_HERE = {"sample"}  # it takes longer than all others; tests/services/test_sample.py makes one


class Story:
    """Types examples in one office or another and remembers which were typed."""

    def __init__(self, place: Path) -> None:
        self.place = place
        self.typed: set[str] = set()

    def office(self, name: str) -> Shell:
        """A new office with a folder of its own."""
        (self.place / name).mkdir()
        return Shell(self.place / name)

    def types(self, shell: Shell, name: str, **instead: str) -> Any:
        """Type the example of a command; *instead* gives what it could not know."""
        words = shlex.split(COMMANDS[name].example)
        assert " ".join(words).startswith(name)
        self.typed.add(name)
        return shell.done(*(instead.get(_key(word), word) for word in words))


def _key(word: str) -> str:
    return {SOME_ID: "id", "usb/goi.phx": "path"}.get(word, "")


@pytest.fixture
def story(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Story:
    monkeypatch.chdir(tmp_path)  # files are named as if they lay at hand
    return Story(tmp_path)


def entered(story: Story) -> Shell:
    """The police, with a regulation, two obligations and a review."""
    police = story.office("cat")
    police.done("add", "agency", "name=Công an tỉnh", "code=CAT", "kind=police")
    police.done("add", "agency", "name=Sở Văn hóa", "code=SVH")
    for name in ("add", "set", "office"):
        story.types(police, name)
    police.done("add", "legal_document", "number=77/2010/NĐ-CP", "abstract=Nghị định")
    police.done(
        "add", "regulation", "number=190/QCPH", "signed_on=05/9/2014", "lead=CAT",
        "abstract=An ninh bệnh viện", "coordinating=SYT, SVH",
    )  # fmt: skip
    given = ("regulation=190/QCPH", "lead=SYT", "starts_on=01/10/2025")
    police.done(
        "add", "obligation", "title=Báo cáo kết quả phối hợp", *given,
        "recurrence=Hằng quý, chậm nhất ngày 20 tháng cuối quý",
    )  # fmt: skip
    police.done(
        "add", "obligation", "title=Kiểm tra chung", *given,
        "recurrence=15 ngày làm việc kể từ ngày có yêu cầu",
    )  # fmt: skip
    police.done(
        "add", "review", "title=Sơ kết năm 2025", "period_from=01/10/2025", "host=CAT",
        "period_to=31/12/2025", "regulations=190/QCPH",
    )  # fmt: skip
    police.done("add", "conclusion", "review=Sơ kết năm 2025", "text=Gửi đúng hạn", "lead=SYT")
    return police


def test_every_example_of_the_registers_does_what_its_page_says(story: Story) -> None:
    police = entered(story)
    write_docx(story.place / "Quy chế 45.docx")
    (story.place / "Bản đã ký.pdf").write_bytes(b"%PDF-1.7")

    for name in ("kinds", "where", "list", "show", "delete", "history", "due", "search"):
        assert story.types(police, name), name
    assert story.types(police, "complete")["state_code"] == "done_in_time"
    assert story.types(police, "extend")["extended_to"] == "2026-04-10"
    assert story.types(police, "cancel")["state_code"] == "cancelled"
    assert story.types(police, "reopen")["state_code"] == "in_time"
    assert story.types(police, "event")["due"] is not None
    assert story.types(police, "pause")["standing"] == "paused"
    assert story.types(police, "resume")["standing"] == "active"
    assert story.types(police, "stop")["standing"] == "cancelled"
    assert story.types(police, "import")["regulations"]
    story.types(police, "attach")
    story.types(police, "save")
    assert (story.place / "Bản chép.pdf").read_bytes() == b"%PDF-1.7"
    assert story.types(police, "conclude")["conclusion_id"]
    assert story.types(police, "packet")["files"]
    assert not story.types(police, "classify")["applied"]
    assert story.types(police, "reassign")["reassigned"] > 0
    assert story.types(police, "undo")["redo"] == story.types(police, "redo")["redone"]
    assert story.types(police, "check")["ok"]

    kept = Path(story.types(police, "backup")["path"])
    kept.rename(story.place / "so-phoi-hop-cu.phop")
    assert story.types(police, "restore")["restored"]
    assert story.types(police, "renew")["replica"]
    assert story.typed == {name for name in COMMANDS if not name.startswith("sync")} - NOT_HERE


def test_every_example_of_the_exchange_does_what_its_page_says(story: Story) -> None:
    police, health = entered(story), story.office("syt")
    story.typed.clear()
    health.done("add", "agency", "name=Ngành Y tế", "code=NYT")
    health.done("office", "name=Sở Y tế", "agencies=NYT", "clerk=Chuyên viên")
    (story.place / "usb").mkdir()

    def send(sender: Shell, reader: Shell, to: str) -> Any:
        path = sender.done("sync", "export", "--to", to, "--out", "usb")["path"]
        return reader.done("sync", "import", path, "--yes")

    for shell, name in (
        (police, "sync init"),
        (police, "sync invite"),
        (health, "sync join"),
        (police, "sync admit"),
        (health, "sync accept"),
    ):
        story.types(shell, name)
    assert story.types(police, "sync peers")["peers"]
    assert story.types(police, "sync plan")["lines"]
    path = story.types(police, "sync export")["path"]
    got = story.types(health, "sync import", path=path)
    assert got["applied"]
    send(health, police, "Phòng Tham mưu")
    assert story.types(health, "sync packages")

    rule = police.done("show", "regulation", "190/QCPH")["id"]
    police.done("set", "regulation", rule, "abstract=An ninh y tế")
    health.done("set", "regulation", rule, "abstract=An ninh cơ sở y tế")
    send(health, police, "Phòng Tham mưu")
    assert len(story.types(police, "sync conflicts")) == 1
    story.types(police, "sync resolve", id=rule)
    assert story.types(police, "sync conflicts") == []
    assert story.types(police, "sync quarantine") == []

    police.done("add", "agency", "name=Sở y tế tỉnh")
    story.types(police, "sync distinct")
    merged = story.types(police, "sync merge")
    assert story.types(police, "sync duplicates") == []
    assert story.types(police, "sync unmerge", id=merged["id"])["parted"]
    assert story.types(health, "sync withdraw", id=got["package"])["put_back"] > 0
    (theirs,) = (m for m in story.types(police, "sync machines") if m["office"] == "Sở Y tế")
    assert story.types(police, "sync retire", id=theirs["id"])["office"] == "Sở Y tế"
    assert story.typed == {name for name in COMMANDS if name.startswith("sync")}


@pytest.mark.parametrize("name", COMMANDS)
def test_an_example_is_a_line_of_its_own_command_that_windows_reads_too(name: str) -> None:
    command = COMMANDS[name]
    assert read(shlex.split(command.example), COMMANDS).command is command
    assert "'" not in command.example, "the shell of Windows knows no such quotes"
    assert usage(command, COMMANDS).endswith(f"  python -m app {command.example}")
