"""Two records that may be one: side by side, merged, kept apart, parted, each undoable."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from PySide6.QtCore import Qt
from pytestqt.qtbot import QtBot

from app.models import LegalDocument
from app.services.any_kind import records
from app.ui.sync.merge_page import MergePage
from tests.e2e.clerk import CTRL, Clerk, said
from tests.sync.circles import Desk, found
from tests.ui.sync_steps import agreeing

DAY = date(2016, 11, 1)


@pytest.fixture
def desk(tmp_path: Path) -> Iterator[Desk]:
    desk = found(tmp_path, "Công an tỉnh")
    with desk.store.changing("Thêm văn bản") as session:
        for abstract in ("Về công tác phối hợp", "Về công tác phối hợp liên ngành"):
            given = {"number": "144/2016/NĐ-CP", "abstract": abstract, "issued_on": DAY}
            records.enter(session, "legal_document", given)
    yield desk
    desk.store.close()


@pytest.fixture
def clerk(desk: Desk, qtbot: QtBot) -> Iterator[Clerk]:
    clerk = Clerk(desk.store, qtbot)
    clerk.window.enter("sync")
    clerk.click_row("Bản ghi nghi trùng")
    yield clerk
    clerk.close()


def documents(desk: Desk) -> list[str]:
    with desk.store.reading() as session:
        return sorted(d.abstract or "" for d in records.live(session, LegalDocument))


def compare(clerk: Clerk) -> MergePage:
    part: Any = clerk.page.part
    part.visit(part.table.all_records()[0].id)
    clerk.press(Qt.Key.Key_Return)
    page = clerk.page
    assert isinstance(page, MergePage), said(page)
    return page


def test_a_pair_is_listed_with_why_and_compared_field_by_field(clerk: Clerk) -> None:
    assert "Trùng chắc | Văn bản căn cứ | 144/2016/NĐ-CP" in clerk.said()
    assert "Cùng số, ký hiệu và cùng ngày." in clerk.said()
    page = compare(clerk)

    assert [each.line.label for each in page.lines] == ["Trích yếu"]
    assert "1 trường khác nhau" in said(page)


def test_merging_keeps_the_value_chosen_and_can_be_undone(desk: Desk, clerk: Clerk) -> None:
    page = compare(clerk)
    wanted = page.lines[0].line.other
    clerk.qtbot.mouseClick(page.lines[0].boxes[1], Qt.MouseButton.LeftButton)
    clerk.press(Qt.Key.Key_S, CTRL)
    assert documents(desk) == [wanted]

    clerk.click("Hoàn tác")
    assert len(documents(desk)) == 2


def test_a_merged_pair_is_parted_again(
    desk: Desk, clerk: Clerk, monkeypatch: pytest.MonkeyPatch
) -> None:
    compare(clerk)
    clerk.press(Qt.Key.Key_S, CTRL)
    part: Any = clerk.page.part
    part.see_all()
    clerk.settle()
    part.visit(part.table.all_records()[0].id, "merged")
    agreeing(monkeypatch)
    part.commands["part"].trigger()
    clerk.settle()

    assert len(documents(desk)) == 2


def test_a_pair_that_is_kept_apart_is_not_asked_about_again(desk: Desk, clerk: Clerk) -> None:
    compare(clerk)
    clerk.click("Giữ riêng")

    assert len(documents(desk)) == 2
    assert clerk.page.part.table.all_records() == []
    assert "Không có bản ghi nào nghi trùng" in clerk.said()


def test_closing_decides_nothing(desk: Desk, clerk: Clerk) -> None:
    compare(clerk)
    clerk.press(Qt.Key.Key_Escape)

    assert len(documents(desk)) == 2
    assert len(clerk.page.part.table.all_records()) == 1
