"""The views of a register in a row, with "n / m" at the right."""

from __future__ import annotations

from collections.abc import Sequence
from functools import partial
from typing import Generic, Never

from PySide6.QtCore import QCoreApplication, Signal
from PySide6.QtWidgets import QButtonGroup, QHBoxLayout, QPushButton, QWidget

from app.registers.column import Listed
from app.registers.held_rows import Row
from app.registers.register import View
from app.ui.common.parts.flow import Flow
from app.ui.common.parts.widgets import button, text
from app.ui.theme import space
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP

ALL: View[Listed] = View("all", QT_TRANSLATE_NOOP("View", "Tất cả"), lambda _row: True)


class ViewRow(QWidget, Generic[Row]):
    """One view is always current. A register that ships no view "all" gets "Tất cả" first."""

    picked = Signal(str)

    def __init__(self, shipped: Sequence[View[Row]]) -> None:
        super().__init__()
        has_all = any(view.key == ALL.key for view in shipped)
        offered: Sequence[View[Row]] = shipped if has_all else (ALL, *shipped)
        self.views = {view.key: view for view in offered}
        self._buttons: dict[str, QPushButton] = {}
        self._group = QButtonGroup(self)
        self._found = text("", "muted")
        self._found.setAccessibleName(self.tr("Số bản ghi đang hiện trên tổng số"))
        flow = Flow(2)
        for key, view in self.views.items():
            made = button(_title(view), "view", checked=False, does=partial(self.picked.emit, key))
            self._group.addButton(made)
            self._buttons[key] = made
            flow.addWidget(made)
        line = QHBoxLayout(self)
        space(line, M.s2, (M.s2, 0, M.s4, 2))
        line.addLayout(flow, 1)
        line.addWidget(self._found)
        self.choose(next(iter(self.views)))

    @property
    def current(self) -> View[Row]:
        """The view whose rows are shown."""
        return next(self.views[key] for key, b in self._buttons.items() if b.isChecked())

    def current_title(self) -> str:
        """What the current view is called on screen."""
        return _title(self.current)

    def choose(self, key: str) -> bool:
        """Make *key* current without saying so; False when there is no such view."""
        if key in self._buttons:
            self._buttons[key].setChecked(True)
        return key in self._buttons

    def count(self, key: str, rows: int) -> None:
        """Show after the name of a counted view how many rows it has."""
        title = _title(self.views[key])
        self._buttons[key].setText(f"{title}  {rows}" if rows else title)

    def found(self, shown: int, held: int) -> None:
        """Show "n / m"."""
        self._found.setText(f"{_dotted(shown)} / {_dotted(held)}" if held else "")

    def found_text(self) -> str:
        """What "n / m" says now."""
        return self._found.text()


def _title(view: View[Never]) -> str:
    return QCoreApplication.translate("View", view.title)


def _dotted(count: int) -> str:
    return f"{count:,}".replace(",", ".")
