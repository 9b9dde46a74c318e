"""The marks of a record in conflict, in register, pane and form, and of a copy left behind."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import replace
from typing import TYPE_CHECKING, Generic, Protocol, TypeVar
from uuid import UUID

from PySide6.QtCore import QCoreApplication, QObject
from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.registers.held_rows import Row
from app.services.agreement import marks
from app.services.sync import copies
from app.ui.actions import command
from app.ui.common.list.register_page import RegisterPage
from app.ui.common.pane.content import Banner, DetailContent, Part, Tab
from app.ui.common.parts.office import Office, Saying
from app.words import QT_TRANSLATE_NOOP, told

if TYPE_CHECKING:
    from app.ui.common.form.form_page import FormPage

_WORDS = "MarkedPage"


class ConflictMarks(QObject, Generic[Row]):
    """Keeps the table of *page* told which of its records are in conflict.

    `left_behind` says of which families the copy here is no longer kept up to date, and by whom.
    """

    def __init__(self, page: RegisterPage[Row]) -> None:
        super().__init__(page)
        self._page = page
        self.left_behind: Mapping[UUID, str] = {}
        page.office.changed.connect(self.refresh)
        self.refresh()

    def refresh(self, _changes: object = None) -> None:
        """Read the marks again; while the register is away, those that were stay."""
        try:
            with self._page.office.store.reading() as session:
                found = marks.disputed(session)
                self.left_behind = copies.sentences(session)
        except AppError:
            return
        if found != self._page.table.marked:
            self._page.table.mark(found, told(marks.WORD))


class OfRecord(Protocol):
    """A row that stands for a record of the register, or for an instance of one."""

    @property
    def id(self) -> UUID:
        """The record's id."""


RecordRow = TypeVar("RecordRow", bound=OfRecord)


class MarkedPage(RegisterPage[RecordRow]):
    """A register whose records may be in conflict between offices."""

    def _wire(self) -> None:
        super()._wire()
        self.marks = ConflictMarks(self)

    @command(
        QT_TRANSLATE_NOOP(_WORDS, "Xem xung đột"),
        tip=QT_TRANSLATE_NOOP(_WORDS, "Xem các giá trị khác nhau và chọn một, ở phòng Đồng bộ"),
        per_record=True,
        enabled_when=lambda page: any(page.table.is_marked(row) for row in page.chosen()),
        reads=True,
    )
    def see_conflict(self) -> None:
        """Go to the conflict of the record under the cursor."""
        row = self.current()
        if row is not None:
            own = row.id in self.table.marked
            self.office.go("sync", row.id if own else self._record_of(row))

    def _dressed(self, content: DetailContent, row: RecordRow) -> DetailContent:
        if said := self.marks.left_behind.get(self._family_of(row)):
            content = replace(content, tabs=(_led_by(said, content.tabs[0]), *content.tabs[1:]))
        if not self.table.is_marked(row):
            return content
        return replace(content, tags=((marks.WORD, marks.WORD), *content.tags))

    def _family_of(self, row: RecordRow) -> UUID:
        """What the record is sent with: itself, unless the register says otherwise."""
        return row.id

    def _record_of(self, row: RecordRow) -> UUID:
        """The record of which *row* is an instance: itself, unless the register says otherwise."""
        return row.id


def _led_by(said: str, tab: Tab) -> Tab:
    """*tab* with a banner over its parts; one that a lone widget fills is left as it is."""

    def build() -> Sequence[Part] | QWidget:
        parts = tab.build()
        return parts if isinstance(parts, QWidget) else [Banner(said), *parts]

    return replace(tab, build=build)


def warn_of_conflict(office: Office, form: FormPage, record_id: UUID | None) -> None:
    """Say on *form* that its record is in conflict, and that saving such a field decides it."""
    if record_id is None:
        return
    with office.store.reading() as session:
        if record_id not in marks.disputed(session):
            return
    words = _tr(
        "Bản ghi này đang xung đột giữa các văn phòng. Sửa ô xung đột ở đây cũng là chọn giá trị."
    )
    links = ((_tr("Xem xung đột"), lambda: office.go("sync", record_id)),)
    form.say(Saying("warn", words, links))


def _tr(words: str) -> str:
    return QCoreApplication.translate(_WORDS, words)
