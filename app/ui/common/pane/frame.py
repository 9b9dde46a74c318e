"""Where a list and the record under its cursor take turns: the ways there and back."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QPainter, QPaintEvent
from PySide6.QtWidgets import QFrame, QLabel, QSizePolicy, QWidget

from app.ui.common.pane.content import DetailContent
from app.ui.common.parts.widgets import button, column, panel, row, rule
from app.ui.theme import px
from app.ui.tokens import M


class PaneFrame(QFrame):
    """A pane, and over it the way back to the list *title* while it stands in the list's place."""

    def __init__(self, pane: QWidget, title: str, back: Callable[[], object]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        words = self.tr("Về danh sách {}").format(title[:1].lower() + title[1:])
        self.back = button(words, "quiet", "back", key="Esc", does=back)
        self._way = panel(column(row(self.back, None, pad=(M.s2, M.s1, M.s2, M.s1)), rule()))
        self._way.hide()
        lines = column(self._way, pane)
        lines.setStretch(1, 1)
        self.setLayout(lines)

    def show_way_back(self, *, is_shown: bool) -> None:
        """Show the way back, or take it away where list and pane are both on screen."""
        self._way.setVisible(is_shown)


class Closer(QFrame):
    """The foot of a list that has the page to itself: which record, and a way to all of it."""

    asked = Signal()

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._words = _OneLine()
        self._more = button(self.tr("Xem chi tiết"), key="Alt+Enter", does=self.asked.emit)
        line = row(self._words, self._more, gap=M.s3, pad=(M.s4, M.s1, M.s4, M.s1))
        line.setStretch(0, 1)
        self.setLayout(column(rule(), line))
        self.say("")
        self.hide()

    def say(self, sentence: str) -> None:
        """Say *sentence*; there is nothing to look at more closely."""
        self._words.setText(sentence)
        self._more.setEnabled(False)

    def show_content(self, content: DetailContent | QWidget | None) -> None:
        """Name the record on which the cursor stands."""
        self._words.setText(content.title if isinstance(content, DetailContent) else "")
        self._more.setEnabled(content is not None)


class _OneLine(QLabel):
    """Words in one line, cut at the edge; all of them are in the tooltip."""

    def __init__(self) -> None:
        super().__init__()
        self.setTextFormat(Qt.TextFormat.PlainText)
        self.setProperty("role", "strong")
        self.setSizePolicy(QSizePolicy.Policy.Ignored, QSizePolicy.Policy.Preferred)

    def setText(self, words: str) -> None:
        super().setText(words)
        self.setToolTip(words)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(M.s5), super().minimumSizeHint().height())

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        side = Qt.TextElideMode.ElideRight
        words = self.fontMetrics().elidedText(self.text(), side, self.width())
        flags = Qt.AlignmentFlag.AlignVCenter | Qt.AlignmentFlag.AlignLeft
        painter.drawText(self.rect(), flags, words)
        painter.end()
