"""What a command works with: the office's folder, the day, and the answer it gives."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path
from typing import Any

from app.errors import Refused
from app.services.damage import damage_told
from app.store import Store

OpenStore = Callable[[Path], Store]


@dataclass(frozen=True)
class Answer:
    """What a command found or did: `value` goes to --json, `text` to a person.

    `code` is the exit code when the command ran but what it looked at is not in order.
    """

    value: Any
    text: str
    code: int = 0


@dataclass
class Desk:
    """One run of the command line. The folder is opened when a command first needs it."""

    folder: Path
    today: date
    open_store: OpenStore
    may_begin: bool = False
    _store: Store | None = field(default=None, repr=False)

    @property
    def store(self) -> Store:
        """The office's register. Raises Refused if it must be there and is not."""
        if self._store is None:
            if not self.may_begin and not self.folder.is_dir():
                raise Refused(why=f"Không có thư mục dữ liệu {self.folder}. Kiểm tra lại --data.")
            with damage_told(self.folder):
                self._store = self.open_store(self.folder)
        return self._store

    def close(self) -> None:
        """Let go of the folder."""
        if self._store is not None:
            self._store.close()
