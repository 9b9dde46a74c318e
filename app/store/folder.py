"""An office's folder: what lies where, whether it is ours, and whether it is safe to use."""

from __future__ import annotations

import sys
from dataclasses import dataclass
from pathlib import Path

from app import durable
from app.errors import EmptyFile, NotOurs, TargetGone

APPLICATION_ID = 0x50484F50  # "PHOP"
_HEADER = b"SQLite format 3\0"
_NETWORK = ("nfs", "nfs4", "cifs", "smbfs", "smb3", "fuse.sshfs", "9p", "afs")


@dataclass(frozen=True)
class Folder:
    """Paths of one office's data."""

    path: Path

    @property
    def database(self) -> Path:
        """The register itself."""
        return self.path / "so-phoi-hop.phop"

    @property
    def blobs(self) -> Path:
        """Attached files, named by their SHA-256."""
        return self.path / "blobs"

    @property
    def backups(self) -> Path:
        """Copies of the register."""
        return self.path / "backups"

    @property
    def packets(self) -> Path:
        """Conference packets written here unless the clerk says elsewhere."""
        return self.path / "packets"

    @property
    def lock(self) -> Path:
        """Held by whoever has the register open."""
        return self.path / "so-phoi-hop.lock"

    def prepare(self) -> None:
        """Make the folders; raises TargetGone or DiskFull if that cannot be done."""
        try:
            for folder in (self.path, self.blobs, self.backups, self.packets):
                folder.mkdir(parents=True, exist_ok=True)
        except OSError as error:
            raise durable.said(error, self.path) from error

    def examine(self) -> bool:
        """Whether a register is here. Raises NotOurs or EmptyFile, touching nothing."""
        if not self.database.exists():
            return False
        if not self.database.is_file():
            raise NotOurs(path=self.database)
        try:
            with self.database.open("rb") as file:
                head = file.read(100)
        except OSError as error:
            raise TargetGone(path=self.database, why="tệp không đọc được.") from error
        if not head:
            raise EmptyFile(path=self.database)
        if head[:16] != _HEADER or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
            raise NotOurs(path=self.database)
        return True

    def warning(self) -> str | None:
        """A sentence if the folder lies where a database is not safe, else None."""
        if _is_network(self.path):
            return (
                f"Thư mục {self.path} nằm trên ổ mạng. Sổ có thể hỏng khi mất kết nối; "
                "hãy chuyển sang ổ đĩa của máy."
            )
        return None


def _is_network(path: Path) -> bool:
    if sys.platform == "win32":
        return _is_windows_network(path)
    mounts = Path("/proc/mounts")
    if not mounts.exists():
        return False
    best, kind = "", ""
    whole = str(path.absolute())
    for line in mounts.read_text(encoding="utf-8", errors="replace").splitlines():
        _, place, name, *_ = line.split(" ")
        if (whole == place or whole.startswith(place.rstrip("/") + "/")) and len(place) >= len(
            best
        ):
            best, kind = place, name
    return kind in _NETWORK


def _is_windows_network(path: Path) -> bool:
    import ctypes

    whole = str(path.absolute())
    if whole.startswith("\\\\"):
        return True
    windll = getattr(ctypes, "windll")  # noqa: B009 - absent elsewhere, as mypy knows
    drive_is_remote = 4
    return bool(windll.kernel32.GetDriveTypeW(path.absolute().anchor) == drive_is_remote)
