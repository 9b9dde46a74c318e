"""A clock that cannot be right is asked about before anything is written."""

from __future__ import annotations

from PySide6.QtCore import QCoreApplication

from app.store.clock import Doubt
from app.text import date_words
from app.ui.common.parts import dialogs


def may_go_on(doubt: Doubt) -> bool:
    """Whether the clerk says that the clock is right after all."""
    past = (
        _tr("Lần ghi sổ gần nhất là ngày {}.")
        if doubt.is_own
        else _tr("Bản Phối Hợp này phát hành ngày {}.")
    )
    body = _tr(
        "Đồng hồ của máy đang là {shown}. {past} Ghi sổ khi ngày của máy sai thì lịch sử, thời hạn "
        "và gói đồng bộ sẽ mang ngày sai. Chưa có gì được ghi."
    )
    chosen = dialogs.choose(
        None,
        _tr("Ngày của máy có đúng không?"),
        body.format(shown=date_words(doubt.shown), past=past.format(date_words(doubt.past))),
        (_tr("Đóng để chỉnh đồng hồ"), _tr("Ngày đúng, tiếp tục")),
    )
    return chosen == 1


def _tr(words: str) -> str:
    return QCoreApplication.translate("Clock", words)
