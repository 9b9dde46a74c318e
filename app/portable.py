"""A program that keeps its data beside itself: on a stick, or where nothing may be installed.

Nothing here but the standard library: the packer asks too.
"""

from __future__ import annotations

import sys
from pathlib import Path

MARK = "du-lieu-di-dong.txt"
"""A file beside the program; while it lies there, data lies in HOME beside it."""
HOME = "du-lieu"
NOTICES = "GIAY-PHEP.txt"
"""The licences of everything that is shipped, beside a packed program."""


def program_folder() -> Path | None:
    """Where a packed program lies; None when it runs from its source."""
    is_packed = getattr(sys, "frozen", False)
    return Path(sys.executable).resolve().parent if is_packed else None


def home() -> Path | None:
    """The personal folder beside the program, where the program is marked as portable."""
    folder = program_folder()
    is_marked = folder is not None and (folder / MARK).is_file()
    return folder / HOME if folder is not None and is_marked else None
