"""How many checks passed: those of pytest and our own, counted together."""

from __future__ import annotations

import re
import subprocess
import time
from collections.abc import Callable
from dataclasses import dataclass, field

from tools.stop import Stop, say

_COUNTED = re.compile(r"(\d+) (passed|failed|skipped|error|errors|deselected)\b")


class Failed(Exception):
    """A check did not show what it should; the text says what it showed instead."""


@dataclass
class Counts:
    """Checks by how they ended."""

    passed: int = 0
    failed: int = 0
    skipped: int = 0

    def __add__(self, other: Counts) -> Counts:
        return Counts(
            self.passed + other.passed, self.failed + other.failed, self.skipped + other.skipped
        )

    def line(self) -> str:
        """As pytest's closing line says it: "12 passed, 0 failed, 1 skipped"."""
        words = [f"{self.passed} passed", f"{self.failed} failed"]
        return ", ".join([*words, f"{self.skipped} skipped"] if self.skipped else words)


def told_by(closing: str) -> Counts:
    """What pytest's closing line counts; an error is a failure."""
    found = Counts()
    for number, word in _COUNTED.findall(closing):
        name = {"error": "failed", "errors": "failed", "deselected": "skipped"}.get(word, word)
        setattr(found, name, getattr(found, name) + int(number))
    return found


@dataclass
class Tally:
    """Does checks one after another, says how each went, and goes on after one that failed."""

    counts: Counts = field(default_factory=Counts)

    def take(self, name: str, work: Callable[[], str | Counts]) -> bool:
        """Do *work*, which says what it saw or counts tests; whether it passed."""
        began = time.monotonic()
        try:
            saw = work()
        except (Failed, Stop, OSError, subprocess.SubprocessError) as why:
            counted, words = Counts(failed=1), f"FAILED: {why}"
        else:
            counted = saw if isinstance(saw, Counts) else Counts(passed=1)
            words = saw.line() if isinstance(saw, Counts) else f"passed: {saw}"
        self.counts += counted
        say(f"Windows, {name}: {words} ({time.monotonic() - began:.0f} s)")
        return not counted.failed
