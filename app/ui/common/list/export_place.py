"""Where a file dialog begins and what it remembers: one place for all that leaves the window."""

from __future__ import annotations

import logging
from pathlib import Path

from PySide6.QtWidgets import QWidget

from app import durable, paths, place
from app.errors import AppError
from app.settings import EXPORT_FOLDER
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import Office


def start_of(office: Office) -> Path:
    """Where a dialog begins: `folder_of`, made so that it can open there."""
    folder = folder_of(office)
    try:
        durable.make_folder(folder)
    except AppError:
        return Path.home()  # no Documents: redirected to a drive that is not there now
    return folder


def folder_of(office: Office) -> Path:
    """The folder used last, else Phối Hợp in Documents; it need not be there yet."""
    return paths.exports_folder(office.settings[EXPORT_FOLDER])


def choose_file(
    parent: QWidget, office: Office, title: str, kinds: str, proposed: tuple[str, str, str]
) -> Path | None:
    """Let the clerk choose a file to write; *proposed*: its name, what that ends with, suffix."""
    begin = _proposed(start_of(office), *proposed)
    path = dialogs.save_file(parent, title, kinds, begin)
    if path is not None:
        remember(office, path.parent)
    return path


def remember(office: Office, folder: Path) -> None:
    """Begin there next time. A file is written even if that cannot be noted."""
    try:
        office.settings.choose(EXPORT_FOLDER, paths.named(folder))
    except AppError as error:
        logging.getLogger("phoihop").warning("%s", error)


def _proposed(folder: Path, name: str, ending: str, suffix: str) -> Path:
    """A name that fits; in a folder too deep for any, one to be carried elsewhere."""
    try:
        return place.fit(folder, name, suffix, ending=ending)
    except AppError:
        return place.fit(Path.home(), name, suffix, ending=ending)
