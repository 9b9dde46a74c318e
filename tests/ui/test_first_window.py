"""A second start hands its file over to the window that is open, and ends."""

from __future__ import annotations

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

from app.errors import Refused
from app.ui import first_window
from app.ui.first_window import LONGEST, FirstWindow, raise_first_window


@pytest.fixture
def parent() -> Iterator[QObject]:
    made = QTimer()
    yield made
    made.deleteLater()


@pytest.fixture
def first(tmp_path: Path, parent: QObject, qtbot: QtBot) -> Iterator[FirstWindow]:
    made = FirstWindow(tmp_path, parent)
    yield made
    made.close()


def start(folder: Path, carried: Path) -> subprocess.Popen[bytes]:
    """Another process that hands *carried* over; prints whether there was somebody to take it."""
    root = Path(first_window.__file__).parents[2]
    words = [sys.executable, "-c", _HAND_OVER, str(root), str(folder), str(carried)]
    return subprocess.Popen(words, stdout=subprocess.PIPE)


_HAND_OVER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from PySide6.QtCore import QCoreApplication
from app.ui.first_window import raise_first_window
application = QCoreApplication([])
print(raise_first_window(Path(sys.argv[2]), Path(sys.argv[3])))
"""


def test_a_second_start_raises_the_first_window(
    tmp_path: Path, parent: QObject, qtbot: QtBot
) -> None:
    assert not raise_first_window(tmp_path)
    first = FirstWindow(tmp_path, parent)
    with qtbot.waitSignal(first.asked), qtbot.assertNotEmitted(first.brought, wait=50):
        assert raise_first_window(tmp_path)
    assert not raise_first_window(tmp_path / "another office")
    first.close()

    assert not raise_first_window(tmp_path)


def test_another_process_hands_its_file_over_and_ends(
    tmp_path: Path, first: FirstWindow, qtbot: QtBot
) -> None:
    # Named as a command line names it: from where the process stands.
    (tmp_path / "từ Sở Y tế").mkdir()
    root = Path(first_window.__file__).parents[2]
    words = ["--data", str(tmp_path), "từ Sở Y tế/gói số 3.phx"]
    command = [sys.executable, "-c", _RUN, str(root), *words]
    env = {**os.environ, "QT_QPA_PLATFORM": "offscreen"}
    with (
        subprocess.Popen(command, cwd=tmp_path, env=env) as child,
        qtbot.waitSignal(first.brought, timeout=30_000) as heard,
    ):
        pass
    # It has ended, and the register was not touched by the second start.
    assert child.returncode == 0
    assert heard.args == [tmp_path / "từ Sở Y tế" / "gói số 3.phx"]
    assert not (tmp_path / "so-phoi-hop.phop").exists()


_RUN = """
import sys
sys.path.insert(0, sys.argv[1])
from app.__main__ import main
sys.exit(main(sys.argv[2:]))
"""


def test_a_window_that_is_at_work_gets_the_file_when_it_is_free(
    tmp_path: Path, first: FirstWindow, qtbot: QtBot
) -> None:
    with start(tmp_path, tmp_path / "thư mời.phm") as child:
        time.sleep(4)  # the window does not look up, and the child has long connected
        assert child.poll() is None
        with qtbot.waitSignal(first.brought, timeout=30_000) as heard:
            pass
        assert child.communicate()[0].strip() == b"True"
    assert heard.args == [tmp_path / "thư mời.phm"]


def test_a_window_that_never_answers_is_said_and_the_file_is_not_lost_in_silence(
    tmp_path: Path, first: FirstWindow, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_window, "_TAKEN_MS", 50)
    with pytest.raises(Refused, match=r"chưa trả lời nên chưa mở tệp goi\.phx"):
        raise_first_window(tmp_path, tmp_path / "goi.phx")


@pytest.mark.parametrize(
    "sent",
    [
        b"x" * (2 * LONGEST),
        b"/" + b"x" * LONGEST + b".phx\n",
        b"goi.phx\n",
        b"/a\x00b.phx\n",
        b"\n",
        b"/goi.phx",
    ],
    ids=["endless", "too long", "relative", "control", "empty", "cut short"],
)
def test_what_is_no_whole_path_is_not_taken_over(
    tmp_path: Path, first: FirstWindow, qtbot: QtBot, sent: bytes
) -> None:
    socket = QLocalSocket()
    with qtbot.assertNotEmitted(first.brought, wait=80):
        socket.connectToServer(first_window._name(tmp_path))
        assert socket.waitForConnected(1000)
        with qtbot.waitSignal(first.asked):
            socket.write(sent)
            socket.flush()
    socket.disconnectFromServer()
    socket.deleteLater()


def test_who_says_nothing_keeps_nobody_else_out(
    tmp_path: Path, first: FirstWindow, qtbot: QtBot, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(first_window, "_SPEAK_MS", 1000)
    silent = [QLocalSocket() for _ in range(3)]
    for socket in silent:
        socket.connectToServer(first_window._name(tmp_path))
        assert socket.waitForConnected(1000)
    with start(tmp_path, tmp_path / "goi.phx") as child:
        with qtbot.waitSignal(first.brought, timeout=30_000):
            pass
        assert child.communicate()[0].strip() == b"True"

    closed = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: all(socket.state() == closed for socket in silent))
    for socket in silent:
        socket.deleteLater()
