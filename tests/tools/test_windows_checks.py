"""Windows in every check: what is counted, and what is said where there is no wine."""

from __future__ import annotations

import subprocess

import pytest

from tools import commands, windows
from tools.environment import ROOT
from tools.stop import Stop
from tools.windows import checks, testing
from tools.windows.office import Office, half_written, on_windows
from tools.windows.tally import Counts, Failed, Tally, told_by
from tools.windows.wine import Done, Layout

CLOSING = "=== 4 passed, 1 skipped in 0.01s ===\n"


@pytest.fixture
def tested(monkeypatch):
    """The checks of this machine, all passed."""
    monkeypatch.setattr(commands, "tested", lambda _args: (0, CLOSING))


@pytest.fixture
def layout(tmp_path):
    return Layout(tmp_path, tmp_path / "python311")


def test_the_last_line_counts_both(tested, monkeypatch, capsys):
    monkeypatch.setattr(windows, "laid_out", lambda: None)
    monkeypatch.setattr(checks, "quick", lambda _layout: Tally(Counts(passed=30)))
    assert commands.main(["ci"]) == 0
    lines = capsys.readouterr().out.splitlines()
    assert lines == [CLOSING.strip(), "34 passed, 0 failed, 1 skipped"]


def test_a_fault_of_windows_fails_the_whole(tested, monkeypatch, capsys):
    monkeypatch.setattr(windows, "laid_out", lambda: None)
    monkeypatch.setattr(checks, "quick", lambda _layout: Tally(Counts(passed=29, failed=1)))
    assert commands.main(["ci"]) == 1
    assert capsys.readouterr().out.splitlines()[-1] == "33 passed, 1 failed, 1 skipped"


def test_where_wine_cannot_be_had_one_line_says_why_and_the_whole_passes(
    tested, monkeypatch, capsys
):
    def without() -> None:
        raise windows.Unavailable("Type this:\n  sudo apt-get install")

    monkeypatch.setattr(windows, "laid_out", without)
    assert commands.main(["ci"]) == 0
    said = capsys.readouterr()
    assert said.err == ("Windows: skipped. Type this: sudo apt-get install\n")
    assert said.out.splitlines()[-1] == CLOSING.strip()


def test_a_layout_that_fails_is_no_excuse(tested, monkeypatch):
    def broken() -> None:
        raise Stop("The new Windows Python does not run")

    monkeypatch.setattr(windows, "laid_out", broken)
    assert commands.main(["ci"]) == 1


def test_what_pytest_counts_is_read_from_its_closing_line():
    assert told_by("=== 2 failed, 237 passed, 6 skipped, 1 error in 220.82s (0:03:40) ===") == (
        Counts(passed=237, failed=3, skipped=6)
    )
    assert told_by("9 passed, 2 deselected in 1.0s") == Counts(passed=9, skipped=2)


def test_a_check_that_fails_is_said_and_the_next_is_done(capsys):
    tally = Tally()

    def fails() -> str:
        raise Failed("sổ không mở lại được")

    def hangs() -> str:
        raise subprocess.TimeoutExpired("python.exe", 3)

    assert not tally.take("một", fails)
    assert not tally.take("hai", hangs)
    assert not tally.take("ba", lambda: Counts(passed=3, failed=1))
    assert tally.take("bốn", lambda: "ổn")
    assert tally.counts == Counts(passed=4, failed=3)
    said = capsys.readouterr().err
    assert "Windows, một: FAILED: sổ không mở lại được" in said
    assert "Windows, ba: 3 passed, 1 failed" in said


def test_tests_that_do_not_come_to_their_end_have_failed(layout, monkeypatch):
    monkeypatch.setattr(Layout, "python", lambda *_args, **_how: Done(3, "Fatal error\n"))
    with pytest.raises(Failed, match="code 3"):
        testing.run_tests(layout, ["tests/store"], limit=1)
    monkeypatch.setattr(
        Layout, "python", lambda *_args, **_how: Done(0, "..\n2 passed in 0.10s (0:00:01)\n\n")
    )
    assert testing.run_tests(layout, ["tests/store"], limit=1) == Counts(passed=2)


def test_a_test_that_windows_does_not_run_is_there_and_says_why():
    for name, reason in testing.NOT_UNDER_WINE.items():
        file, _, test = name.partition("::")
        assert f"def {test.partition('[')[0]}(" in (ROOT / file).read_text(encoding="utf-8")
        assert len(reason) > 20
    for path in (*testing.FOLDERS, *testing.QUICK):
        assert (ROOT / path).exists(), path


def test_what_lies_half_written_is_found_wherever_it_lies(layout):
    office = Office(layout, "cat", ("phoihop-cli.exe",))
    blobs = office.folder / "blobs"
    blobs.mkdir(parents=True)
    (blobs / "~1a2b3c4d.dang-ghi.docx").touch()
    (office.folder / "so-phoi-hop.phop").touch()
    assert half_written(office.place) == ["home/office/blobs/~1a2b3c4d.dang-ghi.docx"]
    assert on_windows(office.register, layout) == (r"C:\phoi-hop\cat\home\office\so-phoi-hop.phop")
