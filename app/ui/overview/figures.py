"""Numbers that open what they count: the strip of figures, and a bar for each body."""

from __future__ import annotations

from collections.abc import Callable

from PySide6.QtCore import QEvent, QRect, QSize, Qt
from PySide6.QtGui import QEnterEvent, QFontMetrics, QPainter, QPaintEvent
from PySide6.QtWidgets import QAbstractButton, QSizePolicy

from app.registers.column import text_of
from app.ui.common.pane.status import state_of
from app.ui.icons import draw_icon
from app.ui.theme import colour, font, px
from app.ui.tokens import M

_LEFT = Qt.AlignmentFlag.AlignLeft | Qt.AlignmentFlag.AlignVCenter
_BAR = 6


class _Opener(QAbstractButton):
    """A painted button: the whole of it is clicked, and focus and hover are seen."""

    def __init__(self, words: str, does: Callable[[], object]) -> None:
        super().__init__()
        self.setAccessibleName(words)
        self.setCursor(Qt.CursorShape.PointingHandCursor)
        self.setFocusPolicy(Qt.FocusPolicy.StrongFocus)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Fixed)
        self.clicked.connect(lambda _checked=False: does())

    def enterEvent(self, event: QEnterEvent) -> None:
        super().enterEvent(event)
        self.update()

    def leaveEvent(self, event: QEvent) -> None:
        super().leaveEvent(event)
        self.update()

    def _ground(self, painter: QPainter) -> None:
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        painter.setBrush(colour("hover") if self.underMouse() else Qt.BrushStyle.NoBrush)
        painter.setPen(colour("accent") if self.hasFocus() else Qt.PenStyle.NoPen)
        painter.drawRoundedRect(self.rect().adjusted(0, 0, -1, -1), px(M.r1), px(M.r1))


class FigureButton(_Opener):
    """Shape and number, what it counts under them, and › to say that it opens."""

    def __init__(self, count: int, words: str, state: str, does: Callable[[], object]) -> None:
        super().__init__(f"{text_of(count)} {words}", does)
        self._count, self._words, self._state = text_of(count), words, state_of(state)

    def sizeHint(self) -> QSize:
        words = QFontMetrics(font()).horizontalAdvance(self._words) + px(2 * M.s2 + M.s5)
        number = QFontMetrics(font(M.figure, 600)).horizontalAdvance(self._count)
        return QSize(max(words, number + px(2 * M.s2 + M.s5)), px(68))

    def minimumSizeHint(self) -> QSize:
        return self.sizeHint()

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground(painter)
        side, edge, number_high = px(14), px(M.s2), px(40)
        top = (number_high - side) // 2 + px(2)
        shape, tint = self._state.shape, self._state.tint
        draw_icon(painter, shape, QRect(edge, top, side, side), tint)
        painter.setPen(colour("ink"))
        painter.setFont(font(M.figure, 600))
        left = edge + side + px(M.s2)
        painter.drawText(QRect(left, px(2), self.width() - left, number_high), _LEFT, self._count)
        painter.setPen(colour("muted"))
        painter.setFont(font())
        words = QRect(edge, number_high, self.width() - edge, px(22))
        painter.drawText(words, _LEFT, self._words)
        end = edge + painter.fontMetrics().horizontalAdvance(self._words) + px(M.s1)
        place = QRect(end, number_high + (px(22) - side) // 2, side, side)
        draw_icon(painter, "next", place, "muted")
        painter.end()


class BarButton(_Opener):
    """A body's name, a bar as long as its share of *most*, and the number at its end."""

    def __init__(self, name: str, count: int, most: int, does: Callable[[], object]) -> None:
        super().__init__(f"{name}: {text_of(count)}", does)
        self._name, self._count, self._share = name, text_of(count), count / most

    def sizeHint(self) -> QSize:
        return QSize(px(200), px(28))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        self._ground(painter)
        painter.setFont(font())
        label, high = px(128), self.height()
        painter.setPen(colour("ink"))
        metrics = painter.fontMetrics()
        name = metrics.elidedText(self._name, Qt.TextElideMode.ElideRight, label - px(M.s2))
        painter.drawText(QRect(0, 0, label, high), _LEFT, name)
        length = max(px(2), round((self.width() - label - px(48)) * self._share))
        painter.fillRect(QRect(label, (high - px(_BAR)) // 2, length, px(_BAR)), colour("danger"))
        painter.drawText(QRect(label + length + px(M.s2), 0, px(44), high), _LEFT, self._count)
        painter.end()
