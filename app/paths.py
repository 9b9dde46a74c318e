"""Where things lie: what ships with the program, and what belongs to the person using it.

An office's own folder (database, blobs, backups) is not here: it is chosen at first start and
opened by the store. `PHOIHOP_HOME` moves everything personal, for tests and for who wants it
elsewhere; a mark beside a packed program moves it there, so that program and data travel together.
"""

from __future__ import annotations

import os
import sys
import tempfile
from pathlib import Path

import platformdirs

from app import portable
from app.errors import Refused
from app.words import QT_TRANSLATE_NOOP

HOME_VARIABLE = "PHOIHOP_HOME"
_NAME = "PhoiHop"


def resources() -> Path:
    """The folder of icons, templates, catalogues and help that ships with the program."""
    bundled = getattr(sys, "_MEIPASS", None)  # set by PyInstaller's boot loader
    return (Path(bundled) if bundled else Path(__file__).resolve().parent.parent) / "resources"


def home() -> Path:
    """The personal folder of whoever is logged in; it does not roam to other machines."""
    moved = os.environ.get(HOME_VARIABLE)
    if moved:
        return Path(moved)
    return portable.home() or platformdirs.user_data_path(_NAME, appauthor=False)


def need_home() -> None:
    """Raise Refused where a portable program cannot write beside itself: it would keep nothing."""
    home_ = home()
    if home_ != portable.home():
        return
    try:
        home_.mkdir(exist_ok=True)
        with tempfile.TemporaryFile(dir=home_):
            pass
    except OSError as error:
        raise Refused(why=_UNWRITABLE.format(folder=home_.parent, mark=portable.MARK)) from error


_UNWRITABLE = QT_TRANSLATE_NOOP(
    "Paths",
    "Bản di động giữ dữ liệu cạnh chương trình nhưng không ghi được vào {folder}: chép cả thư mục "
    "chương trình sang nơi ghi được, hoặc xóa tệp {mark} ở đó để giữ dữ liệu trong máy này.",
)


def named(folder: Path) -> str:
    """How settings name *folder*: by its way from `home()`, if it lies there.

    The stick of a portable program is another drive at another machine.
    """
    try:
        return str(folder.relative_to(home()))
    except ValueError:
        return str(folder)


def called(name: str) -> Path:
    """The folder that `named` gave *name*."""
    return home() / name


def typed(words: str) -> Path:
    """The place that a person typed; "~" at its beginning is the home of whoever it names.

    `~$thư.phx` names nobody: it is what Word calls a file of its own.
    """
    return Path(os.path.expanduser(words))  # noqa: PTH111 - Path.expanduser raises for nobody


def is_there(path: Path) -> bool:
    """Whether *path* is there; no for what the system takes for no path, a text of a page length.

    `Path.exists` raises for that.
    """
    return os.path.exists(path)  # noqa: PTH110


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


def exports_folder(chosen: str = "") -> Path:
    """Where files go that somebody is to find and send.

    It is the folder *chosen* last, as `named` has it, while that is there; else one in Documents,
    as the system knows them. A home that was moved takes their place: a stick leaves no papers
    on the machine it is used at.
    """
    if chosen and called(chosen).is_dir():
        return called(chosen)
    is_moved = bool(os.environ.get(HOME_VARIABLE)) or portable.home() is not None
    return (home() if is_moved else platformdirs.user_documents_path()) / "Phối Hợp"


def places_file() -> Path:
    """Where files were read last."""
    return home() / "places.json"


def scratch_folder() -> Path:
    """Copies of attached files while another program shows them."""
    return home() / "tmp"


def fault_file() -> Path:
    """What Python says when the process is brought down: read, and emptied, at the next start."""
    return logs_folder() / "faults.txt"


def log_file() -> Path:
    """The program's log, for a sentence to name."""
    return logs_folder() / "phoihop.log"


def default_office_folder() -> Path:
    """Where an office's data goes when nobody says otherwise."""
    return home() / "office"
