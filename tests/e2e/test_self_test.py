"""What `dev.py build` asks of the built program, asked of the source."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[2]


@pytest.mark.slow
def test_the_program_examines_itself(tmp_path: Path):
    report, home = tmp_path / "report.json", tmp_path / "home"
    ran = subprocess.run(
        [sys.executable, "-m", "app", "--self-test", str(report)],
        cwd=ROOT,
        env={**os.environ, "PHOIHOP_HOME": str(home), "QT_QPA_PLATFORM": "offscreen"},
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stderr
    told = json.loads(report.read_text(encoding="utf-8"))
    assert told["ok"]
    assert [step["name"] for step in told["steps"] if step["ok"]] == [
        "keys",
        "sample",
        "check",
        "backup",
        "import",
        "exchange",
        "packet",
        "rooms",
        "print",
    ]
    assert not (home / "keys").exists(), "nothing personal is touched"
