"""What must not be in the tree: paths of one machine, addresses of registries, big files."""

from __future__ import annotations

import re
from pathlib import Path

from tests.architecture.sources import ROOT

FOLDERS = ("app", "tests", "tools", "benchmarks", "docs", "resources", ".ci")
TEXT = {".py", ".md", ".toml", ".lock", ".spec", ".svg", ".json", ".txt", ".ts", ".cfg", ".ini", ""}
ONE_MACHINE = re.compile(r"/(work|root|home/[a-z]+|Users/\w+|opt|mnt)/|[A-Z]:\\Users\\")
REGISTRY = re.compile(r"--(extra-)?index-url|--find-links|pypi\.org|files\.pythonhosted", re.I)
BIGGEST = 1 << 20


def test_no_path_of_one_machine_is_written_down():
    found = [path for path in _texts() if ONE_MACHINE.search(path.read_text(encoding="utf-8"))]
    assert not [p.relative_to(ROOT).as_posix() for p in found]


def test_the_lock_names_versions_and_hashes_and_no_address():
    lock = (ROOT / "requirements.lock").read_text(encoding="utf-8")
    assert not REGISTRY.search(lock)
    pins = re.findall(r"(?m)^\S+==\S+.*?(?=^\S|\Z)", lock, re.S)
    assert pins
    assert not [pin.split()[0] for pin in pins if "--hash=sha256:" not in pin]


def test_no_file_is_bigger_than_a_mebibyte():
    assert not [p.name for p in _files() if p.stat().st_size > BIGGEST]


def _files() -> list[Path]:
    kept = [p for folder in FOLDERS for p in (ROOT / folder).rglob("*") if p.is_file()]
    found = [p for p in (*kept, *ROOT.glob("*.*")) if p.is_file() and p.name != ".git"]
    return [p for p in found if "__pycache__" not in p.parts]


def _texts() -> list[Path]:
    return [p for p in _files() if p.suffix in TEXT and p != Path(__file__)]
