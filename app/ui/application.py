"""The Qt application round the window: look, language, crash handler, one start a folder."""

from __future__ import annotations

import logging
import sys
from collections.abc import Callable, Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import date
from functools import partial
from pathlib import Path

from PySide6.QtCore import QLibraryInfo, QLocale, QTimer, QTranslator, qInstallMessageHandler
from PySide6.QtWidgets import QApplication

from app import language, paths
from app.errors import AppError
from app.settings import TEXT_SIZE, THEME, Settings
from app.ui import qt_log, theme
from app.ui.arrivals import Arrivals
from app.ui.common.parts.office import Office
from app.ui.crash import CrashHandler
from app.ui.first_window import FirstWindow, raise_first_window
from app.ui.icons import icon
from app.ui.main_window import MainWindow, raise_window
from app.ui.qt_words import QtWords
from app.ui.rescue import OpenStore, open_or_rescue
from app.ui.room import Room
from app.ui.rooms import ROOMS
from app.words import told

_log = logging.getLogger(__name__)
NAME = "Phối Hợp"
_LOCALES = {
    language.VIETNAMESE: QLocale(QLocale.Language.Vietnamese, QLocale.Country.Vietnam),
    language.ENGLISH: QLocale(QLocale.Language.English, QLocale.Country.UnitedKingdom),
}
"""The names of months and days; a week begins on Monday and a date with its day in both."""
_BREATH_MS = 50
_TURN = 0.0005  # seconds


@dataclass(frozen=True)
class Drawn:
    """One room drawn for the self-test: its key, its picture, and what went wrong if anything."""

    room: str
    picture: Path | None
    trouble: str = ""


@dataclass(frozen=True)
class _Begin:
    """What is due once the window is painted, and who takes what goes wrong meanwhile."""

    ready: Callable[[MainWindow], object] | None
    carried: Path | None
    crash: CrashHandler


def make_application(argv: Sequence[str], settings: Settings) -> QApplication:
    """The QApplication, dressed and speaking as chosen; the one there is, if there is one."""
    # Each call of Qt lets go of Python, and while a list is read on the worker the window waits
    # this long to go on: with Python's own 5 ms a page takes twice as long to paint.
    sys.setswitchinterval(_TURN)
    found = QApplication.instance()
    made = found if isinstance(found, QApplication) else _new_application(argv)
    made.setApplicationName(NAME)
    made.setApplicationDisplayName("")  # the window says its own title in full
    made.setDesktopFileName("phoihop")
    made.setStyle("Fusion")
    made.setWindowIcon(icon("regulation", "accent"))
    QLocale.setDefault(_LOCALES[language.spoken()])
    speak(made)
    dress(settings)
    settings.listen(lambda _key, _value: dress(settings))
    return made


def _new_application(argv: Sequence[str]) -> QApplication:
    qInstallMessageHandler(qt_log.take)  # what keeps Qt from starting would be seen by nobody
    return QApplication(list(argv))


def speak(made: QApplication) -> None:
    """What is shown in the language chosen: Qt's catalogue where there is one, and then ours."""
    for words in (_catalogue(made), QtWords(made)):
        if words is not None:
            made.installTranslator(words)


def dress(settings: Settings) -> None:
    """Wear the look that is chosen."""
    mode, size = settings[THEME], int(settings[TEXT_SIZE])
    if (theme.look.mode, theme.look.percent) != (mode, size) or not theme.look.follows:
        theme.wear(mode, size)


def run(
    open_store: OpenStore,
    folder: Path,
    *,
    today: Callable[[], date] = date.today,
    rooms: Sequence[Room] = ROOMS,
    argv: Sequence[str] = (),
    ready: Callable[[MainWindow], object] | None = None,
    carried: Path | None = None,
    may_move: bool = False,
) -> int:
    """Show the window over the store that *open_store* opens in *folder*; return the exit code.

    A second start on the same folder raises the first window, hands *carried* over to it and
    returns 0. A store that refuses is told in a dialog that knows a remedy, and without one the
    code is 1. *ready* is called once the window is painted, and then *carried* is shown. With
    *may_move* another folder is one of the remedies: raises OtherFolder when it is chosen.
    """
    settings = Settings(paths.settings_file())
    application = make_application(argv or sys.argv[:1], settings)
    if raise_first_window(folder, carried):
        return 0
    with watched() as crash:
        store = open_or_rescue(open_store, folder, may_move=may_move)
        if store is None:
            return 1
        try:
            office = Office(store, today=today, settings=settings)
            crash.tell = partial(_tell_in_front, office)
            return _show(application, office, rooms, folder, _Begin(ready, carried, crash))
        finally:
            store.close()


@contextmanager
def watched() -> Iterator[CrashHandler]:
    """Show what goes wrong in a slot meanwhile: Python would write it where nobody looks."""
    crash = CrashHandler()
    crash.install()
    try:
        yield crash
    finally:
        crash.uninstall()


def draw_every_room(
    office: Office, folder: Path, rooms: Sequence[Room] = ROOMS, size: tuple[int, int] = (1366, 728)
) -> list[Drawn]:
    """Open each room, photograph the window into *folder*, and say what failed.

    For `--self-test`: needs a QApplication, no event loop.
    """
    folder.mkdir(parents=True, exist_ok=True)
    window = MainWindow(office, rooms)
    window.resize(*size)
    window.show()
    drawn = [_draw(window, room, folder) for room in rooms]
    window.hide()
    window.deleteLater()
    return drawn


def print_list(office: Office, key: str, target: Path) -> int:
    """Write the list of the room *key* to the PDF file *target*; the number of pages.

    For `--self-test`: needs a QApplication, no event loop. Raises TypeError for a room without one.
    """
    from app.ui.common.list import printing
    from app.ui.common.list.page import ListPage

    window = MainWindow(office, [room for room in ROOMS if room.key == key])
    page = window.page_of(key)
    if not isinstance(page, ListPage):
        raise TypeError(key)
    office.tasks.wait()
    QApplication.processEvents()
    try:
        return printing.to_pdf(page, target)
    finally:
        window.deleteLater()


def _draw(window: MainWindow, room: Room, folder: Path) -> Drawn:
    try:
        window.enter(room.key)
    except AppError as error:
        return Drawn(room.key, None, str(error))
    for _ in range(3):  # layouts settle in rounds
        QApplication.processEvents()
    target = folder / f"{room.key}.png"
    if not window.grab().save(str(target)):
        return Drawn(room.key, None, told("Không ghi được {target}.", target=target))
    return Drawn(room.key, target)


def _show(
    application: QApplication,
    office: Office,
    rooms: Sequence[Room],
    folder: Path,
    begin: _Begin,
) -> int:
    window = MainWindow(office, rooms)
    begin.crash.keep = window.keep_draft
    arrivals = Arrivals(window)
    first = FirstWindow(folder, window)
    first.asked.connect(lambda: raise_window(window))
    first.brought.connect(arrivals.bring)
    window.show()
    QTimer.singleShot(0, window, lambda: _begin(window, begin, arrivals))
    code = application.exec()
    first.close()
    office.tasks.wait()
    office.scratch.close()
    office.remember.keep()
    return code


def _tell_in_front(office: Office, error: AppError) -> None:
    """Say a refusal in the window the clerk works in: a copy has an office of its own."""
    front = QApplication.activeWindow()
    (front.office if isinstance(front, MainWindow) else office).tell(error)


def _begin(window: MainWindow, begin: _Begin, arrivals: Arrivals) -> None:
    """What may wait until the first picture is on screen."""
    QApplication.processEvents()  # some platforms paint only after the timers that are due
    window.offer_drafts()
    if begin.ready is not None:
        begin.ready(window)
    if begin.carried is not None:
        arrivals.bring(begin.carried)
    _warm(window, list(window.rooms))


def _warm(window: MainWindow, rooms: list[Room]) -> None:
    """Import what the other rooms need, one at a time while nothing else is due."""
    if rooms and window.isVisible():
        _ = rooms.pop(0).shown
        QTimer.singleShot(_BREATH_MS, window, lambda: _warm(window, rooms))


def _catalogue(made: QApplication) -> QTranslator | None:
    found = QTranslator(made)
    folder = QLibraryInfo.path(QLibraryInfo.LibraryPath.TranslationsPath)
    return found if found.load("qtbase_vi", folder) else None
