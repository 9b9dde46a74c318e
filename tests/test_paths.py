"""Where a person's things lie: at home, where they say, or beside a program on a stick."""

from __future__ import annotations

import sys
from datetime import date
from pathlib import Path

import pytest

from app import bootstrap, paths, portable
from app.errors import Refused
from app.settings import OFFICE_FOLDER, Settings
from app.ui import application
from app.ui.first_start import Begin, FirstStart


@pytest.fixture
def stick(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A packed program on a stick, marked as portable."""
    monkeypatch.delenv(paths.HOME_VARIABLE)
    return plug_in(tmp_path / "E", monkeypatch)


def plug_in(drive: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    folder = drive / "PhoiHop"
    folder.mkdir(parents=True, exist_ok=True)
    (folder / portable.MARK).touch()
    monkeypatch.setattr(sys, "frozen", True, raising=False)
    monkeypatch.setattr(sys, "executable", str(folder / "PhoiHop.exe"))
    return folder


def test_a_marked_program_keeps_everything_beside_itself(stick):
    assert paths.home() == stick / "du-lieu"
    assert bootstrap.default_folder() == stick / "du-lieu" / "office"


def test_without_the_mark_data_lies_with_the_person(stick):
    (stick / portable.MARK).unlink()
    assert stick not in paths.home().parents


def test_a_mark_beside_the_interpreter_means_nothing(stick, monkeypatch):
    monkeypatch.delattr(sys, "frozen")
    assert stick not in paths.home().parents


def test_who_says_where_is_obeyed_beside_a_mark_too(stick, monkeypatch, tmp_path):
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path / "home"))
    assert paths.home() == tmp_path / "home"


def test_the_office_is_found_when_the_stick_has_another_letter(stick, monkeypatch, tmp_path):
    answer = FirstStart("Văn phòng", "Sở Y tế", paths.default_office_folder(), Begin.EMPTY)
    monkeypatch.setattr("app.ui.first_start.ask_first_start", lambda *_: answer)
    monkeypatch.setattr("app.ui.preparing.carry_out", lambda work, *_: work(lambda *_: None))
    monkeypatch.setattr(application, "make_application", lambda *_: None)
    opened = []

    def run(open_store, folder, **_given):
        open_store().close()
        opened.append(folder)
        return 0

    monkeypatch.setattr(application, "run", run)
    bootstrap.run_window(None, date(2026, 3, 5), [])

    stick.parent.rename(tmp_path / "F")
    moved = plug_in(tmp_path / "F", monkeypatch)
    bootstrap.run_window(None, date(2026, 3, 5), [])

    assert opened == [stick / "du-lieu" / "office", moved / "du-lieu" / "office"]
    assert (moved / "du-lieu" / "office" / "so-phoi-hop.phop").is_file()


def test_a_folder_elsewhere_is_named_in_full(stick, tmp_path):
    Settings(paths.settings_file()).choose(OFFICE_FOLDER, paths.named(tmp_path / "sổ"))
    assert bootstrap.default_folder() == tmp_path / "sổ"


def test_a_program_that_cannot_write_beside_itself_says_so_once(stick, monkeypatch):
    (stick / "du-lieu").write_text("", encoding="utf-8")
    with pytest.raises(Refused) as caught:
        bootstrap.run_window(None, None, [])

    assert f"không ghi được vào {stick}" in str(caught.value)
    assert portable.MARK in str(caught.value)
