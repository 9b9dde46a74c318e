"""One part of Cài đặt that is not a list: words, facts and a few buttons, read top to bottom."""

from __future__ import annotations

from abc import abstractmethod
from typing import ClassVar

from PySide6.QtGui import QShowEvent
from PySide6.QtWidgets import QBoxLayout, QLabel, QPushButton, QWidget

from app.registers.held_rows import Row
from app.store import Changes
from app.ui import theme
from app.ui.actions import commands_of, hint, refresh_actions
from app.ui.common.form.form import COLUMN_WIDTH
from app.ui.common.list.page import ListPage
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.common.parts.scrolling import scrolling
from app.ui.common.parts.widgets import Item, button, clear, column, panel, row
from app.ui.tokens import M


class SettingsPart(Page):
    """A subclass says what stands here (`lines`); it is drawn anew whenever it may have changed."""

    watches: ClassVar[frozenset[str]] = frozenset()

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.setObjectName("canvas")
        self.addActions(list(self.commands.values()))
        self._is_stale = True
        self._body = column(pad=(M.s4, 0, M.s4, M.s4))
        self._holder = panel(self._body)
        self._lay_out()
        office.changed.connect(self._on_changed)
        theme.look.changed.connect(self._fit)

    @abstractmethod
    def lines(self) -> list[Item]:
        """Return what the part shows now, from the top."""

    def refresh(self) -> None:
        """Draw the part anew."""
        self._is_stale = False
        refresh_actions(self, self.commands, 0)
        clear(self._body)
        for line in [*self.lines(), None]:
            if line is None:
                self._body.addStretch(1)
            elif isinstance(line, QWidget):
                self._body.addWidget(line)
            elif isinstance(line, int):
                self._body.addSpacing(theme.px(line))
            else:
                self._body.addLayout(line)

    def act(self, name: str, role: str = "plain") -> QPushButton:
        """A button for the command *name*."""
        action = self.commands[name]
        said = dict(commands_of(type(self)))[name]
        made = button(action.text(), role, said.icon, does=action.trigger)
        made.setToolTip(hint(action))
        made.setEnabled(action.isEnabled())
        return made

    def acts(self, *buttons: QPushButton) -> QBoxLayout:
        """*buttons* side by side under what they act on."""
        return row(*buttons, None, pad=(0, M.s3, 0, 0))

    def _lay_out(self) -> None:
        scroll = scrolling(panel(_left(self._holder)))
        self.setLayout(column(scroll))
        self._fit()

    def _fit(self) -> None:
        self._holder.setMaximumWidth(theme.px(COLUMN_WIDTH))

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables & self.watches:
            self._is_stale = True
            if self.isVisible():
                self.refresh()

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self._is_stale:
            self.refresh()


def _left(holder: QWidget) -> QBoxLayout:
    """*holder* at the left, as wide as it may be, the rest of the page blank."""
    line = row(holder, None, gap=0)
    line.setStretch(0, 1000)
    return line


def hide_title(page: ListPage[Row]) -> None:
    """Take title and count off a list that stands in Cài đặt: the row of parts names it."""
    for label in page.heading.findChildren(QLabel):
        label.hide()
