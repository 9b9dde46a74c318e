"""A replacement chain from left to right; the record on screen is the filled node."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QPoint, QPointF, QRect, QSize, Qt
from PySide6.QtGui import QFontMetrics, QPainter, QPaintEvent, QPen
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QSizePolicy, QWidget

from app.ui.common.pane.content import Node
from app.ui.common.parts.eliding import elided
from app.ui.common.parts.widgets import literal
from app.ui.theme import colour, font, px
from app.ui.tokens import M
from app.words import told

_SHOWN = 4
_WIDEST = 130
_HEIGHT = 76


class Timeline(QWidget):
    """Nodes in order; with more than four the middle folds into "n bản", which opens a list."""

    def __init__(self, nodes: Sequence[Node]) -> None:
        super().__init__()
        line = QHBoxLayout(self)
        line.setSpacing(0)
        line.setContentsMargins(0, 0, 0, 0)
        drawn = fold(nodes)
        for place, node in enumerate(drawn):
            is_last = place == len(drawn) - 1
            line.addWidget(_Folded(node) if isinstance(node, tuple) else _Dot(node, is_last), 1)
        line.addStretch(0)


def fold(nodes: Sequence[Node]) -> list[Node | tuple[Node, ...]]:
    """*nodes* as drawn: the first, this one and the last stay; runs between them fold."""
    if len(nodes) <= _SHOWN:
        return list(nodes)
    last = len(nodes) - 1
    this = next((at for at, node in enumerate(nodes) if node.is_this), last)
    kept = {0, this, last} if 0 < this < last else {0, last - 1, last} if this else {0, 1, last}
    drawn: list[Node | tuple[Node, ...]] = []
    run: list[Node] = []
    for at, node in enumerate(nodes):
        if at in kept:
            drawn += [*([tuple(run)] if len(run) > 1 else run), node]
            run = []
        else:
            run.append(node)
    return drawn


class _Dot(QPushButton):
    """One node, drawn by hand; a button, so that keyboard and screen readers reach it."""

    def __init__(self, node: Node, is_last: bool) -> None:
        super().__init__()
        self._lines = ((node.year, 600, "ink"), (node.name, 400, "ink"), (node.day, 400, "muted"))
        self._is_this, self._is_last = node.is_this, is_last
        self.setProperty("role", "node")
        spoken = ", ".join(filter(None, (node.year, node.name, node.day)))
        self.setAccessibleName(spoken)
        self.setToolTip(spoken)
        self.setSizePolicy(QSizePolicy.Policy.Preferred, QSizePolicy.Policy.Fixed)
        opens = node.opens
        if opens is not None and not node.is_this:
            self.setCursor(Qt.CursorShape.PointingHandCursor)
            self.clicked.connect(lambda _checked=False: opens())
        else:
            self.setFocusPolicy(Qt.FocusPolicy.NoFocus)

    def sizeHint(self) -> QSize:
        widths = [
            self._metrics(weight, at).horizontalAdvance(words)
            for at, (words, weight, _) in enumerate(self._lines)
        ]
        return QSize(min(max(widths) + px(M.s4), px(_WIDEST)), px(_HEIGHT))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(48), px(_HEIGHT))

    def paintEvent(self, _event: QPaintEvent) -> None:
        painter = QPainter(self)
        painter.setRenderHint(QPainter.RenderHint.Antialiasing)
        self._draw_dot(painter)
        for at, (words, weight, tint) in enumerate(self._lines):
            painter.setFont(font(M.body if at == 0 else M.small, weight))
            painter.setPen(colour("accent" if self.underMouse() and self._opens() else tint))
            place = QRect(0, px(20 + 18 * at), self.width() - px(M.s2), px(18))
            shown = elided(words, painter.fontMetrics(), place.width())
            painter.drawText(place, Qt.AlignmentFlag.AlignVCenter, shown)
        if self.hasFocus():
            painter.setPen(QPen(colour("accent"), 1))
            painter.setBrush(Qt.BrushStyle.NoBrush)
            painter.drawRoundedRect(self.rect().adjusted(0, 0, -2, -1), M.r1, M.r1)
        painter.end()

    def _draw_dot(self, painter: QPainter) -> None:
        middle, radius = px(8), px(5)
        if not self._is_last:
            painter.setPen(QPen(colour("edge"), 1.4))
            painter.drawLine(QPointF(px(14), middle), QPointF(self.width() - px(3), middle))
        painter.setPen(QPen(colour("accent" if self._is_this else "edge"), 1.6))
        painter.setBrush(colour("accent") if self._is_this else Qt.BrushStyle.NoBrush)
        painter.drawEllipse(QPointF(radius + 1, middle), radius, radius)

    def _metrics(self, weight: int, at: int) -> QFontMetrics:
        return QFontMetrics(font(M.body if at == 0 else M.small, weight))

    def _opens(self) -> bool:
        return self.focusPolicy() != Qt.FocusPolicy.NoFocus


class _Folded(_Dot):
    """The nodes that don't fit: opens a menu of them."""

    def __init__(self, nodes: tuple[Node, ...]) -> None:
        words = told("{count} bản", count=len(nodes))
        super().__init__(Node("…", words, opens=self._offer), is_last=False)
        self._nodes = nodes

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for node in self._nodes:
            entry = menu.addAction(literal(f"{node.name}, {node.day or node.year}"))
            if (opens := node.opens) is not None:
                entry.triggered.connect(lambda _checked=False, go=opens: go())
        menu.popup(self.mapToGlobal(QPoint(0, self.height())))
