"""A clerk at a window with a few rooms, on a real office in a folder of the test."""

from __future__ import annotations

from collections.abc import Callable
from pathlib import Path
from typing import Any

from PySide6.QtCore import Qt
from PySide6.QtGui import QGuiApplication
from PySide6.QtWidgets import QApplication, QLabel, QPushButton, QWidget
from pytestqt.qtbot import QtBot

from app.store import Store
from app.ui import agency, exchange, journal, legal_document, settings
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.office import Office, Place
from app.ui.main_window import MainWindow
from tests.offices import TODAY, open_store, police
from tests.ui.settling import come_to_rest

CTRL = Qt.KeyboardModifier.ControlModifier
ROOMS = (agency.ROOM, exchange.ROOM, legal_document.ROOM, journal.ROOM, settings.ROOM)


class Desk:
    """What a test does at the window and reads off it; `went` is where it was asked to go."""

    def __init__(self, folder: Path, qtbot: QtBot, **given: Any) -> None:
        self.qtbot = qtbot
        self.store: Store = open_store(folder, **given)
        self.police = police(self.store)
        self.office = Office(self.store, today=lambda: TODAY)
        self.went: list[Place] = []
        self.office.went.connect(self.went.append)
        self.window = MainWindow(self.office, ROOMS)
        # pytest-qt closes windows before fixtures end, and a changed form would ask.
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.give_up())
        self.window.resize(1366, 728)
        with qtbot.waitActive(self.window):
            self.window.show()

    def enter(self, room: str) -> Any:
        """Go to *room* and return its page."""
        self.window.enter(room)
        self.settle()
        return self.window.page_of(room)

    @property
    def form(self) -> FormPage:
        """The form that lies over the room."""
        page = self.window.page
        assert isinstance(page, FormPage), page
        return page

    def stand(self, page: Any, words: str) -> Any:
        """Stand on the row whose first column says *words*."""
        self.settle()
        first = page.table.columns[0]
        row = next(row for row in page.table.all_records() if str(first.value(row)) == words)
        page.visit(row.id)
        self.settle()
        return row

    def fill(self, name: str, words: str) -> None:
        """Type *words* into a field; QTest's keys know no Vietnamese letters."""
        entry: Any = self.form.form.fields[name].entry()
        entry.setFocus()
        entry.selectAll()
        QGuiApplication.clipboard().setText(words)
        entry.paste()
        self.settle()

    def press(self, key: Qt.Key, modifier: Any = Qt.KeyboardModifier.NoModifier) -> None:
        self.qtbot.keyClick(QApplication.focusWidget() or self.window, key, modifier)
        self.settle()

    def click(self, words: str) -> None:
        """Press the visible button that says *words*."""
        page = self.window.page
        assert page is not None
        found = [b for b in page.findChildren(QPushButton) if b.isVisible()]
        named = next(b for b in found if b.text().strip() == words)
        self.qtbot.mouseClick(named, Qt.MouseButton.LeftButton)
        self.settle()

    def said(self, widget: QWidget | None = None) -> str:
        """Everything legible on the page, or on *widget*."""
        shown = widget or self.window.page
        assert shown is not None
        labels = [label.text() for label in shown.findChildren(QLabel) if label.isVisible()]
        buttons = [
            b.text().replace("&&", "&") for b in shown.findChildren(QPushButton) if b.isVisible()
        ]
        return "\n".join(words.strip() for words in [*labels, *buttons])

    def settle(self) -> None:
        """Let work end and what is due at once, such as the detail pane, happen."""
        come_to_rest(self.qtbot, self.window)

    def agree(self, asked: list[str]) -> Callable[..., bool]:
        """Stands for a dialog that is answered with yes; its title goes to *asked*."""

        def ask(_page: object, title: str, *_more: object) -> bool:
            asked.append(title)
            return True

        return ask

    def give_up(self) -> None:
        """Leave a form without being asked about it."""
        page = self.window.page
        if isinstance(page, FormPage):
            page.form.show_values({})
            page.office.drafts.drop(page.key)
            page.closed.emit()

    def close(self) -> None:
        self.office.tasks.wait()
        self.office.deleteLater()
        self.store.close()
