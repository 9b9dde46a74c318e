"""Which packages the files of the packed program have come from."""

from __future__ import annotations

import csv
from collections.abc import Iterable
from pathlib import Path

_SITE = ("site-packages", "dist-packages")


def owners(sources: Iterable[Path]) -> list[str]:
    """The folders that describe the packages of *sources*, as `sqlmodel-0.0.50.dist-info`."""
    found: set[str] = set()
    known: dict[Path, dict[str, str]] = {}
    for source in sources:
        at = next((n for n, part in enumerate(source.parts) if part in _SITE), None)
        if at is None:
            continue  # of Python itself, or ours
        site, name = Path(*source.parts[: at + 1]), "/".join(source.parts[at + 1 :])
        if site not in known:
            known[site] = _recorded(site)
        owner = known[site].get(name.lower())
        if owner is not None:
            found.add(owner)
    return sorted(found)


def _recorded(site: Path) -> dict[str, str]:
    """Each file below *site*, in small letters, and the folder that describes its package."""
    found = {}
    for record in site.glob("*.dist-info/RECORD"):
        with record.open(encoding="utf-8", newline="") as lines:
            found.update({row[0].lower(): record.parent.name for row in csv.reader(lines) if row})
    return found
