"""The page of a register: the list, and the record under the cursor beside it, below or instead."""

from __future__ import annotations

from collections.abc import Hashable, Mapping

from PySide6.QtCore import Qt, QTimer
from PySide6.QtGui import QResizeEvent
from PySide6.QtWidgets import QApplication, QSplitter, QVBoxLayout, QWidget
from sqlmodel import Session

from app.errors import AppError
from app.registers.condition import Asked
from app.registers.held_rows import Row
from app.ui.actions import command, commands_of, refresh_actions
from app.ui.common.list.page import ListPage
from app.ui.common.pane.content import DetailContent
from app.ui.common.pane.detail_pane import DetailPane
from app.ui.common.pane.frame import Closer, PaneFrame
from app.ui.roominess import Beside, beside
from app.ui.theme import look, px
from app.ui.tokens import M
from app.words import QT_TRANSLATE_NOOP, told

_WORDS = "RegisterPage"

_LEAST_ROWS = 3  # what the table keeps when the pane stands under it
_SHARE = 40  # percent of the height the pane gets there


class RegisterPage(ListPage[Row]):
    """A ListPage whose selection is shown in a detail pane.

    The pane stands beside the table where the page is wide enough for both, else under it; its
    size is remembered for each. Where the page is too low for that too, the list has it all, says
    under itself which record the cursor is on, and gives its place to the pane when asked.
    """

    def detail(self, session: Session, row: Row) -> DetailContent | QWidget | None:
        """Return what the pane shows of *row*; a room without this method has no pane."""
        del session, row
        return None

    def _lay(self, whole: QWidget) -> None:
        self._detailed: Hashable | None = None
        self._detail_due = QTimer(self)
        self._detail_due.setSingleShot(True)  # an arrow held down must not build every pane
        self._detail_due.timeout.connect(self._show_detail)
        self.pane = DetailPane()
        self.is_reading = False
        self._place: Beside | None = None
        self._frame = PaneFrame(self.pane, self.title, self.show_list)
        self._closer = Closer()
        self._closer.asked.connect(self.read_detail)
        self._listing = whole
        if (lines := whole.layout()) is not None:
            lines.addWidget(self._closer)
        self.splitter = QSplitter(Qt.Orientation.Horizontal)
        self.splitter.setHandleWidth(1)
        self.splitter.setChildrenCollapsible(False)
        self.splitter.addWidget(whole)
        self.splitter.addWidget(self._frame)
        self.splitter.setStretchFactor(0, 1)
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(self.splitter)
        # Not before it has a parent: a widget without one would open as a window of its own.
        self._frame.setVisible(self.has_detail())

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

    def has_detail(self) -> bool:
        """Whether the room shows records in a pane at all."""
        return type(self).detail is not RegisterPage.detail

    # the record instead of the list --------------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Xem chi tiết"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Sang ngăn chi tiết của bản ghi đang chọn"),
        shortcut="Alt+Return",
        per_record=True,
        enabled_when=lambda page: page.has_detail() and not page.is_reading,
        reads=True,
    )
    def read_detail(self) -> None:
        """Go to the pane; where there is no room beside the list, it takes the list's place."""
        if self._place is Beside.ALONE:
            self._turn(is_reading=True)
        self.pane.setFocus(Qt.FocusReason.OtherFocusReason)

    def show_list(self) -> None:
        """Give the page back to the list, and stand where one stood."""
        if self.is_reading:
            self._turn(is_reading=False)
            self.view.setFocus(Qt.FocusReason.OtherFocusReason)

    def look_closer(self) -> None:
        """Show all of the record that one was sent to, as a page with room for the pane does."""
        if self._place is Beside.ALONE and self.has_detail() and self.view.chosen_count() == 1:
            self.read_detail()

    def may_step_back(self) -> bool:
        return self.is_reading or super().may_step_back()

    def clear_conditions(self) -> None:
        if self.is_reading:
            self.show_list()
        else:
            super().clear_conditions()

    def find_in_list(self) -> None:
        self.show_list()
        super().find_in_list()

    def visit(
        self,
        record_id: Hashable | None = None,
        view: str | None = None,
        facets: Mapping[str, Asked] | None = None,
    ) -> None:
        if self.is_reading:
            self._turn(is_reading=False)
        super().visit(record_id, view, facets)

    def setFocus(self, reason: Qt.FocusReason = Qt.FocusReason.OtherFocusReason) -> None:
        if self.is_reading:
            self.pane.setFocus(reason)
        else:
            super().setFocus(reason)

    def _turn(self, *, is_reading: bool) -> None:
        self.is_reading = is_reading
        is_alone = self._place is Beside.ALONE
        shows_pane = self.has_detail() and (is_reading or not is_alone)
        self._listing.setVisible(not is_reading)
        self._frame.setVisible(shows_pane)
        self._frame.show_way_back(is_shown=is_reading)
        self._closer.setVisible(is_alone and self.has_detail())
        refresh_actions(self, self.commands, self.view.chosen_count())

    # what is shown ---------------------------------------------------------------------

    def _on_selection(self, *what: object) -> None:
        super()._on_selection(*what)
        self._detail_due.start(0)

    def _show_detail(self) -> None:
        if not self.has_detail():
            return
        count = self.view.chosen_count()
        if count != 1:
            self._detailed = None
            self.show_list()
            self.pane.say_nothing(self._unshown(count))
            self._closer.say(self._unshown(count))
            return
        row = self.chosen()[0]
        try:
            with self.office.store.reading() as session:
                content = self.detail(session, row)
        except AppError as error:
            self._detailed = None
            self.pane.say_nothing(str(error))
            self._closer.say(str(error))
            return
        same, self._detailed = self._detailed == row.id, row.id
        self._closer.show_content(content)
        if isinstance(content, DetailContent):
            self.pane.show_content(self._dressed(content, row), same=same)
        elif content is not None:
            self.pane.show_widget(content)

    def _dressed(self, content: DetailContent, row: Row) -> DetailContent:
        """What every record of the register says besides; see MarkedPage."""
        del row
        return content

    def _unshown(self, count: int) -> str:
        """What the pane says when not exactly one record is selected."""
        if count:
            return self.tr("Đã chọn {n} {noun}.").format(n=count, noun=told(self.register.noun))
        if self.table.rowCount():
            return self.tr("Chọn một dòng để xem {noun}.").format(noun=told(self.register.noun))
        return ""

    # how it was left ---------------------------------------------------------------------

    def _restore(self) -> None:
        super()._restore()
        self.pane.want_tab(self.office.remember.words(self._key("tab")))

    def _remember_tab(self, title: str) -> None:
        self.office.remember.put(self._key("tab"), title)

    def _remember_splitter(self) -> None:
        size = self.splitter.sizes()[1] * 100 // look.percent
        self.office.remember.put(self._key(self._side()), size)

    def _side(self) -> str:
        beside = self.splitter.orientation() == Qt.Orientation.Horizontal
        return "pane_width" if beside else "pane_height"

    def _lay_out(self) -> None:
        """Put the pane where there is room for it; the keyboard stays where it was."""
        self.stack.setMinimumHeight(px(M.head + _LEAST_ROWS * M.row))
        place = beside(self.size(), M.wide_page)
        if place is not self._place:
            held = QApplication.focusWidget()
            was_read = held is not None and self.pane.isAncestorOf(held)
            self._place = place
            self._turn(is_reading=was_read and place is Beside.ALONE)
        if place is not Beside.ALONE:
            self._share(is_beside=place is Beside.SIDE)

    def _share(self, *, is_beside: bool) -> None:
        """Divide the page between list and pane, as it was left."""
        across, down = Qt.Orientation.Horizontal, Qt.Orientation.Vertical
        self.splitter.setOrientation(across if is_beside else down)
        shipped = M.pane if is_beside else self.height() * _SHARE // look.percent
        size = px(self.office.remember.number(self._key(self._side()), shipped))
        whole = self.width() if is_beside else self.height()
        self.splitter.setSizes([max(whole - size - 1, 1), size])

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._lay_out()
