"""What `dev.py windows` does, and its short form, which .ci/run ends with."""

from __future__ import annotations

import argparse
import json
import os
import subprocess
from collections.abc import Sequence
from functools import partial
from pathlib import Path

from tools import environment
from tools.environment import ROOT, SCRATCH
from tools.packing import building
from tools.stop import say
from tools.windows import holding, newborn, wheels, window
from tools.windows.layout import laid_out, python_with
from tools.windows.office import new_office, on_windows
from tools.windows.tally import Counts, Failed, Tally, told_by
from tools.windows.testing import FOLDERS, QUICK, run_tests
from tools.windows.wine import Layout

PICTURES = SCRATCH / "windows"
_QUICK_LIMIT, _FULL_LIMIT = 900.0, 7200.0  # seconds for the tests


def windows(args: Sequence[str]) -> int:
    """The command: all of it, some folders of tests, or the short form."""
    asked = argparse.ArgumentParser(prog="dev.py windows", allow_abbrev=False)
    asked.add_argument("folders", nargs="*", metavar="FOLDER")
    asked.add_argument("--quick", action="store_true")
    asked.add_argument("--seed", type=int, default=int.from_bytes(os.urandom(2)))
    given = asked.parse_args(args)
    layout = laid_out()
    if given.folders:
        tally = Tally()
        tally.take("tests", lambda: run_tests(layout, given.folders, limit=_FULL_LIMIT))
    elif given.quick:
        tally = quick(layout)
    else:
        tally = full(layout, given.seed)
    print(tally.counts.line(), flush=True)
    return int(bool(tally.counts.failed))


def quick(layout: Layout) -> Tally:
    """Keys, durable files, store, the window, the command line, a packet, an exchange."""
    tally = Tally()
    tally.take("self-test", lambda: examined(layout, (layout.exe, "-m", "app")))
    tally.take("first start, window", lambda: begun_at_window(layout, (layout.exe, "-m", "app")))
    tally.take("ten offices", lambda: newborn.many_offices(layout, 10))
    tally.take("tests", lambda: run_tests(layout, QUICK, limit=_QUICK_LIMIT))
    return tally


def full(layout: Layout, seed: int) -> Tally:
    """Everything, in about an hour."""
    say(f"Windows; --seed {seed} repeats it")
    tally = Tally()
    for python in wheels.PYTHONS:
        tally.take(f"wheels for Python {python}", partial(wheels.look, python))
    tally.take("tests", lambda: run_tests(layout, FOLDERS, limit=_FULL_LIMIT))
    source = (layout.exe, "-m", "app")
    tally.take("first start, window", lambda: begun_at_window(layout, source))
    built(tally, layout)
    tally.take("many offices", lambda: newborn.many_offices(layout))
    holding.hold(tally, layout, source, (*holding.MUST_PASS, *holding.MAY_REFUSE))
    newborn.cut_short(tally, layout, source, seed)
    return tally


def built(tally: Tally, layout: Layout) -> None:
    """Pack the program as it is shipped, and try what was packed and its installer."""
    found: list[Path] = []

    def pack() -> str:
        found.append(building.finish(building.packed_by(layout)))
        return str(found[0].relative_to(ROOT))

    if tally.take("packaging", pack):
        shell, program = found[0] / "phoihop-cli.exe", found[0] / "PhoiHop.exe"
        tally.take("the package tests itself", lambda: examined(layout, (shell,)))
        tally.take("first start of the package", lambda: begun_at_window(layout, (program,)))
        tally.take("installer", lambda: installed(found[0]))


def installed(packed: Path) -> Counts:
    """The tests of the installer, with the packed program that they install."""
    done = subprocess.run(
        [python_with("pytest"), "-m", "pytest", "-q", "-p", "no:cacheprovider", "tests/installer"],
        cwd=ROOT, env={**environment.child_env(), "PHOIHOP_PACKED": str(packed)},
        capture_output=True, text=True, check=False, timeout=_FULL_LIMIT,
    )  # fmt: skip
    if done.returncode:
        print(done.stdout, flush=True)
    return told_by(done.stdout.splitlines()[-1])


def examined(layout: Layout, program: Sequence[str | Path]) -> str:
    """The program's examination of itself, drawn by Windows' own platform."""
    office = new_office(layout, "tu-kiem-tra", program)
    report = office.place / "report.json"
    with window.at_window(layout, office, "--self-test", on_windows(report, layout)) as seen:
        seen.until(report.exists, "no report of the self-test is written.")
    told = json.loads(report.read_text(encoding="utf-8"))
    if not told["ok"]:
        raise Failed(json.dumps(told["steps"][-1], ensure_ascii=False))
    return ", ".join(step["name"] for step in told["steps"])


def begun_at_window(layout: Layout, program: Sequence[str | Path]) -> str:
    """A first start at the real window."""
    name = Path(program[0]).stem.lower()
    office = new_office(layout, f"dau-tien-{name}", program)
    return window.first_start(layout, office, PICTURES / f"first-{name}.png")
