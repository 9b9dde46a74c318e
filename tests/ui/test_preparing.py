"""Work before there is a window shows how far it is, and can be stopped."""

from __future__ import annotations

import threading

import pytest
from PySide6.QtCore import Qt
from PySide6.QtWidgets import QDialog
from pytestqt.qtbot import QtBot

from app.errors import Cancelled, Refused
from app.progress import Progress
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office
from app.ui.first_start import Begin
from app.ui.main_window import MainWindow
from app.ui.preparing import Preparing, carry_out
from app.ui.room import Room
from app.ui.welcome import welcome
from tests.ui.fakes import ROOMS, FakePage


@pytest.fixture
def seen(qtbot: QtBot, monkeypatch: pytest.MonkeyPatch) -> list[str]:
    """The dialogs that were opened; each runs as a person would see it, until it closes."""
    titles: list[str] = []

    def run(dialog: QDialog) -> int:
        titles.append(dialog.windowTitle())
        dialog.show()
        qtbot.waitUntil(lambda: not dialog.isVisible())
        return 0

    monkeypatch.setattr(QDialog, "exec", run)
    return titles


def test_what_was_done_is_done_when_it_returns(seen: list[str]) -> None:
    done: list[int] = []

    carry_out(lambda _progress: done.append(1), "Mở sổ phối hợp", "Đang tạo sổ")

    assert done == [1]
    assert seen == ["Phối Hợp"]


@pytest.mark.usefixtures("seen")
def test_a_refusal_reaches_whoever_asked() -> None:
    def refuse(_progress: Progress) -> None:
        raise Refused(why="Thư mục đã có dữ liệu.")

    with pytest.raises(Refused, match="đã có dữ liệu"):
        carry_out(refuse, "Mở sổ phối hợp", "Đang tạo sổ")


def test_esc_stops_the_work_at_its_next_step(qtbot: QtBot) -> None:
    begun, go_on = threading.Event(), threading.Event()

    def work(progress: Progress) -> None:
        begun.set()
        go_on.wait(5)
        progress(1, 2)

    dialog = Preparing(work, "Mở sổ phối hợp", "Đang tạo sổ mẫu")
    qtbot.addWidget(dialog)
    dialog.show()
    begun.wait(5)
    qtbot.keyClick(dialog, Qt.Key.Key_Escape)
    assert dialog.isVisible()
    go_on.set()
    qtbot.waitUntil(lambda: not dialog.isVisible())
    dialog.tasks.wait()

    assert isinstance(dialog.error, Cancelled)


@pytest.mark.parametrize(
    ("begin", "room", "words"),
    [
        (Begin.EMPTY, "regulation", "Nhập quy chế đầu tiên từ tệp Word bằng Ctrl+O"),
        (Begin.SAMPLE, "overview", "Đây là sổ mẫu để làm quen"),
        (Begin.RESTORE, "overview", "Đã khôi phục sổ."),
    ],
)
def test_the_first_screen_names_the_next_step(
    office: Office, qtbot: QtBot, begin: Begin, room: str, words: str
) -> None:
    rooms = (*ROOMS[:1], Room("regulation", "Quy chế", "regulation", FakePage), *ROOMS[1:])
    window = MainWindow(office, rooms)
    qtbot.addWidget(window)
    window.show()
    welcome(begin, window)

    assert window.room is not None
    assert window.room.key == room
    bar = window.page_of(room).findChild(MessageBar)
    assert isinstance(bar, MessageBar)
    assert words in bar.sentence()
    bar.close_message()
