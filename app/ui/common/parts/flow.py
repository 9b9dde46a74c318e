"""Things in a row that go on in the next line when the row is full: chips."""

from __future__ import annotations

from PySide6.QtCore import QPoint, QRect, QSize, Qt
from PySide6.QtWidgets import QLayout, QLayoutItem, QWidget

from app.ui.theme import px
from app.ui.tokens import M


class Flow(QLayout):
    """A layout that wraps; every line is as high as its highest item."""

    def __init__(self, gap: int = M.s2, down: int = M.s1) -> None:
        super().__init__()
        self._gap, self._down = gap, down
        self._items: list[QLayoutItem] = []
        self.setContentsMargins(0, 0, 0, 0)

    def insert(self, at: int, widget: QWidget) -> None:
        """Put *widget* before the item now at *at*."""
        self.addWidget(widget)
        self._items.insert(at, self._items.pop())
        self.invalidate()

    # Qt's side ---------------------------------------------------------------

    def addItem(self, item: QLayoutItem) -> None:
        self._items.append(item)

    def count(self) -> int:
        return len(self._items)

    def itemAt(self, index: int) -> QLayoutItem | None:
        return self._items[index] if 0 <= index < len(self._items) else None

    def takeAt(self, index: int) -> QLayoutItem | None:
        return self._items.pop(index) if 0 <= index < len(self._items) else None

    def expandingDirections(self) -> Qt.Orientation:
        return Qt.Orientation(0)

    def hasHeightForWidth(self) -> bool:
        return True

    def heightForWidth(self, width: int) -> int:
        heights = [self._height(line) for line in self._lines(width)]
        return sum(heights) + px(self._down) * (len(heights) - 1)

    def setGeometry(self, rect: QRect) -> None:
        super().setGeometry(rect)
        self._place(rect)

    def sizeHint(self) -> QSize:
        return self.minimumSize()

    def minimumSize(self) -> QSize:
        size = QSize(0, px(M.control))
        for item in self._shown():
            size = size.expandedTo(item.minimumSize())
        return size

    def _shown(self) -> list[QLayoutItem]:
        return [item for item in self._items if not item.isEmpty()]

    def _lines(self, width: int) -> list[list[QSize]]:
        """The sizes of the items, a list for each line that fits into *width*."""
        lines: list[list[QSize]] = [[]]
        used = 0
        for item in self._shown():
            size = item.sizeHint().boundedTo(QSize(width, 1 << 16))
            if lines[-1] and used + size.width() > width:
                lines.append([])
                used = 0
            lines[-1].append(size)
            used += size.width() + px(self._gap)
        return lines

    def _place(self, rect: QRect) -> None:
        items = iter(self._shown())
        y = rect.y()
        for line in self._lines(rect.width()):
            x, height = rect.x(), self._height(line)
            for size in line:
                middle = QPoint(x, y + (height - size.height()) // 2)
                next(items).setGeometry(QRect(middle, size))
                x += size.width() + px(self._gap)
            y += height + px(self._down)

    def _height(self, line: list[QSize]) -> int:
        return max([px(M.control), *(size.height() for size in line)])
