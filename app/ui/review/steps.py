"""The steps of a review, side by side: done, current, to come."""

from __future__ import annotations

from PySide6.QtCore import Signal
from PySide6.QtWidgets import QPushButton, QWidget

from app.models.review import REVIEW_STEPS
from app.ui.common.pane.status import Glyph
from app.ui.common.parts.widgets import button, row, set_role
from app.ui.icons import icon
from app.ui.tokens import M
from app.words import told

_ORDER = tuple(REVIEW_STEPS)
_SHAPES = {"done": ("done", "ok"), "current": ("live", "accent"), "ahead": ("open", "muted")}


class Steps(QWidget):
    """Kế hoạch › Thu báo cáo › …; a click on one says that the review is there now."""

    picked = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self._buttons = {key: self._button(key) for key in _ORDER}
        line = row(gap=M.s1)
        for place, made in enumerate(self._buttons.values()):
            if place:
                line.addWidget(Glyph("next", "faint", 14))
            line.addWidget(made)
        self.setLayout(line)

    def show_step(self, current: str) -> None:
        """Mark *current*, and what lies before and after it."""
        at = _ORDER.index(current) if current in _ORDER else 0
        for place, (key, made) in enumerate(self._buttons.items()):
            stage = "done" if place < at else "current" if place == at else "ahead"
            made.setIcon(icon(*_SHAPES[stage]))
            set_role(made, "step_now" if stage == "current" else "step")
            made.setAccessibleName(f"{told(REVIEW_STEPS[key])}: {self._said(stage)}")

    def button_of(self, key: str) -> QPushButton:
        """The button of a step."""
        return self._buttons[key]

    def _said(self, stage: str) -> str:
        said = {
            "done": self.tr("đã xong"),
            "current": self.tr("đang làm"),
            "ahead": self.tr("chưa tới"),
        }
        return said[stage]

    def _button(self, key: str) -> QPushButton:
        words = told(REVIEW_STEPS[key])
        made = button(words, "step", "open", does=lambda: self.picked.emit(key))
        made.setToolTip(self.tr("Chuyển hội nghị sang bước {}").format(words))
        return made
