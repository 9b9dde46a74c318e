"""When and where a page reads the register: at once, or on the worker where that takes long."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from time import perf_counter
from typing import TYPE_CHECKING, Generic, TypeVar

from PySide6.QtWidgets import QWidget

from app.errors import AppError
from app.progress import Progress
from app.registers.held_rows import HeldRows, Row
from app.ui.common.parts.office import Office

if TYPE_CHECKING:
    from app.ui.common.list.page import ListPage

_SLOW = 0.1  # seconds; what takes longer to read is read off the UI thread next time
T = TypeVar("T")


class PageReading(Generic[T]):
    """Reads what *page* shows as a whole and hands it to *show*.

    *unread* is told why nothing could be read; what is on screen stays. `is_stale`: the register
    has changed since.
    """

    def __init__(
        self,
        page: QWidget,
        office: Office,
        read: Callable[[], T],
        show: Callable[[T], object],
        unread: Callable[[AppError], object],
    ) -> None:
        self._page, self._office = page, office
        self._read, self._show, self._unread = read, show, unread
        self.is_stale = True
        self.is_loading = False
        self._is_slow = False

    def again(self) -> None:
        """Read, whatever is on screen."""
        self.is_stale = False
        if self._is_slow and self._page.isVisible():
            self._read_elsewhere()
            return
        started = perf_counter()
        try:
            found = self._read()
        except AppError as error:
            self._unread(error)
            return
        self._is_slow = perf_counter() - started > _SLOW
        self._show(found)

    def note_change(self) -> None:
        """The register has changed: read now if anybody sees the page, else when it is shown."""
        self.is_stale = True
        if self._page.isVisible():
            self.again()

    def catch_up(self) -> None:
        """Have what the register says now."""
        if self.is_stale:
            self.again()

    def _read_elsewhere(self) -> None:
        if self.is_loading:
            self.is_stale = True
            return
        self.is_loading = True

        def work(_progress: Progress) -> T:
            return self._read()

        self._office.tasks.start(work, self._show_read, failed=self._on_unread)

    def _show_read(self, found: T) -> None:
        self.is_loading = False
        self._show(found)
        self.catch_up()

    def _on_unread(self, error: Exception) -> None:
        self.is_loading = False
        self._office.tell(error)


class ListReading(Generic[Row]):
    """Reads the records of *page* and hands them to its `show_read`.

    `is_stale`: the register has changed since. `is_awaited`: the page has been entered in a large
    office and has nothing to show yet; its first rows are on their way.
    """

    def __init__(self, page: ListPage[Row]) -> None:
        self._page, self._office = page, page.office
        self.is_stale = True
        # Behind named work the page would stay blank for long; unnamed is another list being read.
        busy = any(task.label for task in self._office.tasks.under_way)
        self.is_awaited = page.is_long and self._office.is_large and not busy
        self.is_slow = False
        self.is_loading = False

    def begin(self) -> None:
        """Read for the first time."""
        if self.is_awaited:
            self._read_elsewhere()
        else:
            self._read_now()

    def again(self) -> None:
        """Read once more; what is on screen stays until the new rows are there."""
        if self.is_slow and self._page.isVisible():
            self._read_elsewhere()
        else:
            self._read_now()

    def catch_up(self) -> None:
        """Have the rows as they are now, for somebody who looks for one of them."""
        if self.is_stale or self.is_awaited:
            self.again()

    def _read_now(self) -> None:
        started = perf_counter()
        try:
            rows = self._read()
        except AppError as error:  # what was shown stays
            self._page.say_unread(error)
            return
        self.is_slow = perf_counter() - started > _SLOW
        self._office.note_size(len(rows))
        self._show(HeldRows(self._page.table.columns, rows))

    def _read(self) -> Sequence[Row]:
        with self._office.store.reading() as session:
            return self._page.records(session)

    def _read_elsewhere(self) -> None:
        if self.is_loading:
            self.is_stale = True
            return
        self.is_loading, self.is_stale = True, False
        whole, ready = self.is_awaited, self._page.table.ready

        def read(_progress: Progress) -> HeldRows[Row]:
            return ready(self._read(), whole=whole)

        self._office.tasks.start(read, self._show_read, failed=self._on_unread)

    def _show_read(self, rows: HeldRows[Row]) -> None:
        self.is_loading, self.is_slow = False, True
        if self.is_stale:
            # First, so that whoever waits for a record goes on waiting for the rows to come.
            self.again()
            if not self.is_loading:
                return  # what has been read at once is newer than *rows*
        self._show(rows)

    def _show(self, rows: HeldRows[Row]) -> None:
        self.is_stale = self.is_awaited = False
        self._page.show_read(rows)

    def _on_unread(self, error: Exception) -> None:
        self.is_loading = self.is_awaited = False
        self.is_stale = True
        self._office.tell(error)  # not an AppError: the crash dialog has it
