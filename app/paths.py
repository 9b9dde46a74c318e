"""Where things lie: what ships with the program, and what belongs to the person using it.

An office's own folder (database, blobs, backups) is not here: it is chosen at first start and
opened by the store. `PHOIHOP_HOME` moves everything personal, for a stick and for tests.
"""

from __future__ import annotations

import os
import sys
from pathlib import Path

import platformdirs

HOME_VARIABLE = "PHOIHOP_HOME"
_NAME = "PhoiHop"


def resources() -> Path:
    """The folder of icons, templates, catalogues and help that ships with the program."""
    bundled = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's boot loader
    return (Path(bundled) if bundled else Path(__file__).resolve().parent.parent) / "resources"


def home() -> Path:
    """The personal folder of whoever is logged in; it does not roam to other machines."""
    moved = os.environ.get(HOME_VARIABLE)
    return Path(moved) if moved else platformdirs.user_data_path(_NAME, appauthor=False)


def settings_file() -> Path:
    """What the person chose in Cài đặt."""
    return home() / "settings.json"


def window_file() -> Path:
    """Where the windows stood: widths, orders, the last room."""
    return home() / "window.json"


def keys_folder() -> Path:
    """Signing keys of this replica, kept outside the database so that a copy of it cannot sign."""
    return home() / "keys"


def drafts_folder() -> Path:
    """Forms begun and not yet saved."""
    return home() / "drafts"


def logs_folder() -> Path:
    """The program's log and its crash reports."""
    return home() / "logs"


def default_office_folder() -> Path:
    """Where an office's data goes when nobody says otherwise."""
    return home() / "office"
