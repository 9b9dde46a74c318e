"""What the middle of the workspace shows: one part of the outline at a time."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar
from uuid import UUID

from PySide6.QtCore import Qt, Signal
from PySide6.QtWidgets import QFrame, QScrollArea, QWidget
from sqlmodel import Session

from app.models import Review
from app.ui.common.parts.widgets import column
from app.ui.review.desk import ReviewDesk


class Either(QFrame):
    """One of two: what there is, or the sentence that there is nothing.

    A QStackedWidget would always be as high as the higher of the two.
    """

    def __init__(self, full: QWidget, blank: QWidget) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._full, self._blank = full, QScrollArea()
        self._blank.setFrameShape(QFrame.Shape.NoFrame)
        self._blank.setWidgetResizable(True)
        self._blank.setFocusPolicy(Qt.FocusPolicy.NoFocus)
        self._blank.setWidget(blank)
        self.setLayout(column(full, self._blank))
        self._blank.hide()

    def show_full(self, is_full: bool) -> None:
        """Show the first where *is_full*, else the second."""
        self._full.setVisible(is_full)
        self._blank.setVisible(not is_full)


class ReviewPart(QFrame):
    """A part that is open. `tools` names the workspace's commands that act in it, in order.

    The workspace asks `can` before each of them, and calls the method of the same name.
    """

    tools: ClassVar[tuple[str, ...]] = ()
    stood = Signal()
    """What is chosen has changed, so the commands may have."""
    noted = Signal(str)
    """The remark beside the title."""

    def __init__(self, desk: ReviewDesk, key: str) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self.desk, self.key = desk, key

    @abstractmethod
    def refresh(self, session: Session, review: Review) -> None:
        """Show the part as it is now."""

    def can(self, tool: str) -> bool:
        """Whether *tool* can act now."""
        return tool in self.tools

    def words(self, tool: str) -> str:
        """What *tool* is called in this part; empty for its usual name."""
        del tool
        return ""

    def stand_on(self, record_id: UUID) -> None:
        """Show the record that another room or the search points to."""
        del record_id

    def may_leave(self) -> bool:
        """Ask about what is typed and not saved. True when the part may go."""
        return True

    def keep_draft(self) -> bool:
        """Put what is typed into a file; False where there is nothing to keep."""
        return False
