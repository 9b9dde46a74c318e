"""When the register does not open: say why, and offer the newest backup that does."""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime
from pathlib import Path
from typing import Any

from PySide6.QtCore import QCoreApplication

from app.errors import AppError, Damaged, EmptyFile, NotOurs, StoreProblem
from app.store.backup import Backup
from app.store.facts import Restoration
from app.store.folder import Folder
from app.store.restoring import newest_sound, remember, replace_by
from app.ui.common import dialogs

OpenStore = Callable[[], Any]


def open_or_rescue(open_store: OpenStore, folder: Path) -> Any:
    """The open store; None when it stays closed, and then the clerk has been told why."""
    try:
        return open_store()
    except (EmptyFile, Damaged, NotOurs) as error:
        return _rescue(error, open_store, Folder(folder))
    except AppError as error:
        dialogs.tell_error(None, _tr("Không mở được sổ"), error)
        return None


def _rescue(error: StoreProblem, open_store: OpenStore, folder: Folder) -> Any:
    found = newest_sound(folder)
    if found is None:
        dialogs.tell_error(None, _tr("Không mở được sổ"), error)
        return None
    if not _agreed(error, found):
        return None
    now = datetime.now().astimezone()
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
        body.format(why=error, at=f"{found.at:%H:%M %d/%m/%Y}"),
        _tr("Khôi phục"),
        _tr("Đóng"),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("Rescue", words)
