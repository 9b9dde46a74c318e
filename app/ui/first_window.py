"""One window a data folder: the second start raises the first and ends.

A local socket named by the folder: no port, nothing that another machine could reach.
"""

from __future__ import annotations

import hashlib
from pathlib import Path

from PySide6.QtCore import QObject, Signal
from PySide6.QtNetwork import QLocalServer, QLocalSocket

_WAIT_MS = 300


def raise_first_window(folder: Path) -> bool:
    """Ask the window that has *folder* open to come forward. False when there is none."""
    socket = QLocalSocket()
    socket.connectToServer(_name(folder))
    found = socket.waitForConnected(_WAIT_MS)
    if found:
        socket.disconnectFromServer()
    return found


class FirstWindow(QObject):
    """Listens for later starts on the same folder. A start is a connection; nothing is read."""

    asked = Signal()

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
            socket.deleteLater()
            self.asked.emit()


def _name(folder: Path) -> str:
    digest = hashlib.sha256(str(folder.resolve()).casefold().encode()).hexdigest()
    return f"phoihop-{digest[:20]}"
