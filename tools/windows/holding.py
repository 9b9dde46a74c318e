"""Every step of an office's work while another program holds each new file for a while."""

from __future__ import annotations

import contextlib
import os
import time
from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path

from tools.windows.newborn import REVIEW
from tools.windows.office import Office, half_written, new_office
from tools.windows.tally import Failed, Tally
from tools.windows.window import open_and_close
from tools.windows.wine import Done, Layout

MUST_PASS = (50, 400)
"""Milliseconds for which scanners hold a new file: every step withstands that."""
MAY_REFUSE = (1500, 10000)
"""Longer, a step may refuse, in one sentence, and must leave nothing half written."""

_OUTLASTED = 1500
"""What is held longer than we try cannot be removed either: it goes an hour later, by the next
opening, and from a stick by the next writing."""
_BUG = "ngoài dự kiến"
_WORDS = "Nội dung tờ trình về quy chế phối hợp. " * 400


@dataclass
class Pair:
    """The hub and another office, and the stick between them."""

    hub: Office
    other: Office
    stick: Path

    def begin(self) -> str:
        """Both offices as they are before the steps, with nobody looking on."""
        self.stick.mkdir(parents=True, exist_ok=True)
        self.hub.done("sample")
        self.hub.done("sync", "init")
        self.other.done("add", "agency", "name=Sở Tự kiểm tra", "code=STK")
        self.other.done("office", "name=Sở Tự kiểm tra", "agencies=STK", "clerk=Chuyên viên")
        (self.stick / "to-trinh.txt").write_text(_WORDS, encoding="utf-8")
        return "two offices"

    def steps(self) -> Iterator[tuple[str, Callable[[], Done]]]:
        """What an office does, in an order in which each finds what it needs."""
        hub, other, stick = self.hub.does, self.other.does, self.stick
        yield "start", self.start
        yield "attach", lambda: hub("attach", "review", REVIEW, stick / "to-trinh.txt")
        yield "backup", lambda: hub("backup")
        yield "restore", lambda: hub("restore", self._newest_backup())
        yield "packet", lambda: hub("packet", REVIEW, "--out", stick)
        yield "invite", lambda: hub("sync", "invite", stick / "moi.phm")
        yield "join", lambda: other("sync", "join", stick / "moi.phm", "--out", stick / "xin.phr")
        yield "admit", lambda: hub("sync", "admit", stick / "xin.phr", "--out", stick / "duyet.pha")
        yield "accept", lambda: other("sync", "accept", stick / "duyet.pha")
        yield "export", lambda: hub("sync", "export", "--to", "Sở Tự kiểm tra", "--out", stick)
        yield "import", lambda: other("sync", "import", self._package(), "--yes", "--large")

    def start(self) -> Done:
        """Open the window, which makes the day's backup, and close it; it must always open."""
        return Done(0, open_and_close(self.hub.layout, self.hub))

    def _newest_backup(self) -> Path:
        return max((self.hub.folder / "backups").glob("*_manual.phop"))

    def _package(self) -> Path:
        return max(self.stick.glob("*.phx"), key=lambda path: path.stat().st_mtime)


@contextlib.contextmanager
def scanner(layout: Layout, folder: Path, milliseconds: int) -> Iterator[None]:
    """Another program that holds every new file below *folder* for so long."""
    with layout.started(layout.scanner, folder, str(milliseconds)) as child:
        assert child.stdin
        assert child.stdout
        if b"watching" not in child.stdout.readline():
            raise Failed("what holds files does not run.")
        yield
        child.stdin.close()
        child.wait(30)
        held = child.stdout.readline().decode(errors="replace").strip()
        if held.startswith("held 0"):
            raise Failed("what holds files held none.")


def hold(tally: Tally, layout: Layout, program: Sequence[str | Path], times: Sequence[int]) -> None:
    """Do every step with files held for each of *times* milliseconds."""
    for held in times:
        pair = _pair(layout, program, f"giu-{held}")
        if tally.take(f"getting ready to hold files {held} ms", pair.begin):
            for name, step in pair.steps():
                tally.take(f"{name}, files held {held} ms", partial(_try, pair, step, held))
            if held > _OUTLASTED:
                tally.take(f"tidied after holding {held} ms", partial(_tidied, pair))


def _pair(layout: Layout, program: Sequence[str | Path], name: str) -> Pair:
    hub, other = (new_office(layout, f"{name}/{one}", program) for one in ("cat", "stk"))
    return Pair(hub, other, hub.place.parent / "usb")


def _try(pair: Pair, step: Callable[[], Done], held: int) -> str:
    with scanner(pair.hub.layout, pair.hub.place.parent, held):
        did = step()
    if did.code:
        _must_be_refusal(did, held)
        if step().code:  # what comes next needs what this step makes
            raise Failed(f"refused, and again when the file was let go: {did.said.strip()}")
    for office in (pair.hub, pair.other):
        office.check()
    if held <= _OUTLASTED and (left := half_written(pair.stick.parent)):
        raise Failed(f"left behind: {', '.join(left)}")
    return did.said.strip() if did.code else "done"


def _tidied(pair: Pair) -> str:
    """What could not be removed while it was held goes later: an hour on, by the next opening."""
    place = pair.stick.parent
    left = half_written(place)
    long_ago = time.time() - 2 * 3600
    for name in left:
        os.utime(place / name, (long_ago, long_ago))
    for office in (pair.hub, pair.other):
        open_and_close(office.layout, office)
    pair.hub.done("sync", "export", "--to", "Sở Tự kiểm tra", "--out", pair.stick)
    if still := half_written(place):
        raise Failed(f"left behind: {', '.join(still)}")
    return f"{len(left)} unfinished files were tidied away"


def _must_be_refusal(did: Done, held: int) -> None:
    """Raise Failed unless it was allowed to refuse and did so in one sentence."""
    sentence = did.said.strip()
    if held in MUST_PASS:
        raise Failed(f"should be done and was refused: {sentence}")
    if did.code != 1 or not sentence or "\n" in sentence or _BUG in sentence:
        raise Failed(f"not refused in a sentence (code {did.code}): {sentence}")
