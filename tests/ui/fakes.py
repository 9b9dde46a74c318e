"""A store without a file, and a room without a register: enough to try the window itself."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import contextmanager
from dataclasses import dataclass, field
from datetime import datetime
from functools import cache
from pathlib import Path
from typing import Any
from uuid import UUID, uuid4

from PySide6.QtWidgets import QLineEdit
from sqlalchemy import Engine
from sqlmodel import Session

from app.errors import NothingToUndo
from app.store.engine import MEMORY, open_engine
from app.store.migrations import STEPS
from app.store.upgrade import upgrade
from app.ui.actions import command
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.common.parts.widgets import column, heading
from app.ui.room import Room


@dataclass(frozen=True)
class FakeChanges:
    label: str
    tables: frozenset[str]


@dataclass(frozen=True)
class FakeHit:
    kind: str
    group: str
    title: str
    snippet: str = ""
    id: UUID = field(default_factory=uuid4)
    found: UUID | None = None


@dataclass(frozen=True)
class FakeFolder:
    path: Path = Path("/so")
    database: Path = Path("/so/so-phoi-hop.phop")


@cache
def empty_register() -> Engine:
    """A register in memory in which nothing stands."""
    engine = open_engine(MEMORY)
    upgrade(engine, STEPS)
    return engine


class FakeStore:
    """Answers what the window asks; `said` remembers what it was asked to do."""

    def __init__(self) -> None:
        self.office_name = "Sở Y tế"
        self.folder = FakeFolder()
        self.last_backup: datetime | None = datetime(2026, 11, 23, 7, 30)
        self.read_only_reason: str | None = None
        self.undoable: list[str] = []
        self.redoable: list[str] = []
        self.hits: list[FakeHit] = []
        self.asked: list[str] = []
        self._listeners: list[Callable[[Any], None]] = []

    def listen(self, listener: Callable[[Any], None]) -> None:
        self._listeners.append(listener)

    def tell(self, label: str = "", *tables: str) -> None:
        for listener in self._listeners:
            listener(FakeChanges(label, frozenset(tables)))

    @contextmanager
    def reading(self):
        with Session(empty_register()) as session:
            yield session

    def undo(self) -> str:
        if not self.undoable:
            raise NothingToUndo(what="hoàn tác")
        self.redoable.append(self.undoable.pop())
        return self.redoable[-1]

    def redo(self) -> str:
        if not self.redoable:
            raise NothingToUndo(what="làm lại")
        self.undoable.append(self.redoable.pop())
        return self.undoable[-1]

    def search(self, text: str, limit: int = 60) -> list[FakeHit]:
        self.asked.append(text)
        return self.hits[:limit]


def fake_office(store: Any, **given: Any) -> Office:
    """An office over *store*, which answers only what the window asks."""
    return Office(store, **given)


class FakePage(Page):
    """A page with a message bar, one command and one field."""

    def __init__(self, office: Any) -> None:
        super().__init__(office)
        self.setObjectName("canvas")
        self.messages = MessageBar()
        self.field = QLineEdit()
        self.field.setAccessibleName("Lọc")
        self.arrived: list[Any] = []
        self.added = 0
        self.addActions(list(self.commands.values()))
        self.setLayout(column(heading("Phòng", ""), self.messages, self.field, None))
        self.setFocusProxy(self.field)

    @property
    def message_bar(self) -> MessageBar:
        return self.messages

    def arrive(self, place: Any) -> None:
        self.arrived.append(place)

    @command("Thêm", tip="Thêm một bản ghi", shortcut="Ctrl+N")
    def add(self) -> None:
        self.added += 1


class WaitingPage(FakePage):
    waits = 13


ROOMS = (
    Room("overview", "Tổng quan", "home", FakePage),
    Room(
        "obligation",
        "Nghĩa vụ",
        "obligation",
        WaitingPage,
        opens=("occurrence",),
        waiting=lambda _office: WaitingPage.waits,
    ),
    Room("agency", "Cơ quan", "agency", FakePage, group=1),
)
