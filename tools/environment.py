"""The project's own .venv: made from the lock by the standard library's venv and pip.

Its mark says from which lock. It is written last and removed before anything is changed, so an
environment without a mark is one whose making was cut short; it is made again from scratch, as is
that of an older lock.
"""

from __future__ import annotations

import contextlib
import hashlib
import json
import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

from tools.stop import Stop, say

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
SCRATCH = ROOT / "tmp"  # ignored by git
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
MARK = VENV / "phoihop.json"
PYTHONS = ((3, 11), (3, 13))
"""The oldest Python we support and the newest the lock was tried with (also in dev.py)."""


def ready(*, anew: bool = False) -> None:
    """Make .venv unless it is whole; *anew* makes it in any case.

    Raises Stop when it cannot be done: no network the first time, a read-only folder.
    """
    with only_one():
        if anew or not is_sound():
            create()
            install()
            MARK.write_text(json.dumps({"lock": digest(LOCK)}), encoding="ascii")


def is_sound() -> bool:
    """Whether .venv was made whole from the lock as it is now, and its Python starts."""
    ask = f"import sys; sys.exit(sys.version_info < {PYTHONS[0]})"
    try:
        made_from = json.loads(MARK.read_text(encoding="utf-8"))["lock"]
        starts = subprocess.call([str(PYTHON), "-c", ask], env=child_env()) == 0
    except (OSError, ValueError, KeyError, TypeError):
        return False
    return starts and made_from == digest(LOCK)


def create() -> None:
    """Make an empty environment with the Python that runs us."""
    say(f"Making the environment {VENV.name} …")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()  # what a link leads to is another clone's
    MARK.unlink(missing_ok=True)
    base = getattr(sys, "_base_executable", None) or sys.executable  # not the one being replaced
    if subprocess.call([base, "-m", "venv", "--clear", str(VENV)], env=child_env()):
        raise Stop(f"The environment {VENV} cannot be made. Remove that folder and try again.")


def install() -> None:
    """Install exactly what the lock names; wheels only, so that no compiler is asked for."""
    say("Installing what requirements.lock names (some minutes the first time) …")
    strict = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
    quiet = ("--disable-pip-version-check", "install", "-qq", "--no-input")
    command = [str(PYTHON), "-m", "pip", *quiet, *strict, "-r", str(LOCK)]
    if subprocess.call(command, cwd=ROOT, env=child_env()):
        oldest, newest = ("{}.{}".format(*version) for version in PYTHONS)
        raise Stop(
            "The packages cannot be installed. That needs a network: look at the connection and "
            f"try again. The lock is made for Python {oldest} to {newest}; this machine runs "
            f"{sys.version.split()[0]}."
        )


def digest(path: Path) -> str:
    """SHA-256 of a file; of nothing when there is none."""
    return hashlib.sha256(path.read_bytes() if path.exists() else b"").hexdigest()


def child_env() -> dict[str, str]:
    """Our environment without what would lead another Python astray."""
    env = {k: v for k, v in os.environ.items() if k not in {"PYTHONHOME", "PYTHONPATH"}}
    return {**env, "PYTHONUTF8": "1"}


@contextlib.contextmanager
def only_one() -> Iterator[None]:
    """Let one process at a time touch .venv; the system frees the lock when a process dies."""
    SCRATCH.mkdir(exist_ok=True)
    with (SCRATCH / "setup.guard").open("a+b") as guard:
        if sys.platform == "win32":
            import msvcrt

            guard.seek(0)
            while True:
                with contextlib.suppress(OSError):  # it gives up after ten seconds; we do not
                    msvcrt.locking(guard.fileno(), msvcrt.LK_LOCK, 1)
                    break
        else:
            import fcntl

            fcntl.flock(guard, fcntl.LOCK_EX)
        yield
