"""A clerk at the real window over a real office: keys, clicks, and what can be read on screen."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any, TypeVar

from PySide6.QtCore import QEvent, QPoint, Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import (
    QAbstractButton,
    QAbstractItemView,
    QApplication,
    QComboBox,
    QHeaderView,
    QLabel,
    QListView,
    QTabBar,
    QWidget,
)
from pytestqt.qtbot import QtBot

from app.store import Store
from app.ui.common.form.form_page import FormPage
from app.ui.common.form.record_picker import Picker, RecordsField
from app.ui.common.parts.office import Office
from app.ui.main_window import MainWindow
from app.ui.rooms import ROOMS
from tests.offices import TODAY
from tests.ui.settling import come_to_rest

CTRL = Qt.KeyboardModifier.ControlModifier
SHIFT = Qt.KeyboardModifier.ShiftModifier
PLAIN = Qt.KeyboardModifier.NoModifier
Shown = TypeVar("Shown", bound=QWidget)


class Clerk:
    """Everything a clerk does goes through keys and clicks; `today` may be moved on."""

    def __init__(self, store: Store, qtbot: QtBot, size: tuple[int, int] = (1366, 728)) -> None:
        self.store, self.qtbot = store, qtbot
        self.today = TODAY
        self.office = Office(store, today=lambda: self.today)
        self.window = MainWindow(self.office, ROOMS)
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.give_up())
        self.window.resize(*size)
        with qtbot.waitActive(self.window):
            self.window.show()
        self.settle()

    # where one is -------------------------------------------------------------------

    @property
    def page(self) -> Any:
        """The page on screen: a room, or what lies over it."""
        assert self.window.page is not None
        return self.window.page

    @property
    def form(self) -> FormPage:
        """The form on screen."""
        assert isinstance(self.page, FormPage), said(self.page)
        return self.page

    def room(self, key: str) -> Any:
        """The page of a room."""
        return self.window.page_of(key)

    def said(self) -> str:
        """Every word on the page that can be seen."""
        return said(self.page)

    # keys and clicks ------------------------------------------------------------------

    def press(self, key: Qt.Key, held: Any = PLAIN) -> None:
        """A key in whatever has the focus."""
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, held)
        self.settle()

    def types(self, words: str) -> None:
        """*words* by way of the clipboard: the keys of a test know no Vietnamese letters."""
        QGuiApplication.clipboard().setText(words)
        self.press(Qt.Key.Key_V, CTRL)

    def click(self, words: str, inside: QWidget | None = None) -> None:
        """The button or link that says *words*, by its text or its accessible name."""
        within = inside or self.page
        buttons = shown(within, QAbstractButton)
        named = [b for b in buttons if words in (b.text().strip(), b.accessibleName())]
        assert named, f"{words!r} is not among {[b.text() or b.accessibleName() for b in buttons]}"
        self.qtbot.mouseClick(named[0], Qt.MouseButton.LeftButton)
        self.settle()

    def click_row(self, words: str, inside: QWidget | None = None, *, twice: bool = False) -> None:
        """The line of a list or tree that holds *words*."""
        for view in lists_of(inside or self.page):
            for index in _indexes(view):
                if words in str(index.data() or ""):
                    view.scrollTo(index)
                    self._click_at(view, view.visualRect(index).center(), twice=twice)
                    return
        raise AssertionError(f"no line says {words!r}:\n{rows_of(inside or self.page)}")

    def tab(self, title: str) -> None:
        """A tab by its name."""
        for bar in shown(self.page, QTabBar):
            for number in range(bar.count()):
                if bar.tabText(number) == title:
                    place = bar.tabRect(number).center()
                    self.qtbot.mouseClick(bar, Qt.MouseButton.LeftButton, pos=place)
                    self.settle()
                    return
        raise AssertionError(f"no tab {title!r}")

    # forms ----------------------------------------------------------------------------

    def fill(self, name: str, words: str) -> None:
        """Click into a field of the form on screen and put *words* in the place of what it says."""
        self._into(self.form.form.fields[name].entry())
        self.types(words)

    def pick(self, name: str, *names: str) -> None:
        """Find records in a field by their names, and take the first of each list."""
        field = self.form.form.fields[name]
        for words in names:
            if isinstance(field, RecordsField) and isinstance(field.entry(), QAbstractButton):
                self.qtbot.mouseClick(field.entry(), Qt.MouseButton.LeftButton)
            entry = field.entry()
            assert isinstance(entry, Picker)
            self._into(entry)
            self.types(words)
            popup = QApplication.activePopupWidget()
            assert popup is not None, f"nothing is called {words!r}"
            self.qtbot.keyClick(popup, Qt.Key.Key_Down)
            self.qtbot.keyClick(popup, Qt.Key.Key_Return)
            self.settle()

    def choose(self, name: str, words: str) -> None:
        """One of the words of a list, by keys."""
        entry: Any = self.form.form.fields[name].entry()
        self.choose_in(entry, words)

    def choose_in(self, entry: QWidget, words: str) -> None:
        """The same, of a list that is no field of its own."""
        assert isinstance(entry, QComboBox)
        entry.setFocus()
        wanted = entry.findText(words)
        assert wanted >= 0, [entry.itemText(n) for n in range(entry.count())]
        while entry.currentIndex() != wanted:
            down = entry.currentIndex() < wanted
            self.qtbot.keyClick(entry, Qt.Key.Key_Down if down else Qt.Key.Key_Up)
        self.settle()

    def save(self) -> None:
        """Ctrl+S, and the form must be gone."""
        before = self.page
        self.press(Qt.Key.Key_S, CTRL)
        assert self.page is not before, f"still open:\n{said(self.page)}"

    # waiting ----------------------------------------------------------------------------

    def settle(self) -> None:
        """Wait for work off the window's thread, and for what is due at once."""
        come_to_rest(self.qtbot, self.window)

    def until(self, is_true: Callable[[], bool]) -> None:
        """Wait for something that takes a while."""
        self.qtbot.waitUntil(is_true, timeout=10_000)
        self.settle()

    def turn_to(self, day: date) -> None:
        """The days pass, and the clerk comes back to the window."""
        self.today = day
        QApplication.sendEvent(self.window, QEvent(QEvent.Type.WindowActivate))
        self.settle()

    def give_up(self) -> None:
        """Leave what is open without being asked."""
        while self.window._laid:
            self.window._lift(self.window._laid[-1])

    def close(self) -> None:
        """Let go of everything."""
        self.office.tasks.wait()
        self.office.deleteLater()

    def _into(self, entry: Any) -> None:
        self.qtbot.mouseClick(entry, Qt.MouseButton.LeftButton)
        self.qtbot.keyClick(entry, Qt.Key.Key_A, CTRL)

    def _click_at(self, view: QAbstractItemView, place: QPoint, *, twice: bool) -> None:
        self.qtbot.mouseClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        if twice:
            self.qtbot.mouseDClick(view.viewport(), Qt.MouseButton.LeftButton, pos=place)
        self.settle()


@contextmanager
def at_work(store: Store, qtbot: QtBot, **given: Any) -> Iterator[Clerk]:
    """A clerk who goes home when the test is over; the store stays open."""
    clerk = Clerk(store, qtbot, **given)
    yield clerk
    clerk.close()


def shown(inside: QWidget, kind: type[Shown]) -> list[Shown]:
    """The widgets of a kind that can be seen."""
    return [each for each in inside.findChildren(kind) if each.isVisible()]


def said(inside: QWidget) -> str:
    """Every word that can be seen: labels, buttons, then what stands in lists."""
    words = [label.text() for label in shown(inside, QLabel)]
    words += [
        each.text().strip() or each.accessibleName() for each in shown(inside, QAbstractButton)
    ]
    return "\n".join([*filter(None, words), rows_of(inside)])


def rows_of(inside: QWidget) -> str:
    """What stands in the lists and trees that can be seen, a line a row."""
    lines = []
    for view in lists_of(inside):
        for index in _indexes(view):
            if index.column() == 0:
                lines.append("")
            if index.data():
                lines[-1] += f" | {index.data()}"
    return "\n".join(lines)


def lists_of(inside: QWidget) -> list[QAbstractItemView]:
    """The lists and trees that can be seen; a heading is one of Qt's views too."""
    return [v for v in shown(inside, QAbstractItemView) if not isinstance(v, QHeaderView)]


def _indexes(view: QAbstractItemView) -> Iterator[Any]:
    model = view.model()
    columns = 1 if isinstance(view, QListView) else model.columnCount()
    waiting = [view.rootIndex()]
    while waiting:
        parent = waiting.pop(0)
        for row in range(model.rowCount(parent)):
            for column in range(columns):
                yield model.index(row, column, parent)
            waiting.append(model.index(row, 0, parent))
