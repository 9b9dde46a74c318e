"""The page of a register: the list at the left, the record under the cursor at the right."""

from __future__ import annotations

from typing import Any

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QSplitter, QVBoxLayout, QWidget
from sqlmodel import Session

from app.errors import AppError
from app.ui.actions import commands_of
from app.ui.common.detail_content import DetailContent
from app.ui.common.detail_pane import DetailPane
from app.ui.common.list_page import ListPage
from app.ui.theme import look, px
from app.ui.tokens import M

_LEAST_ROWS = 3  # what the table keeps when the pane stands under it
_SHARE = 40  # percent of the height the pane gets there


class RegisterPage(ListPage):
    """A ListPage whose selection is shown in a detail pane.

    The pane stands beside the table where the page is wide enough for both, else under it; its
    size is remembered for each.
    """

    def detail(self, session: Session, row: Any) -> DetailContent | QWidget | None:
        """Return what the pane shows of *row*; a room without this method has no pane."""
        del session, row
        return None

    def _lay(self, whole: QWidget) -> None:
        self._detailed: Any = None
        self._detail_due = QTimer(self)
        self._detail_due.setSingleShot(True)  # an arrow held down must not build every pane
        self._detail_due.timeout.connect(self._show_detail)
        self.pane = DetailPane()
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(whole)
        self.splitter.addWidget(self.pane)
        self.splitter.setStretchFactor(0, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.splitter)
        # Not before it has a parent: a widget without one would open as a window of its own.
        self.pane.setVisible(self._has_detail())

    def _wire(self) -> None:
        super()._wire()
        self.pane.tab_changed.connect(self._remember_tab)
        self.splitter.splitterMoved.connect(self._remember_splitter)
        look.changed.connect(self._lay_out)

    def _bind_shortcuts(self) -> None:
        super()._bind_shortcuts()
        for name, said in commands_of(type(self)):
            action = self.commands[name]
            only_table = action.shortcutContext() == Qt.ShortcutContext.WidgetShortcut
            if said.per_record and not only_table:
                self.pane.addAction(action)

    def _has_detail(self) -> bool:
        return type(self).detail is not RegisterPage.detail

    # what is shown ---------------------------------------------------------------------

    def _on_selection(self, *what: object) -> None:
        super()._on_selection(*what)
        self._detail_due.start(0)

    def _show_detail(self) -> None:
        if not self._has_detail():
            return
        count = self.view.chosen_count()
        if count != 1:
            self._detailed = None
            self.pane.say_nothing(self._unshown(count))
            return
        row = self.chosen()[0]
        try:
            with self.office.store.reading() as session:
                content = self.detail(session, row)
        except AppError as error:
            self._detailed = None
            self.pane.say_nothing(str(error))
            return
        same, self._detailed = self._detailed == row.id, row.id
        if isinstance(content, DetailContent):
            self.pane.show_content(self._dressed(content, row), same=same)
        elif content is not None:
            self.pane.show_widget(content)

    def _dressed(self, content: DetailContent, row: Any) -> DetailContent:
        """What every record of the register says besides; see MarkedPage."""
        del row
        return content

    def _unshown(self, count: int) -> str:
        """What the pane says when not exactly one record is selected."""
        if count:
            return self.tr("Đã chọn {n} {noun}.").format(n=count, noun=self.register.noun)
        if self.table.rowCount():
            return self.tr("Chọn một dòng để xem {noun}.").format(noun=self.register.noun)
        return ""

    # how it was left ---------------------------------------------------------------------

    def _restore(self) -> None:
        super()._restore()
        self.pane.want_tab(self.office.remember.get(self._key("tab"), ""))

    def _remember_tab(self, title: str) -> None:
        self.office.remember.put(self._key("tab"), title)

    def _remember_splitter(self) -> None:
        size = self.splitter.sizes()[1] * 100 // look.percent
        self.office.remember.put(self._key(self._side()), size)

    def _side(self) -> str:
        beside = self.splitter.orientation() == Qt.Orientation.Horizontal
        return "pane_width" if beside else "pane_height"

    def _lay_out(self) -> None:
        """Put the pane beside the table where there is room for both, else under it."""
        self.stack.setMinimumHeight(px(M.head + _LEAST_ROWS * M.row))
        beside = self.width() >= px(M.wide_page)
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.splitter.setOrientation(across if beside else down)
        shipped = M.pane if beside else self.height() * _SHARE // look.percent
        size = px(int(self.office.remember.get(self._key(self._side()), shipped)))
        whole = self.width() if beside else self.height()
        self.splitter.setSizes([max(whole - size - 1, 1), size])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
