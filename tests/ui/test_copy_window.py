"""A copy of a register in a window of its own: all is seen, nothing can be written."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from pytestqt.qtbot import QtBot

from app import paths
from app.errors import ReadOnly
from app.models import Regulation
from app.services.any_kind import records
from app.services.sync import membership
from app.services.sync.membership import Stage
from app.store.copy import CopyStore
from app.ui.copy_window import CopyWindow
from tests.e2e.clerk import said
from tests.ui.settling import come_to_rest
from tests.ui.sync_steps import Table, at_table, choosing


@pytest.fixture
def table(tmp_path: Path, qtbot: QtBot) -> Iterator[Table]:
    with at_table(tmp_path, qtbot) as table:
        yield table


def open_copy(table: Table, source: Path, monkeypatch: pytest.MonkeyPatch) -> Any:
    table.open("Nhóm đồng bộ")
    choosing(monkeypatch, source)
    table.clerk.click("Mở bản sao để xem …")
    return table.clerk.window._copies[-1] if table.clerk.window._copies else None


def test_a_backup_is_seen_whole_in_a_window_of_its_own(
    table: Table, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = table.police.store.backup()
    window = open_copy(table, saved.path, monkeypatch)
    assert isinstance(window, CopyWindow)
    assert "Công an tỉnh (bản sao, chỉ xem)" in window.windowTitle()
    window.enter("regulation")
    come_to_rest(qtbot, window)
    assert "18/QC-CAT-SYT" in said(window)

    window.enter("sync")
    come_to_rest(qtbot, window)
    assert "đây là bản sao mở để xem" in said(window)
    assert list(paths.scratch_folder().iterdir())
    window.close()
    qtbot.wait(10)
    assert not list(paths.scratch_folder().iterdir())
    assert table.clerk.window._copies == []


def test_a_copy_offers_nothing_that_changes_a_record(
    table: Table, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    saved = table.police.store.backup()
    window = open_copy(table, saved.path, monkeypatch)
    window.enter("regulation")
    come_to_rest(qtbot, window)
    page = window.page
    page.view.setCurrentIndex(page.table.index(0, 0))
    come_to_rest(qtbot, window)

    willing = {name for name, action in page.commands.items() if action.isEnabled()}
    assert not willing & {"add", "open", "withdraw", "import_file", "give_obligation", "relate"}
    assert {"export_view", "print_view", "copy_rows", "find_in_list"} <= willing
    window.close()


def test_a_copy_writes_nothing_and_leaves_its_source_alone(table: Table, tmp_path: Path) -> None:
    saved = table.police.store.backup()
    before = saved.path.read_bytes()
    copy = CopyStore(saved.path, tmp_path / "xem")
    with pytest.raises(ReadOnly), copy.changing("Sửa") as session:
        for rule in records.live(session, Regulation):
            records.revise(session, "regulation", rule.id, {"note": "x"})
    with pytest.raises(ReadOnly):
        copy.renew_replica()
    assert membership.of(copy).stage is Stage.READING
    copy.close()

    assert saved.path.read_bytes() == before


def test_what_is_no_register_is_refused_with_a_sentence(
    table: Table, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    path = tmp_path / "la.phop"
    path.write_bytes(b"khong phai")

    assert open_copy(table, path, monkeypatch) is None
    assert "không phải sổ của Phối Hợp" in table.clerk.said()
