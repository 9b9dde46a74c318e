"""What a clerk must know as soon as the register is open: where it is not safe, what failed."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from app.errors import AppError
from app.ui.common.parts.office import Link, Office
from app.ui.main_window import MainWindow


def say_notices(window: MainWindow, backup_failure: AppError | None) -> None:
    """Say it above the page: what the page itself says (a draft left behind) stays readable."""
    office = window.office
    sentences: list[str] = []
    links: list[Link] = []
    if backup_failure is not None:
        told = _tr(
            "Chưa sao lưu được sổ hôm nay. {} Sổ vẫn ghi được; sửa chỗ ấy rồi bấm Sao lưu lại."
        )
        sentences.append(told.format(backup_failure))
        links.append((_tr("Sao lưu lại"), partial(_back_up, window)))
    warning = office.store.folder.warning()
    if warning is not None:
        sentences.append(warning)
        links.append((_tr("Mở Cài đặt"), partial(office.go, "settings", view="office")))
    if sentences:
        window.messages.say("warn", " ".join(sentences), links)


def _back_up(window: MainWindow) -> None:
    office = window.office
    office.tasks.start(
        lambda progress: office.store.backup("daily", progress),
        partial(_backed_up, office),
        label=_tr("Đang sao lưu"),
        failed=partial(_failed, window),
    )


def _backed_up(office: Office, _made: object) -> None:
    office.say("info", _tr("Đã sao lưu sổ."))


def _failed(window: MainWindow, error: Exception) -> None:
    if not isinstance(error, AppError):
        raise error
    say_notices(window, error)


def _tr(words: str) -> str:
    return QCoreApplication.translate("Notices", words)
