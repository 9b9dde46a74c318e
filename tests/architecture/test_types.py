"""How often the program lets go of a type."""

from __future__ import annotations

import re

from tests.architecture.sources import program

MOST = 2.0
"""`Any` for each 1,000 lines: `mypy --strict` sees nothing of what passes through one."""


def test_types_are_said_nearly_everywhere():
    found = {s.place: len(re.findall(r"\bAny\b", s.text)) for s in program()}
    lines = sum(s.text.count("\n") for s in program())
    most = sorted(((count, place) for place, count in found.items() if count), reverse=True)[:5]
    assert 1000 * sum(found.values()) / lines <= MOST, most
