"""A list as a page: views, filter, chips, table, messages, and answers to emptiness."""

from __future__ import annotations

from abc import abstractmethod
from collections.abc import Hashable, Mapping, Sequence
from typing import TYPE_CHECKING, ClassVar, Generic

from PySide6.QtCore import QCoreApplication, Qt, QTimer
from PySide6.QtGui import QKeySequence, QShowEvent
from PySide6.QtWidgets import QStackedWidget, QVBoxLayout, QWidget
from sqlmodel import Session

from app.errors import AppError
from app.registers.condition import Asked
from app.registers.held_rows import HeldRows, Row
from app.registers.register import Register
from app.store import Changes
from app.ui.actions import command, commands_of, refresh_actions
from app.ui.common.list import export, menus
from app.ui.common.list.column_chooser import ColumnChooser
from app.ui.common.list.emptiness import emptiness
from app.ui.common.list.filter_bar import FilterBar
from app.ui.common.list.position import Position
from app.ui.common.list.reading import ListReading
from app.ui.common.list.table import RecordTable
from app.ui.common.list.view import RecordView
from app.ui.common.list.view_row import ViewRow
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.page import Page
from app.ui.common.parts.page_heading import PageHeading
from app.ui.common.parts.widgets import clear, column
from app.words import QT_TRANSLATE_NOOP, told

if TYPE_CHECKING:
    from app.ui.common.parts.office import Office, Place

_WORDS = "ListPage"
Reason = Qt.FocusReason


class ListPage(Page, Generic[Row]):
    """A room says what it lists and what can be done; this class shows it.

    The page refreshes when a table in `watches` changes, whoever changed it, and keeps the
    clerk's place, by record and not by row, through sorting, filtering and refreshing alike.
    `records` may be called on a worker thread: it must use nothing but its session.
    """

    register: Register[Row]
    watches: ClassVar[frozenset[str]]
    icon: ClassVar[str] = "file"
    main_role: ClassVar[str] = "primary"  # `plain` where the pane holds the primary button
    is_long: ClassVar[bool] = False  # reads the whole schedule: elsewhere in a large office

    def __init__(self, office: Office, parent: QWidget | None = None) -> None:
        super().__init__(office, parent)
        self.reading = ListReading(self)
        self._sent: tuple[Hashable, str | None, Mapping[str, Asked] | None] | None = None
        self._build()
        self._restore()
        self._wire()
        self._limit()
        self.reading.begin()

    # what a room says ------------------------------------------------------------

    @abstractmethod
    def records(self, session: Session) -> Sequence[Row]:
        """Return all that the register holds: rows with an `id`, usable after the session."""

    @abstractmethod
    def empty_text(self) -> tuple[str, str]:
        """Return what to say when it holds nothing, and the next step with its key."""

    # what a room may ask -----------------------------------------------------------

    def current(self) -> Row | None:
        """The row the clerk stands on, or None."""
        index = self.view.currentIndex()
        return self.table.record_at(index.row()) if index.isValid() else None

    def current_id(self) -> Hashable | None:
        """The id of the record the clerk stands on, or None."""
        row = self.current()
        return None if row is None else row.id

    def chosen(self) -> list[Row]:
        """The rows selected, from top to bottom."""
        return [self.table.record_at(row) for row in self.view.chosen_rows()]

    @property
    def title(self) -> str:
        """The name of the register on screen."""
        return QCoreApplication.translate("Room", self.register.title)

    @property
    def selection_words(self) -> str:
        """What the status bar says of the selection: "Đã chọn 3 quy chế"."""
        chosen = self.view.chosen_count()
        words = self.tr("Đã chọn {n} {noun}").format(n=chosen, noun=told(self.register.noun))
        return words if chosen else ""

    @property
    def message_bar(self) -> MessageBar:
        return self.message

    def arrive(self, place: Place) -> None:
        """Show what `office.go` points to."""
        self.visit(place.record_id, place.view, place.facets)

    def visit(
        self,
        record_id: Hashable | None = None,
        view: str | None = None,
        facets: Mapping[str, Asked] | None = None,
    ) -> None:
        """Show what another room, the search or a figure points to.

        A record that the view or the filter hides is shown all the same: they give way.
        """
        self.reading.catch_up()
        # What was just written may still be on its way from the worker.
        awaited = self.reading.is_loading and not self.table.holds(record_id)
        self._sent = (record_id, view, facets) if awaited and record_id is not None else None
        if view is not None or facets:
            self.views.choose(view or next(iter(self.views.views)))
            self.filters.take(facets or {})
        if record_id is not None and not self._position.stand_on(record_id):
            self.views.choose(self._view_with(record_id))
            self.filters.clear()
            self._limit()
            self._position.stand_on(record_id)
        if self.isVisible():
            self.view.setFocus()
        else:
            # A form that goes gives the focus back to where it was, such as the filter of an empty
            # list; whoever saved a record wants to stand on it. A form that stays keeps it.
            QTimer.singleShot(0, self, self._focus_if_shown)

    def setFocus(self, reason: Reason = Reason.OtherFocusReason) -> None:
        """Go to the list, or to its filter while nothing is listed.

        Not by a focus proxy: Tab would enter there and pass over all that stands before it.
        """
        is_empty = self.stack.currentIndex() == 1
        (self.filters.field if is_empty else self.view).setFocus(reason)

    def _focus_if_shown(self) -> None:
        if self.isVisible():
            self.view.setFocus()

    def see_all(self) -> None:
        """Take the first view, which leaves the least out."""
        self.views.choose(next(iter(self.views.views)))
        self._limit()

    def refresh(self) -> None:
        """Show the register as it is now."""
        self.reading.again()

    def show_read(self, rows: HeldRows[Row]) -> None:
        """Take the rows that were read."""
        self.table.show(rows)
        for view in self.views.views.values():
            if view.counted:
                self.views.count(view.key, self.table.count(view.keeps))
        self._describe()
        if self._sent is not None:
            sent, self._sent = self._sent, None
            self.visit(*sent)

    def say_unread(self, error: AppError) -> None:
        """Say why the register could not be read."""
        self.message.say("danger", str(error), [(self.tr("Đọc lại"), self.refresh)])

    # commands every register has ----------------------------------------------------

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Xuất Excel …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Ghi danh sách đang hiện ra tệp Excel, đúng cột và thứ tự"),
        shortcut="Ctrl+Shift+E",
        icon="export",
        menu=QT_TRANSLATE_NOOP(_WORDS, "Xuất"),
        reads=True,
    )
    def export_view(self) -> None:
        """Write the list as it is on screen to an Excel file of the clerk's choice."""
        export.export(self)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Xem trước bản in …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Xem và in danh sách đang hiện"),
        shortcut="Ctrl+P",
        icon="print",
        menu=QT_TRANSLATE_NOOP(_WORDS, "Xuất"),
        reads=True,
    )
    def print_view(self) -> None:
        """Show the list as it will be on paper."""
        from app.ui.common.list import printing  # Qt's printing is not needed to start

        printing.preview(self)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Sao chép dòng"),
        many=QT_TRANSLATE_NOOP(_WORDS, "Sao chép {n} dòng"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Sao chép các dòng đã chọn để dán vào Excel hoặc Word"),
        shortcut="Ctrl+C",
        per_record=True,
        reads=True,
    )
    def copy_rows(self) -> None:
        """Put the selected rows on the clipboard, tab-separated, under their headings."""
        export.copy(self)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Lọc danh sách"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đưa con trỏ vào ô lọc"),
        shortcut="Ctrl+F",
        unlisted=True,
        reads=True,
    )
    def find_in_list(self) -> None:
        """Go to the filter field, its text selected."""
        self.filters.field.setFocus(Qt.FocusReason.ShortcutFocusReason)
        self.filters.field.selectAll()

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Bỏ mọi điều kiện"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Xóa chữ lọc và mọi điều kiện"),
        shortcut="Esc",
        unlisted=True,
        enabled_when=lambda page: page.may_step_back(),
        reads=True,
    )
    def clear_conditions(self) -> None:
        """Ask for nothing: the whole view is shown again."""
        self.filters.clear()

    def may_step_back(self) -> bool:
        """Whether Esc has anything to take back."""
        return self.filters.is_asking

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Chọn cột …"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Hiện, ẩn và đổi chỗ các cột"),
        unlisted=True,
        reads=True,
    )
    def choose_columns(self) -> None:
        """Open the column chooser."""
        ColumnChooser(self.view, self).open_under(self.filters.columns)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Đọc lại"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Đọc lại danh sách từ sổ"),
        shortcut="F5",
        unlisted=True,
        reads=True,
    )
    def read_again(self) -> None:
        """Read the register again."""
        self.refresh()

    # putting it together ------------------------------------------------------------

    def _build(self) -> None:
        said = dict(commands_of(type(self)))
        listed = [(said[name], action) for name, action in self.commands.items()]
        self.heading = PageHeading(self.title, listed, self.main_role)
        self.views = ViewRow(self.register.views)
        self.filters = FilterBar(told(self.register.noun), self.register.facets, self.office.today)
        self.message = MessageBar()
        self.table = RecordTable(self.register.columns, self)
        self.view = RecordView(self.table)
        self.view.setAccessibleName(self.title)
        self._position = Position(self.view)
        self._empty = QWidget()
        self._empty_lines = QVBoxLayout(self._empty)
        self.stack = QStackedWidget()
        self.stack.addWidget(self.view)
        self.stack.addWidget(self._empty)
        whole = QWidget()
        lines = column(self.heading, self.views, self.filters, self.message, self.stack)
        lines.setStretch(4, 1)
        whole.setLayout(lines)
        self._lay(whole)

    def _lay(self, whole: QWidget) -> None:
        """Put *whole*, everything built so far, into the page."""
        lines = QVBoxLayout(self)
        lines.setContentsMargins(0, 0, 0, 0)
        lines.addWidget(whole)

    def _wire(self) -> None:
        self._bind_shortcuts()
        self.filters.choose_from(self.table.all_records)
        self.filters.changed.connect(self._limit)
        self.filters.descended.connect(self._enter_table)
        self.filters.columns.clicked.connect(self.choose_columns)
        self.views.picked.connect(self._limit)
        self.view.entered_record.connect(self._open_current)
        self.view.arranged.connect(self._remember_columns)
        self.view.selectionModel().selectionChanged.connect(self._on_selection)
        self.view.selectionModel().currentChanged.connect(self._on_selection)
        menus.attach(self)
        self.office.changed.connect(self._on_changed)

    def _bind_shortcuts(self) -> None:
        """A bare key acts on records only in the table; no key acts while a field is typed in."""
        for name, said in commands_of(type(self)):
            action = self.commands[name]
            if not said.per_record:
                self.addAction(action)
                continue
            self.view.addAction(action)
            if _is_bare(action.shortcut()) or name == "copy_rows":
                action.setShortcutContext(Qt.ShortcutContext.WidgetShortcut)

    # what is shown --------------------------------------------------------------------

    def _limit(self, _view: str = "") -> None:
        tests = (self.views.current.keeps, *self.filters.tests())
        self.table.limit(self.filters.field.text(), *tests)
        self._describe()

    def _view_with(self, record_id: Hashable) -> str:
        """The first view that keeps the record; the first of all where none does."""
        row = next((row for row in self.table.all_records() if row.id == record_id), None)
        views = self.views.views.values()
        found = (view.key for view in views if row is not None and view.keeps(row))
        return next(found, next(iter(self.views.views)))

    def _describe(self) -> None:
        shown, held = self.table.rowCount(), self.table.held
        self.heading.note(f"{held:,}".replace(",", ".") if held else "")
        self.views.found(shown, held)
        is_empty = not shown and not self.reading.is_awaited
        if is_empty:
            clear(self._empty_lines)
            self._empty_lines.addWidget(emptiness(self))
        leaves = is_empty and self.view.hasFocus()
        self.stack.setCurrentIndex(1 if is_empty else 0)
        if leaves:
            self.filters.field.setFocus()  # never on what is hidden
        self._on_selection()

    def _on_selection(self, *_what: object) -> None:
        chosen = self.view.chosen_count()
        refresh_actions(self, self.commands, chosen)
        if self.isVisible():
            self.office.note_selection(self.selection_words)

    def _open_current(self) -> None:
        action = self.commands.get("open")
        if action is not None and action.isEnabled():
            action.trigger()

    def _enter_table(self) -> None:
        if self.table.rowCount():
            self.view.setFocus()
            if not self.chosen():
                self.view.go_to(0)

    def _on_changed(self, changes: Changes) -> None:
        if changes.tables & self.watches:
            self.reading.is_stale = True
            if self.isVisible():
                self.refresh()

    # how it was left --------------------------------------------------------------------

    def _key(self, what: str) -> str:
        return f"register.{self.register.key}.{what}"

    def _restore(self) -> None:
        order = self.register.order
        self.view.sort_by(order.removeprefix("-"), backwards=order.startswith("-"))
        self.view.restore_columns(self.office.remember.get(self._key("columns")))

    def _remember_columns(self) -> None:
        self.office.remember.put(self._key("columns"), self.view.columns_state())

    def showEvent(self, event: QShowEvent) -> None:
        super().showEvent(event)
        if self.reading.is_stale:
            self.refresh()
        self.office.note_selection(self.selection_words)


def _is_bare(shortcut: QKeySequence) -> bool:
    """Whether it is a key alone, such as Enter or Del; Ctrl, Alt and F keys are not."""
    keys = shortcut.toString(QKeySequence.SequenceFormat.PortableText)
    return bool(keys) and "+" not in keys and not keys.startswith("F")
