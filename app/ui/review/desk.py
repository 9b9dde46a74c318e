"""The review that is open: read it, change it, hear when anybody else changed it."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from datetime import date
from typing import TypeVar
from uuid import UUID

from PySide6.QtCore import QObject, QTimer, Signal
from shiboken6 import isValid
from sqlmodel import Session

from app.errors import AppError, NotFound
from app.models import Review
from app.progress import Progress
from app.services.any_kind import records
from app.store import Changes
from app.ui.common.parts.office import Kind, Link, Office

WATCHES = frozenset(
    {
        "review",
        "review_input",
        "review_figure",
        "finding",
        "conclusion",
        "obligation",
        "occurrence",
        "regulation",
        "agency",
    }
)
T = TypeVar("T")


class ReviewDesk(QObject):
    """One review on the desk. `changed` follows every change that may concern it."""

    changed = Signal()
    gone = Signal()
    """It was withdrawn, here or by undo."""

    def __init__(self, office: Office, review_id: UUID, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self.office, self.id = office, review_id
        office.changed.connect(self._on_changed)

    @property
    def today(self) -> date:
        """The day the program takes for today."""
        return self.office.today()

    def review(self, session: Session) -> Review:
        """The record. Raises NotFound when it was withdrawn."""
        return records.get(session, Review, self.id)

    def change(self, label: str, write: Callable[[Session], object], said: str = "") -> bool:
        """Write as one change named *label*; say *said*, or why it was refused."""
        try:
            with self.office.store.changing(label) as session:
                write(session)
        except AppError as error:
            self.office.tell(error)
            return False
        if said:
            self.office.say("info", said, [(self.tr("Hoàn tác"), self.office.undo)])
        return True

    def read_elsewhere(
        self, read: Callable[[Session], T], show: Callable[[T], object], ended: Callable[[], object]
    ) -> None:
        """Read off the UI thread; *show* gets the result on it, unless the page has gone by then.

        *ended* is called when the reading is over, cancelled or failed too.
        """

        def work(_progress: Progress) -> T:
            with self.office.store.reading() as session:
                return read(session)

        def fail(error: Exception) -> None:
            if isValid(self):
                self.office.tell(error)

        def done(result: T) -> None:
            if isValid(self):
                show(result)

        task = self.office.tasks.start(work, done, failed=fail)
        task.finished.connect(lambda: ended() if isValid(self) else None)

    def say_later(self, kind: Kind, sentence: str, links: Sequence[Link] = ()) -> None:
        """Say it once the form on top is gone, so that it stands on the page under it."""
        QTimer.singleShot(0, self, lambda: self.office.say(kind, sentence, links))

    def _on_changed(self, changes: Changes) -> None:
        if not changes.tables & WATCHES:
            return
        with self.office.store.reading() as session:
            try:
                self.review(session)
            except NotFound:
                self.gone.emit()
                return
        self.changed.emit()
