"""What the window shows right after the first start: the next step, not a page of zeros."""

from __future__ import annotations

from functools import partial

from PySide6.QtCore import QCoreApplication

from app.ui.common.parts.office import Place
from app.ui.first_start import Begin
from app.ui.main_window import MainWindow


def welcome(begin: Begin, window: MainWindow) -> None:
    """Go to the room where work begins and say how."""
    office = window.office
    if begin is Begin.EMPTY:
        window.go(Place("regulation"))
        sentence = _tr(
            "Sổ đã sẵn sàng. Nhập quy chế đầu tiên từ tệp Word bằng Ctrl+O, hoặc thêm cơ quan."
        )
        bodies = partial(office.go, "agency")
        clerks = partial(office.go, "settings", view="clerk")
        office.say("info", sentence, [(_tr("Thêm cơ quan"), bodies), (_tr("Thêm cán bộ"), clerks)])
    elif begin is Begin.SAMPLE:
        sentence = _tr("Đây là sổ mẫu để làm quen; số liệu chỉ minh họa. Phím F1 mở hướng dẫn.")
        office.say("info", sentence)
    else:
        office.say("info", _tr("Đã khôi phục sổ. Việc đang chờ ở Tổng quan."))


def _tr(words: str) -> str:
    return QCoreApplication.translate("Welcome", words)
