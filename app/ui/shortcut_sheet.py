"""Every key there is, gathered from the commands themselves: it cannot fall behind them."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from PySide6.QtGui import QAction, QKeySequence
from PySide6.QtWidgets import QGridLayout, QWidget

from app.ui.common.parts.dialog import Dialog
from app.ui.common.parts.widgets import button, column, row, section, text
from app.ui.theme import space
from app.words import told

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
    return told(" hoặc ").join(key.toString(native).replace("Return", "Enter") for key in keys)


FIELD_KEYS = (
    Key("Sang ô sau, ô trước", "Tab, Shift+Tab"),
    Key("Nhập ngày hôm nay vào ô ngày", "Ctrl+;"),
    Key("Mở lịch hoặc danh sách của ô", "↓"),
    Key("Bỏ mục cuối của ô nhiều mục", "Backspace"),
)
"""Keys that live inside fields and have no command."""


class ShortcutSheet(Dialog):
    """The keys of this page and of the window, two columns a group."""

    def __init__(self, groups: Sequence[Group], parent: QWidget | None = None) -> None:
        super().__init__(parent, 640, 560)
        self.setWindowTitle(self.tr("Phím tắt"))
        closes = button(self.tr("Đóng"), key="Esc", does=self.accept)
        closes.setDefault(True)
        named = [group for group in groups if group[1]]
        parts = [part for title, keys in named for part in (section(title), _table(keys))]
        self.lay_out(column(text(self.tr("Phím tắt"), "title"), *parts, None), row(None, closes))
        closes.setFocus()


def _table(keys: Sequence[Key]) -> QGridLayout:
    grid = QGridLayout()
    space(grid, 6, (0, 0, 0, 0))
    grid.setColumnStretch(1, 1)
    for line, key in enumerate(keys):
        grid.addWidget(text(key.keys, "muted", width=180), line, 0)
        grid.addWidget(text(told(key.does), wrap=True), line, 1)
    return grid
