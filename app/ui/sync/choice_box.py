"""One value that may be chosen: a dot, the words, and an accent edge when it is."""

from __future__ import annotations

from PySide6.QtCore import Qt, Signal
from PySide6.QtGui import QMouseEvent
from PySide6.QtWidgets import QFrame, QLabel, QRadioButton, QSizePolicy, QWidget

from app.ui.common.parts.widgets import column, row, text
from app.ui.tokens import M


class ChoiceBox(QFrame):
    """The whole box is clicked. `picked` is sent when the clerk chooses it."""

    picked = Signal()

    def __init__(self, rich: str, said: str, note: str = "", inside: QWidget | None = None) -> None:
        """*rich* is what is shown, *said* what is read out; *inside* stands in place of words."""
        super().__init__()
        self.setObjectName("choice")
        self.radio = QRadioButton()
        self.radio.setAutoExclusive(False)  # the field's row keeps one dot filled
        self.radio.setAccessibleName(said)
        self.radio.clicked.connect(self._on_click)
        self.words = QLabel(rich)
        self.words.setTextFormat(Qt.TextFormat.RichText)
        self.words.setWordWrap(True)
        lines = column(inside or self.words, gap=2)
        if note:
            lines.addWidget(text(note, "small", wrap=True))
        lines.addStretch(1)
        dot = column(self.radio, None, pad=(0, 2, 0, 0))
        line = row(dot, lines, gap=M.s3, pad=(M.s3, M.s2, M.s3, M.s2))
        line.setStretch(1, 1)
        self.setLayout(line)
        self.setSizePolicy(QSizePolicy.Policy.Expanding, QSizePolicy.Policy.Preferred)
        self.setCursor(Qt.CursorShape.PointingHandCursor)

    @property
    def is_chosen(self) -> bool:
        """Whether its dot is filled."""
        return self.radio.isChecked()

    def choose(self, is_chosen: bool) -> None:
        """Fill or empty the dot, without saying so."""
        self.radio.setChecked(is_chosen)
        self.setObjectName("chosen" if is_chosen else "choice")
        self.style().unpolish(self)
        self.style().polish(self)

    def mousePressEvent(self, event: QMouseEvent) -> None:
        super().mousePressEvent(event)
        self.radio.setFocus(Qt.FocusReason.MouseFocusReason)
        self.picked.emit()

    def _on_click(self) -> None:
        self.picked.emit()
