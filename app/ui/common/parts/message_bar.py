"""One sentence under the filters: what happened, and at most two things to do about it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from typing import Literal

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QVBoxLayout, QWidget

from app.ui.common.pane.status import Glyph
from app.ui.common.parts.widgets import clear, column, fill, link, row, text
from app.ui.theme import px, space
from app.ui.tokens import M

Kind = Literal["info", "warn", "danger"]
Link = tuple[str, Callable[[], object]]

_LOOKS = {
    "info": ("info", "accent"),
    "warn": ("attention", "warn"),
    "danger": ("overdue", "danger"),
}
_STAYS_MS = 8000


class MessageBar(QWidget):
    """Good news goes after 8 s; warnings and failures stay until they are closed."""

    def __init__(self, edge: int = M.s4, above: int = 0) -> None:
        super().__init__()
        self._layout = QVBoxLayout(self)
        space(self._layout, 0, (edge, above, edge, M.s1))
        self._label: QLabel | None = None
        self._offers: list[Callable[[], object]] = []
        self._going = QTimer(self)
        self._going.setSingleShot(True)
        self._going.setInterval(_STAYS_MS)
        self._going.timeout.connect(self.close_message)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Maximum)
        self.hide()

    def say(self, kind: Kind, sentence: str, links: Sequence[Link] = ()) -> None:
        """Show *sentence* in place of what stood there."""
        clear(self._layout)
        self._offers = [does for _words, does in links]
        self._layout.addWidget(self._bar(kind, sentence, links))
        self.setAccessibleName(sentence)
        self.show()
        self._stand()
        self._going.stop()
        if kind == "info":
            self._going.start()

    def sentence(self) -> str:
        """What it says now; empty when nothing is shown."""
        return self._label.text() if self._label is not None and not self.isHidden() else ""

    def lapse(self, *offers: Callable[[], object]) -> None:
        """Say nothing more if it offers one of *offers*: to undo, after another change came."""
        if any(does in offers for does in self._offers):
            self.close_message()

    def close_message(self) -> None:
        """Say nothing more."""
        self._going.stop()
        self.hide()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        """Be high enough for a sentence that wraps; a layout alone would let it be cut."""
        self.setMinimumHeight(max(0, self._layout.heightForWidth(self.width())))  # -1: empty

    def _bar(self, kind: Kind, sentence: str, links: Sequence[Link]) -> QFrame:
        shape, tint = _LOOKS[kind]
        self._label = text(sentence, wrap=True)
        self._label.setTextInteractionFlags(Qt.TextInteractionFlag.TextSelectableByMouse)
        asks = [link(words, self._then(does)) for words, does in links[:2]]
        bar = QFrame()
        bar.setObjectName(f"message_{kind}")
        line = row(Glyph(shape, tint), gap=M.s3)
        line.addWidget(self._label, 1)
        fill(line, [*asks, link(self.tr("Đóng"), self.close_message)], M.s3, (M.s3, 0, M.s3, 0))
        bar.setLayout(column(line, pad=(0, M.s1, 0, M.s1)))
        bar.setMinimumHeight(px(M.row))
        return bar

    def _then(self, does: Callable[[], object]) -> Callable[[], object]:
        def go() -> None:
            self.close_message()
            does()

        return go
