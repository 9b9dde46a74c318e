"""A carried file that came by a double click or was dropped on the room: to the step it is for."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QCoreApplication

from app.carried import Carried, kind_of
from app.services.sync.membership import Membership, Stage
from app.ui.common.parts import dialogs
from app.ui.sync import entries

if TYPE_CHECKING:
    from app.ui.sync.page import SyncPage


def open_carried_file(page: SyncPage, path: Path) -> None:
    """Preview a package; take any other file to its step of joining. Nothing is written yet."""
    kind = kind_of(path)
    if kind is None or kind is Carried.PACKAGE:
        _look(page, path)
        return
    page.show_part(entries.JOINING)
    refusal = _refusal(kind, page.seen.standing)
    if refusal:
        page.office.say("danger", refusal)
    elif kind is Carried.INVITATION:
        page.joining.answer(path)
    elif kind is Carried.REQUEST:
        page.joining.judge(path)
    else:
        _enter(page, path)


def _look(page: SyncPage, path: Path) -> None:
    if not page.seen.standing.may_exchange:
        page.show_part(entries.JOINING)  # the sentence that follows says why; the way is here
    page.look_at(path)


def _refusal(kind: Carried, standing: Membership) -> str:
    """Why a file of joining is of no use here; empty where it may be."""
    if standing.stage is Stage.READING:
        return standing.trouble or _tr("Sổ đang mở ở chế độ chỉ đọc nên không vào nhóm được.")
    is_hub, is_for_hub = standing.stage is Stage.HUB, kind is Carried.REQUEST
    if is_for_hub and not is_hub:
        return _tr(
            "Tệp xin tham gia do văn phòng đầu mối mở để chấp thuận. Gửi tệp này cho văn phòng đó."
        )
    if is_hub and not is_for_hub:
        return _tr(
            "Văn phòng này là đầu mối của nhóm. Thư mời và tệp chấp thuận do văn phòng khác mở; "
            "chuyển tệp cho văn phòng đó."
        )
    return ""


def _enter(page: SyncPage, path: Path) -> None:
    """Asked first: a double click alone must not change whom this office trusts."""
    body = _tr("Danh sách văn phòng trong tệp được ghi vào sổ. Từ đó gửi và nhận gói được.")
    title = _tr("Vào nhóm đồng bộ bằng tệp {}?").format(path.name)
    if dialogs.ask(page, title, body, _tr("Vào nhóm")):
        page.joining.enter_by(path)


def _tr(words: str) -> str:
    return QCoreApplication.translate("SyncPage", words)
