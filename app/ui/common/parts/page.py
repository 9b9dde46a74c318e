"""What the window asks of whatever it shows."""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, ClassVar

from PySide6.QtCore import Signal
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QWidget

from app.ui.actions import actions_for

if TYPE_CHECKING:
    from app.ui.common.parts.message_bar import MessageBar
    from app.ui.common.parts.office import Office, Place, Saying


class Page(QFrame):
    """A page of a room, one laid over a room, or a part of either.

    The window, the sheet of keys and a page that shows parts know of a page what stands here and
    no more. Each answer here is that of a page with nothing to say.
    """

    closed = Signal()
    """A page laid over a room is done with, saved or given up."""
    shows_changes: ClassVar[bool] = False
    """Whether undo and redo are for this page too, laid over a room: it shows what they change."""

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(parent)
        self.office = office
        self.is_saving = False
        self.commands = actions_for(self)

    @property
    def shown_commands(self) -> Mapping[str, QAction]:
        """The commands of what is on screen, for the sheet of keys."""
        return self.commands

    @property
    def selection_words(self) -> str:
        """What the status bar says of the selection; empty where nothing is selected."""
        return ""

    @property
    def message_bar(self) -> MessageBar | None:
        """The bar for what is said while the page is on screen; None where it has no own."""
        return None

    def say(self, saying: Saying) -> bool:
        """Put a sentence in the page's own bar; False where it has none."""
        bar = self.message_bar
        if bar is not None:
            bar.say(saying.kind, saying.sentence, saying.links)
        return bar is not None

    def arrive(self, place: Place) -> None:
        """Show the record, view or facets of *place*."""

    def look_closer(self) -> None:
        """Show all of the record one arrived at, where there is little room beside a list."""

    def may_leave(self) -> bool:
        """Ask about what is not saved; False where the page is to stay."""
        return True

    def keep_draft(self) -> bool:
        """Put what is typed into a file; False where there is nothing to keep."""
        return False

    def resume_draft(self, key: str) -> None:
        """Open again the form that was left with the draft *key*."""
