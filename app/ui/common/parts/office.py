"""What a page needs from the application, and nothing more."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING, Literal
from uuid import UUID

from PySide6.QtCore import QObject, QUrl, Signal
from PySide6.QtGui import QDesktopServices

from app import paths
from app.errors import AppError
from app.models import MODELS
from app.models.values import Values
from app.registers.condition import Asked
from app.settings import Settings
from app.store import Store
from app.store.scratch import Scratch
from app.store.store import Changes
from app.ui.common.form.drafts import Drafts
from app.ui.common.parts.window_state import WindowState
from app.ui.tasks import Tasks

if TYPE_CHECKING:
    from app.ui.common.parts.page import Page

Kind = Literal["info", "warn", "danger"]
Link = tuple[str, Callable[[], object]]
_EVERYTHING = "*"


_LARGE = 2000  # rows; from about here on reading them can be felt


@dataclass(frozen=True)
class Saying:
    """One sentence for the message bar, with at most two links."""

    kind: Kind
    sentence: str
    links: tuple[Link, ...] = ()


@dataclass(frozen=True)
class Place:
    """Where to go: a room, and what to show there.

    `begins` are the values that a new record begins with, where one is to be entered there.
    `part` is a record that belongs to the one shown: the provision that a search has found.
    `carried` is a file from another office, to be looked at there.
    """

    room: str
    record_id: UUID | str | None = None
    view: str | None = None
    facets: Mapping[str, Asked] = field(default_factory=dict)
    begins: Values = field(default_factory=dict)
    part: UUID | None = None
    carried: Path | None = None


class Office(QObject):
    """The open store and the work queue, with the store's news as a Qt signal.

    Pages ask the window for things through it (`go`, `say`, `open_page`), so that none of them
    knows the window or another room.
    """

    changed = Signal(object)
    """The store's Changes(label, tables), on the UI thread."""
    said = Signal(object)
    went = Signal(object)
    opened = Signal(object)
    counted = Signal(str)
    copy_wanted = Signal(object)
    """The path of a register to be opened in a window of its own, only to be read."""

    def __init__(
        self,
        store: Store,
        *,
        today: Callable[[], date] = date.today,
        settings: Settings | None = None,
        remember: WindowState | None = None,
        drafts: Drafts | None = None,
        scratch: Scratch | None = None,
        parent: QObject | None = None,
    ) -> None:
        super().__init__(parent)
        self.store = store
        self.today = today
        self.is_large = False
        self.settings = settings or Settings(paths.settings_file())
        self.remember = remember or WindowState(paths.window_file(), self)
        self.drafts = drafts or Drafts(paths.drafts_folder())
        self.scratch = scratch or Scratch(paths.scratch_folder())
        self.tasks = Tasks(self)
        self.tasks.failed.connect(self.tell)
        store.listen(self._announce)

    def go(
        self,
        room: str,
        record_id: UUID | str | None = None,
        view: str | None = None,
        facets: Mapping[str, Asked] | None = None,
        begins: Values | None = None,
    ) -> None:
        """Show *room*, and there the record, the view or the filter that is named.

        *begins* is what is known of a record that is to be entered there.
        """
        self.went.emit(Place(room, record_id, view, dict(facets or {}), dict(begins or {})))

    def say(self, kind: Kind, sentence: str, links: Sequence[Link] = ()) -> None:
        """Put *sentence* in the message bar of the page on screen."""
        self.said.emit(Saying(kind, sentence, tuple(links)))

    def say_written(self, sentence: str, path: Path) -> None:
        """Say where a file went, with links that open it and its folder."""
        folder = path if path.is_dir() else path.parent
        links: list[Link] = [(self.tr("Mở thư mục"), lambda: open_path(folder))]
        if not path.is_dir():
            links.insert(0, (self.tr("Mở"), lambda: open_path(path)))
        self.say("info", sentence, links)

    def tell(self, error: Exception) -> None:
        """Say an error that is the clerk's business; raise any other, for the crash dialog."""
        if not isinstance(error, AppError):
            raise error
        self.say("danger", str(error))

    def open_page(self, page: Page) -> None:
        """Lay *page* (a form, a preview) over the room until its `closed` signal."""
        self.opened.emit(page)

    def note_size(self, rows: int) -> None:
        """Remember that a list of so many *rows* was read: long ones are then read elsewhere."""
        self.is_large = self.is_large or rows > _LARGE

    def note_selection(self, words: str) -> None:
        """Show *words* ("Đã chọn 3 nghĩa vụ") at the right of the status bar."""
        self.counted.emit(words)

    def undo(self) -> None:
        """Take back the last change of this office, and say which."""
        self._step(self.store.undo, self.tr("Đã hoàn tác “{}”."), (self.tr("Làm lại"), self.redo))

    def redo(self) -> None:
        """Do again what was taken back last, and say which."""
        self._step(self.store.redo, self.tr("Đã làm lại “{}”."), (self.tr("Hoàn tác"), self.undo))

    def _step(self, step: Callable[[], str], sentence: str, back: Link) -> None:
        try:
            label = step()
        except AppError as error:
            self.say("warn", str(error))
        else:
            self.say("info", sentence.format(label), [back])

    def _announce(self, changes: Changes) -> None:
        """Pass the store's news on; Qt carries it to the UI thread if need be.

        After a restore the store says "*": pages compare names, so all of them are named.
        """
        if _EVERYTHING in changes.tables:
            changes = replace(changes, tables=changes.tables | frozenset(MODELS))
        self.changed.emit(changes)


def open_path(path: Path) -> None:
    """Open a file or folder with whatever the system uses for it."""
    QDesktopServices.openUrl(QUrl.fromLocalFile(str(path)))
