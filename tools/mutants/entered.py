"""A plugin of pytest: which functions of the program each test enters, and how long it takes.

What a fixture enters counts for every test that uses it, whichever of them has it made. Written as
JSON into the folder PHOIHOP_ENTERED, a file for each process.
"""

from __future__ import annotations

import json
import os
import sys
import threading
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from types import CodeType, FrameType
from typing import Any

import pytest

_PROGRAM = str(Path(__file__).resolve().parents[2] / "app") + os.sep
_entered: set[CodeType] = set()
_of_fixture: defaultdict[str, set[CodeType]] = defaultdict(set)
_tests: dict[str, dict[str, Any]] = {}


def _enter(frame: FrameType, _event: str, _argument: object) -> None:
    _entered.add(frame.f_code)


def pytest_sessionstart() -> None:
    """Look into worker threads too: a test waits for what they do."""
    threading.settrace(_enter)


@pytest.hookimpl(wrapper=True)
def pytest_fixture_setup(fixturedef: pytest.FixtureDef[Any]) -> Iterator[Any]:
    """Keep apart what the making of a fixture enters."""
    before = set(_entered)
    _entered.clear()
    try:
        return (yield)
    finally:
        _of_fixture[fixturedef.argname] |= _entered
        _entered.update(before)


@pytest.hookimpl(wrapper=True)
def pytest_runtest_protocol(item: pytest.Item) -> Iterator[Any]:
    """Note what one test enters, with its fixtures."""
    _entered.clear()
    sys.settrace(_enter)
    try:
        return (yield)
    finally:
        sys.settrace(None)
        names = getattr(item, "fixturenames", ())
        found = _entered.union(*(_of_fixture[name] for name in names))
        _tests.setdefault(item.nodeid, {"seconds": 0.0, "passed": True})["entered"] = sorted(
            f"{code.co_filename.removeprefix(_PROGRAM)}:{code.co_firstlineno}"
            for code in found
            if code.co_filename.startswith(_PROGRAM)
        )


def pytest_runtest_logreport(report: pytest.TestReport) -> None:
    """Note how long it took, set-up and tear-down too, and whether it passed."""
    test = _tests.setdefault(report.nodeid, {"seconds": 0.0, "passed": True})
    test["seconds"] += report.duration
    test["passed"] = test["passed"] and not report.failed


def pytest_sessionfinish() -> None:
    """Write it all down."""
    entered = {name: test for name, test in _tests.items() if "entered" in test}
    target = Path(os.environ["PHOIHOP_ENTERED"]) / f"{os.getpid()}.json"
    target.write_text(json.dumps(entered, ensure_ascii=False), encoding="utf-8")
