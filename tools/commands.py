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
        say(f"Windows: bỏ qua. {' '.join(str(why).split())}")
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
        say("CHƯA ĐẠT: " + ", ".join(failed))
    return code or int(bool(failed)), closing


def setup(args: Sequence[str]) -> int:
    """Make or mend the environment alone, looking at every file of it."""
    no_more(args)
    system.need_libraries()
    environment.ready(thorough=True)
    say(f"Môi trường {environment.VENV} đã sẵn sàng.")
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
        raise Stop(f"Bản đóng gói cho Windows không ghi được báo cáo tự kiểm tra: {done.said}")
    print(report.read_text(encoding="utf-8"))
    if done.code:
        say(done.said)
    return done.code


def lock(args: Sequence[str]) -> int:
    """Write requirements.lock anew from pyproject.toml; `--upgrade` takes newer versions."""
    uv = shutil.which("uv", path=os.pathsep.join([str(PYTHON.parent), os.environ["PATH"]]))
    if not uv:
        raise Stop("Viết lại requirements.lock cần lệnh uv. Cài bằng: pip install uv")
    made = "pip compile -q --universal --generate-hashes --python-version 3.11 --group dev"
    said = ("--custom-compile-command", "python3 dev.py lock", "--no-emit-index-url")
    files = ("pyproject.toml", "-o", environment.LOCK.name)
    return subprocess.call([uv, *made.split(), *said, *args, *files], cwd=ROOT)


Command = Callable[[Sequence[str]], int]
COMMANDS: dict[str, tuple[Command, str]] = {
    "run": (run, "mở chương trình với văn phòng mẫu (--data THƯ_MỤC: mở nơi khác)"),
    "test": (test, "chạy mọi kiểm tra của máy này; có tham số thì chỉ chạy pytest"),
    "windows": (
        checks.windows,
        "kiểm tra dưới Windows bằng wine (--quick: phần ngắn; THƯ_MỤC…: chỉ các kiểm tra ấy)",
    ),
    "ci": (ci, "như .ci/run: test, rồi windows --quick ở nơi có wine"),
    "setup": (setup, "chỉ dựng hoặc sửa môi trường .venv theo requirements.lock"),
    "check": (check, "chỉ kiểm tra tĩnh: ruff, mypy, ranh giới các tầng"),
    "bench": (bench, "đo tốc độ so với mức sàn trong cùng một lần chạy"),
    "soak": (soak, "chạy dài đồng bộ: 15 văn phòng, hai năm, mọi sự cố (--seed N để lặp lại)"),
    "golden": (golden, "ghi lại các tệp chuẩn mà tests/golden so với"),
    "words": (words, "gom câu chữ của chương trình vào resources/i18n, kê những câu chưa dịch"),
    "mutants": (
        mutants,
        "plant small faults in a copy, print what no test notices (FOLDER… --most N --seed N)",
    ),
    "schema": (schema, "ghi sổ mẫu của lược đồ hiện tại vào tests/data/schemas (--again: ghi lại)"),
    "build": (
        build,
        "đóng gói, tự kiểm tra, làm bộ cài cho Windows (--only here|windows: chỉ một phần)",
    ),
    "lock": (lock, "viết lại requirements.lock từ pyproject.toml"),
}


def main(argv: Sequence[str]) -> int:
    """Do what *argv* says: 0 done, 1 failed or refused with a sentence, 2 wrong usage."""
    name, rest = (argv[0], argv[1:]) if argv else ("help", [])
    if name in {"help", "-h", "--help"}:
        print(usage())
        return 0
    if name not in COMMANDS:
        say(f"Không có lệnh “{name}”.\n\n{usage()}")
        return 2
    try:
        return COMMANDS[name][0](rest)
    except Stop as why:
        say(str(why))
        return 1
    except OSError as why:  # a read-only folder, a full disk, a file held by a running program
        say(
            f"Không ghi hoặc chạy được {why.filename or ROOT}: {why.strerror or why}. Kiểm tra "
            "quyền và dung lượng ổ đĩa, đóng chương trình đang chạy rồi thử lại."
        )
        return 1
    except KeyboardInterrupt:
        return 130


def usage() -> str:
    """The table of commands."""
    rows = [f"  {name:8}{title}" for name, (_, title) in COMMANDS.items()]
    return "\n".join(["Cách dùng: python3 dev.py LỆNH [tham số]", "", *rows])


def no_more(args: Sequence[str]) -> None:
    """Refuse arguments where a command takes none, rather than ignore them."""
    if args:
        raise Stop(f"Lệnh này không nhận tham số: {' '.join(args)}")


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
    say(f"Tạo văn phòng mẫu trong {folder} …")
    folder.parent.mkdir(parents=True, exist_ok=True)
    half.touch()
    if python("-m", "app", "--data", str(folder), "sample"):
        raise Stop("Không tạo được văn phòng mẫu nên chưa mở chương trình.")
    half.unlink()


def failing_checks() -> list[str]:
    """Run every static check, say how each went, return the names of those that failed."""
    failed = []
    for name, command in CHECKS.items():
        began = time.monotonic()
        if python(*command):
            failed.append(name)
        result = "CHƯA ĐẠT" if name in failed else "đạt"
        say(f"{name}: {result} ({time.monotonic() - began:.1f} s)")
    return failed


def self_test(program: Path) -> int:
    """Run `--self-test` of the built *program* and print what it reports."""
    report = DIST / "self-test.txt"
    report.unlink(missing_ok=True)
    command = [str(program), "--self-test", str(report)]
    code = subprocess.call(command, cwd=DIST, env=headless_env())
    if not report.exists():
        raise Stop(f"Bản đóng gói {program} không ghi được báo cáo tự kiểm tra.")
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
