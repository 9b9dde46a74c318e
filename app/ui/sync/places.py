"""Where carried files go: the folder or stick that was used last is offered first."""

from __future__ import annotations

from pathlib import Path

from PySide6.QtCore import QCoreApplication
from PySide6.QtWidgets import QWidget

from app.carried import Carried
from app.sync.stick import refuse_deep
from app.ui.common.list.export_place import start_of
from app.ui.common.parts import dialogs
from app.ui.common.parts.office import Office
from app.words import marked, told

_KEY = "sync.place"
Kinds = tuple[str, str]
"""What a file dialog offers: its words, and the ending of its names."""
PACKAGES = (marked("Gói đồng bộ (*{suffix})"), Carried.PACKAGE)
INVITATIONS = (marked("Thư mời (*{suffix})"), Carried.INVITATION)
REQUESTS = (marked("Tệp xin tham gia (*{suffix})"), Carried.REQUEST)
REGISTERS = (marked("Sổ Phối Hợp (*{suffix})"), ".phop")
APPROVALS = (marked("Tệp chấp thuận (*{suffix})"), Carried.APPROVAL)


def last_place(office: Office) -> Path | None:
    """The folder used last, if it is there now."""
    kept = office.remember.get(_KEY)
    found = Path(kept) if isinstance(kept, str) and kept else None
    return found if found is not None and found.is_dir() else None


def choose_place(parent: QWidget, office: Office) -> Path | None:
    """Let the clerk choose a stick or a folder."""
    title, last = _tr("Chọn USB hoặc thư mục"), last_place(office)
    chosen = dialogs.choose_folder(parent, title, last, refuse_deep)
    if chosen is not None:
        office.remember.put(_KEY, str(chosen))
    return chosen


def open_carried(parent: QWidget, office: Office, title: str, kinds: Kinds) -> Path | None:
    """Let the clerk choose a carried file to read."""
    every = f"{_filter(kinds)};;{_tr('Mọi tệp (*)')}"
    chosen = dialogs.open_file(parent, title, every, last_place(office))
    if chosen is not None:
        office.remember.put(_KEY, str(chosen.parent))
    return chosen


def save_carried(
    parent: QWidget, office: Office, title: str, kinds: Kinds, name: str
) -> Path | None:
    """Let the clerk choose where a carried file is written."""
    proposed = (last_place(office) or start_of(office)) / name
    chosen = dialogs.save_file(parent, title, _filter(kinds), proposed)
    if chosen is not None:
        office.remember.put(_KEY, str(chosen.parent))
    return chosen


def _filter(kinds: Kinds) -> str:
    words, suffix = kinds
    return told(words, suffix=suffix)


def _tr(words: str) -> str:
    return QCoreApplication.translate("CarriedFiles", words)
