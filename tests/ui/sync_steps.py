"""Two offices of one circle, a clerk at the window of the first, and files going between them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from pytestqt.qtbot import QtBot

from app.services.agreement import conflicts
from app.services.agreement.conflicts import Conflict
from app.services.any_kind import records
from app.ui.common.parts import dialogs
from tests.e2e.clerk import Clerk
from tests.sync.circles import Desk, circle, regulation

REASON = "Thống nhất qua điện thoại"


class Table:
    """The police at their window, the health department by post."""

    def __init__(self, folder: Path, qtbot: QtBot, *names: str) -> None:
        self.desks = circle(folder, "Công an tỉnh", "Sở Y tế", *names)
        self.police, self.health = self.desks[:2]
        self.rule = regulation(self.police, self.police.agency, self.health.agency)
        self.health.take(self.police.send(self.health))
        self.police.take(self.health.send(self.police))
        self.clerk = Clerk(self.police.store, qtbot)
        self.clerk.window.enter("sync")
        self.clerk.settle()

    @property
    def page(self) -> Any:
        """The room, whatever lies over it."""
        return self.clerk.room("sync")

    @property
    def part(self) -> Any:
        """What the room shows at the right."""
        return self.page.part

    def open(self, words: str) -> Any:
        """Click an entry of the column at the left."""
        self.clerk.click_row(words, self.page)
        return self.part

    def disagree(self, **more: tuple[Any, Any]) -> None:
        """Each office changes the same fields, and the police get the other's package."""
        fields = {"abstract": ("An ninh y tế", "An ninh bệnh viện"), **more}
        for number, desk in enumerate((self.police, self.health)):
            values = {name: both[number] for name, both in fields.items()}
            edit(desk, self.rule, **values)
        self.police.take(self.health.send(self.police))
        self.police.store.announce("")
        self.clerk.settle()

    def close(self) -> None:
        """Let go of the window and of every office."""
        self.clerk.close()
        for desk in self.desks:
            desk.store.close()


@contextmanager
def at_table(folder: Path, qtbot: QtBot, *names: str) -> Iterator[Table]:
    """A table that is cleared afterwards."""
    table = Table(folder, qtbot, *names)
    yield table
    table.close()


def edit(desk: Desk, rule: UUID, **values: Any) -> None:
    """Change a regulation behind the window's back."""
    with desk.store.changing("Sửa quy chế") as session:
        records.revise(session, "regulation", rule, values)


def standing(desk: Desk) -> list[Conflict]:
    """Every field in conflict."""
    with desk.store.reading() as session:
        return [c for item in conflicts.listing(session) for c in item.conflicts]


def choosing(monkeypatch: pytest.MonkeyPatch, path: Path) -> None:
    """Whatever file or folder is asked for, answer *path*."""
    for name in ("open_file", "save_file", "choose_folder"):
        monkeypatch.setattr(dialogs, name, lambda *_args, **_given: path)


def agreeing(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """Say yes to every question; the questions asked are in the list returned."""
    asked: list[str] = []

    def ask(_parent: Any, title: str, body: str, *_acts: str) -> bool:
        asked.append(f"{title} {body}")
        return True

    monkeypatch.setattr(dialogs, "ask", ask)
    return asked
