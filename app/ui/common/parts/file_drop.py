"""Files dragged from the system onto a part of the window."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from pathlib import Path

from PySide6.QtCore import QEvent, QObject
from PySide6.QtGui import QDragEnterEvent, QDropEvent
from PySide6.QtWidgets import QWidget

Takes = Callable[[Sequence[Path]], object]


class FileDrop(QObject):
    """Hands the files that are dropped on *widget* to *takes*; folders are not files."""

    def __init__(self, widget: QWidget, takes: Takes) -> None:
        super().__init__(widget)
        self._takes = takes
        widget.setAcceptDrops(True)
        widget.installEventFilter(self)

    def eventFilter(self, watched: QObject, event: QEvent) -> bool:
        if isinstance(event, QDropEvent) and event.type() in (_ENTER, _MOVE, _DROP):
            found = files_in(event)
            if found:
                event.acceptProposedAction()
                if event.type() == _DROP:
                    self._takes(found)
                return True
        return super().eventFilter(watched, event)


def files_in(event: QDropEvent | QDragEnterEvent) -> list[Path]:
    """The files of this machine that are being dragged."""
    paths = [Path(url.toLocalFile()) for url in event.mimeData().urls() if url.isLocalFile()]
    return [path for path in paths if path.is_file()]


_ENTER, _MOVE, _DROP = QEvent.Type.DragEnter, QEvent.Type.DragMove, QEvent.Type.Drop
