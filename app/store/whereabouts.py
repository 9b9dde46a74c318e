"""Where a register is not safe: a network, a folder that a cloud copies, a place that is swept."""

from __future__ import annotations

import os
import re
import sys
import tempfile
import unicodedata
from collections.abc import Iterator
from pathlib import Path

from app.words import told

_NETWORK = ("nfs", "nfs4", "cifs", "smbfs", "smb3", "fuse.sshfs", "9p", "afs")
_ONEDRIVE = ("OneDrive", "OneDriveCommercial", "OneDriveConsumer")
_CLOUDS = (
    ("OneDrive", re.compile(r"onedrive( - .+)?", re.I)),
    ("Dropbox", re.compile(r"dropbox( \(.+\))?", re.I)),
    ("Google Drive", re.compile(r"google ?drive( .*)?|my drive|drive của tôi", re.I)),
    ("iCloud", re.compile(r"icloud ?drive|mobile documents", re.I)),
)
"""What the folders are called that each program copies to its cloud."""
_MARKS = (
    ("OneDrive", ".849C9593-D756-4E56-8D6E-42412F2A707B"),
    ("Dropbox", ".dropbox"),
    ("Dropbox", ".dropbox.cache"),
    ("Google Drive", ".tmp.driveupload"),
    ("Google Drive", ".tmp.drivedownload"),
)
"""What each program leaves in the folder that it copies."""
_COPY = re.compile(r"so-phoi-hop(-\S.*| ?\(.+\))\.phop", re.I)
"""How a second register is named that such a program has made of two that differed."""


def dangers(folder: Path) -> list[str]:
    """A sentence for each reason why a register in *folder*, there or not, is not safe."""
    found: list[str] = []
    if is_network(folder):
        found.append(
            told(
                "Thư mục {folder} nằm trên ổ mạng. Sổ có thể hỏng khi mất kết nối; hãy "
                "chuyển sang ổ đĩa của máy.",
                folder=folder,
            )
        )
        return found  # to look for marks there might take long
    cloud = cloud_of(folder)
    if cloud:
        found.append(
            told(
                "Thư mục dữ liệu nằm trong {cloud}, được chép lên mạng: sổ có thể bị tách "
                "làm hai hoặc hỏng, và dữ liệu rời khỏi máy. Hãy chuyển sổ ra ngoài "
                "{cloud}.",
                cloud=cloud,
            )
        )
    if is_temporary(folder):
        found.append(
            told(
                "Thư mục dữ liệu là thư mục tạm, có thể bị xóa khi máy dọn ổ đĩa. Hãy "
                "chuyển sổ sang thư mục khác."
            )
        )
    return found


def second_registers(folder: Path) -> list[str]:
    """The names of registers beside the office's own that a cloud's program has split off."""
    try:
        names = [unicodedata.normalize("NFC", path.name) for path in folder.iterdir()]
    except OSError:  # it will be told of when the register is opened
        return []
    return sorted(name for name in names if _COPY.fullmatch(name))


def cloud_of(folder: Path) -> str:
    """Which cloud copies *folder*; empty if none is known to."""
    if any(_lies_in(folder, os.environ.get(name, "")) for name in _ONEDRIVE):
        return "OneDrive"
    for part in folder.absolute().parts:
        for cloud, named in _CLOUDS:
            if named.fullmatch(unicodedata.normalize("NFC", part)):
                return cloud
    return next(_marked(folder), "")


def is_temporary(folder: Path) -> bool:
    """Whether *folder* lies where the system sweeps."""
    places = (tempfile.gettempdir(), os.environ.get("TEMP", ""), os.environ.get("TMP", ""))
    return any(_lies_in(folder, place) for place in places)


def is_network(folder: Path) -> bool:
    """Whether *folder* lies on another machine."""
    if sys.platform == "win32":
        return _is_windows_network(folder)
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    best, kind = "", ""
    whole = str(folder.absolute())
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, place, name, *_ = line.split(" ")
        if (whole == place or whole.startswith(place.rstrip("/") + "/")) and len(place) >= len(
            best
        ):
            best, kind = place, name
    return kind in _NETWORK


def _is_windows_network(folder: Path) -> bool:
    import ctypes

    whole = str(folder.absolute())
    if whole.startswith("\\\\"):
        return True
    windll = getattr(ctypes, "windll")  # noqa: B009 - absent elsewhere, as mypy knows
    drive_is_remote = 4
    return bool(windll.kernel32.GetDriveTypeW(folder.absolute().anchor) == drive_is_remote)


def _marked(folder: Path) -> Iterator[str]:
    for place in (folder.absolute(), *folder.absolute().parents):
        for cloud, mark in _MARKS:
            if os.path.exists(place / mark):  # noqa: PTH110 - says no where it may not look
                yield cloud


def _lies_in(folder: Path, place: str) -> bool:
    if not place:
        return False
    return Path(_plain(str(folder.absolute()))).is_relative_to(_plain(place))


def _plain(path: str) -> str:
    """*path* with its links followed and its short names told in full, in the system's case."""
    return os.path.normcase(os.path.realpath(path))
