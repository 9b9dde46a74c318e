"""What a clerk does in the room of regulations, on a real office in a folder of the test."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path
from typing import Any
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.models import Agency
from app.store import Store
from app.ui import regulation as room
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.office import Office
from app.ui.main_window import MainWindow
from app.ui.regulation.import_page import ImportPage
from app.ui.regulation.page import RegulationPage
from tests.offices import TODAY, body, open_store, police
from tests.ui.settling import come_to_rest

CTRL = Qt.KeyboardModifier.ControlModifier


class Clerk:
    """One clerk at the window; `went` remembers where other rooms were asked for."""

    def __init__(self, folder: Path, qtbot: QtBot) -> None:
        self.folder, self.qtbot = folder, qtbot
        self.store: Store = open_store(folder)
        self.police: Agency = police(self.store)
        self.health = body(self.store, "Sở Y tế", short_name="Sở Y tế", code="SYT")
        self.office = Office(self.store, today=lambda: TODAY)
        self.went: list[Any] = []
        self.office.went.connect(self.went.append)
        self.window = MainWindow(self.office, (room.ROOM,))
        # An answer that a closing form waits for would be an exception in Qt's own call.
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.give_up())
        with qtbot.waitActive(self.window):
            self.window.show()
        self.window.enter("regulation")
        self.settle()

    @property
    def page(self) -> RegulationPage:
        """The register."""
        found = self.window.page_of("regulation")
        assert isinstance(found, RegulationPage)
        return found

    @property
    def form(self) -> FormPage:
        """The form that lies over the room."""
        assert isinstance(self.window.page, FormPage), self.window.page
        return self.window.page

    @property
    def review(self) -> ImportPage:
        """What was read from a file."""
        assert isinstance(self.window.page, ImportPage), said(self.window)
        return self.window.page

    def settle(self) -> None:
        """Wait for what is done off the window's thread, and for the pane."""
        come_to_rest(self.qtbot, self.window)

    def press(self, key: Qt.Key, held: Any = Qt.KeyboardModifier.NoModifier) -> None:
        """A key in whatever has the focus."""
        self.qtbot.keyClick(self.window.focusWidget(), key, held)
        self.settle()

    def fill(self, name: str, words: str) -> None:
        """Type *words* into a field of the form on screen."""
        page: Any = self.window.page
        form = page.form if isinstance(page, FormPage) else page.documents[0].fields.form
        entry: Any = form.fields[name].entry()
        entry.setFocus()
        entry.selectAll()
        QGuiApplication.clipboard().setText(words)  # QTest's keys know no Vietnamese letters
        self.qtbot.keyClick(entry, Qt.Key.Key_V, CTRL)

    def click(self, words: str, inside: QWidget | None = None) -> None:
        """Click the visible button or link that says *words*."""
        within = inside or self.window
        found = [b for b in within.findChildren(QPushButton) if b.isVisible()]
        named = [b for b in found if b.text().strip() == words]
        assert named, f"{words!r} is not among {[b.text().strip() for b in found]}"
        self.qtbot.mouseClick(named[0], Qt.MouseButton.LeftButton)
        self.settle()

    def tab(self, title: str) -> None:
        """Open a tab of the pane."""
        self.page.pane.want_tab(title)
        self.settle()

    def stand_on(self, record_id: UUID) -> None:
        """Put the cursor on a regulation."""
        self.page.visit(record_id)
        self.settle()

    def numbers(self) -> list[str]:
        """The numbers on the list, from the top."""
        return [row.number for row in self.page.table.records()]

    def sentence(self) -> str:
        """What the message bar of the room says."""
        return self.page.message.sentence()

    def give_up(self) -> None:
        """Leave what is still open, unasked."""
        for page in self.window._laid:
            if isinstance(page, FormPage):
                page._clean = page.form.values()
            elif isinstance(page, ImportPage):
                page._is_edited = False

    def close(self) -> None:
        """Let go of everything."""
        self.office.tasks.wait()
        self.office.deleteLater()
        self.store.close()


@contextmanager
def at_work(folder: Path, qtbot: QtBot) -> Iterator[Clerk]:
    """A clerk who goes home when the test is over."""
    clerk = Clerk(folder, qtbot)
    yield clerk
    clerk.close()


def answering(asked: list[str], answer: object) -> Callable[..., Any]:
    """A dialog that is answered unseen; *asked* gets its title and its last act."""

    def answered(_parent: Any, title: str, _body: str, act: Any) -> Any:
        asked.extend((title, act if isinstance(act, str) else act[-1]))
        return answer

    return answered


def said(widget: QWidget) -> str:
    """Every word that can be seen on *widget*."""
    labels = [w.text() for w in widget.findChildren(QLabel) if w.isVisible()]
    buttons = [w.text().strip() for w in widget.findChildren(QPushButton) if w.isVisible()]
    return "\n".join(labels + buttons)
