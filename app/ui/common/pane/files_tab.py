"""The files that hang on a record: listed in the detail pane, opened as read-only copies."""

from __future__ import annotations

import stat
from collections.abc import Sequence
from functools import partial
from pathlib import Path
from uuid import UUID

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app import durable, place
from app.errors import AppError, TargetGone
from app.models import Attachment
from app.registers.column import Column, Columns
from app.services import attachments
from app.ui.common.pane.content import Part, Rows, Words
from app.ui.common.parts.dialogs import ask
from app.ui.common.parts.office import Office, open_path
from app.words import told

RISKY = frozenset(
    {
        ".exe",
        ".com",
        ".bat",
        ".cmd",
        ".msi",
        ".scr",
        ".lnk",
        ".js",
        ".vbs",
        ".ps1",
        ".docm",
        ".xlsm",
    }
)
"""Files that run something when they are opened."""
_COLUMNS: Columns[Attachment] = (
    Column("name", "Tệp", lambda file: file.name, width=0),
    Column("size", "Cỡ", lambda file: size_words(file.size), "muted", width=10),
)


def files_of(office: Office, parent: QWidget, *owners: UUID) -> Sequence[Part]:
    """The files of these records; a click opens a copy."""
    with office.store.reading() as session:
        found = [file for owner in owners for file in attachments.of_record(session, owner)]
    if not found:
        return (Words(told("Chưa có tệp nào."), "muted"),)
    return (Rows(_COLUMNS, found, opens=partial(open_copy, office, parent)),)


def open_copy(office: Office, parent: QWidget, file: Attachment) -> None:
    """Open a read-only copy, so that nobody edits what was signed; ask before a risky kind."""
    name = place.legal(file.name)  # "a.exe. " is what Windows runs as "a.exe"
    if Path(name).suffix.lower() in RISKY and not _may_run(parent, name):
        return
    try:
        open_path(_copy(office.store.blobs.open(file.sha256), office.scratch.folder(), name))
    except AppError as error:
        office.tell(error)


def size_words(size: int) -> str:
    """*size* bytes as an office says it: "340 KB", "1,2 MB"."""
    if size < 1_000_000:
        return f"{max(1, round(size / 1000))} KB"
    return f"{size / 1_000_000:.1f} MB".replace(".", ",")


def _copy(source: Path, folder: Path, name: str) -> Path:
    try:
        target = place.fit(folder, *place.parted(name))
        durable.copy(source, target)
        target.chmod(stat.S_IREAD)
    except OSError as error:
        raise TargetGone(path=folder, why="không chép được tệp ra để mở.") from error
    return target


def _may_run(parent: QWidget, name: str) -> bool:
    return ask(
        parent,
        _tr("Mở tệp có thể chạy chương trình?"),
        _tr("“{}” là loại tệp có thể chạy lệnh trên máy. Chỉ mở khi biết chắc ai đã gửi.").format(
            name
        ),
        _tr("Vẫn mở"),
        _tr("Không mở"),
    )


def _tr(words: str) -> str:
    return QCoreApplication.translate("FilesTab", words)
