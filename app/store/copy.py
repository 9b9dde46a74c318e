"""A copy of a register, opened only to be read: it bears no key and is given none."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from sqlcipher3 import dbapi2

from app.errors import BackupUnusable, ReadOnly
from app.journal.keys import Keyring
from app.progress import Progress, quiet
from app.store import backup as backups
from app.store.blobs import Blobs
from app.store.engine import connect
from app.store.folder import Folder
from app.store.store import Store
from app.words import marked, told

COPY = marked("đây là bản sao mở để xem.")
_NAME = marked("{name} (bản sao, chỉ xem)")


class CopyStore(Store):
    """The register in *source*, copied into *scratch*, which its opener removes afterwards.

    What is written to the source meanwhile is not seen. Attached files are read where they lie.
    """

    def __init__(
        self,
        source: Path,
        scratch: Path,
        *,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
        why: str = COPY,
    ) -> None:
        """*why* it may only be read. Raises BackupUnusable or NewerStore: nothing is opened."""
        self._why = why
        backups.examine(source)
        folder = Folder(scratch)
        folder.prepare()
        _copy(source, folder.database)
        super().__init__(scratch, keyring=Keyring(scratch / "keys"), now=now)
        beside = [place / "blobs" for place in (source.parent, source.parent.parent)]
        self.blobs = Blobs(next((place for place in beside if place.is_dir()), folder.blobs))

    @property
    def office_name(self) -> str:
        """The office's name, so that nobody takes the copy for the register."""
        name = super().office_name
        return told(_NAME, name=name) if self._why == COPY else name

    def renew_replica(self) -> None:
        """A copy never writes. Raises ReadOnly."""
        raise ReadOnly(why=self._why)

    def backup(
        self, _reason: str = "manual", _progress: Progress = quiet, *, sparing: Path | None = None
    ) -> backups.Backup:
        """A backup of it would go when it goes. Raises ReadOnly."""
        del sparing
        raise ReadOnly(why=self._why)

    def _read_identity(self) -> None:
        super()._read_identity()
        self.read_only_reason = self._why


def _copy(source: Path, target: Path) -> None:
    """Copy with SQLite's own call: what still lies in a `-wal` beside the source comes along."""
    try:
        read, write = connect(source, read_only=True), dbapi2.connect(str(target))
        try:
            read.backup(write)
        finally:
            write.close()
            read.close()
    except dbapi2.Error as error:
        raise BackupUnusable(path=source, why="không đọc được tệp.") from error
