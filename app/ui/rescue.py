"""When the register does not open: say why, and offer the newest backup that does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path

from PySide6.QtCore import QCoreApplication

from app.errors import (
    AlreadyOpen,
    AppError,
    Cancelled,
    Damaged,
    EmptyFile,
    NewerStore,
    NotOurs,
    StoreProblem,
)
from app.store import Store
from app.store.backup import Backup
from app.store.creation import refuse_deep
from app.store.facts import Restoration
from app.store.folder import Folder
from app.store.restoring import newest_sound, remember, replace_by
from app.text import clock_words
from app.ui.common.parts import dialogs

OpenStore = Callable[[], Store]


class OtherFolder(Exception):
    """The clerk wants the register in `folder` to be opened instead."""

    def __init__(self, folder: Path) -> None:
        super().__init__(str(folder))
        self.folder = folder


def open_or_rescue(open_store: OpenStore, folder: Path, *, may_move: bool = False) -> Store | None:
    """The open store; None when it stays closed, and then the clerk has been told why.

    *may_move*: another folder is offered where that is a remedy; raises OtherFolder if one is
    chosen.
    """
    try:
        return open_store()
    except Cancelled:
        return None
    except (EmptyFile, Damaged, NotOurs) as error:
        return _rescue(error, open_store, Folder(folder), may_move=may_move)
    except AppError as error:
        elsewhere = may_move and not isinstance(error, AlreadyOpen | NewerStore)
        _tell(error, folder, may_move=elsewhere)
        return None


def _tell(error: AppError, folder: Path, *, may_move: bool) -> None:
    title = _tr("Không mở được sổ")
    if not may_move:
        dialogs.tell_error(None, title, error)
        return
    acts = (_tr("Đóng"), _tr("Chọn thư mục khác …"))
    if dialogs.choose(None, title, str(error), acts) == 1:
        title = _tr("Chọn thư mục dữ liệu")
        chosen = dialogs.choose_folder(None, title, folder.parent, refuse_deep)
        if chosen is not None:
            raise OtherFolder(chosen)


def _rescue(
    error: StoreProblem, open_store: OpenStore, folder: Folder, *, may_move: bool = False
) -> Store | None:
    now = datetime.now().astimezone()
    found = newest_sound(folder, now)
    if found is None:
        _tell(error, folder.path, may_move=may_move)
        return None
    if not _agreed(error, found):
        return None
    try:
        replace_by(folder, found.path, now)
        store = open_store()
    except AppError as other:
        dialogs.tell_error(None, _tr("Không khôi phục được sổ"), other)
        return None
    remember(store, Restoration(now, found.path.name, _tr("Tệp sổ không mở được.")))
    return store


def _agreed(error: StoreProblem, found: Backup) -> bool:
    body = _tr(
        "{why} Có bản sao lưu lúc {at} mở được. Nếu khôi phục, tệp không mở được vẫn giữ trong "
        "thư mục dữ liệu; những gì ghi sau lúc đó không có trong bản sao lưu."
    )
    return dialogs.ask(
        None,
        _tr("Không mở được sổ. Khôi phục bản sao lưu?"),
        body.format(why=error, at=clock_words(found.at)),
        _tr("Khôi phục"),
        _tr("Đóng"),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Rescue", words)
