"""The project's own .venv: made, checked and mended so that it holds what the lock names.

Its mark is written last and removed before anything is changed, so an environment without a
mark is one whose making was cut short.
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
from typing import Any

from tools.distributions import installed, locked, wounded
from tools.stop import Stop, say

ROOT = Path(__file__).resolve().parents[1]
LOCK = ROOT / "requirements.lock"
VENV = ROOT / ".venv"
SCRATCH = ROOT / "tmp"  # ignored by git
PYTHON = VENV / ("Scripts/python.exe" if sys.platform == "win32" else "bin/python")
MARK = VENV / "phoihop.json"
PYTHONS = ((3, 11), (3, 13))
"""The oldest Python we support and the newest the lock was tried with (also in dev.py)."""


def ready(*, thorough: bool = False) -> None:
    """Make or mend .venv where needed; *thorough* looks for every installed file.

    Raises Stop when it cannot be done: no network the first time, a read-only folder.
    """
    with only_one():
        if not is_sound(thorough=thorough):
            repair()


def is_sound(*, thorough: bool) -> bool:
    """Whether .venv is what the lock says."""
    mark = read_mark()
    if mark.get("lock") != digest(LOCK):
        return False
    site = site_packages()
    return (
        site is not None
        and str(site) == mark.get("site")  # else the folder was moved or its Python replaced
        and not wounded(site, mark.get("installed", ()), thorough=thorough)
    )


def repair() -> None:
    """Bring .venv to what the lock says, from scratch where mending does not do."""
    before = set(read_mark().get("installed", ()))
    MARK.unlink(missing_ok=True)
    if site_packages() is None or not has_pip():
        create()
    install()
    site = site_packages()
    if site is None or wounded(site, ours_in(site), thorough=True):
        create()
        install()
        site = site_packages()
    if site is None or wounded(site, ours_in(site), thorough=True):
        raise Stop(f"Môi trường {VENV} vừa dựng đã hỏng; kiểm tra ổ đĩa rồi chạy lại.")
    drop(before - locked(LOCK), site)
    write_mark(site)


def ours_in(site: Path) -> set[str]:
    """What the lock names and this platform has; a person may have installed other things."""
    return locked(LOCK) & set(installed(site))


def create() -> None:
    """Make an empty environment with the Python that runs us."""
    say(f"Dựng môi trường {VENV.name} …")
    if VENV.is_symlink() or VENV.is_file():
        VENV.unlink()
    base = getattr(sys, "_base_executable", None) or sys.executable  # not the one being replaced
    if subprocess.call([base, "-m", "venv", "--clear", str(VENV)], env=child_env()):
        raise Stop(f"Không tạo được môi trường ảo {VENV}. Xóa thư mục đó rồi chạy lại.")


def install() -> None:
    """Install exactly what the lock names; wheels only, so that no compiler is asked for."""
    say("Cài các gói đã khóa trong requirements.lock (lần đầu mất vài phút) …")
    strict = ("--require-hashes", "--no-deps", "--only-binary", ":all:")
    if pip("install", "-qq", "--no-input", *strict, "-r", str(LOCK)):
        oldest, newest = ("{}.{}".format(*version) for version in PYTHONS)
        raise Stop(
            "Không cài được các gói. Lần đầu cần mạng: kiểm tra kết nối rồi chạy lại. Các gói đã "
            f"khóa có cho Python {oldest} đến {newest}; máy này dùng {sys.version.split()[0]}."
        )


def drop(names: set[str], site: Path) -> None:
    """Uninstall what an older lock named and this one does not."""
    if gone := sorted(names & set(installed(site))):
        pip("uninstall", "-q", "-y", *gone)


def pip(*args: str) -> int:
    """Run the environment's pip."""
    command = [str(PYTHON), "-m", "pip", "--disable-pip-version-check", *args]
    return subprocess.call(command, cwd=ROOT, env=child_env())


def has_pip() -> bool:
    """Whether pip starts at all."""
    command = [str(PYTHON), "-m", "pip", "--version"]
    return subprocess.run(command, capture_output=True, check=False).returncode == 0


def site_packages() -> Path | None:
    """Where .venv keeps its packages, asked of its own Python; None when that does not start."""
    ask = "import sys, sysconfig; print(sysconfig.get_path('purelib')); assert sys.version_info >= "
    try:
        told = subprocess.run(
            [str(PYTHON), "-c", f"{ask}{PYTHONS[0]}"],
            capture_output=True,
            timeout=60,
            check=True,
            env=child_env(),
        )
    except (OSError, subprocess.SubprocessError):
        return None
    site = Path(told.stdout.decode("utf-8").strip())
    return site if site.is_relative_to(VENV) else None


def read_mark() -> dict[str, Any]:
    """What was true when the environment was last whole; empty when it never was."""
    try:
        facts = json.loads(MARK.read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return {}
    return facts if isinstance(facts, dict) else {}


def write_mark(site: Path) -> None:
    """Say that the environment is whole."""
    half = MARK.with_suffix(".part")
    facts = {"lock": digest(LOCK), "site": str(site), "installed": sorted(ours_in(site))}
    half.write_text(json.dumps(facts, indent=1, ensure_ascii=False), encoding="utf-8")
    half.replace(MARK)


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
