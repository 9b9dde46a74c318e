"""The command line run in this process: fast, and with a clock that stands still."""

from __future__ import annotations

import io
import json
import shutil
from contextlib import AbstractContextManager, redirect_stderr, redirect_stdout
from dataclasses import dataclass
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from app.cli import line
from app.journal.keys import Keyring
from app.store import Store, creation

TODAY = date(2026, 3, 5)


@dataclass(frozen=True)
class Said:
    """What one command printed and how it ended."""

    code: int
    out: str
    err: str

    @property
    def value(self) -> Any:
        return json.loads(self.out)


class Shell:
    """One office's folder and commands on it."""

    def __init__(self, place: Path) -> None:
        self.folder = place / "office"
        self.keys = place / "keys"
        self.folder.mkdir(exist_ok=True)

    def __call__(self, *words: str) -> Said:
        """Run a command; the data folder is given unless the words name one."""
        given = [] if "--data" in words else ["--data", str(self.folder)]
        out, err = io.StringIO(), io.StringIO()
        with redirect_stdout(out), redirect_stderr(err):
            code = line.main(
                [*words[:1], *given, *words[1:]],
                default_folder=self.folder,
                today=TODAY,
                open_store=self.open_store,
                creating=self.creating,
            )
        return Said(code, out.getvalue(), err.getvalue())

    def done(self, *words: str) -> Any:
        """Run a command that must succeed; returns its JSON."""
        said = self(*words, "--json")
        assert said.code == 0, said.err
        return said.value

    def refused(self, *words: str) -> str:
        """Run a command that must be refused; returns its one sentence."""
        said = self(*words)
        assert said.code == 1, (said.code, said.out, said.err)
        assert said.out == ""
        assert said.err.count("\n") == 1, said.err
        return said.err.strip()

    def wrong(self, *words: str) -> str:
        """Run what makes no command; returns what stands on stderr."""
        said = self(*words)
        assert said.code == 2, (said.code, said.out, said.err)
        assert said.out == ""
        return said.err

    def open_store(self, folder: Path) -> Store:
        return Store(folder, keyring=Keyring(self.keys))

    def creating(self, folder: Path) -> AbstractContextManager[Store]:
        return creation.creating(folder, self.open_store, Keyring(self.keys))


@pytest.fixture
def shell(tmp_path: Path) -> Shell:
    """An empty office."""
    return Shell(tmp_path)


@pytest.fixture
def office(shell: Shell, entered: Path) -> Shell:
    """An office with three bodies, a regulation and a quarterly obligation."""
    shutil.copytree(entered, shell.folder.parent, dirs_exist_ok=True)
    return shell


@pytest.fixture(scope="session")
def entered(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """That office, made once: each test gets its own copy of folder and keys."""
    place = tmp_path_factory.mktemp("entered")
    make = Shell(place)
    make.done("add", "agency", "name=Công an tỉnh", "code=CAT", "kind=police")
    make.done("add", "agency", "name=Sở Y tế", "code=SYT")
    make.done("add", "agency", "name=Sở Văn hóa, Thể thao và Du lịch", "code=SVH")
    make.done(
        "add",
        "regulation",
        "number=190/QCPH",
        "signed_on=05/9/2014",
        "abstract=Quy chế phối hợp bảo đảm an ninh, trật tự",
        "lead=CAT",
        "coordinating=SYT, Sở Văn hóa, Thể thao và Du lịch",
    )
    make.done(
        "add",
        "obligation",
        "title=Báo cáo kết quả phối hợp",
        "regulation=190",
        "lead=SYT",
        "coordinating=CAT",
        "recurrence=Hằng quý, chậm nhất ngày 20 tháng cuối quý",
        "starts_on=01/10/2025",
    )
    return place
