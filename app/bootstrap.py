"""The only place where the parts are put together: folder, store, first start, window."""

from __future__ import annotations

import gc
import logging
import os
import sys
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from datetime import date
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from app import paths
from app.discretion import DiscreetFormatter
from app.errors import AppError, Cancelled, Refused
from app.progress import Progress, quiet
from app.settings import OFFICE_FOLDER, Settings

if TYPE_CHECKING:
    from app.store import Store
    from app.ui.first_start import FirstStart
    from app.ui.main_window import MainWindow

_DOING = {
    "empty": "Đang tạo sổ",
    "sample": "Đang tạo sổ mẫu",
    "restore": "Đang khôi phục sổ",
}
_LOG_SIZE = 1 << 20
_LOGS_KEPT = 5
_log = logging.getLogger(__name__)


def log_file() -> Path:
    """The program's log, for a bug's sentence to name."""
    return paths.logs_folder() / "phoihop.log"


def start_logging() -> None:
    """Log to a file of our own that cannot grow without end; never the content of records.

    A log that cannot be written must not keep anybody from the register.
    """
    root = logging.getLogger()
    root.setLevel(logging.INFO)
    for before in [h for h in root.handlers if isinstance(h.formatter, DiscreetFormatter)]:
        root.removeHandler(before)
        before.close()
    try:
        log_file().parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            log_file(), maxBytes=_LOG_SIZE, backupCount=_LOGS_KEPT, encoding="utf-8", delay=True
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(DiscreetFormatter())
    root.addHandler(handler)


def loaded() -> None:
    """Collect garbage again, but never look through what a start has loaded: it stays."""
    gc.freeze()
    gc.enable()


def default_folder() -> Path:
    """Where this person's office lies when the command line does not say."""
    chosen = Settings(paths.settings_file())[OFFICE_FOLDER]
    return paths.called(chosen) if chosen else paths.default_office_folder()


def open_store(folder: Path) -> Store:
    """The office in *folder*, created or upgraded as needed. Raises a StoreProblem."""
    from app.services.damage import damage_told
    from app.services.upgrading import take_up_held
    from app.store import Store

    with damage_told(folder):
        store = Store(folder)
        try:
            take_up_held(store)
        except BaseException:
            store.close()
            raise
        return store


def run_window(
    folder: Path | None,
    today: date | None,
    argv: Sequence[str],
    ready: Callable[[MainWindow], object] | None = None,
    *,
    carried: Path | None = None,
) -> int:
    """Show the window; without *folder* the first start asks where and with what to begin.

    *ready* is called once the window is painted, and then *carried*, a file that has come from
    another office, is shown. Raises Refused where there is no screen.
    """
    _need_screen()
    paths.need_home()
    from app.ui import application

    settings = Settings(paths.settings_file())
    chosen = folder
    if chosen is None:
        chosen = default_folder()
        if not _holds_register(chosen):
            loaded()  # the questions may stand for long, and the sample is much work
            application.make_application(argv, settings)
            answer = _first_start(chosen, settings, today or date.today())  # noqa: DTZ011
            if answer is None:
                return 0
            chosen, ready = answer.folder, ready or _welcome(answer)
    place = chosen

    def opened() -> Store:
        store = open_store(place)
        _back_up_daily(store)
        return store

    def painted(window: MainWindow) -> None:
        loaded()
        if ready is not None:
            ready(window)

    if today is None:
        return application.run(opened, place, argv=argv, ready=painted, carried=carried)
    fixed = today
    return application.run(
        opened, place, argv=argv, ready=painted, carried=carried, today=lambda: fixed
    )


def show_and_close(
    folder: Path | None, today: date | None, argv: Sequence[str], *, carried: Path | None = None
) -> int:
    """As `run_window`, but the window closes once painted: how long a start takes."""
    return run_window(folder, today, argv, lambda window: window.close(), carried=carried)


def _need_screen() -> None:
    """Qt would end the process with a message of its own."""
    named = ("DISPLAY", "WAYLAND_DISPLAY", "QT_QPA_PLATFORM")
    if sys.platform.startswith("linux") and not any(os.environ.get(name) for name in named):
        raise Refused(
            why="Máy này không có màn hình để mở cửa sổ. Dùng dòng lệnh: python -m app --help"
        )


def begin(answer: FirstStart, today: date, progress: Progress = quiet) -> None:
    """Make the office that the first start asked for. Raises AppError, and then nothing is there.

    A folder that holds a register already is opened as it is.
    """
    if not _holds_register(answer.folder):
        with creating(answer.folder) as store:
            if answer.begin == "empty":
                _enter_own_agency(store, answer)
            _fill(store, answer, today, progress)
        return
    store = open_store(answer.folder)
    try:
        _fill(store, answer, today, progress)
    finally:
        store.close()


def creating(folder: Path) -> AbstractContextManager[Store]:
    """A new office that comes to be in *folder* when the block ends well, whole or not at all."""
    from app.journal.keys import Keyring
    from app.store import creation

    return creation.creating(folder, open_store, Keyring(paths.keys_folder()))


def _fill(store: Store, answer: FirstStart, today: date, progress: Progress) -> None:
    from app.services import sample

    if answer.backup is not None:
        store.restore(answer.backup, progress)
    elif answer.begin == "sample":
        sample.fill(store, today=today, progress=progress)


def _enter_own_agency(store: Store, answer: FirstStart) -> None:
    from app.services import body_matching, records
    from app.store import OfficeFacts

    kind = body_matching.kind_of_body(answer.agency_name)
    with store.changing(f"Ghi cơ quan {answer.agency_name}") as session:
        agency = records.enter(session, "agency", {"name": answer.agency_name, "kind": kind})
    store.set_facts(OfficeFacts(answer.office_name, (agency.id,)))


def _first_start(proposed: Path, settings: Settings, today: date) -> FirstStart | None:
    from app.ui.common import dialogs
    from app.ui.first_start import ask_first_start
    from app.ui.preparing import carry_out

    while True:
        answer = ask_first_start(proposed)
        if answer is None:
            return None
        try:
            carry_out(partial(begin, answer, today), "Mở sổ phối hợp", _DOING[answer.begin])
        except Cancelled:
            continue
        except AppError as error:
            dialogs.tell_error(None, "Phối Hợp", error)
            continue
        settings.choose(OFFICE_FOLDER, paths.named(answer.folder))
        return answer


def _welcome(answer: FirstStart) -> Callable[[MainWindow], object]:
    from app.ui.welcome import welcome

    return partial(welcome, answer.begin)


def _back_up_daily(store: Store) -> None:
    """A backup that cannot be made is logged and shown in the status bar, never in the way."""
    try:
        store.backup_if_due()
    except AppError:
        _log.exception("the daily backup could not be made")


def _holds_register(folder: Path) -> bool:
    """Whether an office is there; what a creation left that was cut short is seen to first."""
    from app.journal.keys import Keyring
    from app.store import creation
    from app.store.folder import Folder

    creation.settle(folder, Keyring(paths.keys_folder()))
    return Folder(folder).database.exists()
