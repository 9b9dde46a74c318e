"""Work runs elsewhere, answers here, and stops when asked."""

from __future__ import annotations

import threading
import time
from collections.abc import Iterator
from functools import partial

import pytest
from PySide6.QtCore import QThread
from pytestqt.qtbot import QtBot

from app.errors import NotFound
from app.progress import Progress
from app.ui.tasks import Tasks


@pytest.fixture
def tasks(qapp: object) -> Iterator[Tasks]:
    tasks = Tasks()
    yield tasks
    tasks.wait()


def test_the_result_comes_back_on_the_ui_thread(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[object] = []

    def work(progress: Progress) -> QThread:
        return QThread.currentThread()

    tasks.start(work, lambda worker: seen.extend([worker, QThread.currentThread()]))
    qtbot.waitUntil(lambda: bool(seen))

    worker, here = seen
    assert here is QThread.currentThread()
    assert worker is not here


def test_cancel_stops_the_work_at_its_next_step(tasks: Tasks, qtbot: QtBot) -> None:
    reached, go_on = threading.Event(), threading.Event()
    steps: list[int] = []

    def work(progress: Progress) -> str:
        for step in range(3):
            progress(step, 3)
            steps.append(step)
            reached.set()
            go_on.wait(1)
        return "all done"

    done: list[object] = []
    task = tasks.start(work, done.append)
    reached.wait(1)
    task.cancel()
    with qtbot.waitSignal(task.finished):
        go_on.set()

    assert (steps, done) == ([0], [])


def test_what_still_waits_in_the_queue_can_be_cancelled(tasks: Tasks, qtbot: QtBot) -> None:
    go_on = threading.Event()
    done: list[object] = []
    tasks.start(lambda _: go_on.wait(1), done.append)
    second = tasks.start(lambda _: done.append("never"), done.append)

    second.cancel()
    go_on.set()
    qtbot.waitUntil(lambda: not tasks.under_way)

    assert done == [True]


def test_an_error_goes_to_its_own_handler(tasks: Tasks, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise NotFound

    seen: list[Exception] = []
    tasks.start(work, failed=seen.append)
    qtbot.waitUntil(lambda: bool(seen))

    assert isinstance(seen[0], NotFound)


def test_an_error_nobody_handles_is_told_to_the_window(tasks: Tasks, qtbot: QtBot) -> None:
    def work(progress: Progress) -> None:
        raise ZeroDivisionError

    with qtbot.waitSignal(tasks.failed) as blocker:
        tasks.start(work)

    assert isinstance(blocker.args[0], ZeroDivisionError)


def test_progress_arrives_with_its_count(tasks: Tasks, qtbot: QtBot) -> None:
    seen: list[tuple[int, int]] = []
    go_on = threading.Event()

    def work(progress: Progress) -> None:
        go_on.wait(1)
        progress(268, 412)

    task = tasks.start(work)
    task.progressed.connect(lambda done, total: seen.append((done, total)))
    go_on.set()
    qtbot.waitUntil(lambda: not tasks.under_way)

    assert seen == [(268, 412)]


def test_everybody_who_listens_hears_that_a_task_has_ended(qtbot: QtBot) -> None:
    """Deleted too early, one task in fifty kept it from those who had connected last."""
    tasks = Tasks()
    heard: list[int] = []
    for number in range(150):
        task = tasks.start(lambda _progress: time.sleep(0.001))
        task.finished.connect(partial(heard.append, number))
        qtbot.waitUntil(partial(_are, heard, number + 1), timeout=2000)
    tasks.wait()

    assert heard == list(range(150))


def _are(heard: list[int], count: int) -> bool:
    return len(heard) == count
