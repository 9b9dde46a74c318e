"""The first line of a page: title, how many, and what can be done."""

from __future__ import annotations

from PySide6.QtCore import QObject
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QHBoxLayout, QMenu, QPushButton, QWidget

from app.ui.actions import Command, hint
from app.ui.common.parts.widgets import button, text
from app.ui.icons import icon
from app.ui.theme import px, space
from app.ui.tokens import M
from app.words import told

Listed = list[tuple[Command, QAction]]


class PageHeading(QWidget):
    """Draws the commands that belong to the page itself: quiet ones first, the primary last.

    *main* is the role of the primary one: `plain` where the day's work stands in the detail pane,
    since a screen has one primary button at most.
    """

    def __init__(self, title: str, commands: Listed, main: str = "primary") -> None:
        super().__init__()
        self._main = main
        self._title = text(title, "title")
        self._note = text("", "muted")
        line = QHBoxLayout(self)
        space(line, M.s2, (M.s4, M.s2, M.s4, M.s1))
        line.addWidget(self._title)
        line.addWidget(self._note)
        line.addStretch(1)
        for made in self._buttons([each for each in commands if not each[0].per_record]):
            line.addWidget(made)
        line.addStrut(px(M.control))

    def note(self, words: str) -> None:
        """Put *words*, a count or a short remark, after the title."""
        self._note.setText(words)

    def noted(self) -> str:
        """What stands after the title."""
        return self._note.text()

    def _buttons(self, commands: Listed) -> list[QPushButton]:
        menus: dict[str, QMenu] = {}
        quiet: list[QPushButton] = []
        primary: list[QPushButton] = []
        for said, action in commands:
            if said.menu:
                if said.menu not in menus:
                    icons = (c.icon for c, _ in commands if c.menu == said.menu and c.icon)
                    menus[said.menu], made = self._menu(told(said.menu), next(icons, ""))
                    quiet.append(made)
                menus[said.menu].addAction(action)
            elif said.primary:
                primary.append(bound(action, self._main, said.icon))
            elif not said.unlisted:
                quiet.append(bound(action, "quiet", said.icon))
        return quiet + primary

    def _menu(self, title: str, icon_name: str) -> tuple[QMenu, QPushButton]:
        made = button(title, "quiet", icon_name)
        menu = QMenu(made)
        made.setMenu(menu)
        return menu, made


def bound(action: QAction, role: str, icon_name: str) -> QPushButton:
    """A button that follows its action: words, tooltip, whether it can be pressed."""
    made = button(action.text(), role, icon_name, does=action.trigger)
    _Following(made, action, icon_name, "on_fill" if role == "primary" else "muted").follow()
    return made


class _Following(QObject):
    """Goes with its button: the tools of a part are taken away while their actions stay."""

    def __init__(self, made: QPushButton, action: QAction, icon_name: str, tint: str) -> None:
        super().__init__(made)
        self._made, self._action = made, action
        self._icon, self._tint = icon_name, tint
        self._was_visible: bool | None = None
        action.changed.connect(self.follow)

    def follow(self) -> None:
        made, action = self._made, self._action
        made.setText((" " if self._icon else "") + action.text())
        made.setAccessibleName(action.text().replace("&&", "&"))
        made.setToolTip(hint(action))
        made.setEnabled(action.isEnabled())
        # Without a parent it would open as a window of its own; one that was taken away stays so.
        if made.parentWidget() is not None and self._was_visible is not action.isVisible():
            self._was_visible = action.isVisible()
            made.setVisible(self._was_visible)
        if self._icon:
            made.setIcon(icon(self._icon, self._tint))
