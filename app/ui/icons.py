"""Line icons of resources/icons, tinted from the tokens each time they are painted."""

from __future__ import annotations

from functools import lru_cache

from PySide6.QtCore import QByteArray, QPoint, QRect, QRectF, QSize, Qt
from PySide6.QtGui import QIcon, QIconEngine, QPainter, QPixmap
from PySide6.QtSvg import QSvgRenderer

from app.ui import theme
from app.ui.tokens import ICONS


def icon(name: str, tint: str = "muted", on_tint: str = "") -> QIcon:
    """The icon *name* in the colour *tint*; *on_tint* where it is checked or on."""
    return QIcon(_Ink(name, tint, on_tint))


def draw_icon(painter: QPainter, name: str, rect: QRect, tint: str, ground: str = "canvas") -> None:
    """Paint the icon *name* into *rect*; *ground* is the colour its cut-outs show."""
    painter.setRenderHint(QPainter.RenderHint.Antialiasing)
    worn = theme.theme()
    _renderer(name, getattr(worn, tint), getattr(worn, ground)).render(painter, QRectF(rect))


@lru_cache(maxsize=512)
def _renderer(name: str, tint: str, paper: str) -> QSvgRenderer:
    svg = (ICONS / f"{name}.svg").read_text(encoding="utf-8")
    tinted = svg.replace("currentColor", tint).replace("white", paper)
    return QSvgRenderer(QByteArray(tinted.encode()))


class _Ink(QIconEngine):
    """An icon that takes its colour from the tokens each time it is painted."""

    def __init__(self, name: str, tint: str, on_tint: str = "") -> None:
        super().__init__()
        self._name, self._tint, self._on_tint = name, tint, on_tint or tint

    def paint(self, painter: QPainter, rect: QRect, mode: QIcon.Mode, state: QIcon.State) -> None:
        tint = self._on_tint if state == QIcon.State.On else self._tint
        draw_icon(painter, self._name, rect, "faint" if mode == QIcon.Mode.Disabled else tint)

    def pixmap(self, size: QSize, mode: QIcon.Mode, state: QIcon.State) -> QPixmap:
        image = QPixmap(size)
        image.fill(Qt.GlobalColor.transparent)
        painter = QPainter(image)
        self.paint(painter, QRect(QPoint(0, 0), size), mode, state)
        painter.end()
        return image

    def clone(self) -> QIconEngine:
        return _Ink(self._name, self._tint, self._on_tint)
