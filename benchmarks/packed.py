"""The built program against the same from source, and what its window holds when nobody types.

`dev.py build` makes it; without it nothing is measured. Memory is what Linux counts as resident,
shared libraries and all: the number a task manager shows.
"""

from __future__ import annotations

import json
import os
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from pathlib import Path

from benchmarks.measure import Ratio
from benchmarks.starting import environment, fill

BUILT = Path(__file__).parents[1] / "dist" / "PhoiHop" / "PhoiHop"
_MOST_MB = 200
_TIMES = 7
_STILL = 3.0  # seconds without work until a window counts as idle
_PATIENCE = 60.0
_PROCESSES = Path("/proc/self")
_TICKS = os.sysconf("SC_CLK_TCK") if hasattr(os, "sysconf") else 100


def run() -> Iterator[Ratio]:
    """The start to a painted window in seconds of the processor, and memory at rest."""
    if not BUILT.is_file() or not _PROCESSES.is_dir():
        print("the built program: measured on Linux, after dev.py build")
        return
    with tempfile.TemporaryDirectory() as folder:
        home, data = Path(folder) / "home", Path(folder) / "office"
        given = environment(home, Path(folder) / "bytecode")
        fill(data, home)
        words = ["--data", str(data), "--today", "2026-11-23"]
        yield _start([*words, "--until-painted"], given)
        for room in ("overview", "obligation"):
            _begin_in(home, room)
            used = _at_rest([str(BUILT), *words], given)
            name = f"resident at rest in {room}, 10,000 occurrences"
            yield Ratio(name, used, _MOST_MB, 1.0, unit="MB")


def _start(words: Sequence[str], given: dict[str, str]) -> Ratio:
    """The best of several, in turn; the first of each only warms the disk's cache."""
    built = source = float("inf")
    for number in range(_TIMES + 1):
        ours = _processor([str(BUILT), *words], given)
        floor = _processor([sys.executable, "-m", "app", *words], given)
        if number:
            built, source = min(built, ours), min(source, floor)
    return Ratio("start of the built program against source, processor", built, source, 1.0)


def _processor(words: Sequence[str], given: dict[str, str]) -> float:
    """Seconds of the processor that a process takes, its children's with it."""
    import resource  # Windows has none

    before = resource.getrusage(resource.RUSAGE_CHILDREN)
    subprocess.run(words, env=given, check=True, capture_output=True)
    after = resource.getrusage(resource.RUSAGE_CHILDREN)
    return after.ru_utime + after.ru_stime - before.ru_utime - before.ru_stime


def _begin_in(home: Path, room: str) -> None:
    """Have the window open in *room*, as if it had been left there."""
    path = home / "window.json"
    kept = json.loads(path.read_text("utf-8")) if path.exists() else {}
    path.write_text(json.dumps({**kept, "window.room": room}), "utf-8")


def _at_rest(words: Sequence[str], given: dict[str, str]) -> float:
    """Megabytes that the process holds once its window has done nothing for a while."""
    process = subprocess.Popen(
        words, env=given, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )
    try:
        _wait_until_still(process.pid)
        status = Path(f"/proc/{process.pid}/status").read_text("utf-8")
    finally:
        process.terminate()
        process.wait()
    lines = dict(line.split(":", 1) for line in status.splitlines() if ":" in line)
    return int(lines["VmRSS"].split()[0]) * 1024 / 1e6


def _wait_until_still(pid: int) -> None:
    ends, spent, since = time.monotonic() + _PATIENCE, -1, time.monotonic()
    while time.monotonic() < ends:
        fields = Path(f"/proc/{pid}/stat").read_text("utf-8").rpartition(")")[2].split()
        now = int(fields[11]) + int(fields[12])
        if now - spent > _TICKS // 20:  # more than a blinking cursor
            spent, since = now, time.monotonic()
        if time.monotonic() - since > _STILL:
            return
        time.sleep(0.2)
    raise TimeoutError("the window never came to rest")
