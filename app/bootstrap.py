"""The only place where the parts are put together: folder, store, first start, window."""

from __future__ import annotations

import faulthandler
import gc
import logging
import os
from collections.abc import Callable, Sequence
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import date, datetime
from functools import partial
from logging.handlers import RotatingFileHandler
from pathlib import Path
from typing import TYPE_CHECKING

from app import durable, last_word, paths
from app.discretion import DiscreetFormatter, hide
from app.errors import AppError, Cancelled, Refused
from app.progress import Progress, quiet
from app.settings import EXPORT_FOLDER, OFFICE_FOLDER, Settings
from app.words import kept, marked, told

if TYPE_CHECKING:
    from app.store import Store
    from app.ui.first_start import FirstStart
    from app.ui.main_window import MainWindow

_DOING = marked(
    {
        "empty": "Đang tạo sổ",
        "sample": "Đang tạo sổ mẫu",
        "restore": "Đang khôi phục sổ",
    }
)
_LOG_SIZE = 1 << 20
_LOGS_KEPT = 5
_MOST_OF_A_FAULT = 1 << 16
_faults = -1
_log = logging.getLogger(__name__)


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
        paths.log_file().parent.mkdir(parents=True, exist_ok=True)
        handler: logging.Handler = RotatingFileHandler(
            paths.log_file(),
            maxBytes=_LOG_SIZE,
            backupCount=_LOGS_KEPT,
            encoding="utf-8",
            delay=True,
        )
    except OSError:
        handler = logging.NullHandler()
    handler.setFormatter(DiscreetFormatter())
    root.addHandler(handler)
    _watch_for_faults()


def _watch_for_faults() -> None:
    """Let Python write where it stood when the process is brought down.

    What it wrote the last time goes to the log, which takes names out of it.
    """
    global _faults  # noqa: PLW0603 - a descriptor that must stay open as long as the process
    try:
        if _faults < 0:
            _faults = durable.handle(paths.fault_file())
        told = os.read(_faults, _MOST_OF_A_FAULT).decode("utf-8", "replace")
        os.lseek(_faults, 0, os.SEEK_SET)
        os.ftruncate(_faults, 0)
    except OSError:
        _log.exception("faults cannot be written down")
        return
    if told:
        _log.error("the process was brought down before: %s", told)
    if not faulthandler.is_enabled():
        faulthandler.enable(file=_faults)


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
    from app.services.sync.damage import damage_told
    from app.services.sync.upgrading import take_up_held
    from app.store import Store

    hide(folder, "<SỔ>")
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
    from app.ui.rescue import OtherFolder

    settings = Settings(paths.settings_file())
    opening = _Opening(folder or default_folder(), ready)
    if folder is None and not _holds_register(opening.folder):
        loaded()  # the questions may stand for long, and the sample is much work
        application.make_application(argv, settings)
        with application.watched():
            if not opening.ask(settings, today or date.today()):  # noqa: DTZ011
                return 0
    try:
        return application.run(
            opening.open,
            opening.folder,
            argv=argv,
            ready=opening.painted,
            carried=carried,
            may_move=folder is None,
            today=date.today if today is None else lambda: today,
        )
    except OtherFolder as chosen:
        settings.choose(OFFICE_FOLDER, paths.named(chosen.folder))
    return run_window(None, today, argv, ready, carried=carried)


@dataclass
class _Opening:
    """One start of the window: what is asked before, done and said after."""

    folder: Path
    ready: Callable[[MainWindow], object] | None
    backup_failure: AppError | None = None
    is_clock_agreed: bool = False

    def ask(self, settings: Settings, today: date) -> bool:
        """Ask the questions of a first start; False when the clerk would rather not."""
        try:
            self._agree_on_clock()
        except Cancelled:
            return False
        answer = _first_start(self.folder, settings, today)
        if answer is None:
            return False
        self.folder, self.ready = answer.folder, self.ready or _welcome(answer)
        return True

    def open(self) -> Store:
        """The register with its backup of the day. Raises Cancelled for a clock to be put right."""
        self._agree_on_clock()
        store = open_store(self.folder)
        self.backup_failure = _back_up_daily(store)
        return store

    def painted(self, window: MainWindow) -> None:
        """Say what there is to say, now that it can be seen."""
        from app.store.folder import Folder
        from app.store.tidying import tidy
        from app.ui.notices import say_notices

        loaded()
        if self.ready is not None:
            self.ready(window)
        say_notices(window, self.backup_failure)
        exports = paths.exports_folder(window.office.settings[EXPORT_FOLDER])
        window.office.tasks.start(lambda _progress: tidy(Folder(self.folder), exports))

    def _agree_on_clock(self) -> None:
        from app.store import clock
        from app.store.folder import Folder

        doubt = clock.doubt(Folder(self.folder), now())
        if doubt is None or self.is_clock_agreed:
            return
        from app.ui.clock_question import may_go_on

        if not may_go_on(doubt):
            raise Cancelled
        self.is_clock_agreed = True


def now() -> datetime:
    """What the machine's clock shows."""
    return datetime.now().astimezone()


def show_and_close(
    folder: Path | None, today: date | None, argv: Sequence[str], *, carried: Path | None = None
) -> int:
    """As `run_window`, but the window closes once painted: how long a start takes."""
    return run_window(folder, today, argv, lambda window: window.close(), carried=carried)


def _need_screen() -> None:
    if not last_word.has_screen():  # Qt would end the process with a message of its own
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
    from app.services.any_kind import records
    from app.services.regulation import body_matching
    from app.store import OfficeFacts

    kind = body_matching.kind_of_body(answer.agency_name)
    with store.changing(kept("Ghi cơ quan {name}", name=answer.agency_name)) as session:
        agency = records.enter(session, "agency", {"name": answer.agency_name, "kind": kind})
    store.set_facts(OfficeFacts(answer.office_name, (agency.id,)))


def _first_start(proposed: Path, settings: Settings, today: date) -> FirstStart | None:
    from app.ui.common.parts import dialogs
    from app.ui.first_start import ask_first_start
    from app.ui.preparing import carry_out

    answer = None
    while True:
        answer = ask_first_start(proposed, answer)
        if answer is None:
            return None
        try:
            carry_out(
                partial(begin, answer, today), told("Mở sổ phối hợp"), told(_DOING[answer.begin])
            )
        except Cancelled:
            continue
        except AppError as error:
            dialogs.tell_error(None, "Phối Hợp", error)
            continue
        _remember_folder(settings, answer.folder)
        return answer


def _remember_folder(settings: Settings, folder: Path) -> None:
    """The office is there; that the next start will ask again is no reason not to open it now."""
    from app.ui.common.parts import dialogs

    try:
        settings.choose(OFFICE_FOLDER, paths.named(folder))
    except AppError as error:
        dialogs.tell_error(None, "Phối Hợp", error)


def _welcome(answer: FirstStart) -> Callable[[MainWindow], object]:
    from app.ui.welcome import welcome

    return partial(welcome, answer.begin)


def _back_up_daily(store: Store) -> AppError | None:
    """A backup that cannot be made is logged and told in the window, never in the way."""
    try:
        store.backup_if_due()
    except AppError as error:
        _log.exception("the daily backup could not be made")
        return error
    except OSError as error:
        _log.exception("the daily backup could not be made")
        return durable.said(error, store.folder.backups)
    return None


def _holds_register(folder: Path) -> bool:
    """Whether an office is there; what a creation left that was cut short is seen to first.

    One that cannot be opened is there too: whoever opens it is told why, and what can be done.
    """
    from app.journal.keys import Keyring
    from app.store import creation
    from app.store.folder import Folder

    try:
        creation.settle(folder, Keyring(paths.keys_folder()))
        return Folder(folder).examine()
    except AppError:
        return True
