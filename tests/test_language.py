"""The language that is spoken: chosen, asked for, left, and never in what is kept."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from app import language, paths, words
from app.errors import DiskFull, InvalidFields, Refused
from app.settings import LANGUAGE, Settings
from app.words import in_vietnamese, told


@pytest.fixture(autouse=True)
def _again_vietnamese():
    yield
    language.speak(language.VIETNAMESE)


def test_a_text_is_told_as_the_catalogue_has_it_with_its_facts_in_place() -> None:
    words.speak({"Sổ {name} có {n} dòng.": "{n} rows in register {name}."})

    assert told("Sổ {name} có {n} dòng.", name="A", n=3) == "3 rows in register A."


def test_what_no_catalogue_has_is_told_as_it_is_written() -> None:
    words.speak({"Một": "", "Hai": "Two"})

    assert [told("Một"), told("Hai"), told("Ba {n}", n=3)] == ["Một", "Two", "Ba 3"]


def test_braces_of_a_text_without_facts_stay() -> None:
    assert told("{}") == "{}"


def test_what_leaves_the_office_is_written_in_vietnamese() -> None:
    words.speak({"Hạn": "Due"})

    @in_vietnamese()
    def heading() -> str:
        return told("Hạn")

    assert (told("Hạn"), heading(), told("Hạn")) == ("Due", "Hạn", "Due")


def test_an_error_says_its_sentence_its_reason_and_its_fields_in_the_language() -> None:
    words.speak(
        {
            DiskFull.sentence: "Cannot write to {path}.",
            "Chưa nhập lý do.": "No reason given.",
            "Sai.": "Wrong.",
        }
    )

    assert str(DiskFull(path="D:")) == "Cannot write to D:."
    assert str(Refused(why="Chưa nhập lý do.")) == "No reason given."
    assert InvalidFields({"reason": "Sai."}).problems == {"reason": "Wrong."}


def test_the_option_wins_over_what_was_chosen_and_may_be_written_in_one_word() -> None:
    Settings(paths.settings_file()).choose(LANGUAGE, "en")

    spoken = []
    for argv in ([], ["list", "--lang", "vi"], ["--lang=en"], ["--lang=fr"], ["--lang"]):
        language.begin(argv)
        spoken.append(language.spoken())

    assert spoken == ["en", "vi", "en", "en", "en"]


def test_a_catalogue_that_is_cut_leaves_the_program_in_vietnamese(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    (tmp_path / "i18n").mkdir()
    (tmp_path / "i18n/en.json").write_text('{"Hạn": "Du', "utf-8")
    monkeypatch.setattr(paths, "resources", lambda: tmp_path)

    language.speak(language.ENGLISH)

    assert told("Hạn") == "Hạn"


def test_the_command_line_refuses_what_is_no_language_with_one_sentence() -> None:
    command = [sys.executable, "-m", "app", "kinds", "--lang", "fr", "--json"]
    done = subprocess.run(command, capture_output=True, check=False, cwd=Path(__file__).parents[1])

    assert done.returncode == 2
    error = json.loads(done.stdout)["error"]
    assert error == {"code": "usage", "message": "Tùy chọn --lang chỉ nhận: vi, en."}
