"""One window a data folder: the second start raises the first and ends.

A local socket named by the folder: no port, nothing that another machine could reach. A start that
was given a file hands its path over as one line; the file is read there, never run.
"""

from __future__ import annotations

import hashlib
import logging
import os
import sys
from functools import partial
from pathlib import Path

from PySide6.QtCore import QObject, QTimer, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

from app.errors import Refused
from app.words import QT_TRANSLATE_NOOP

LONGEST = 4096
"""Bytes of the longest line that is taken: some thousand letters, more than Explorer opens."""
_WAIT_MS = 300
_TAKEN_MS = 20_000  # for the first window to say that it has read the line; it may be at work
_SPEAK_MS = 5000  # for a start to say what it wants
_TAKEN = b"ok\n"
_SPACE = 0x20  # below it stand control characters, which no name of a carried file has
_NOT_TAKEN = QT_TRANSLATE_NOOP(
    "FirstWindow",
    "Cửa sổ Phối Hợp đang mở chưa trả lời nên chưa mở tệp {name}. Đợi cửa sổ ấy xong việc, hoặc "
    "đóng nó, rồi mở lại tệp.",
)
_log = logging.getLogger(__name__)


def raise_first_window(folder: Path, carried: Path | None = None) -> bool:
    """Ask the window that has *folder* open to come forward and to show the file *carried*.

    False when there is no such window; then nothing was handed over. Raises Refused where the
    window does not take the file: Windows throws a line away whose sender has gone.
    """
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    if not socket.waitForConnected(_WAIT_MS):
        return False
    _let_come_forward()
    line = b"" if carried is None else _line(carried)
    if line:
        socket.write(line)
        socket.flush()
        if not socket.waitForReadyRead(_TAKEN_MS):
            raise Refused(why=_NOT_TAKEN.format(name=carried.name if carried else ""))
    socket.disconnectFromServer()
    return True


class FirstWindow(QObject):
    """Listens for later starts on the same folder.

    `asked`: somebody has started the program again. `brought` carries the Path of the file that
    the start was given; it names a place and no more: the file may be absent or of any kind.
    """

    asked = Signal()
    brought = Signal(object)

    def __init__(self, folder: Path, parent: QObject) -> None:
        super().__init__(parent)
        self._server = QLocalServer(self)
        self._server.setSocketOptions(QLocalServer.SocketOption.UserAccessOption)
        QLocalServer.removeServer(_name(folder))  # left by a crash: nobody answered on it
        self._server.listen(_name(folder))
        self._server.newConnection.connect(self._answer)

    def close(self) -> None:
        """Let another start have the folder."""
        self._server.close()

    def _answer(self) -> None:
        while (socket := self._server.nextPendingConnection()) is not None:
            socket.setReadBufferSize(LONGEST + 1)
            socket.readyRead.connect(partial(self._hear, socket))
            socket.disconnected.connect(socket.deleteLater)
            patience = QTimer(socket)
            patience.timeout.connect(partial(_give_up, socket))
            patience.start(_SPEAK_MS)
            self.asked.emit()
            self._hear(socket)

    def _hear(self, socket: QLocalSocket) -> None:
        """Take the one line that a start may send; more than a path is no path."""
        if not socket.canReadLine():
            if socket.bytesAvailable() > LONGEST:
                _log.warning("a start sent more than a path")
                socket.abort()
            return
        path = _path(bytes(socket.readLine().data()))
        socket.write(_TAKEN)
        socket.flush()
        if path is None:
            _log.warning("a start sent no usable path")
        else:
            self.brought.emit(path)


def _give_up(socket: QLocalSocket) -> None:
    socket.abort()


def _line(path: Path) -> bytes:
    """The line for *path*; empty for one that cannot be said in a line."""
    line = os.fsencode(path) + b"\n"
    return line if _path(line) is not None else b""


def _path(line: bytes) -> Path | None:
    """The place that *line* names; None unless it is one whole path and nothing besides."""
    said = line.removesuffix(b"\n")
    if len(line) > LONGEST or any(byte < _SPACE for byte in said):
        return None
    try:
        path = Path(os.fsdecode(said))
    except UnicodeDecodeError:
        return None
    return path if path.is_absolute() else None


def _let_come_forward() -> None:
    """Windows brings a window forward only where the program the person has just used agrees."""
    if sys.platform == "win32":
        import ctypes

        any_process = 0xFFFFFFFF
        ctypes.windll.user32.AllowSetForegroundWindow(any_process)


def _name(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.resolve()).casefold().encode()).hexdigest()
    return f"phoihop-{digest[:20]}"
