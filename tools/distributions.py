"""What the lock names, what is installed, and whether it is whole."""

from __future__ import annotations

import csv
import re
from collections.abc import Collection
from pathlib import Path

_PIN = re.compile(r"^([A-Za-z0-9._-]+)==", re.MULTILINE)
_GLANCE = 3


def normal(name: str) -> str:
    """A distribution's *name* as PEP 503 compares it."""
    return re.sub(r"[-_.]+", "-", name).lower()


def locked(lock: Path) -> set[str]:
    """The distributions that a lock file names, on whatever platform."""
    return {normal(name) for name in _PIN.findall(lock.read_text(encoding="utf-8"))}


def installed(site: Path) -> dict[str, Path]:
    """Every distribution in *site* with the folder that describes it."""
    return {normal(about.name.split("-")[0]): about for about in site.glob("*.dist-info")}


def wounded(site: Path, names: Collection[str], *, thorough: bool) -> set[str]:
    """Those of *names* whose files are gone or whose installation was cut short.

    A glance looks for the first files of each (a removed folder), *thorough* for all of them.
    """
    there = installed(site)
    return {n for n in names if n not in there or not _is_whole(there[n], thorough)}


def _is_whole(about: Path, thorough: bool) -> bool:
    """The installer writes RECORD last, so its absence means that it was interrupted."""
    try:
        with (about / "RECORD").open(encoding="utf-8", newline="") as record:
            named = [row[0] for row in csv.reader(record) if row]
    except OSError:
        return False
    files = [name for name in named if _must_exist(name, about.name)]
    return all((about.parent / name).exists() for name in (files if thorough else files[:_GLANCE]))


def _must_exist(name: str, about: str) -> bool:
    return not name.endswith(".pyc") and not name.startswith((about, ".."))
