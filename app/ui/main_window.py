"""The window: rooms at the left, one page on screen, forms laid over it, what is safe below."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING

from PySide6.QtCore import QByteArray, QCoreApplication, QPoint, QSize, Qt, QTimer
from PySide6.QtGui import QAction, QCloseEvent, QKeySequence, QResizeEvent
from PySide6.QtWidgets import (
    QApplication,
    QLineEdit,
    QMainWindow,
    QPlainTextEdit,
    QWidget,
)
from shiboken6 import isValid

from app.errors import AppError
from app.store.searching import SearchHit
from app.store.store import Changes
from app.text import clock_words
from app.ui import roominess, theme
from app.ui.common.list.search_field import SearchField
from app.ui.common.parts.dialogs import ask
from app.ui.common.parts.message_bar import MessageBar
from app.ui.common.parts.office import Office, Place, Saying
from app.ui.common.parts.page import Page
from app.ui.common.parts.pages import Pages
from app.ui.common.parts.progress_bar import ProgressBar
from app.ui.common.parts.scrolling import FocusInSight
from app.ui.common.parts.widgets import column, panel, row, rule
from app.ui.day_watch import DayWatch
from app.ui.room import Room
from app.ui.rooms import room_of
from app.ui.search_palette import SearchPalette
from app.ui.sidebar import Sidebar
from app.ui.status_bar import StatusBar
from app.ui.tokens import M

if TYPE_CHECKING:
    from app.ui.shortcut_sheet import Key

FIRST = QSize(1366, 728)


class MainWindow(QMainWindow):
    """Shows rooms; knows of them what `Room` promises, and of their pages what `Page` answers."""

    def __init__(self, office: Office, rooms: Sequence[Room]) -> None:
        super().__init__()
        self.office, self.rooms = office, tuple(rooms)
        self._room: Room | None = None
        self._pages: dict[str, Page] = {}
        self._laid: list[Page] = []
        self._focus: list[QWidget | None] = []
        self._actions: list[QAction] = []
        self._copies: list[QWidget] = []
        self._build()
        self._command_all()
        self._connect()
        self._calendar = DayWatch(self.office, self)
        self._return()
        self.refresh()

    # rooms -------------------------------------------------------------------

    @property
    def room(self) -> Room | None:
        """The room on screen."""
        return self._room

    @property
    def page(self) -> Page | None:
        """What is on screen: the room's page, or what is laid over it."""
        page = self._stack.currentWidget()
        return page if isinstance(page, Page) else None

    def page_of(self, key: str) -> Page:
        """The page of room *key*, made on the first visit."""
        if key not in self._pages:
            room = next(room for room in self.rooms if room.key == key)
            self._pages[key] = room.shown(self.office)
            self._stack.addWidget(self._pages[key])
        return self._pages[key]

    def enter(self, key: str) -> bool:
        """Go to room *key*; False when an open form would not be left."""
        if not self.leave_pages():
            self._mark_room()
            return False
        self._room = next(room for room in self.rooms if room.key == key)
        page = self.page_of(key)
        self._stack.setCurrentWidget(page)
        self._mark_room()
        self.status.show_chosen(page.selection_words)
        page.setFocus(Qt.FocusReason.OtherFocusReason)
        self.office.remember.put("window.room", key)
        return True

    def go(self, place: Place) -> bool:
        """Enter the room of *place* and let its page show what is named there.

        False when an open form would not be left.
        """
        room = room_of(place.room, self.rooms)
        if room is None or not self.enter(room.key):
            return False
        page = self.page_of(room.key)
        page.arrive(place)
        if place.record_id is not None:
            page.look_closer()
        return True

    def lay(self, page: Page) -> None:
        """Lay *page* over what is on screen until it says `closed`."""
        self._focus.append(QApplication.focusWidget())
        self._laid.append(page)
        page.closed.connect(lambda: self._lift(page))
        self._stack.addWidget(page)
        self._stack.setCurrentWidget(page)
        self.status.show_chosen("")
        page.setFocus(Qt.FocusReason.OtherFocusReason)

    def leave_pages(self) -> bool:
        """Close what is laid over the room; each page may refuse."""
        while self._laid:
            top = self._laid[-1]
            if not top.may_leave():
                return False
            self._lift(top)
        return True

    def _lift(self, page: Page) -> None:
        if page not in self._laid:
            return
        self._laid.remove(page)
        focus = self._focus.pop()
        self._stack.removeWidget(page)
        page.deleteLater()
        under = (
            self._laid[-1] if self._laid else self._pages.get(self._room.key if self._room else "")
        )
        if under is None:
            return
        self._stack.setCurrentWidget(under)
        self.status.show_chosen(under.selection_words)
        # What had the keyboard may be gone: a pane is drawn anew after each change.
        back = focus if focus and isValid(focus) and under.isAncestorOf(focus) else under
        back.setFocus(Qt.FocusReason.OtherFocusReason)

    def _mark_room(self) -> None:
        if self._room is not None:
            self.sidebar.set_current(self._room.key)

    # what is said and counted --------------------------------------------------

    def refresh(self, _changes: object = None) -> None:
        """Read again what the title and the doors show."""
        store = self.office.store
        name = QCoreApplication.applicationName() or "Phối Hợp"
        self.setWindowTitle(f"{store.office_name} – {store.folder.database.name} – {name}")
        for room in self.rooms:
            count = room.count(self.office)
            if count is not None:
                self.sidebar.set_waiting(room.key, count)

    def _lapse(self, changes: Changes) -> None:
        """Take away what offers to undo: another change has come, and that would be undone."""
        for bar in self.findChildren(MessageBar) if changes.label else ():
            bar.lapse(self.office.undo, self.office.redo)

    def say(self, saying: Saying) -> None:
        """Put a sentence where the page shows its own, else above the page."""
        page = self.page
        if page is not None and page.is_saving:
            # What is said of the save belongs on the page that stays when the form has gone.
            QTimer.singleShot(0, self, lambda: self.say(saying))
            return
        if page is None or not page.say(saying):
            self.messages.say(saying.kind, saying.sentence, saying.links)

    def keep_draft(self) -> bool:
        """Put the open form away: called when the program fails."""
        return any([page.keep_draft() for page in self._laid])  # noqa: C419 - all are kept

    def offer_drafts(self) -> None:
        """Say that a form was left behind, when the program ended without asking."""
        kept = self.office.drafts.all()
        if not kept:
            return
        newest = kept[0]
        sentence = self.tr("Lần trước còn bản nháp “{}”, giữ lúc {}.").format(
            newest.title, clock_words(newest.kept_at)
        )
        links = [(self.tr("Bỏ bản nháp"), partial(self.office.drafts.drop, newest.key))]
        if room_of(newest.room, self.rooms) is not None:
            resume = partial(self._resume, newest.room, newest.key)
            links.insert(0, (self.tr("Nhập tiếp"), resume))
        self.office.say("warn", sentence, links)

    def _resume(self, room: str, key: str) -> None:
        if self.enter(room):
            self.page_of(room).resume_draft(key)

    # commands of the window ------------------------------------------------------

    def _command_all(self) -> None:
        self._command(self.tr("Tìm mọi nơi"), ["Ctrl+K"], lambda: self.search(""))
        self._command(self.tr("Hoàn tác"), ["Ctrl+Z"], self._undo)
        self._command(self.tr("Làm lại"), ["Ctrl+Y", "Ctrl+Shift+Z"], self._redo)
        self._command(self.tr("Trợ giúp cho phòng này"), ["F1"], self.show_help)
        self._command(self.tr("Mọi phím tắt"), ["Ctrl+/"], self.show_shortcuts)
        for number, room in enumerate(self.rooms[:9], start=1):
            title = QCoreApplication.translate("Room", room.title)
            self._command(title, [f"Ctrl+{number}"], partial(self.enter, room.key))

    def _command(self, words: str, keys: Sequence[str], does: Callable[[], object]) -> None:
        action = QAction(words, self)
        action.setShortcuts([QKeySequence(key) for key in keys])
        action.triggered.connect(lambda _checked=False: does())
        self.addAction(action)
        self._actions.append(action)

    def search(self, typed: str) -> None:
        """Open the palette over the page."""
        self._place_palette()
        self.palette_pane.open_with(typed)

    def show_help(self) -> None:
        """Open the help of the room on screen."""
        from app.ui.help_pane import HelpPane

        pane = HelpPane(self._room.key if self._room else "", self)
        pane.exec()
        pane.deleteLater()

    def show_shortcuts(self) -> None:
        """Open the sheet of every key."""
        from app.ui.shortcut_sheet import ShortcutSheet

        sheet = ShortcutSheet(self.shortcut_groups(), self)
        sheet.exec()
        sheet.deleteLater()

    def shortcut_groups(self) -> list[tuple[str, list[Key]]]:
        """The keys of the page on screen, of fields, and of the window."""
        from app.ui.shortcut_sheet import FIELD_KEYS, keys_of

        commands = self.page.shown_commands if self.page is not None else {}
        here = self.tr("Trên trang này")
        return [
            (here, keys_of(list(commands.values()))),
            (self.tr("Trong biểu mẫu"), list(FIELD_KEYS)),
            (self.tr("Ở mọi nơi"), keys_of(self._actions)),
        ]

    def _undo(self) -> None:
        if (field := _typed_in()) is not None:
            field.undo()
        elif self._sees_changes():
            self.office.undo()

    def _redo(self) -> None:
        if (field := _typed_in()) is not None:
            field.redo()
        elif self._sees_changes():
            self.office.redo()

    def _sees_changes(self) -> bool:
        """Behind an open form nothing is undone: the clerk could not see what."""
        return not self._laid or self._laid[-1].shows_changes

    def _open_hit(self, hit: SearchHit) -> None:
        self.go(Place(hit.kind, hit.id, part=hit.found))

    # building ----------------------------------------------------------------------

    def _build(self) -> None:
        self.sidebar = Sidebar(self.rooms, self.office.remember)
        self.status = StatusBar(self.office)
        self.messages = MessageBar()
        self.progress = ProgressBar()
        self._stack = Pages()
        right = column(self.messages, self._stack, self.progress)
        right.setStretch(1, 1)
        middle = row(self.sidebar, rule("side_line"), panel(right), gap=0)
        middle.setStretch(2, 1)
        whole = panel(column(middle, rule(), self.status))
        self.setCentralWidget(whole)
        self.palette_pane = SearchPalette(self.office, whole)
        self.setMinimumSize(roominess.LEAST)
        roominess.Screens(self)
        FocusInSight(self)

    def _connect(self) -> None:
        office = self.office
        self.sidebar.chosen.connect(self.enter)
        self.sidebar.searched.connect(self.search)
        theme.look.changed.connect(self._stand)
        self.palette_pane.opened.connect(self._open_hit)
        self.palette_pane.closed.connect(self._focus_page)
        office.went.connect(self.go)
        office.said.connect(self.say)
        office.opened.connect(self.lay)
        office.changed.connect(self.refresh)
        office.changed.connect(self._lapse)
        office.tasks.started.connect(self.progress.follow)
        office.copy_wanted.connect(self.show_copy)

    def show_copy(self, source: Path) -> None:
        """Open the register in *source* in a window of its own, only to be read."""
        from app.ui.copy_window import CopyWindow

        try:
            copy = CopyWindow(source, self.rooms, self.office.today, self.office.settings)
        except AppError as error:
            self.office.tell(error)
            return
        self._copies.append(copy)
        copy.destroyed.connect(lambda: self._copies.remove(copy))
        copy.show()

    def _focus_page(self) -> None:
        if self.page is not None:
            self.page.setFocus(Qt.FocusReason.OtherFocusReason)

    def _return(self) -> None:
        """Stand where the window was left, in the room that was on screen."""
        self.resize(FIRST)
        kept = self.office.remember.get("window.geometry")
        if isinstance(kept, str):
            self.restoreGeometry(QByteArray.fromBase64(kept.encode("ascii", "ignore")))
        roominess.fit(self)
        if self.rooms:
            last = room_of(str(self.office.remember.get("window.room", "")), self.rooms)
            self.enter((last or self.rooms[0]).key)
        reason = self.office.store.read_only_reason
        if reason is not None:
            sentence = self.tr("Sổ đang mở ở chế độ chỉ đọc: {}").format(reason)
            there = partial(self.office.go, "settings", view="office")
            self.office.say("warn", sentence, [(self.tr("Mở Cài đặt"), there)])

    def _place_palette(self) -> None:
        width = self.sidebar.width()
        room = self.width() - width - self.palette_pane.width()
        self.palette_pane.move(QPoint(width + max(0, room // 2), theme.px(M.s5)))

    # leaving -----------------------------------------------------------------------

    def resizeEvent(self, event: QResizeEvent) -> None:
        super().resizeEvent(event)
        self._stand()

    def _stand(self) -> None:
        self.sidebar.fit(self.width())
        self._place_palette()

    def closeEvent(self, event: QCloseEvent) -> None:
        """Ask about open forms and work under way; then keep how the window stood."""
        if not self.leave_pages() or not self._may_stop_work():
            event.ignore()
            return
        for copy in list(self._copies):
            copy.close()
        geometry = self.saveGeometry().toBase64().data()
        self.office.remember.put("window.geometry", bytes(geometry).decode("ascii"))
        self.office.remember.keep()
        event.accept()

    def _may_stop_work(self) -> bool:
        # Work without a name is a list being read: nothing of it is lost.
        labels = [task.label for task in self.office.tasks.under_way if task.label]
        title = self.tr("Dừng việc đang chạy và đóng?")
        body = self.tr("{} chưa xong. Nếu dừng, phần chưa xong được bỏ, sổ không thay đổi.")
        act, keep = self.tr("Dừng và đóng"), self.tr("Chờ xong")
        if labels and not ask(self, title, body.format(labels[0]), act, keep):
            return False
        self.office.tasks.cancel()
        self.office.tasks.wait()
        return True


def _typed_in() -> QLineEdit | QPlainTextEdit | None:
    """The field whose own undo and redo the keys mean; None where they mean the register's."""
    field = QApplication.focusWidget()
    if not isinstance(field, QLineEdit | QPlainTextEdit) or field.isReadOnly():
        return None
    return None if isinstance(field, SearchField) and not field.has_step_back else field


def raise_window(window: QWidget) -> None:
    """Bring *window* forward, as when the program is started a second time."""
    window.setWindowState(window.windowState() & ~Qt.WindowState.WindowMinimized)
    window.show()
    window.raise_()
    window.activateWindow()
