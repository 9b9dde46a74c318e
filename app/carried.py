"""The files that offices carry to one another, told apart by their endings.

The system opens them with the program at a double click, so the endings are said once: here.
"""

from __future__ import annotations

from enum import StrEnum
from pathlib import PurePath


class Carried(StrEnum):
    """A kind of carried file; its value is the ending of its name, with the dot."""

    PACKAGE = ".phx"
    INVITATION = ".phm"
    REQUEST = ".phr"
    APPROVAL = ".pha"


def kind_of(path: PurePath) -> Carried | None:
    """What *path* is by its name, whatever the case of its ending; None for any other file."""
    ending = path.suffix.casefold()
    return Carried(ending) if ending in {kind.value for kind in Carried} else None
