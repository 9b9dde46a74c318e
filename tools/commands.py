"""The commands of dev.py.

What a command needs first (the system libraries of Qt, an environment that holds what
requirements.lock names, a sample office) is looked at each time and put right when it is not
there.
"""

from __future__ import annotations

import argparse
import io
import os
import shutil
import subprocess
import sys
import time
from collections.abc import Callable, Sequence
from pathlib import Path

from tools import environment, system, windows
from tools import words as texts
from tools.environment import PYTHON, ROOT
from tools.mutants import trials
from tools.packing import building
from tools.stop import Stop, say
from tools.windows import checks
from tools.windows.screen import screen
from tools.windows.tally import told_by

SAMPLE = environment.SCRATCH / "sample"
DIST = ROOT / "dist"
LINT_IMPORTS = "from importlinter.cli import lint_imports_command as lint; lint()"
CHECKS = {
    "ruff check": ("-m", "ruff", "check"),
    "ruff format": ("-m", "ruff", "format", "--check"),
    "mypy": ("-m", "mypy"),
    "import-linter": ("-c", LINT_IMPORTS),
}
"""Run by the environment's Python and not by scripts: a moved folder breaks their first line."""


def run(args: Sequence[str]) -> int:
    """Open the program with the sample office, or with the folder named by --data."""
    asked = argparse.ArgumentParser(add_help=False, allow_abbrev=False)
    asked.add_argument("--data", type=Path, default=SAMPLE)
    known, rest = asked.parse_known_args(args)
    system.need_display()
    prepare()
    folder = known.data.absolute()
    make_sample(folder)
    return python("-m", "app", "--data", str(folder), *rest)


def test(args: Sequence[str]) -> int:
    """Run every check of this machine; with arguments only pytest. Ends in pytest's own line."""
    code, closing = tested(args)
    print(closing, end="", flush=True)
    return code


def ci(args: Sequence[str]) -> int:
    """Run what .ci/run runs: `test`, and where wine can be had the short form of `windows`.

    The last line counts both; where there is no wine it is pytest's own, after the reason.
    """
    no_more(args)
    code, closing = tested(())
    print(closing, end="", flush=True)
    try:
        tally = checks.quick(windows.laid_out())
    except windows.Unavailable as why:
        say(f"Windows: skipped. {' '.join(str(why).split())}")
        print(closing, end="", flush=True)
        return code
    print((told_by(closing) + tally.counts).line(), flush=True)
    return code or int(bool(tally.counts.failed))


def tested(args: Sequence[str]) -> tuple[int, str]:
    """Run the checks of this machine; the exit code and pytest's closing line, not yet shown."""
    prepare()
    if not args:
        system.want_document_tools()
    failed = [] if args else failing_checks()
    workers = str(min(4, max(2, os.cpu_count() or 2)))
    code, closing = pytest(*(args or ("-n", workers, "--dist", "worksteal")))
    if failed:
        say("FAILED: " + ", ".join(failed))
    return code or int(bool(failed)), closing


def setup(args: Sequence[str]) -> int:
    """Make the environment alone, from scratch with --anew."""
    asked = argparse.ArgumentParser(prog="dev.py setup", allow_abbrev=False)
    asked.add_argument("--anew", action="store_true")
    anew = asked.parse_args(args).anew
    system.need_libraries()
    environment.ready(anew=anew)
    say(f"{environment.VENV} is ready.")
    return 0


def check(args: Sequence[str]) -> int:
    """Everything that does not run the program."""
    no_more(args)
    prepare()
    return int(bool(failing_checks()))


def bench(args: Sequence[str]) -> int:
    """Print ratios against floors measured in the same run."""
    prepare()
    return python("-m", "benchmarks", *args)


def soak(args: Sequence[str]) -> int:
    """Fifteen offices over two simulated years with every fault on; the seed is printed first."""
    prepare()
    return python("-m", "tests.sync.soak", *args)


def golden(args: Sequence[str]) -> int:
    """Write the golden files anew; what changed is for `git diff` and a pair of eyes."""
    prepare()
    os.environ["PHOIHOP_GOLDEN"] = "write"
    return python("-m", "pytest", *(args or ["tests/golden"]))


def words(args: Sequence[str]) -> int:
    """Bring the catalogues in line with the code, and say what is left to translate."""
    no_more(args)
    print(texts.refresh())
    return 0


def mutants(args: Sequence[str]) -> int:
    """Plant small faults in a copy, one at a time, and print those that no test notices."""
    prepare()
    return trials.mutants(args)


def schema(args: Sequence[str]) -> int:
    """Write the register of the present schema that every later version must open."""
    prepare()
    return python("-m", "tests.store.make_schema", *args)


def build(args: Sequence[str]) -> int:
    """Package the program, let the package examine itself, and make what offices install."""
    asked = argparse.ArgumentParser(prog="dev.py build", allow_abbrev=False)
    asked.add_argument("--only", choices=("here", "windows"))
    only = asked.parse_args(args).only
    prepare()
    if only != "windows" or sys.platform == "win32":
        if code := build_here():
            return code
    return 0 if only == "here" else release()


def build_here() -> int:
    """Package for this system."""
    system.need_packager()
    if code := python("-m", "PyInstaller", *building.QUIET, "build.spec"):
        return code
    program = "phoihop-cli.exe" if sys.platform == "win32" else "PhoiHop"
    return self_test(DIST / "PhoiHop" / program)


def release() -> int:
    """Make installer and ZIP of the Windows program; on Linux wine packs it first."""
    if sys.platform == "win32":
        folder = building.finish(building.packed_here())
    else:
        layout = windows.laid_out()
        folder = building.finish(building.packed_by(layout))
        if code := self_test_under(layout, folder):
            return code
    building.release(folder, DIST)
    return 0


def self_test_under(layout: windows.Layout, folder: Path) -> int:
    """Let the Windows program in *folder* examine itself, on a screen of its own."""
    report = DIST / "self-test-windows.txt"
    report.unlink(missing_ok=True)
    with screen():
        done = layout.run_exe(folder / "phoihop-cli.exe", "--self-test", report, timeout=600)
    if not report.exists():
        raise Stop(f"The Windows program wrote no report of its self-test: {done.said}")
    print(report.read_text(encoding="utf-8"))
    if done.code:
        say(done.said)
    return done.code


def lock(args: Sequence[str]) -> int:
    """Write requirements.lock anew from pyproject.toml; `--upgrade` takes newer versions."""
    uv = shutil.which("uv")
    if not uv:
        raise Stop("Writing requirements.lock needs uv. Install it with: pip install uv")
    made = "pip compile -q --universal --generate-hashes --python-version 3.11 --group dev"
    said = ("--custom-compile-command", "python3 dev.py lock", "--no-emit-index-url")
    files = ("pyproject.toml", "-o", environment.LOCK.name)
    return subprocess.call([uv, *made.split(), *said, *args, *files], cwd=ROOT)


Command = Callable[[Sequence[str]], int]
COMMANDS: dict[str, tuple[Command, str]] = {
    "run": (run, "open the program with the sample office (--data FOLDER: another)"),
    "test": (test, "every check of this machine; with arguments pytest alone"),
    "windows": (
        checks.windows,
        "the checks of Windows, under wine (--quick: the short form; FOLDER…: these tests alone)",
    ),
    "ci": (ci, "what .ci/run runs: test, and where wine can be had windows --quick"),
    "setup": (setup, "make .venv from requirements.lock unless it is there (--anew: in any case)"),
    "check": (check, "what runs nothing of the program: ruff, mypy, import contracts"),
    "bench": (bench, "ratios against floors measured in the same run"),
    "soak": (soak, "fifteen offices exchange for two years with every fault on (--seed N repeats)"),
    "golden": (golden, "write the files anew that tests/golden compares with"),
    "words": (words, "bring resources/i18n in line with the code, list what is not translated"),
    "mutants": (
        mutants,
        "plant small faults in a copy, print what no test notices (FOLDER… --most N --seed N)",
    ),
    "schema": (
        schema,
        "write a register of the present schema into tests/data (--again: anew)",
    ),
    "build": (
        build,
        "package, self-test, make what offices install (--only here|windows: a part)",
    ),
    "lock": (lock, "write requirements.lock anew from pyproject.toml (--upgrade: newer versions)"),
}


def main(argv: Sequence[str]) -> int:
    """Do what *argv* says: 0 done, 1 failed or refused with a sentence, 2 wrong usage."""
    name, rest = (argv[0], argv[1:]) if argv else ("help", [])
    if name in {"help", "-h", "--help"}:
        print(usage())
        return 0
    if name not in COMMANDS:
        say(f"There is no command “{name}”.\n\n{usage()}")
        return 2
    try:
        return COMMANDS[name][0](rest)
    except Stop as why:
        say(str(why))
        return 1
    except OSError as why:  # a read-only folder, a full disk, a file held by a running program
        say(
            f"{why.filename or ROOT} cannot be written or run: {why.strerror or why}. Look at its "
            "permissions and the room on the disk, close what uses it, and try again."
        )
        return 1
    except KeyboardInterrupt:
        return 130


def usage() -> str:
    """The table of commands."""
    rows = [f"  {name:8}{title}" for name, (_, title) in COMMANDS.items()]
    return "\n".join(["Usage: python3 dev.py COMMAND [arguments]", "", *rows])


def no_more(args: Sequence[str]) -> None:
    """Refuse arguments where a command takes none, rather than ignore them."""
    if args:
        raise Stop(f"This command takes no arguments: {' '.join(args)}")


def prepare() -> None:
    """What every command needs first."""
    system.need_libraries()
    environment.ready()


def make_sample(folder: Path) -> None:
    """Fill *folder* with the sample office unless something is already there."""
    half = folder.with_name(f"{folder.name}.half")  # ours, and not finished
    if half.exists():
        shutil.rmtree(folder, ignore_errors=True)
    elif folder.is_dir() and any(folder.iterdir()):
        return
    say(f"Making the sample office in {folder} …")
    folder.parent.mkdir(parents=True, exist_ok=True)
    half.touch()
    if python("-m", "app", "--data", str(folder), "sample"):
        raise Stop("The sample office could not be made, so the program was not opened.")
    half.unlink()


def failing_checks() -> list[str]:
    """Run every static check, say how each went, return the names of those that failed."""
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        if python(*command):
            failed.append(name)
        result = "FAILED" if name in failed else "passed"
        say(f"{name}: {result} ({time.monotonic() - began:.1f} s)")
    return failed


def self_test(program: Path) -> int:
    """Run `--self-test` of the built *program* and print what it reports."""
    report = DIST / "self-test.txt"
    report.unlink(missing_ok=True)
    command = [str(program), "--self-test", str(report)]
    code = subprocess.call(command, cwd=DIST, env=headless_env())
    if not report.exists():
        raise Stop(f"{program} wrote no report of its self-test.")
    print(report.read_text(encoding="utf-8"))
    return code


def pytest(*args: str) -> tuple[int, str]:
    """Run pytest, show every line but the last, return the exit code and that last line."""
    colour = ["--color=yes"] if sys.stdout.isatty() else []
    command = [str(PYTHON), "-m", "pytest", *colour, *args]
    held = ""
    env = {**environment.child_env(), "QT_QPA_PLATFORM": "offscreen"}
    with subprocess.Popen(command, cwd=ROOT, env=env, stdout=subprocess.PIPE) as child:
        for line in child.stdout or ():
            print(held, end="", flush=True)
            held = line.decode("utf-8", "replace")
    return child.returncode, held


def python(*args: str) -> int:
    """Run the environment's Python in the project's folder."""
    return subprocess.call([str(PYTHON), *args], cwd=ROOT, env=headless_env())


def headless_env() -> dict[str, str]:
    """The child's environment; where there is no screen Qt is told to draw in memory."""
    env = environment.child_env()
    if system.ON_LINUX and not {"DISPLAY", "WAYLAND_DISPLAY"} & set(env):
        env.setdefault("QT_QPA_PLATFORM", "offscreen")
    return env


def speak_utf8() -> None:
    """A Windows console may still be on a code page without Vietnamese letters."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")
