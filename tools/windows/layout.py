"""Laying out a Windows Python below .cache/windows, once.

The runtime's wheel carries the DLLs of the official CPython; the pure part of the standard library
is this machine's own; the locked packages are installed from their wheels for Windows. A mark is
written last; without it, or with another's, everything is made anew.
"""

from __future__ import annotations

import hashlib
import json
import re
import shutil
import subprocess
import sys
import sysconfig
import tempfile
import zipfile
from collections.abc import Iterator
from pathlib import Path

from tools import environment, system
from tools.environment import LOCK, ROOT
from tools.stop import Stop, say
from tools.windows import compiling
from tools.windows.wine import Layout, wine_command

FOLDER = ROOT / ".cache" / "windows"  # ignored by git
SOURCES = ROOT / "tools" / "wine"
VERSION = sys.version_info[:2]
"""The Windows Python has our own minor version: its library is a copy of ours."""

NOT_COPIED = shutil.ignore_patterns(
    "__pycache__", "site-packages", "dist-packages", "lib-dynload", "test", "tests", "idlelib",
    "turtledemo", "ensurepip", "config-*", "_sysconfigdata*", "*.so",
)  # fmt: skip
NEEDED = {
    "x86_64-w64-mingw32-gcc": "gcc-mingw-w64-x86-64",
    "makensis": "nsis",
    "Xvfb": "xvfb",
    "xdotool": "xdotool",
}
"""What else the checks run, and the packages of Debian that have it."""

_WRONG_PLATFORM = re.compile(r" ; sys_platform == '(?!win32)[a-z]+'")
_OUR_PLATFORM = re.compile(r" ; sys_platform == 'win32'")


class Unavailable(Stop):
    """No Windows Python can be had on this machine; the text says why."""


def laid_out() -> Layout:
    """The Windows Python, made or mended where needed.

    Raises Unavailable where that cannot be (not Linux, no wine, no network), Stop where it should
    be and fails.
    """
    need_wine()
    layout = Layout(FOLDER, FOLDER / "python{}{}".format(*VERSION))
    with environment.only_one():
        if read_mark(layout) != facts():
            make(layout)
    layout.keep_server()
    return layout


def need_wine() -> None:
    """Install what is missing where we may, else raise Unavailable."""
    if not system.ON_LINUX:
        raise Unavailable("Windows is checked under wine, on Linux alone.")
    missing = {package for command, package in NEEDED.items() if not shutil.which(command)}
    if wine_command() is None:
        missing |= {"wine", "wine64"}
    if missing:
        try:
            system.provide(missing)
        except Stop as why:
            raise Unavailable(str(why)) from why


def facts() -> dict[str, str]:
    """What the layout is made from: another lock, another recipe or another Python make another."""
    recipe = hashlib.sha256()
    for path in (*sorted(SOURCES.iterdir()), Path(__file__), Path(compiling.__file__)):
        recipe.update(path.read_bytes())
    return {
        "lock": environment.digest(LOCK),
        "recipe": recipe.hexdigest(),
        "python": sys.version.split()[0],
        "wine": wine_version(),
    }


def wine_version() -> str:
    """What wine says of itself: a prefix of one version is not one of another."""
    told = subprocess.run([wine_command() or "wine", "--version"], capture_output=True, check=False)
    return told.stdout.decode().strip()


def mark_of(layout: Layout) -> Path:
    """Where it says that all is there."""
    return layout.home / "phoihop.json"


def read_mark(layout: Layout) -> dict[str, str] | None:
    """What the layout was made from when it was last whole."""
    try:
        told = json.loads(mark_of(layout).read_text(encoding="utf-8"))
    except (OSError, ValueError):
        return None
    return told if isinstance(told, dict) else None


def make(layout: Layout) -> None:
    """Lay everything out anew."""
    say("Laying out a Windows Python in .cache/windows (some minutes the first time) …")
    for old in (layout.home, layout.prefix, layout.folder / "pycache"):
        shutil.rmtree(old, ignore_errors=True)
    layout.home.mkdir(parents=True)
    unpack_runtime(layout.home)
    library = layout.home / "Lib"
    shutil.copytree(sysconfig.get_path("stdlib"), library, ignore=NOT_COPIED)
    site = library / "site-packages"
    install_locked(site)
    shutil.copy(SOURCES / "sitecustomize.py", site)
    compiling.compile_into(layout.home, SOURCES)
    layout.boot()
    lend(layout)
    prove(layout)
    mark_of(layout).write_text(json.dumps(facts(), indent=1), encoding="utf-8")


def unpack_runtime(home: Path) -> None:
    """Put python3XX.dll, its extension modules and the C++ runtime where python.org has them."""
    dlls = home / "DLLs"
    dlls.mkdir()
    with tempfile.TemporaryDirectory(prefix="runtime-", dir=home) as folder:
        try:  # the first of all that is fetched tells whether there is a network
            pip("download", "-d", folder, "--require-hashes", "-r", str(SOURCES / "runtime.txt"))
        except Stop as why:
            raise Unavailable(str(why)) from why
        for wheel in Path(folder).glob("*.whl"):
            for name, content in runtime_files(wheel):
                (dlls if belongs_below(name) else home).joinpath(name).write_bytes(content)


def runtime_files(wheel: Path) -> Iterator[tuple[str, bytes]]:
    """The name and content of each file of a runtime's *wheel* that a Python needs."""
    with zipfile.ZipFile(wheel) as archive:
        for name in archive.namelist():
            folder, _, plain = name.rpartition("/")
            if folder.endswith(("deploy_libs", "data/Scripts")) and wanted(plain):
                yield plain, archive.read(name)


def wanted(name: str) -> bool:
    """Whether a file of the runtime is Python's own, and not of its games or of Tk.

    `_wmi`, which `platform` can do without, ends the process under wine.
    """
    kept = r"python3\d+|vcruntime140(_1)?|msvcp140|libffi-\d|libcrypto-3|libssl-3|sqlite3"
    if name.endswith(".pyd"):
        return name not in {"_tkinter.pyd", "_msi.pyd", "_wmi.pyd"}
    return bool(re.fullmatch(rf"({kept})\.dll", name, re.IGNORECASE))


def belongs_below(name: str) -> bool:
    """Whether a file lies in DLLs and not beside python.exe."""
    return not name.lower().startswith(("python", "vcruntime", "msvcp"))


def install_locked(site: Path) -> None:
    """Install what the lock names for Windows, every hash asked for."""
    with tempfile.TemporaryDirectory(prefix="lock-") as folder:
        ours = Path(folder) / "requirements.txt"
        ours.write_text(for_windows(LOCK.read_text(encoding="utf-8")), encoding="utf-8")
        pip("install", "--target", str(site), "--require-hashes", "-r", str(ours))


def for_windows(lock: str) -> str:
    """*lock* with the marks of platforms resolved as Windows would: pip asks this machine."""
    paragraphs = re.split(r"\n(?=[a-z0-9])", lock)
    kept = [words for words in paragraphs if not _WRONG_PLATFORM.search(words)]
    return "\n".join(_OUR_PLATFORM.sub("", words) for words in kept)


def pip(verb: str, *args: str) -> None:
    """Fetch wheels for the Windows Python with any pip at hand; raises Stop without a network."""
    platform = ("--platform", "win_amd64", "--python-version", "{}.{}".format(*VERSION))
    strict = ("-qq", "--no-input", "--no-deps", "--only-binary", ":all:")
    command = [python_with("pip"), "-m", "pip", "--disable-pip-version-check", verb]
    env = {**environment.child_env(), "PIP_ROOT_USER_ACTION": "ignore"}
    done = subprocess.run(
        [*command, *strict, *platform, *args], env=env, capture_output=True, text=True, check=False
    )
    if done.returncode:
        why = (done.stderr.strip().splitlines() or ["?"])[-1]
        raise Stop(f"The packages for Windows cannot be had (that needs a network): {why}")


def python_with(module: str) -> str:
    """The Python that runs us if it has *module*, or else the project's own."""
    told = subprocess.run([sys.executable, "-m", module, "-V"], capture_output=True, check=False)
    if told.returncode == 0:
        return sys.executable
    environment.ready()
    return str(environment.PYTHON)


def lend(layout: Layout) -> None:
    """Give this wine the libraries of Windows that it lacks, where Windows has them."""
    system32 = layout.drive_c / "windows" / "system32"
    for name in ("icuuc.dll", "bcryptprimitives.dll"):
        made = layout.home / name
        if not (system32 / name).exists():
            shutil.copy(made, system32)
        made.unlink()  # beside python.exe it would be packed into the program


def prove(layout: Layout) -> None:
    """Raise Stop unless the Python starts and what is made for Windows can be imported."""
    asked = "import sys, ctypes, sqlcipher3, pyrage, pydantic, lxml.etree, PySide6.QtWidgets"
    done = layout.python("-c", f"{asked}; print(sys.platform, sys.version)", timeout=180)
    if done.code or not done.said.startswith("win32 "):
        raise Stop(f"The new Windows Python does not run:\n{done.said}")
