"""The middle of the workspace: what can be done to the part, its title, and the part itself."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from html import escape
from typing import cast

from PySide6.QtCore import Qt
from PySide6.QtGui import QAction
from PySide6.QtWidgets import QFrame, QWidget

from app.export.wording import NBSP
from app.ui.common.parts.flow import Flow
from app.ui.common.parts.page_heading import bound
from app.ui.common.parts.pages import Pages
from app.ui.common.parts.widgets import clear, column, panel, row, rule, text
from app.ui.review.part import ReviewPart
from app.ui.theme import colour, look
from app.ui.tokens import M

Link = tuple[str, Callable[[], object]]


class Middle(QFrame):
    """Shows one part; *icons* are the icons of the commands by name."""

    def __init__(self, actions: Mapping[str, QAction], icons: Mapping[str, str]) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._actions, self._icons = actions, icons
        self._tools = Flow(M.s1)
        self._above = text("", "muted")
        self._title = text("", "title", wrap=True)
        self._words = ""
        self._figures: dict[str, Callable[[], object]] = {}
        self._note = text("", "muted", wrap=True)
        self._note.setTextFormat(Qt.TextFormat.RichText)
        self._note.setTextInteractionFlags(Qt.TextInteractionFlag.TextBrowserInteraction)
        self._note.linkActivated.connect(self._follow)
        look.changed.connect(self._say)
        self._stack = Pages()
        holder = QWidget()
        holder.setLayout(self._tools)
        tools = row(holder, pad=(M.s4, M.s2, M.s4, M.s2))
        self._tool_line = panel(column(tools, rule()))
        head = column(
            self._above,
            self._title,
            self._note,
            gap=2,
            pad=(M.s5, M.s3, M.s5, M.s2),
        )
        whole = column(
            self._tool_line,
            panel(head),
            self._stack,
        )
        whole.setStretch(2, 1)
        self.setLayout(whole)

    @property
    def part(self) -> ReviewPart:
        """The part shown; there is one from the moment the workspace is on screen."""
        return cast(ReviewPart, self._stack.currentWidget())

    def show_part(self, part: ReviewPart, title: str, above: str) -> None:
        """Put *part* in place of the one shown."""
        while (old := self._stack.widget(0)) is not None:
            self._stack.removeWidget(old)
            old.hide()
            old.deleteLater()
        self._stack.addWidget(part)
        self.setFocusProxy(part)
        self.entitle(title, above)
        self._words = ""
        self.show_links(())
        part.noted.connect(self._remark)
        clear(self._tools)
        for name in part.tools:
            made = bound(self._actions[name], "quiet", self._icons.get(name, ""))
            self._tools.addWidget(made)
        self._tools.invalidate()
        self._tool_line.setVisible(bool(part.tools))

    def entitle(self, title: str, above: str) -> None:
        """Name the part, and the one that it stands under."""
        self._title.setText(title)
        self._above.setText(above)
        self._above.setVisible(bool(above))

    def show_links(self, links: Sequence[Link]) -> None:
        """Show the figures of the part, each leading to what it counts."""
        self._figures = dict(links)
        self._say()

    def _remark(self, words: str) -> None:
        self._words = words
        self._say()

    def _say(self) -> None:
        """One line of words and figures that wraps like text, however large the letters are."""
        tint = colour("accent").name()
        said = [escape(self._words)] if self._words else []
        said += [_anchor(at, words, tint) for at, words in enumerate(self._figures)]
        self._note.setText(" &nbsp; ".join(said))
        self._note.setAccessibleName(". ".join([self._words, *self._figures]).strip(". "))
        self._note.setVisible(bool(said))

    def _follow(self, at: str) -> None:
        list(self._figures.values())[int(at)]()


def _anchor(at: int, words: str, tint: str) -> str:
    """A link whose words stay together in one line."""
    whole = escape(words).replace(" ", NBSP)
    return f'<a href="{at}" style="color: {tint}; text-decoration: none">{whole}</a>'
