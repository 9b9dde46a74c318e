"""How the command line ends: exit codes, errors for scripts, the paper that documents it."""

from __future__ import annotations

import json
import re
from pathlib import Path
from uuid import UUID

import pytest

from app import __main__, __version__, paths
from app.cli.line import COMMANDS
from app.cli.opening import error_json
from app.cli.usage import GLOBAL
from app.errors import InvalidFields, Refused
from app.models import LegalBasis, Occurrence, Party, Relation, ReviewInput
from app.models.values import Values
from app.services.any_kind.kinds import LISTED, kind_of

DOCS = Path(__file__).parents[2] / "docs"
PAGES = [DOCS / "COMMAND_LINE.md", DOCS / "COMMAND_LINE.en.md"]


def test_help_and_version_are_done(shell):
    assert shell("--help").code == 0
    assert "import TỆP" in shell("--help").out
    assert shell("list", "--help").out.startswith("Cách dùng: python -m app")
    assert shell("--version").out.strip() == __version__


def test_a_refusal_is_one_sentence_and_for_scripts_one_object(office):
    said = office("show", "agency", "không có", "--json")
    assert said.code == 1
    assert said.value["error"]["code"] == "rule"
    assert said.value["error"]["message"] == said.err.strip()


def test_wrong_usage_is_an_object_for_scripts_too(office):
    said = office("show", "agency", "--json")
    assert said.code == 2
    assert said.value["error"]["code"] == "usage"
    assert "Cách dùng" in said.err


def test_a_sentence_never_breaks_the_line():
    error = error_json(Refused(why="Một\nhai"))
    assert error["message"] == "Một hai"
    assert error_json(InvalidFields({"a": "Sai."}))["fields"] == {"a": "Sai."}


def test_a_bug_is_a_sentence_that_names_the_log(monkeypatch, capsys):
    def broken(*_args):
        raise ZeroDivisionError

    monkeypatch.setattr(__main__, "_run", broken)
    assert __main__.main(["list", "agency", "--json"]) == 1
    printed = capsys.readouterr()
    assert "Traceback" not in printed.err
    assert printed.err.count("\n") == 1
    assert "phoihop.log" in printed.err
    assert json.loads(printed.out)["error"]["code"] == "bug"
    assert "ZeroDivisionError" in paths.log_file().read_text(encoding="utf-8")


def test_a_keyboard_interrupt_is_no_bug(monkeypatch):
    def stopped(*_args):
        raise KeyboardInterrupt

    monkeypatch.setattr(__main__, "_run", stopped)
    assert __main__.main(["list", "agency"]) == 130


def _rows(page: str) -> dict[str, tuple[str, str]]:
    """The commands that a page tells of, each with its line and what it answers."""
    found: dict[str, tuple[str, str]] = {}
    for row in re.findall(r"^\| (`.*)$", page, re.M):
        line, _, answer = (cell.strip() for cell in row.rstrip(" |").split(" | ", 2))
        for name in re.findall(r"`([a-z]+(?: [a-z]+)?)", line):
            said = found.get(name, ("", ""))
            found[name] = (f"{said[0]} {line}", f"{said[1]} {answer}")
    return {name: said for name, said in found.items() if name not in LISTED}


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_page_tells_of_every_command_with_its_options_and_of_no_other(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    told = _rows(text.split("\n## ")[4])
    assert set(told) == set(COMMANDS)
    for name, command in COMMANDS.items():
        missing = [o.name for o in command.options if o.name not in told[name][0]]
        assert missing in ([], ["--reason"]), name
    assert not [option.name for option in GLOBAL if option.name not in text]


@pytest.mark.parametrize("page", PAGES, ids=lambda page: page.name)
def test_each_page_tells_of_every_kind(page: Path) -> None:
    text = page.read_text(encoding="utf-8")
    assert not [name for name in LISTED if f"`{name}`" not in text]


def test_both_pages_say_the_same_of_what_scripts_read() -> None:
    """Codes, fields and keys of JSON are no language: each stands in both."""
    key = re.compile(r"[a-z]+(?:_[a-z]+)+|`[a-z]+`")
    first, second = (set(key.findall(p.read_text(encoding="utf-8"))) for p in PAGES)
    assert first == second


def test_ids_are_derived_as_the_models_derive_them():
    a, b = UUID(int=1), UUID(int=2)
    made: dict[str, tuple[Values, UUID]] = {
        "party": ({"regulation_id": a, "agency_id": b}, Party.id_for(a, b, "coordinating")),
        "legal_basis": ({"regulation_id": a, "document_id": b}, LegalBasis.id_for(a, b)),
        "relation": ({"regulation_id": a, "older_id": b}, Relation.id_for(a, b, "replaces")),
        "occurrence": ({"obligation_id": a, "period": "2026"}, Occurrence.id_for(a, "2026")),
        "review_input": ({"review_id": a, "agency_id": b}, ReviewInput.id_for(a, b, None)),
    }
    for name, (values, expected) in made.items():
        assert kind_of(name).id_of(values) == expected
    assert kind_of("agency").id_of({"name": "x"}) is None


def test_without_a_screen_the_window_is_refused_in_words(monkeypatch, capsys):
    for name in ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM"):
        monkeypatch.delenv(name, raising=False)
    monkeypatch.setattr("sys.platform", "linux")
    assert __main__.main(["--data", "noi-nao-do"]) == 1
    assert "không có màn hình" in capsys.readouterr().err


def test_a_wrong_day_for_the_window_is_wrong_usage(capsys):
    assert __main__.main(["--today", "31/02/2026"]) == 2
    assert "không có trong lịch" in capsys.readouterr().err
