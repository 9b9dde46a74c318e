"""Every key there is, gathered from the commands themselves: it cannot fall behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QDialog, QFrame, QGridLayout, QScrollArea, QWidget

from app.ui.common.widgets import button, column, panel, row, section, text
from app.ui.theme import hold, space
from app.ui.tokens import M

Group = tuple[str, Sequence["Key"]]


@dataclass(frozen=True)
class Key:
    """What a key does, and how it is written: "Ctrl+Shift+E"."""

    does: str
    keys: str


def keys_of(actions: Sequence[QAction]) -> list[Key]:
    """The keys of *actions* that have one, in their order."""
    return [
        Key(action.statusTip() or action.text(), written(action.shortcuts()))
        for action in actions
        if action.shortcuts()
    ]


def written(keys: Sequence[QKeySequence]) -> str:
    """*keys* as they stand on the keyboard; "Return" is Enter to everybody."""
    native = QKeySequence.SequenceFormat.NativeText
    return " hoặc ".join(key.toString(native).replace("Return", "Enter") for key in keys)


FIELD_KEYS = (
    Key("Sang ô sau, ô trước", "Tab, Shift+Tab"),
    Key("Nhập ngày hôm nay vào ô ngày", "Ctrl+;"),
    Key("Mở lịch hoặc danh sách của ô", "↓"),
    Key("Bỏ mục cuối của ô nhiều mục", "Backspace"),
)
"""Keys that live inside fields and have no command."""


class ShortcutSheet(QDialog):
    """The keys of this page and of the window, two columns a group."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.setWindowTitle(self.tr("Phím tắt"))
        hold(self, width=640, height=560)
        closes = button(self.tr("Đóng"), key="Esc", does=self.accept)
        closes.setDefault(True)
        self.setLayout(
            column(
                row(text(self.tr("Phím tắt"), "title"), None, pad=(M.s5, M.s4, M.s5, 0)),
                self._scrolled([group for group in groups if group[1]]),
                row(None, closes, pad=(M.s5, M.s3, M.s5, M.s4)),
            )
        )
        closes.setFocus()

    def _scrolled(self, groups: Sequence[Group]) -> QScrollArea:
        area = QScrollArea()
        area.setFrameShape(QFrame.Shape.NoFrame)
        area.setWidgetResizable(True)
        area.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
        parts = [part for title, keys in groups for part in (section(title), _table(keys))]
        area.setWidget(panel(column(*parts, None, pad=(M.s5, 0, M.s5, M.s3))))
        return area


def _table(keys: Sequence[Key]) -> QGridLayout:
    grid = QGridLayout()
    space(grid, 6, (0, 0, 0, 0))
    grid.setColumnStretch(1, 1)
    for line, key in enumerate(keys):
        grid.addWidget(text(key.keys, "muted", width=180), line, 0)
        grid.addWidget(text(key.does, wrap=True), line, 1)
    return grid
