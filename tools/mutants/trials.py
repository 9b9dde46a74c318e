"""`dev.py mutants`: plants faults one at a time in a copy and runs the tests that enter them."""

from __future__ import annotations

import argparse
import hashlib
import json
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from random import Random
from typing import Any

from tools.environment import PYTHON, ROOT, SCRATCH, child_env
from tools.mutants.faults import Fault, chosen, faults_in, sources
from tools.mutants.reach import those_reaching
from tools.stop import Stop, say

_MAPS = SCRATCH / "mutants"
_FEW = 4
_LONGEST = 60.0
"""Seconds of tests for one fault."""


@dataclass(frozen=True)
class Watch:
    """Which tests enter which function, and how long each takes."""

    seconds: dict[str, float]
    entering: dict[str, list[str]]

    def of(self, fault: Fault) -> list[str]:
        """The tests that can notice *fault*; where that takes too long the quickest of them."""
        place = fault.place.removeprefix("app/")
        if fault.function:
            names = self.entering.get(f"{place}:{fault.function}", [])
        else:  # outside of any function: whoever enters one of the file
            keys = [key for key in self.entering if key.startswith(f"{place}:")]
            names = list(dict.fromkeys(name for key in keys for name in self.entering[key]))
        taken: set[str] = set()
        left = _LONGEST
        for name in sorted(names, key=self.seconds.__getitem__):
            left -= self.seconds[name]
            if left < 0 and taken:
                break
            taken.add(name)
        return [
            name for name in names if name in taken
        ]  # file by file: they share what they set up


def mutants(args: Sequence[str]) -> int:
    """Plant faults in what *args* name, say which no test notices; 1 where there are such."""
    asked = argparse.ArgumentParser(prog="dev.py mutants", allow_abbrev=False)
    asked.add_argument("places", nargs="*", default=["app/services"], metavar="FOLDER|FILE[:LINE]")
    asked.add_argument("--most", type=int, default=60)
    asked.add_argument("--seed", type=int, default=1)
    asked.add_argument("--tests", nargs="*", metavar="FILE", help="ask these tests alone")
    given = asked.parse_args(args)
    with tempfile.TemporaryDirectory(prefix="phoihop-mutants-") as folder:
        copy = _copied(Path(folder) / "copy")
        faults = _faults(copy, given.places, given.most, given.seed)
        wanted = list({copy / fault.place for fault in faults})
        files = given.tests or those_reaching(copy, wanted)
        watch = _watched(copy, files)
        return _tried(copy, faults, watch, given.seed)


def _copied(copy: Path) -> Path:
    """A copy of the project as it stands, with what is not yet committed; returns its folder."""
    listed = subprocess.run(
        ["git", "ls-files", "-z", "--cached", "--others", "--exclude-standard"],
        cwd=ROOT,
        capture_output=True,
        check=True,
    )
    for name in listed.stdout.decode("utf-8").split("\0"):
        if name and (ROOT / name).is_file():
            (copy / name).parent.mkdir(parents=True, exist_ok=True)
            shutil.copy2(ROOT / name, copy / name)
    return copy


def _faults(copy: Path, places: Sequence[str], most: int, seed: int) -> list[Fault]:
    found: list[Fault] = []
    for place in places:
        if not (copy / place.partition(":")[0]).exists():
            raise Stop(f"There is no {place}.")
        line = int(place.partition(":")[2] or 0)
        for path in sources(copy, [place]):
            name = path.relative_to(copy).as_posix()
            faults = faults_in(name, path.read_bytes())
            found += [fault for fault in faults if line in (0, fault.line)]
    return chosen(found, most, Random(seed))


def _watched(copy: Path, files: Sequence[str]) -> Watch:
    """Run the tests in *files* without a fault and note what they enter; kept until they change."""
    known = _MAPS / f"{_digest(copy, files)}.json"
    if not known.exists():
        say(f"Looking at what {len(files)} files of tests enter …")
        with tempfile.TemporaryDirectory() as folder:
            side_by_side = ("-n", "2", "--dist", "loadfile") if len(files) > _FEW else ()
            plugin = ("-p", "tools.mutants.entered", *side_by_side)
            _pytest(copy, plugin, files, timeout=None, PHOIHOP_ENTERED=folder)
            told: dict[str, dict[str, Any]] = {}
            for path in Path(folder).iterdir():
                told |= json.loads(path.read_text(encoding="utf-8"))
        if failed := sorted(name for name, test in told.items() if not test["passed"]):
            say("Fail without a fault, so they are not asked:\n  " + "\n  ".join(failed))
        _MAPS.mkdir(parents=True, exist_ok=True)
        known.write_text(json.dumps(told), encoding="utf-8")
    tests = json.loads(known.read_text(encoding="utf-8"))
    sound = {name: test for name, test in tests.items() if test["passed"]}
    entering: dict[str, list[str]] = defaultdict(list)
    for name, test in sound.items():
        for function in test["entered"]:
            entering[function].append(name)
    return Watch({name: test["seconds"] for name, test in sound.items()}, dict(entering))


def _digest(copy: Path, files: Sequence[str]) -> str:
    found = hashlib.sha256("\n".join(files).encode())
    for path in sorted(sources(copy, ["app", "tests"])):
        found.update(path.read_bytes())
    return found.hexdigest()[:16]


def _tried(copy: Path, faults: Sequence[Fault], watch: Watch, seed: int) -> int:
    survivors = tried = 0
    try:
        for fault in faults:
            survivors += _survives(copy, fault, watch.of(fault), watch)
            tried += 1
    except KeyboardInterrupt:
        say("Stopped.")
    share = 100 * (tried - survivors) // max(1, tried)
    print(f"{tried - survivors} of {tried} faults were caught ({share} %); seed {seed}.")
    return int(survivors > 0)


def _survives(copy: Path, fault: Fault, tests: Sequence[str], watch: Watch) -> bool:
    """Whether no test fails with *fault* in its place; says how it went."""
    path = copy / fault.place
    source = path.read_bytes()
    expected = sum(watch.seconds[name] for name in tests)
    path.write_bytes(fault.planted(source))
    try:
        code = _pytest(copy, ["-x"], tests, timeout=60 + 4 * expected) if tests else 0
    finally:
        path.write_bytes(source)
    where = f"{fault.place}:{fault.line} {fault.kind}"
    if code:
        say(f"caught    {where}")
        return False
    print(f"SURVIVED  {where}; {len(tests)} tests enter it\n{fault.diff(source)}\n", flush=True)
    return True


def _pytest(
    copy: Path,
    options: Sequence[str],
    tests: Sequence[str],
    *,
    timeout: float | None,
    **more: str,
) -> int:
    """Run *tests* in the copy; pytest's exit code, or 1 where they took more than *timeout* s."""
    listed = copy / "asked.txt"  # hundreds of names are too long for a command line
    listed.write_text("\n".join(tests), encoding="utf-8")
    quiet = ("-q", "-p", "no:cacheprovider", *options)
    command = [str(PYTHON), "-m", "pytest", *quiet, f"@{listed.name}"]
    env = {**child_env(), "PYTHONDONTWRITEBYTECODE": "1", **more}
    try:
        done = subprocess.run(
            command, cwd=copy, env=env, capture_output=True, timeout=timeout, check=False
        )
    except subprocess.TimeoutExpired:
        return 1
    if done.returncode not in (0, 1):
        raise Stop(done.stdout.decode("utf-8", "replace")[-2000:])
    return done.returncode
