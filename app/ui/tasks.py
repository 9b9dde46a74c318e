"""Work that must not freeze the window."""

from __future__ import annotations

import threading
from collections.abc import Callable
from typing import Generic, TypeVar

from PySide6.QtCore import QObject, QThreadPool, Signal

from app.errors import Cancelled
from app.progress import Progress

T = TypeVar("T")
Failed = Callable[[Exception], None]


class Task(QObject):
    """One piece of work under way. All its signals arrive on the UI thread.

    `label` is what the progress bar says: "Đang xuất bộ tài liệu".
    """

    progressed = Signal(int, int)
    succeeded = Signal(object)
    failed = Signal(object)
    finished = Signal()
    """Comes after the others and for every task; whoever connects before going back to the event
    loop hears of it, however short the work."""
    _ended = Signal()

    def __init__(self, work: Callable[[Progress], object], label: str, parent: QObject) -> None:
        super().__init__(parent)
        self.label = label
        self._work = work
        self._cancel = threading.Event()
        self._left = threading.Event()
        self._ended.connect(self._on_ended)

    def cancel(self) -> None:
        """Ask the work to stop at its next step."""
        self._cancel.set()

    @property
    def is_cancelled(self) -> bool:
        """Whether somebody asked it to stop; it may still be on its way to the next step."""
        return self._cancel.is_set()

    def execute(self) -> None:
        """Run on the worker's thread."""
        try:
            self._report(0, 0)
            result = self._work(self._report)
        except Cancelled:
            pass
        except Exception as error:  # handed to the UI thread, not swallowed
            self.failed.emit(error)
        else:
            self.succeeded.emit(result)
        finally:
            self._ended.emit()
            self._left.set()

    def _on_ended(self) -> None:
        """On the UI thread: the worker is, but for a moment, out of here and the task may go.

        Were `finished` emitted by the worker, the first to hear of it could have the task deleted
        before the others did.
        """
        self._left.wait()
        self.finished.emit()

    def _report(self, done: int, total: int) -> None:
        if self._cancel.is_set():
            raise Cancelled
        if total:
            self.progressed.emit(done, total)


class Tasks(QObject):
    """A queue of one: the store has one writer, so work waits its turn.

    `failed` carries the error of a task that was started without a handler of its own.
    """

    started = Signal(object)
    failed = Signal(object)

    def __init__(self, parent: QObject | None = None) -> None:
        super().__init__(parent)
        self._under_way: list[Task] = []
        self._pool = QThreadPool(self)
        self._pool.setMaxThreadCount(1)
        self._pool.setExpiryTimeout(200)

    def start(
        self,
        work: Callable[[Progress], T],
        done: Callable[[T], object] | None = None,
        *,
        label: str = "",
        failed: Failed | None = None,
    ) -> Task:
        """Run *work* off the UI thread; hand its result to *done*, or its error to *failed*, on it.

        A cancelled task calls neither. Without *failed* the error goes to `Tasks.failed`, where
        the window says it.
        """
        task = Task(work, label, self)
        if done is not None:
            task.succeeded.connect(_Hand(done, task).take)
        task.failed.connect(_Hand(failed, task).take if failed is not None else self.failed.emit)
        task.finished.connect(self._forget)
        self._under_way.append(task)
        self.started.emit(task)
        # Not a QRunnable made here: Python would go on knowing it after the pool has deleted it,
        # and take whatever Qt puts in the same place next (a QTextDocument) for it.
        self._pool.start(task.execute)
        return task

    @property
    def under_way(self) -> tuple[Task, ...]:
        """What runs or waits, oldest first."""
        return tuple(self._under_way)

    def cancel(self) -> None:
        """Ask everything to stop."""
        for task in self._under_way:
            task.cancel()

    def wait(self) -> None:
        """Block until the queue is empty: for closing the window, and for tests."""
        self._pool.waitForDone()

    def _forget(self) -> None:
        task = self.sender()
        if isinstance(task, Task) and task in self._under_way:
            self._under_way.remove(task)
            task.deleteLater()


class _Hand(QObject, Generic[T]):
    """Lives on the UI thread, so that Qt queues what the worker emits instead of calling there."""

    def __init__(self, taker: Callable[[T], object], task: Task) -> None:
        super().__init__(task)
        self._taker = taker

    def take(self, given: T) -> None:
        self._taker(given)
