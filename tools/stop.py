"""How a command of dev.py says that it cannot go on."""

from __future__ import annotations

import sys


class Stop(Exception):
    """Something the person at the keyboard has to put right; the text says what."""


def say(sentence: str) -> None:
    """Tell the person at the keyboard; the standard output is left to what was asked for."""
    print(sentence, file=sys.stderr, flush=True)
