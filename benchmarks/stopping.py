"""How long the window's own thread stands still, with 10,000 occurrences: the promise is 100 ms."""

from __future__ import annotations

import gc
import tempfile
from collections.abc import Callable, Iterator
from datetime import date
from pathlib import Path
from time import perf_counter, sleep, thread_time
from typing import TYPE_CHECKING, Any

from app.journal.keys import Keyring
from app.settings import Settings
from app.store import Store
from benchmarks.measure import Ratio
from benchmarks.starting import fill

if TYPE_CHECKING:
    from app.ui.main_window import MainWindow

_PROMISED = 0.1
_TODAY = date(2026, 11, 23)
_ROUNDS = 4
_QUIET = 0.2  # seconds without work: whatever an act set going is over
_BUSY = 0.002


def run() -> Iterator[Ratio]:
    """Each room's first visit, then what is done in the longest list."""
    from app.bootstrap import loaded
    from app.ui import application
    from app.ui.common.parts.office import Office
    from app.ui.main_window import MainWindow
    from app.ui.rooms import ROOMS

    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        settings = Settings(home / "settings.toml")
        running = application.make_application(["bench"], settings)
        fill(Path(folder) / "office", home)
        store = Store(Path(folder) / "office", keyring=Keyring(home / "keys"))
        best: dict[str, tuple[float, float]] = {}
        for _ in range(_ROUNDS):
            window = MainWindow(Office(store, today=lambda: _TODAY, settings=settings), ROOMS)
            window.show()
            running.processEvents()
            loaded()
            for room in ROOMS:
                _ = room.shown  # the program does so too while nothing else is due
            for name, act in _acts(window):
                best[name] = min(_longest(act), best.get(name, (60.0, 60.0)))
            window.close()
            window.deleteLater()
        for name, (worked, waited) in best.items():
            note = f"{waited * 1000:.0f} ms by the clock"
            yield Ratio(f"stop: {name}", worked, _PROMISED, 1.0, note)
        store.close()
        gc.unfreeze()


def _acts(window: MainWindow) -> Iterator[tuple[str, Callable[[], object]]]:
    for room in window.rooms[1:]:
        yield f"first visit of {room.title}", lambda key=room.key: window.enter(key)  # type: ignore[misc]
    window.enter("obligation")
    page: Any = window.page
    yield "another view", lambda: page.visit(view="overdue")
    yield "every obligation", lambda: page.visit(view="all")
    for number, column in enumerate(page.register.columns[:5]):
        yield f"sort by {column.title}", lambda at=number: page.table.sort(at)  # type: ignore[misc]
    for typed in ("b", "báo cáo", "báo cáo nhanh 77"):
        yield f"filter “{typed}”", lambda words=typed: page.filters.field.setText(words)  # type: ignore[misc]
    yield "clear the filter", page.filters.clear
    yield "go to the last row", lambda: page.view.go_to(page.table.rowCount() - 1)
    yield "complete one", lambda: _complete(window, page)
    yield "undo", window.office.undo
    yield "redo", window.office.redo
    yield "back to the first room", lambda: window.enter("overview")
    yield "undo from there", window.office.undo


def _complete(window: MainWindow, page: Any) -> None:
    from app.services.obligation import obligations

    row = page.current()
    with window.office.store.changing("Ghi hoàn thành") as session:
        obligations.complete(session, row.obligation_id, row.period, on=_TODAY, result="Đã báo cáo")


def _longest(act: Callable[[], object]) -> tuple[float, float]:
    """The longest stretch between two turns of the event loop: computing time, and by the clock.

    Judged by the first, for a machine may be busy with something else.
    """
    from PySide6.QtWidgets import QApplication

    gc.collect()
    QApplication.processEvents()
    worked = waited = 0.0
    begun, begun_work = last_busy, _ = perf_counter(), thread_time()
    act()
    while True:
        QApplication.processEvents()
        ended, ended_work = perf_counter(), thread_time()
        worked = max(worked, ended_work - begun_work)
        waited = max(waited, ended - begun)
        if ended - begun > _BUSY:
            last_busy = ended
        elif ended - last_busy > _QUIET:
            return worked, waited
        sleep(0.0005)
        begun, begun_work = perf_counter(), thread_time()
