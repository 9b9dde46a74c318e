"""Whether every locked package has a wheel for Windows, for each Python that we speak of."""

from __future__ import annotations

import subprocess
import tempfile
from pathlib import Path

from tools import environment
from tools.environment import LOCK
from tools.windows import layout
from tools.windows.tally import Failed

PYTHONS = ("3.11", "3.12", "3.13", "3.14")


def look(python: str) -> str:
    """Ask the index for a wheel of each locked version for *python* on Windows; nothing is kept.

    Raises Failed with the names that have none.
    """
    with tempfile.TemporaryDirectory(prefix="wheels-") as folder:
        ours = Path(folder) / "requirements.txt"
        ours.write_text(layout.for_windows(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
        wanted = ("--platform", "win_amd64", "--python-version", python, "--no-deps")
        dry = ("install", "-q", "--no-input", "--dry-run", "--ignore-installed")
        done = subprocess.run(
            [layout.python_with("pip"), "-m", "pip", "--disable-pip-version-check", *dry, *wanted,
             "--only-binary", ":all:", "--require-hashes", "--target", folder, "-r", str(ours)],
            capture_output=True, text=True, check=False, env=environment.child_env(),
        )  # fmt: skip
    if done.returncode:
        raise Failed(f"Python {python}: {(done.stderr or done.stdout).strip().splitlines()[-1]}")
    return f"every locked package has a wheel for Python {python}"
