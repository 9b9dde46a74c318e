"""Choices are kept whole, and a bad file never keeps anybody out."""

from __future__ import annotations

import json
from pathlib import Path

import pytest

from app import durable, paths
from app.errors import DiskFull, Refused, TargetGone
from app.settings import (
    SETTINGS,
    TEXT_SIZE,
    THEME,
    Settings,
    read_json,
    write_json,
)
from tests.holding import Holder


def test_what_was_never_chosen_is_the_default(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")

    assert [settings[s] for s in SETTINGS] == [s.default for s in SETTINGS]


def test_a_choice_is_kept_and_told(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    told: list[tuple[str, str]] = []
    settings.listen(lambda key, value: told.append((key, value)))
    settings.choose(THEME, "dark")

    assert told == [("theme", "dark")]
    assert Settings(tmp_path / "settings.json")[THEME] == "dark"


def test_a_word_that_is_no_choice_is_refused(tmp_path: Path) -> None:
    settings = Settings(tmp_path / "settings.json")
    with pytest.raises(Refused, match="Cỡ chữ"):
        settings.choose(TEXT_SIZE, "99")

    assert settings[TEXT_SIZE] == "100"


@pytest.mark.parametrize(
    "content",
    ["", "{", "[1]", '{"theme": 7, "text_size": "9"}', '{"theme": ["dark"]}', "\x00"],
)
def test_a_damaged_file_means_the_defaults(tmp_path: Path, content: str) -> None:
    path = tmp_path / "settings.json"
    path.write_text(content)
    settings = Settings(path)

    assert (settings[THEME], settings[TEXT_SIZE]) == ("system", "100")


def test_a_file_is_replaced_in_one_step_and_nothing_is_left_beside(tmp_path: Path) -> None:
    path = tmp_path / "new" / "settings.json"
    write_json(path, {"tên": "Sở Y tế"})

    assert read_json(path) == {"tên": "Sở Y tế"}
    assert [p.name for p in path.parent.iterdir()] == ["settings.json"]
    assert "Sở Y tế" in path.read_text("utf-8")


def test_a_folder_that_refuses_is_a_sentence_and_the_old_file_stays(tmp_path: Path) -> None:
    blocked = tmp_path / "file"
    blocked.write_text(json.dumps({}))
    with pytest.raises(TargetGone):
        write_json(blocked / "settings.json", {})

    assert blocked.read_text() == "{}"


def test_one_variable_moves_everything_personal(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    monkeypatch.setenv(paths.HOME_VARIABLE, str(tmp_path))
    places = (
        paths.settings_file(),
        paths.window_file(),
        paths.keys_folder(),
        paths.drafts_folder(),
        paths.logs_folder(),
        paths.default_office_folder(),
        paths.exports_folder(),
    )

    assert all(place.is_relative_to(tmp_path) for place in places)
    assert (paths.resources() / "icons").is_dir()


def test_a_choice_that_cannot_be_kept_is_not_chosen(tmp_path, monkeypatch):
    settings = Settings(tmp_path / "settings.json")
    settings.choose(THEME, "light")

    def refuse(path, *_given, **_named):
        raise DiskFull(path=path)

    monkeypatch.setattr(durable, "write_bytes", refuse)
    with pytest.raises(DiskFull):
        settings.choose(THEME, "dark")
    assert settings[THEME] == "light"


def test_choices_are_not_lost_to_a_program_that_holds_their_file_a_moment(tmp_path, monkeypatch):
    Settings(tmp_path / "settings.json").choose(THEME, "dark")
    Holder(monkeypatch).holds("open", "read_text", times=3)
    assert Settings(tmp_path / "settings.json")[THEME] == "dark"
