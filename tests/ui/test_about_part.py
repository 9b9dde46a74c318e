"""What the program is made of: the notices lie beside a packed program and open from Cài đặt."""

from __future__ import annotations

import sys
from pathlib import Path

import pytest

from app import portable
from app.ui.common.parts.office import Place
from app.ui.settings import about_part
from tests.ui.desk import Desk


def test_a_packed_program_opens_its_notices(
    desk: Desk, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    opened: list[Path] = []
    monkeypatch.setattr(about_part, "open_path", opened.append)
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(tmp_path / "PhoiHop.exe"))
    (tmp_path / portable.NOTICES).touch()
    desk.window.go(Place("settings", view="about"))
    desk.settle()
    desk.click("Mở toàn văn giấy phép")

    assert opened == [tmp_path.resolve() / portable.NOTICES]


def test_a_program_run_from_its_source_offers_no_file_that_is_not_there(desk: Desk) -> None:
    desk.window.go(Place("settings", view="about"))
    desk.settle()

    assert "Thư viện và giấy phép" in desk.said()
    assert "Mở toàn văn giấy phép" not in desk.said()
