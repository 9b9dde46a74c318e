"""A window on a real office with one review, worked by keys and clicks."""

from __future__ import annotations

from pathlib import Path
from typing import Any, TypeVar
from uuid import UUID

from PySide6.QtCore import Qt
from PySide6.QtWidgets import QApplication, QWidget
from pytestqt.qtbot import QtBot

from app.models import Record, Review
from app.models.values import Value
from app.services.any_kind import records
from app.ui import obligation, regulation, review
from app.ui.common.form.fields import Field
from app.ui.common.form.form_page import FormPage
from app.ui.common.parts.office import Office
from app.ui.main_window import MainWindow
from app.ui.review.findings_part import FindingsPart
from app.ui.review.page import ReviewPage
from app.ui.review.workspace import Workspace
from tests.services.review_office import TODAY, review_office
from tests.ui.settling import come_to_rest

R = TypeVar("R", bound=Record)
NONE, CTRL, ALT = (
    Qt.KeyboardModifier.NoModifier,
    Qt.KeyboardModifier.ControlModifier,
    Qt.KeyboardModifier.AltModifier,
)


class ReviewDesk:
    """The window in the room Hội nghị, and what a test asks of it."""

    def __init__(self, qtbot: QtBot, folder: Path) -> None:
        self.qtbot = qtbot
        self.given = review_office(folder)
        self.office = Office(self.given.store, today=lambda: TODAY)
        rooms = (regulation.ROOM, obligation.ROOM, review.ROOM)
        self.window = MainWindow(self.office, rooms)
        # pytest-qt closes windows before fixtures end, and a changed form would ask.
        qtbot.addWidget(self.window, before_close_func=lambda _window: self.give_up())
        self.window.resize(1366, 728)

    def begin(self) -> ReviewDesk:
        """Show the window; the office is to be ended even if that fails."""
        with self.qtbot.waitActive(self.window):
            self.window.show()
        self.window.enter("review")
        self.settle()
        return self

    def end(self) -> None:
        self.office.tasks.wait()
        self.office.deleteLater()
        self.given.store.close()

    @property
    def room(self) -> ReviewPage:
        page = self.window.page_of("review")
        assert isinstance(page, ReviewPage)
        return page

    @property
    def workspace(self) -> Workspace:
        page = self.window.page
        assert isinstance(page, Workspace)
        return page

    @property
    def form(self) -> FormPage:
        page = self.window.page
        assert isinstance(page, FormPage)
        return page

    @property
    def findings(self) -> FindingsPart:
        part = self.workspace.part
        assert isinstance(part, FindingsPart)
        return part

    def open(self, part: str = "") -> Workspace:
        """Open the review; its part too, where one is named."""
        self.room.open_workspace(self.given.review.id, part)
        self.settle()
        return self.workspace

    def press(self, key: Qt.Key, modifier: Any = NONE) -> None:
        self.qtbot.keyClick(QApplication.focusWidget(), key, modifier)
        self.settle()

    def fill(self, name: str, words: str) -> None:
        entry: Any = self.form.form.fields[name].entry()
        if hasattr(entry, "setPlainText"):
            entry.setPlainText(words)
        else:
            entry.setText(words)
            entry.textEdited.emit(words)

    def choose(self, name: str, value: Value) -> None:
        field: Field = self.form.form.fields[name]
        field.show_value(value)
        field.edited.emit()

    def save(self) -> None:
        self.form.save()
        self.settle()

    def settle(self) -> None:
        """Let what is read off the UI thread arrive, and layouts and messages with it."""
        come_to_rest(self.qtbot, self.window)

    def said(self) -> str:
        """What the message bar of the page on screen says."""
        page: Any = self.window.page
        return str(page.message.sentence())

    def review(self) -> Review:
        with self.given.store.reading() as session:
            return records.get(session, Review, self.given.review.id)

    def live(self, model: type[R]) -> list[R]:
        with self.given.store.reading() as session:
            return records.live(session, model)

    def find(self, kind: str, text: str, area: str = "other", **values: Any) -> UUID:
        found = self.given.enter(
            "finding", review_id=self.given.review.id, kind=kind, text=text, area=area, **values
        )
        self.settle()
        record_id: UUID = found.id
        return record_id

    def give_up(self) -> None:
        """Drop what is typed, so that closing does not ask."""
        for page in self.window.findChildren(FormPage):
            page.form.show_values(page._given)
            page._clean = page.form.values()
        for place in self.window.findChildren(QWidget):
            if isinstance(place, Workspace):
                part: Any = place.part
                if hasattr(part, "drop_text"):
                    part.drop_text()
