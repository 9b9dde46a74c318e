"""Names that Excel accepts for its sheets, made from the names offices use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app import place
from app.export.wording import printable
from app.text import clean

_SHEET_LIMIT = 31
_FORBIDDEN_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")


def sheet_names(names: Sequence[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """A sheet name for each of *names*: legal, at most 31 units, unlike any other and *taken*."""
    used = {name.casefold() for name in (*taken, "History")}  # Excel keeps History for itself
    found = []
    for position, name in enumerate(names, start=1):
        base = clean(_FORBIDDEN_IN_SHEETS.sub("-", printable(name))).strip("' ")
        title = _unused(base or f"Cơ quan {position}", used)
        used.add(title.casefold())
        found.append(title)
    return tuple(found)


def _unused(base: str, used: set[str]) -> str:
    title, number = _within(base, _SHEET_LIMIT).strip("' ") or "_", 1
    while title.casefold() in used:
        number += 1
        tail = f" ({number})"
        title = _within(base, _SHEET_LIMIT - len(tail)) + tail
    return title


def _within(base: str, most: int) -> str:
    return place.beginning(base, most).rstrip()
