"""Two offices at their own windows: files go both ways, they disagree on a deadline, and agree.

Each window has its own data folder, its own keys and its own clerk; nothing passes between them
but the files on a stick.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication
from pytestqt.qtbot import QtBot

from app.models import MODELS
from app.models.occurrence_row import OccurrenceRow
from app.models.values import Value
from app.services.agreement import conflicts
from app.services.any_kind import records
from app.services.obligation import schedule
from app.store.checking import check
from app.ui.common.parts import dialogs
from app.ui.sync.receive_page import ReceivePage
from tests.e2e.clerk import CTRL, Clerk, said
from tests.offices import TODAY
from tests.sync.circles import Desk, circle, regulation

LAST_QUARTER = "2026-Q4"
SHARED = ("regulation", "party", "obligation", "occurrence", "agency", "legal_document")


class Pair:
    """Both offices, each with a clerk at the window, and the stick between them."""

    def __init__(self, folder: Path, qtbot: QtBot, patch: pytest.MonkeyPatch) -> None:
        self.qtbot, self.patch = qtbot, patch
        self.stick = folder / "usb"
        self.stick.mkdir()
        self.desks = circle(folder, "Công an tỉnh", "Sở Y tế")
        self.police, self.health = self.desks
        self.rule = regulation(self.police, self.police.agency, self.health.agency)
        self.obligation = self._obligation()
        self.clerks = {desk.name: Clerk(desk.store, qtbot) for desk in self.desks}

    def at(self, desk: Desk, room: str) -> Clerk:
        """Sit down at the window of *desk*, in *room*."""
        clerk = self.clerks[desk.name]
        clerk.window.activateWindow()
        self.qtbot.waitUntil(lambda: QApplication.activeWindow() is clerk.window)
        clerk.window.enter(room)
        clerk.settle()
        return clerk

    def carry(self, sender: Desk, reader: Desk) -> ReceivePage:
        """Write a package to the stick at one window, and look at it at the other."""
        for old in self.stick.iterdir():
            old.unlink()
        clerk = self.at(sender, "sync")
        clerk.click_row("Tất cả văn phòng")
        self._answer(self.stick)
        clerk.click(f"Tạo gói cho {reader.name}")
        clerk.press(Qt.Key.Key_S, CTRL)
        assert "Đã ghi và đọc lại đúng, có thể rút USB." in clerk.said()
        clerk.press(Qt.Key.Key_Escape)
        (path,) = self.stick.iterdir()
        clerk = self.at(reader, "sync")
        self._answer(path)
        clerk.click("Nhận gói …")
        page = clerk.page
        assert isinstance(page, ReceivePage), clerk.said()
        return page

    def take(self, sender: Desk, reader: Desk) -> str:
        """Carry a package over and take it in; what the window then says."""
        self.carry(sender, reader)
        clerk = self.clerks[reader.name]
        clerk.press(Qt.Key.Key_S, CTRL)
        told = clerk.said()
        assert "Đã nhận gói" in told
        clerk.press(Qt.Key.Key_Escape)
        return told

    def extend(self, desk: Desk, to: str, ground: str) -> None:
        """Move the deadline of the last quarter, in the room Nghĩa vụ."""
        clerk = self.at(desk, "obligation")
        clerk.page.visit(self.due(desk).id)
        clerk.settle()
        clerk.page.commands["extend"].trigger()
        clerk.settle()
        clerk.fill("extended_to", to)
        clerk.fill("extension_ground", ground)
        clerk.save()

    def due(self, desk: Desk) -> OccurrenceRow:
        """The last quarter's instance as *desk* sees it."""
        with desk.store.reading() as session:
            rows = schedule.occurrences(session, today=TODAY, obligations=[self.obligation])
        return next(row for row in rows if row.period == LAST_QUARTER)

    def disputed(self, desk: Desk) -> int:
        """How many fields are in conflict."""
        with desk.store.reading() as session:
            return conflicts.count(session)

    def prove_equal(self) -> None:
        """Each file says what its log says, and both say the same of what they share."""
        for desk in self.desks:
            assert check(desk.store).problems == []
            assert self.disputed(desk) == 0
        assert shared(self.police) == shared(self.health)

    def close(self) -> None:
        """Let go of both windows and files."""
        for clerk in self.clerks.values():
            clerk.close()
        for desk in self.desks:
            desk.store.close()

    def _obligation(self) -> UUID:
        given: dict[str, Value] = {
            "title": "Báo cáo kết quả phối hợp",
            "regulation_id": self.rule,
            "lead_id": self.health.agency,
            "recurrence": "hằng quý, chậm nhất ngày 20 tháng cuối quý",
            "starts_on": date(2026, 10, 1),
        }
        with self.police.store.changing("Thêm nghĩa vụ") as session:
            made: UUID = records.enter(session, "obligation", given).id
        return made

    def _answer(self, path: Path) -> None:
        for name in ("open_file", "choose_folder"):
            self.patch.setattr(dialogs, name, lambda *_args, **_given: path)


@pytest.fixture
def pair(tmp_path: Path, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> Iterator[Pair]:
    pair = Pair(tmp_path, qtbot, monkeypatch)
    yield pair
    pair.close()


def shared(desk: Desk) -> dict[str, Any]:
    """Every row of the kinds that both offices see whole, as the program reads it."""
    with desk.store.reading() as session:
        return {
            kind: {record.id: record.model_dump() for record in records.live(session, model)}
            for kind, model in MODELS.items()
            if kind in SHARED
        }


def settle(pair: Pair, desk: Desk, office: str) -> None:
    """Take the value of *office* in the conflict room, with a reason."""
    clerk = pair.at(desk, "sync")
    clerk.click_row("Báo cáo kết quả phối hợp quý IV")
    told = clerk.said()
    assert "Công an tỉnh" in told
    assert "Sở Y tế" in told
    part = clerk.page.part
    part.take_all(ours=office == desk.name)
    part.reason.setText("Thống nhất qua điện thoại")
    clerk.press(Qt.Key.Key_S, CTRL)
    assert pair.disputed(desk) == 0, said(part)


def test_two_offices_disagree_on_a_deadline_and_settle_it(pair: Pair) -> None:
    police, health = pair.police, pair.health
    told = pair.take(police, health)
    assert "Mới" in told
    pair.extend(health, "22/12/2026", "Theo kế hoạch của Sở")
    pair.extend(police, "25/12/2026", "Theo đề nghị")

    page = pair.carry(health, police)
    assert "Xung đột | Kỳ thực hiện | Báo cáo kết quả phối hợp quý IV" in said(page)
    assert pair.disputed(police) == 0, "nothing is taken in before the clerk says so"
    pair.clerks[police.name].press(Qt.Key.Key_S, CTRL)
    pair.clerks[police.name].press(Qt.Key.Key_Escape)
    pair.take(police, health)
    for desk in pair.desks:
        assert pair.disputed(desk) == 1
        assert pair.due(desk).due == date(2026, 12, 22), "until somebody decides, the earliest"
        clerk = pair.at(desk, "obligation")
        assert clerk.window.sidebar.waiting("sync") == "1"

    settle(pair, police, "Công an tỉnh")
    pair.take(police, health)
    pair.take(health, police)

    for desk in pair.desks:
        assert pair.due(desk).due == date(2026, 12, 25)
        clerk = pair.at(desk, "sync")
        clerk.click_row("Đã giải quyết")
        assert "Thống nhất qua điện thoại" in clerk.said()
    pair.prove_equal()


def test_the_same_with_a_backup_restored_in_the_middle(pair: Pair) -> None:
    police, health = pair.police, pair.health
    pair.take(police, health)
    saved = health.store.backup()
    pair.extend(health, "22/12/2026", "Theo kế hoạch của Sở")
    pair.extend(police, "25/12/2026", "Theo đề nghị")
    pair.take(health, police)
    settle(pair, police, "Sở Y tế")
    pair.take(police, health)

    health.store.restore(saved.path, why="nhập nhầm tệp")
    assert pair.due(health).extended_to is None
    pair.take(health, police)
    pair.take(police, health)
    pair.take(health, police)
    pair.take(police, health)

    for desk in pair.desks:
        assert pair.due(desk).due == date(2026, 12, 22)
    pair.prove_equal()


def test_the_restored_office_goes_on_writing_and_both_meet_again(pair: Pair) -> None:
    police, health = pair.police, pair.health
    pair.take(police, health)
    saved = health.store.backup()
    pair.extend(health, "22/12/2026", "Theo kế hoạch của Sở")
    pair.take(health, police)
    health.store.restore(saved.path, why="máy hỏng")
    pair.extend(health, "28/12/2026", "Sau khi khôi phục")
    pair.take(health, police)
    pair.take(police, health)

    for desk in pair.desks:
        assert pair.disputed(desk) == 1, "the lost date has come back beside the new one"
        assert pair.due(desk).due == date(2026, 12, 22)
    clerk = pair.at(police, "sync")
    clerk.click_row("Báo cáo kết quả phối hợp quý IV")
    assert "28" in clerk.said()
    part: Any = clerk.page.part
    part.rows[0].boxes[1].picked.emit()
    part.reason.setText("Theo bản mới")
    clerk.press(Qt.Key.Key_S, CTRL)
    pair.take(police, health)
    pair.take(health, police)
    pair.prove_equal()
