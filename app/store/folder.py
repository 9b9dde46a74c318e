"""An office's folder: what lies where, whether it is ours, and whether it is safe to use."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path

from app import durable
from app.errors import EmptyFile, NotOurs, TargetGone
from app.store import whereabouts
from app.words import told

APPLICATION_ID = 0x50484F50  # "PHOP"
_HEADER = b"SQLite format 3\0"


_APART = "so-phoi-hop.dang-tao"


@dataclass(frozen=True)
class Folder:
    """Paths of one office's data."""

    path: Path

    @property
    def apart(self) -> Folder:
        """Where a new register is built before it takes its place here."""
        return Folder(self.path / _APART)

    @property
    def is_apart(self) -> bool:
        """Whether this is where a new register is being built."""
        return self.path.name == _APART

    @property
    def named(self) -> Path:
        """The folder that a clerk knows of."""
        return self.path.parent if self.is_apart else self.path

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
        """ReviewDesk packets written here unless the clerk says elsewhere."""
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
        """Whether a register is here. Raises NotOurs, EmptyFile or TargetGone, touching nothing."""
        try:
            if not self.database.exists():
                return False
            head = self._head()
        except OSError as error:  # a folder that may not be looked into, too
            raise TargetGone(path=self.database, why="tệp không đọc được.") from error
        if not head:
            raise EmptyFile(path=self.database)
        if head[:16] != _HEADER or int.from_bytes(head[68:72], "big") != APPLICATION_ID:
            raise NotOurs(path=self.database)
        return True

    def _head(self) -> bytes:
        if not self.database.is_file():
            raise NotOurs(path=self.database)
        return durable.read(self.database, 100)

    def warning(self) -> str | None:
        """What makes the folder a place where a register is not safe, in sentences; else None."""
        found = whereabouts.dangers(self.path)
        for name in whereabouts.second_registers(self.path):
            found.append(
                told(
                    "Cạnh sổ có thêm {name}, thường do chương trình đồng bộ đám mây tách "
                    "ra: có thể có dữ liệu chỉ nằm ở tệp ấy. Giữ cả hai tệp, đừng xóa, và "
                    "nhờ người hỗ trợ xem.",
                    name=name,
                )
            )
        return " ".join(found) or None
