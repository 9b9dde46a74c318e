"""Planted faults: which are found, that nothing but a copy is touched, that survivors are told."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from random import Random

import pytest

from tools.mutants import trials
from tools.mutants.faults import chosen, faults_in
from tools.mutants.reach import those_reaching
from tools.stop import Stop

SOURCE = '''\
def overdue(rows, today, *, strict=True):
    """Those late. Thời hạn là 30 ngày."""
    if not rows:
        return []
    if strict and today is None:
        raise ValueError("Chưa có ngày")
    if strict:
        rows = sorted(rows, reverse=True)
    return [row for row in rows if row.due < today - timedelta(days=7)]
'''
WATCHED = """\
def is_late(due, today):
    return due < today


def share(part, whole):
    if not whole:
        return 0
    return part / whole
"""
TESTS = """\
from app.dates import is_late, share


def test_the_day_itself_is_not_late():
    assert not is_late(5, 5)


def test_half():
    assert share(2, 4) == 0.5
"""


def planted(kind: str) -> list[str]:
    source = SOURCE.encode()
    faults = [fault for fault in faults_in("app/x.py", source) if fault.kind == kind]
    lines = SOURCE.splitlines()
    return [
        next(new for new in fault.planted(source).decode().splitlines() if new not in lines).strip()
        for fault in faults
    ]


@pytest.mark.parametrize(
    ("kind", "expected"),
    [
        ("boundary", "return [row for row in rows if row.due <= today - timedelta(days=7)]"),
        ("and/or", "if strict or today is None:"),
        ("not", "if rows:"),
        ("constant", "return [row for row in rows if row.due < today - timedelta(days=8)]"),
        ("guard", "pass"),
        ("refusal", "pass"),
        ("branch", "if False:"),
        ("filter", "return [row for row in rows if True]"),
        ("keyword", "rows = sorted(rows)"),
    ],
)
def test_each_kind_of_fault_is_found_behind_vietnamese_letters(kind: str, expected: str) -> None:
    assert expected in planted(kind)


def test_what_would_be_no_program_is_not_planted() -> None:
    for fault in faults_in("app/x.py", SOURCE.encode()):
        compile(fault.planted(SOURCE.encode()), "x", "exec")


def test_the_same_seed_takes_the_same_faults_and_every_kind_has_its_turn() -> None:
    faults = faults_in("app/x.py", SOURCE.encode())
    first = chosen(faults, 9, Random(4))
    assert first == chosen(faults, 9, Random(4))
    assert len({fault.kind for fault in first}) == 9
    assert len(chosen(faults, 1000, Random(4))) == len(faults)


@pytest.fixture
def project(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A project of two functions, one of which is not tested to the end."""
    root = tmp_path / "project"
    for place, text in (
        ("app/__init__.py", ""),
        ("app/dates.py", WATCHED),
        ("app/alone.py", "def unseen(x):\n    return x > 1\n"),
        ("tests/test_dates.py", TESTS),
        ("tests/test_other.py", "def test_nothing_of_it():\n    assert True\n"),
        ("pyproject.toml", '[tool.pytest.ini_options]\npythonpath = ["."]\n'),
    ):
        (root / place).parent.mkdir(parents=True, exist_ok=True)
        (root / place).write_text(text, encoding="utf-8")
    ours = Path(trials.__file__).parent
    for name in ("__init__.py", "entered.py"):
        (root / "tools/mutants").mkdir(parents=True, exist_ok=True)
        (root / "tools/mutants" / name).write_bytes((ours / name).read_bytes())
    subprocess.run(["git", "init", "-q"], cwd=root, check=True)
    monkeypatch.setenv("PYTEST_DISABLE_PLUGIN_AUTOLOAD", "1")  # they take longer than the tests
    monkeypatch.setattr(trials, "ROOT", root)
    monkeypatch.setattr(trials, "PYTHON", Path(sys.executable))
    monkeypatch.setattr(trials, "_MAPS", tmp_path / "maps")
    return root


def test_only_tests_that_import_a_file_are_asked(project: Path) -> None:
    assert those_reaching(project, [project / "app/dates.py"]) == ["tests/test_dates.py"]


def test_survivors_are_told_with_their_diff_and_the_project_is_left_alone(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    before = {path: path.read_bytes() for path in project.rglob("*.py")}

    code = trials.mutants(["app/dates.py", "--most", "50"])

    told = capsys.readouterr()
    assert code == 1
    assert "caught    app/dates.py:2 boundary" in told.err
    assert "SURVIVED  app/dates.py:7 guard; 1 tests enter it" in told.out
    assert "-        return 0\n+        pass" in told.out
    assert told.out.rstrip().endswith("seed 1.")
    assert {path: path.read_bytes() for path in project.rglob("*.py")} == before


def test_one_line_can_be_asked_about_and_what_nobody_tests_survives(
    project: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    assert trials.mutants(["app/dates.py:2"]) == 0
    assert "1 of 1 faults were caught (100 %); seed 1." in capsys.readouterr().out

    assert trials.mutants(["app/alone.py", "--tests", "tests/test_dates.py"]) == 1
    assert "app/alone.py:2 boundary; 0 tests enter it" in capsys.readouterr().out


def test_a_name_that_leads_nowhere_is_refused(project: Path) -> None:
    with pytest.raises(Stop, match="app/nowhere"):
        trials.mutants(["app/nowhere"])
