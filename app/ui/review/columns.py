"""How the workspace stands: three columns where there is room, else figures behind a tab."""

from __future__ import annotations

from PySide6.QtCore import QSize, Qt, Signal
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QBoxLayout, QFrame, QLayout, QWidget

from app.ui.common.pane.detail_pane import Tabs
from app.ui.common.parts.pages import Pages
from app.ui.common.parts.widgets import column, panel, row, rule, text
from app.ui.review.outline_view import OutlineView
from app.ui.review.steps import Steps
from app.ui.review.wrapping import ShortTitle
from app.ui.roominess import is_low, is_wide
from app.ui.theme import look, px
from app.ui.tokens import M

WIDE = 1760 - M.side
"""The page's width from which outline, text and figures stand side by side."""
_OUTLINE, _OUTLINE_NARROW, _FIGURES = 400, 380, 540
_LEAST = 240
_MOST, _MOST_OF_FIGURES = 33, 62  # percent of a narrow page that the left column takes at most


class Columns(QFrame):
    """Outline, text, figures. On a narrow page the figures take the outline's place, by a tab."""

    turned = Signal()

    def __init__(self, outline: OutlineView, middle: QWidget, figures: QWidget) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._outline, self._figures = outline, figures
        self._names = (self.tr("Đề cương"), self.tr("Số liệu"))
        self.tabs = Tabs(self._names, self.tr("Cột trái"))
        self.tabs.chosen.connect(lambda _title: self._turn())
        self._tab_line = panel(column(row(self.tabs, pad=(M.s5, M.s1, M.s4, 0)), rule()))
        self._stack = Pages()
        self._stack.addWidget(outline)
        self._left = _Side(column(self._tab_line, self._stack))
        self._right_line = rule("side_line")
        self._right = _Side(column())
        self._line = row(
            self._left, rule("side_line"), middle, self._right_line, self._right, gap=0
        )
        self._line.setStretch(2, 1)
        self.setLayout(self._line)
        self._is_wide: bool | None = None
        look.changed.connect(self._lay_out)

    @property
    def is_wide(self) -> bool:
        """Whether the figures have a column of their own."""
        return bool(self._is_wide)

    def show_figures(self) -> None:
        """Bring the figures into sight."""
        if not self.is_wide:
            self.tabs.choose(self._names[1])
            self._turn()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()

    def _lay_out(self) -> None:
        wide = is_wide(self.width(), WIDE)
        if wide != self._is_wide:
            self._is_wide = wide
            self._tab_line.setVisible(not wide)
            self._outline.show_title(wide)
            self._right_line.setVisible(wide)
            self._right.setVisible(wide)
            layout = self._right.layout()
            if wide and layout is not None:
                layout.addWidget(self._figures)
                self._figures.show()
            else:
                self._stack.addWidget(self._figures)
        self._turn()

    def _turn(self) -> None:
        """Give the left column what its tab names, and the width that needs."""
        shows_figures = not self.is_wide and self.tabs.current == self._names[1]
        self._stack.setCurrentWidget(self._figures if shows_figures else self._outline)
        wanted = _FIGURES if shows_figures else _OUTLINE if self.is_wide else _OUTLINE_NARROW
        most = _MOST_OF_FIGURES if shows_figures else _MOST
        self._left.want(min(px(wanted), self.width() * most // 100))
        self._right.want(px(_FIGURES))
        self.turned.emit()


class _Side(QFrame):
    """A column of a wanted width, which it gives up before the page grows too wide."""

    def __init__(self, layout: QLayout) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.setLayout(layout)
        self._wanted = 0

    def want(self, width: int) -> None:
        """Ask for *width* pixels."""
        if width != self._wanted:
            self._wanted = width
            self.setMaximumWidth(width)
            self.updateGeometry()

    def sizeHint(self) -> QSize:
        return QSize(self._wanted, super().sizeHint().height())

    def minimumSizeHint(self) -> QSize:
        return QSize(min(self._wanted, px(_LEAST)), super().minimumSizeHint().height())


class Head(QFrame):
    """Title, note, steps and actions; in two lines where one is too short for them.

    On a low page the title keeps to one line, and the note gives its place to what is worked on.
    """

    def __init__(self, actions: list[QWidget]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._is_low = False
        self._title = ShortTitle()
        self._note = text("", "muted")
        self.steps = Steps()
        self._upper = row(self._title, *actions, gap=M.s2)
        self._upper.setStretch(0, 1)
        self._lower = row(self._note, None, self.steps, gap=M.s3)
        self._lower.setAlignment(self.steps, Qt.AlignmentFlag.AlignLeft)
        self.setLayout(column(self._upper, self._lower, gap=2, pad=(M.s5, M.s2, M.s4, M.s1)))

    def show_review(self, title: str, note: str, step: str) -> None:
        """Say which review this is and where it stands."""
        self._title.say(title)
        self._note.setText(note)
        self.steps.show_step(step)
        self._fit()

    def stand_in(self, page: QSize) -> None:
        """Take no more height than a page of this size can spare."""
        self._is_low = is_low(page.height())
        self._title.limit(1 if self._is_low else 2)
        self._fit()

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._fit()

    def _fit(self) -> None:
        """Put the steps under the note where they do not fit beside it."""
        needed = self._note.sizeHint().width() + self.steps.sizeHint().width() + px(60)
        beside, under = QBoxLayout.Direction.LeftToRight, QBoxLayout.Direction.TopToBottom
        fits = needed <= self.width()
        self._note.setVisible(fits or not self._is_low)
        self._lower.setDirection(beside if fits else under)
