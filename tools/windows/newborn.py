"""Offices that are made: each must open again, and so must one whose maker was cut short."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.windows.office import Office, new_office
from tools.windows.tally import Failed, Tally
from tools.windows.wine import Layout

MANY = 200
KILLS = 40
"""How many offices are made, and how often each kind of work is cut short."""

REVIEW = "sơ kết 01 năm"
"""The review of the sample office."""

_LETS_GO = 0.3  # seconds after which wine has let go of the files of a killed program

MAKE_AND_OPEN = """
import sys
from pathlib import Path
from app.bootstrap import open_store
from app.store.checking import check
place, many = Path(sys.argv[1]), int(sys.argv[2])
bad = []
for number in range(many):
    folder = place / f"so {number}"
    try:
        open_store(folder).close()
        store = open_store(folder)
        problems = [*check(store).problems, *filter(None, [store.read_only_reason])]
        store.close()
    except Exception as error:
        problems = [repr(error)]
    bad += [f"{number}: {problem}" for problem in problems]
print(f"{many - len(bad)} of {many}")
print(*bad, sep="\\n")
sys.exit(1 if bad else 0)
"""
"""In one process: making offices is what is tried, not starting Python."""


def many_offices(layout: Layout, many: int = MANY) -> str:
    """Make offices, each with keys of its own, and open each again; raises Failed."""
    office = new_office(layout, "nhieu")
    done = layout.python(
        "-c", MAKE_AND_OPEN, f"C:\\phoi-hop\\{office.name}", str(many),
        env=office.environment(), timeout=1800,
    )  # fmt: skip
    if done.code:
        raise Failed(f"does not open again: {done.said.strip()}")
    return f"{done.said.strip()} offices open again"


def cut_short(tally: Tally, layout: Layout, program: Sequence[str | Path], seed: int) -> None:
    """Kill the program at random moments of each kind of work; the office must open afterwards."""
    chance = random.Random(seed)
    for number, work in enumerate(WORKS):
        office = new_office(layout, f"giet-{number}", program)
        tally.take(f"killed meanwhile: {work.name}", partial(_kills, office, work, chance))


@dataclass(frozen=True)
class Work:
    """What is cut short; *anew*: by each kill in an office that is not there yet."""

    name: str
    words: Callable[[Office], tuple[str | Path, ...]]
    anew: bool = False


WORKS = (
    Work("first start", lambda _office: ("add", "agency", "name=Sở Y tế"), anew=True),
    Work("backup", lambda _office: ("backup",)),
    Work("restore", lambda office: ("restore", _oldest_backup(office))),
    Work("packet", lambda office: ("packet", REVIEW, "--out", office.place)),
)


def _kills(office: Office, work: Work, chance: random.Random) -> str:
    """Kill *work* between the time that Python needs to come up and its end, as measured first."""
    if not work.anew:
        office.done("sample")
        office.done("backup")
    idle = _seconds(office, "where")
    whole = max(_seconds(office, *work.words(office)), idle)
    many, ended = KILLS // len(WORKS), 0
    for number in range(many):
        if work.anew:
            new_office(office.layout, office.name, office.program)
        moment = chance.uniform(0.5 * idle, 1.1 * whole)
        ended += _ends_within(moment, office, work)
        did = office.does("add", "agency", f"name=Sở số {number}")
        if did.code:
            raise Failed(f"killed after {moment:.2f} s, register unusable: {did.said.strip()}")
        office.check()
    return f"{many} times within {whole:.1f} s ({ended} had ended), the register is right"


def _seconds(office: Office, *words: str | Path) -> float:
    began = time.monotonic()
    office.does(*words)
    return time.monotonic() - began


def _ends_within(moment: float, office: Office, work: Work) -> bool:
    words = work.words(office)
    try:
        office.does(*words, limit=moment)
    except subprocess.TimeoutExpired:
        time.sleep(_LETS_GO)
        return False
    return True


def _oldest_backup(office: Office) -> Path:
    return min((office.folder / "backups").glob("*.phop"))
