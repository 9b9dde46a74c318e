"""A second start hands its file over to the window that is open, and ends."""

from __future__ import annotations

import os
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest
from PySide6.QtCore import QObject, QTimer
from PySide6.QtNetwork import QLocalSocket
from pytestqt.qtbot import QtBot

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


def test_the_start_waits_until_the_window_has_read_it(
    tmp_path: Path, first: FirstWindow, qtbot: QtBot
) -> None:
    path = tmp_path / "thư mời của đầu mối.phm"
    with (
        hand_over(tmp_path, path) as child,
        qtbot.waitSignals([first.asked, first.brought], timeout=30_000),
    ):
        pass
    assert child.returncode == 0


def hand_over(folder: Path, path: Path) -> subprocess.Popen[bytes]:
    """A later start, a process of its own: a thread would wait with Python's lock in its hand."""
    root = Path(__file__).parents[2]
    return subprocess.Popen([sys.executable, "-c", _HAND_OVER, str(root), str(folder), str(path)])


_HAND_OVER = """
import sys
sys.path.insert(0, sys.argv[1])
from pathlib import Path
from app.ui.first_window import raise_first_window
sys.exit(not raise_first_window(Path(sys.argv[2]), Path(sys.argv[3])))
"""


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
    monkeypatch.setattr(first_window, "_SPEAK_MS", 500)
    silent = [QLocalSocket() for _ in range(3)]
    for socket in silent:
        socket.connectToServer(first_window._name(tmp_path))
        assert socket.waitForConnected(1000)
    with (
        hand_over(tmp_path, tmp_path / "goi.phx"),
        qtbot.waitSignal(first.brought, timeout=30_000),
    ):
        pass

    closed = QLocalSocket.LocalSocketState.UnconnectedState
    qtbot.waitUntil(lambda: all(socket.state() == closed for socket in silent))
    for socket in silent:
        socket.deleteLater()
