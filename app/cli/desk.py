"""What a command works with: the office's folder, the day, and the answer it gives."""

from __future__ import annotations

from collections.abc import Callable
from contextlib import AbstractContextManager, ExitStack, suppress
from dataclasses import dataclass, field
from datetime import date
from pathlib import Path

from app import durable, paths
from app.errors import Cancelled, Refused
from app.services.sync.damage import damage_told
from app.store import Store, creation
from app.store.clock import Doubt
from app.store.copy import CopyStore
from app.store.folder import Folder
from app.words import told

OpenStore = Callable[[Path], Store]
Creating = Callable[[Path], AbstractContextManager[Store]]


@dataclass(frozen=True)
class Answer:
    """What a command found or did: `value` goes to --json, `text` to a person.

    `code` is the exit code when the command ran but what it looked at is not in order.
    """

    value: object
    text: str
    code: int = 0


@dataclass
class Desk:
    """One run of the command line. The folder is opened when a command first needs it.

    Where there is no register yet, a command that may begin one writes it apart: it comes to be
    when the desk is closed after a command that was done and has written something.
    """

    folder: Path
    today: date
    open_store: OpenStore
    creating: Creating
    may_begin: bool = False
    doubt: Doubt | None = None
    """Why the clock cannot be right: then nothing is written, and what is read is a copy."""
    _store: Store | None = field(default=None, repr=False)
    _scratch: ExitStack = field(default_factory=ExitStack, repr=False)
    _new: ExitStack | None = field(default=None, repr=False)

    @property
    def store(self) -> Store:
        """The office's register. Raises Refused if it must be there and is not."""
        if self._store is None:
            with damage_told(self.folder):
                self._store = self._opened()
        return self._store

    @property
    def is_new(self) -> bool:
        """Whether the register comes to be with this command."""
        return self._new is not None

    def close(self, *, is_done: bool = True) -> None:
        """Let go of the folder; of a register that was not there only if *is_done*."""
        store, self._store = self._store, None
        new, self._new = self._new, None
        if new is not None and store is not None:
            _end(new, is_kept=is_done and creation.has_content(store))
        elif store is not None:
            store.close()
        self._scratch.close()

    def _opened(self) -> Store:
        if self.doubt is not None:
            return self._opened_in_doubt(str(self.doubt))
        if self.may_begin and not Folder(self.folder).examine():
            self._new = ExitStack()
            return self._new.enter_context(self.creating(self.folder))
        _refuse_absent(self.folder)
        return self.open_store(self.folder)

    def _opened_in_doubt(self, doubt: str) -> Store:
        remedy = told(
            "{doubt}. Chỉnh lại ngày giờ của máy; nếu đồng hồ đúng, thêm --clock-is-right.",
            doubt=doubt,
        )
        if self.may_begin and not Folder(self.folder).examine():
            raise Refused(why=told("Chưa tạo sổ vì {remedy}", remedy=remedy))
        _refuse_absent(self.folder)
        scratch = self._scratch.enter_context(durable.scratch())
        return CopyStore(Folder(self.folder).database, scratch / "office", why=remedy)


def _refuse_absent(folder: Path) -> None:
    if not (paths.is_there(folder) and folder.is_dir()):
        raise Refused(
            why=told("Không có thư mục dữ liệu {folder}. Kiểm tra lại --data.", folder=folder)
        )
    if not Folder(folder).examine():
        raise Refused(
            why=told(
                "Thư mục {folder} chưa có sổ. Kiểm tra lại --data, hoặc tạo sổ bằng lệnh "
                "office, add, import hay sample.",
                folder=folder,
            )
        )


def _end(new: ExitStack, *, is_kept: bool) -> None:
    if is_kept:
        new.close()
        return
    with suppress(Cancelled):
        new.__exit__(Cancelled, Cancelled(), None)
