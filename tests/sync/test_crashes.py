"""The machine fails at every named step of an export and of an import; see failing.py."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from tests.sync.failing import KINDS, STEPS

ROOT = Path(__file__).parents[2]
KILLED, SAID, RAISED = -9, 3, 4


@pytest.fixture(scope="module", params=list(STEPS))
def failures(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Any:
    """Every step of one operation, failed in every way, in a process of its own."""
    if not hasattr(os, "fork"):
        pytest.skip("the failing process forks")
    folder = tmp_path_factory.mktemp(request.param)
    done = subprocess.run(
        [sys.executable, "-m", "tests.sync.failing", str(folder), request.param],
        cwd=ROOT,
        capture_output=True,
        text=True,
        timeout=110,
        check=False,
    )
    assert done.returncode == 0, done.stderr[-3000:]
    return request.param, [json.loads(line) for line in done.stdout.splitlines()]


def test_no_failure_leaves_a_register_that_disagrees_with_its_log(failures: Any) -> None:
    assert [one for one in failures[1] if one["problems"]] == []


def test_no_failure_leaves_half_a_package(failures: Any) -> None:
    assert [one for one in failures[1] if not one["whole"]] == []


def test_after_every_failure_the_work_can_be_done_again(failures: Any) -> None:
    assert [one for one in failures[1] if not one["again"] or one["rules"] != 1] == []


def test_nothing_half_written_is_left_for_good(failures: Any) -> None:
    assert [one for one in failures[1] if one["left"]] == []


def test_every_named_step_did_fail(failures: Any) -> None:
    what, told = failures
    assert {one["step"] for one in told} == set(STEPS[what])
    assert {one["kind"] for one in told} == set(KINDS)
    for one in told:
        expected = (KILLED,) if "killed" in one["kind"] else (SAID, RAISED)
        assert one["ended"] in expected, one
