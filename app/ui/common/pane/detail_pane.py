"""The record under the cursor: kind, title, status, and tabs built when they are looked at."""

from __future__ import annotations

from collections.abc import Sequence

from PySide6.QtCore import QCoreApplication, QPoint, QSize, Qt, Signal
from PySide6.QtGui import QFontMetrics, QResizeEvent
from PySide6.QtWidgets import (
    QFrame,
    QLayout,
    QMenu,
    QScrollArea,
    QTabBar,
    QVBoxLayout,
    QWidget,
)

from app.errors import AppError
from app.ui.common.pane.content import DetailContent, History, Part, Tab, Words
from app.ui.common.pane.parts import draw
from app.ui.common.pane.status import Tag
from app.ui.common.parts.flow import Flow
from app.ui.common.parts.widgets import clear, column, gap, panel, rule, text
from app.ui.theme import font, look, px
from app.ui.tokens import M
from app.words import told

_MOST_TABS = 6
_BETWEEN = 13
_LEAST = 96  # the height the table may squeeze the pane to
_LOW = 320  # a pane lower than this scrolls as a whole


class DetailPane(QFrame):
    """Shows a DetailContent; the tab looked at last is kept from one record to the next."""

    tab_changed = Signal(str)

    def __init__(self) -> None:
        super().__init__()
        self.setObjectName("canvas")
        self._tab = ""
        self._is_low = False
        self._content: DetailContent | None = None
        self._layout = QVBoxLayout(self)
        self._layout.setContentsMargins(0, 0, 0, 0)
        self._layout.setSpacing(0)
        self._scroll: QScrollArea | None = None
        self._tabs: Tabs | None = None
        self.say_nothing("")
        look.changed.connect(self._draw_again)

    @property
    def tab(self) -> str:
        """The title of the tab wanted last."""
        return self._tab

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        """Go to the tabs, from where Tab leads into what they show."""
        if self._tabs is not None:
            self._tabs.setFocus(reason)
        else:
            super().setFocus(reason)

    def want_tab(self, title: str) -> None:
        """Open records at the tab *title* from now on; those without it open at their first."""
        self._tab = title
        if self._tabs is not None and self._content is not None:
            self._tabs.choose(title)
            self._fill()

    def say_nothing(self, sentence: str) -> None:
        """Show no record, only *sentence*."""
        clear(self._layout)
        self._content, self._tabs, self._scroll = None, None, None
        words = text(sentence, "muted", wrap=True)
        self._layout.addWidget(panel(column(words, None, pad=(M.s4, M.s5, M.s4, M.s4))))

    def show_widget(self, widget: QWidget) -> None:
        """Give the whole pane to *widget*."""
        clear(self._layout)
        self._content, self._tabs, self._scroll = None, None, None
        self._layout.addWidget(widget)

    def show_content(self, content: DetailContent, *, same: bool = False) -> None:
        """Show *content*; with *same* it is the record shown before, and the scroll stays."""
        place = self._scroll.verticalScrollBar().value() if same and self._scroll else 0
        clear(self._layout)
        self._content, self._scroll = content, None
        self._tabs = Tabs([tab.title for tab in content.tabs], content.title)
        self._tabs.choose(self._tab)
        self._tabs.chosen.connect(self._on_tab)
        self._body = QVBoxLayout()
        self._body.setSpacing(0)
        self._is_low = self._low()
        head = self._head(content, self._tabs)
        if self._is_low:
            self._layout.addWidget(self._scrolling(column(head, rule(), self._body, None)))
        else:
            self._layout.addWidget(head)
            self._layout.addWidget(rule())
            self._layout.addLayout(self._body, 1)
        self._fill()
        if place and self._scroll is not None:
            self._scroll.verticalScrollBar().setValue(place)

    def _low(self) -> bool:
        """Whether the pane is too low for a head that stands still: then all of it scrolls."""
        return self.height() < px(_LOW)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        if self._content is not None and self._is_low != self._low():
            self.show_content(self._content, same=True)

    def _draw_again(self) -> None:
        """Take up new sizes; what is painted by hand only needs the repaint it gets anyway."""
        if self._content is not None:
            self.show_content(self._content, same=True)

    def _scrolling(self, lines: QLayout) -> QScrollArea:
        self._scroll = _scrolled(lines)
        return self._scroll

    def _head(self, content: DetailContent, tabs: Tabs) -> QWidget:
        lines = column(
            text(told(content.kind), "small", wrap=True),
            M.s1,
            text(content.title, "lead", wrap=True),
        )
        if content.tags:
            holder, flow = QWidget(), Flow()
            for state, words in content.tags:
                flow.addWidget(Tag(state, told(words)))
            holder.setLayout(flow)
            lines.addWidget(gap(M.s2))
            lines.addWidget(holder)
        lines.addWidget(gap(M.s2))
        lines.addWidget(tabs)
        return panel(column(lines, pad=(M.s4, M.s4, M.s4, 0)))

    def _on_tab(self, title: str) -> None:
        self._tab = title
        self._fill()
        self.tab_changed.emit(title)

    def _fill(self) -> None:
        """Build the tab that is looked at, and only that."""
        if self._content is None or self._tabs is None:
            return
        clear(self._body)
        if not self._is_low:
            self._scroll = None  # it went with the tab before
        tab = _named(self._content.tabs, self._tabs.current)
        if tab is None:
            return
        built = _built(tab)
        if isinstance(built, QWidget):
            built.setMinimumHeight(px(_LOW) if self._is_low else 0)
            self._body.addWidget(built)
            return
        # Facts and sections bring their own space above them.
        over = M.s3 if built and isinstance(built[0], Words | History) else M.s1
        lines = column(*(draw(part) for part in built), None, pad=(M.s4, over, M.s4, M.s3))
        if self._is_low:
            self._body.addWidget(panel(lines))
        else:
            self._body.addWidget(self._scrolling(lines))
        if self._scroll is not None:
            self._scroll.setAccessibleName(tab.title)

    def minimumSizeHint(self) -> QSize:
        return QSize(px(M.pane_least), px(_LEAST))


class Tabs(QTabBar):
    """As many tabs as fit, six at most; the rest stand under "Khác"."""

    chosen = Signal(str)

    def __init__(self, titles: Sequence[str], owner: str) -> None:
        super().__init__()
        self._titles = list(titles)
        self._current = self._titles[0] if self._titles else ""
        self._fitting = 0
        self.setAccessibleName(owner)
        self.setUsesScrollButtons(False)
        self.setExpanding(False)
        self.setDrawBase(False)
        self.setElideMode(Qt.TextElideMode.ElideNone)
        self._lay(min(len(self._titles), _MOST_TABS))
        self.currentChanged.connect(self._on_current)
        self.tabBarClicked.connect(self._on_clicked)

    @property
    def current(self) -> str:
        """The title of the tab that is open."""
        return self._current

    def choose(self, title: str) -> None:
        """Open *title* without saying so; an unknown title leaves the first open."""
        if title in self._titles:
            self._current = title
            self._mark()

    def shown(self) -> list[str]:
        """What stands in the bar, "Khác" included."""
        return [self.tabText(at) for at in range(self.count())]

    def _lay(self, fitting: int) -> None:
        self._fitting = fitting
        self.blockSignals(True)  # noqa: FBT003
        while self.count():
            self.removeTab(0)
        for title in self._titles[:fitting]:
            self.addTab(QCoreApplication.translate("Tab", title))
        if fitting < len(self._titles):
            self.addTab(self.tr("Khác"))
        self.blockSignals(False)  # noqa: FBT003
        self._mark()
        for mode in (Qt.TextElideMode.ElideRight, Qt.TextElideMode.ElideNone):
            self.setElideMode(mode)  # Qt leaves new tabs too narrow until something else changes

    def _mark(self) -> None:
        at = self._titles.index(self._current) if self._current in self._titles else 0
        folded = at >= self._fitting < len(self._titles)
        self.blockSignals(True)  # noqa: FBT003
        if self._fitting < len(self._titles):
            self.setTabText(self._fitting, self._current if folded else self.tr("Khác"))
        self.setCurrentIndex(self._fitting if folded else at)
        self.blockSignals(False)  # noqa: FBT003

    def _on_current(self, at: int) -> None:
        if 0 <= at < self._fitting:
            self._current = self._titles[at]
            self._mark()
            self.chosen.emit(self._current)
        elif at >= 0:
            self._offer()

    def _on_clicked(self, at: int) -> None:
        if at == self._fitting and at == self.currentIndex():
            self._offer()

    def _offer(self) -> None:
        menu = QMenu(self)
        menu.setAttribute(Qt.WidgetAttribute.WA_DeleteOnClose)
        for title in self._titles[self._fitting :]:
            entry = menu.addAction(title)
            entry.triggered.connect(lambda _checked=False, words=title: self._pick(words))
        menu.aboutToHide.connect(self._mark)
        menu.popup(self.mapToGlobal(QPoint(self.tabRect(self._fitting).x(), self.height())))

    def _pick(self, title: str) -> None:
        self.choose(title)
        self.chosen.emit(title)

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        fitting = self._that_fit(self.width())
        if fitting != self._fitting:
            self._lay(fitting)

    def _that_fit(self, width: int) -> int:
        bold, plain = QFontMetrics(font(M.body, 600)), QFontMetrics(font())
        used = bold.horizontalAdvance(self._current) - plain.horizontalAdvance(self._current)
        fitting = 0
        for title in self._titles[:_MOST_TABS]:
            used += plain.horizontalAdvance(title)
            if used > width:
                break
            fitting += 1
            used += px(_BETWEEN)
        if fitting == len(self._titles):
            return fitting
        return max(1, min(fitting - 1, _MOST_TABS - 1))

    def minimumSizeHint(self) -> QSize:
        return QSize(px(120), super().minimumSizeHint().height())


def _named(tabs: Sequence[Tab], title: str) -> Tab | None:
    return next((tab for tab in tabs if tab.title == title), None)


def _built(tab: Tab) -> Sequence[Part] | QWidget:
    """What *tab* shows; a record that went meanwhile is said in its place."""
    try:
        return tab.build()
    except AppError as error:
        return (Words(str(error), "muted"),)


def _scrolled(lines: QLayout) -> QScrollArea:
    area = QScrollArea()
    area.setFrameShape(QFrame.Shape.NoFrame)
    area.setWidgetResizable(True)
    area.setHorizontalScrollBarPolicy(Qt.ScrollBarPolicy.ScrollBarAlwaysOff)
    area.setWidget(panel(lines))
    return area
