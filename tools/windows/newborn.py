"""Offices that are made: each must open again, and so must one whose maker was cut short."""

from __future__ import annotations

import random
import subprocess
import time
from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path

from tools.windows.office import Office, new_office
from tools.windows.tally import Failed, Tally
from tools.windows.wine import Layout

MANY = 200
KILLS = 40
"""How many offices are made, and how often each kind of work is cut short."""

_LONGEST = 6.0  # seconds after which nearly every work is done, on a slow machine too

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
        raise Failed(f"không mở lại được: {done.said.strip()}")
    return f"{done.said.strip()} văn phòng mở lại được"


def cut_short(tally: Tally, layout: Layout, program: Sequence[str | Path], seed: int) -> None:
    """Kill the program at random moments of each kind of work; the office must open afterwards."""
    chance = random.Random(seed)
    works: dict[str, Callable[[Office], tuple[str | Path, ...]]] = {
        "lần đầu": lambda _office: ("add", "agency", "name=Sở Y tế"),
        "sao lưu": lambda _office: ("backup",),
        "khôi phục": lambda office: ("restore", min((office.folder / "backups").glob("*.phop"))),
        "xuất bộ tài liệu": lambda office: ("packet", "sơ kết 01 năm", "--out", office.place),
    }
    for name, work in works.items():
        office = new_office(layout, "giet", program)
        if name != "lần đầu":
            office.done("sample")
            office.done("backup")
        moments = [chance.uniform(0.0, _LONGEST) for _ in range(KILLS // len(works))]
        tally.take(
            f"giết giữa chừng: {name}",
            partial(_killed, office, work, moments),
        )


def _killed(
    office: Office, work: Callable[[Office], tuple[str | Path, ...]], moments: Sequence[float]
) -> str:
    ended = 0
    for number, moment in enumerate(moments):
        try:
            office.does(*work(office), limit=moment)
            ended += 1
        except subprocess.TimeoutExpired:  # killed
            time.sleep(0.2)  # wine lets go of its files
        did = office.does("add", "agency", f"name=Sở số {number}")
        if did.code:
            raise Failed(f"giết sau {moment:.2f} giây, sổ không dùng được: {did.said.strip()}")
        office.check()
    return f"{len(moments)} lần ({ended} lần kịp xong), sổ vẫn đúng"
