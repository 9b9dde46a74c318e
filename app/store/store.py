"""One office's file, and the only way to change it."""

from __future__ import annotations

import logging
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from datetime import date, datetime
from pathlib import Path

from nacl.signing import SigningKey
from sqlalchemy import Connection, Engine
from sqlmodel import Session

from app import __version__, moments, paths
from app.errors import AppError, NothingToUndo, ReadOnly
from app.journal import keys, log, secret
from app.journal import undo as undoing
from app.journal.keys import Keyring
from app.journal.recorder import Author, Recorder
from app.journal.writing import WritingSession
from app.progress import Progress, quiet
from app.store import backup as backups
from app.store import creation, facts, identity, rebuilding, searching, withdrawals
from app.store.blobs import Blobs
from app.store.engine import checkpoint, connect, give_back, open_engine
from app.store.facts import OfficeFacts, Restoration
from app.store.folder import Folder
from app.store.lock import Lock
from app.store.migrations import STEPS
from app.store.refusals import refusals, refuse_reader
from app.store.sidecar import Sidecar
from app.store.turn import Turn
from app.store.upgrade import CURRENT, upgrade
from app.store.writer import Writer
from app.words import kept, marked, told

_log = logging.getLogger(__name__)


@dataclass(frozen=True)
class Changes:
    """What one transaction did, for whoever shows those records."""

    label: str
    tables: frozenset[str]


class Store:
    """Hands out sessions; journals what they change; tells its listeners afterwards."""

    def __init__(
        self,
        folder: Path,
        *,
        keyring: Keyring | None = None,
        now: Callable[[], datetime] = lambda: datetime.now().astimezone(),
    ) -> None:
        """Open the office in *folder*, creating or upgrading it as needed.

        Raises NotOurs, EmptyFile, NewerStore, AlreadyOpen, Damaged or TargetGone, and then
        has changed nothing.
        """
        self.folder = Folder(folder)
        self.blobs = Blobs(self.folder.blobs)
        self.now = now
        self._keyring = creation.keyring_in(self.folder, keyring or Keyring(paths.keys_folder()))
        self._listeners: list[Callable[[Changes], None]] = []
        self._turn = Turn()
        self._is_away = False
        self._engine: Engine
        self._sidecar: Sidecar | None = None
        self.read_only_reason: str | None = None
        self._signer: SigningKey | None = None
        self._lock = self._locked()
        try:
            self._open()
        except BaseException:
            self.close()
            raise

    # Sessions ------------------------------------------------------------------

    def listen(self, listener: Callable[[Changes], None]) -> None:
        """Call *listener* after every commit, on the thread that committed."""
        self._listeners.append(listener)

    @contextmanager
    def reading(self) -> Iterator[Session]:
        """Yield a session whose records stay usable after it is closed."""
        if self._is_away:
            raise self._turn.refusal()
        with refusals(self.folder), Session(self._engine, expire_on_commit=False) as session:
            yield session

    @contextmanager
    def changing(self, label: str, *, reverts: bytes = b"") -> Iterator[Session]:
        """Yield a session that is committed whole, journaled and signed, or not at all.

        *label* is what the Undo menu will call the change. Raises ReadOnly where this copy may
        not be written, DiskFull where it cannot.
        """
        refuse_reader(self.read_only_reason)
        with self._turn.taken():
            recorder = Recorder(self._author(), label, reverts)
            with refusals(self.folder), self._writer.transaction() as connection:
                with WritingSession(connection, recorder) as session:
                    yield session
                    session.flush()
                recorder.write(connection, before_commit=self._note_outside)
                withdrawals.follow(connection, reverts, recorder.batch)
                searching.index_all(connection, recorder.shown_anew)
        self._after(recorder)

    @contextmanager
    def exchanging(self, doing: str = "") -> Iterator[Connection]:
        """Yield a writing connection for a carried file: committed whole, or not at all.

        What comes is signed, not journaled again. With *doing* ("nhận gói") others are refused.
        """
        refuse_reader(self.read_only_reason)
        with self._turn.taken(doing), refusals(self.folder), self._writer.transaction() as writing:
            yield writing
            give_back(writing)

    @contextmanager
    def alone(self, what: str) -> Iterator[None]:
        """Let nobody write meanwhile: for checking, mending and restoring the whole file.

        Changes are refused with what goes on ("kiểm tra sổ"): to let them wait for so long
        would freeze whoever asked.
        """
        with self._turn.taken(what):
            yield

    def announce(self, label: str) -> None:
        """Tell the listeners that anything may have changed."""
        with self._engine.connect() as connection:
            self._facts = facts.read_office(connection)  # the office's own body may be merged
        self._tell(Changes(label, frozenset("*")))

    # Undo ----------------------------------------------------------------------

    @property
    def undo_label(self) -> str | None:
        """What undo would undo."""
        return self._undoable[-1].label if self._undoable else None

    @property
    def redo_label(self) -> str | None:
        """What redo would redo."""
        return self._redoable[-1].label if self._redoable else None

    def undo(self) -> str:
        """Undo the last action; returns its name. Raises NothingToUndo or ChangedSince."""
        return self._revert(self._undoable, kept("Hoàn tác: {label}"), marked("hoàn tác"))

    def redo(self) -> str:
        """Redo what was last undone; returns its name. Raises NothingToUndo or ChangedSince."""
        return self._revert(self._redoable, kept("Làm lại: {label}"), marked("làm lại"))

    # Facts of this file ----------------------------------------------------------

    @property
    def facts(self) -> OfficeFacts:
        """What the file says of its own office."""
        return self._facts

    def set_facts(self, said: OfficeFacts) -> None:
        """Say who this office is; not a record, never sent. Raises ReadOnly."""
        refuse_reader(self.read_only_reason)
        with refusals(self.folder), self._engine.begin() as connection:
            facts.write_office(connection, said)
        self._facts = said
        self._tell(Changes("", frozenset({"fact"})))

    @property
    def office_name(self) -> str:
        """The office's name, or a word that stands for it."""
        return self._facts.name or told("Văn phòng chưa đặt tên")

    @property
    def replica(self) -> bytes:
        """The incarnation of this file that is writing."""
        return self._replica

    @property
    def office(self) -> bytes:
        """The office's id, the same through every incarnation of its file."""
        return self._office

    @property
    def keyring(self) -> Keyring:
        """The private keys of this user on this machine."""
        return self._keyring

    def renew_replica(self) -> None:
        """Go on under a new identity: after a restore, or when this machine replaces another."""
        with refusals(self.folder), self._engine.begin() as connection:
            identity.renew(connection, self._keyring, self.now())
        self._read_identity()

    # Keeping ---------------------------------------------------------------------

    @property
    def last_backup(self) -> datetime | None:
        """When the newest backup was made."""
        found = backups.by_age(self.folder, self.now())
        return found[0].at if found else None

    def all_backups(self) -> list[backups.Backup]:
        """The backups at hand, newest first."""
        return backups.listing(self.folder)

    def backup(
        self, reason: str = "manual", progress: Progress = quiet, *, sparing: Path | None = None
    ) -> backups.Backup:
        """Copy the register; the copy is opened and checked before it counts."""
        with refusals(self.folder), closing(connect(self.folder.database, read_only=True)) as open_:
            given = (self.folder, reason, self.now(), progress)
            return backups.take(open_, *given, sparing=sparing)

    def backup_if_due(self) -> backups.Backup | None:
        """Make the day's backup unless one of today is there."""
        today = self.now().date()
        if any(made.at.date() == today for made in self.all_backups()):
            return None
        return self.backup("daily")

    def restore(self, source: Path, progress: Progress = quiet, *, why: str = "") -> None:
        """Put *source* in the register's place, keeping the present one as a backup.

        The restored file goes on as a new replica and remembers *why*; without a key for it, it can
        only be read. Raises BackupUnusable, NewerStore or DiskFull, and then has changed nothing.
        """
        backups.examine(source)
        with self.alone(marked("khôi phục sổ")):
            self.backup("restore", progress, sparing=source)
            done = Restoration(self.now(), source.name, why)
            with self._engine.connect() as connection:
                known = [*facts.read_restorations(connection), done]
            self._is_away = True
            try:
                self._put_back(source)
            finally:
                self._is_away = False
            with refusals(self.folder), self._engine.begin() as connection:
                facts.write_restorations(connection, known)
        self.announce(kept("Khôi phục bản sao lưu"))

    @contextmanager
    def as_of(self, day: date) -> Iterator[Session]:
        """Yield a session over the register as it stood at the end of *day*, made from the log."""
        with rebuilding.as_of(self._engine, moments.end_of(day)) as session:
            yield session

    def search(self, text: str, limit: int = 60) -> list[searching.SearchHit]:
        """The best records for *text*, grouped."""
        with self.reading() as session:
            return searching.search(session.connection(), text, limit)

    def connection(self) -> Connection:
        """A Core connection for reading the log; close it."""
        return self._engine.connect()

    def close(self) -> None:
        """Let go of the file."""
        self._let_go()
        self._lock.release()

    # Inside ------------------------------------------------------------------------

    def _locked(self) -> Lock:
        creation.begin(
            self.folder,
            lambda apart: Store(apart, keyring=self._keyring, now=self.now),
            self._keyring,
        )
        self.folder.prepare()
        return Lock(self.folder.lock)

    def _open(self, *, is_restored: bool = False) -> None:
        self._engine = open_engine(self.folder.database)
        self._writer = Writer(self._engine)
        with refusals(self.folder):
            upgrade(self._engine, STEPS, before=self._back_up_first)
            rebuilding.fill_what_steps_asked_for(self._engine)
            with self._engine.connect() as connection:
                is_nobodys = identity.is_nobodys(connection)
            if is_nobodys:
                # So that the very first bytes of the file say whose it is.
                checkpoint(self._engine)
                self.renew_replica()
            self._read_identity()
            if not is_restored:
                self._mend_identity()

    def _let_go(self) -> None:
        if hasattr(self, "_engine"):
            self._writer.close()
            self._engine.dispose()
        if self._sidecar is not None:
            self._sidecar.close()
            self._sidecar = None

    def _put_back(self, source: Path) -> None:
        """Replace the closed file and open what is there then: the old one if that failed."""
        self._let_go()
        is_restored = False
        try:
            with refusals(self.folder):
                backups.bring_in(self.folder)
            backups.put_back(source, self.folder)
            is_restored = True
        finally:
            self._open(is_restored=is_restored)
        try:
            self.renew_replica()
        except AppError:  # as the old one it must not write: the numbers after it are used
            _log.exception("a restored register got no key of its own")
            self.read_only_reason, self._signer = identity.KEYLESS, None

    def _back_up_first(self, _version: int) -> None:
        self.backup("migration")

    def _read_identity(self) -> None:
        with self._engine.connect() as connection:
            found = identity.read(connection, self._keyring)
            self._replica, self._office = found.replica, found.office
            self._facts = facts.read_office(connection)
            self._tip = log.tip(connection, self._replica)
        self._read_steps()
        if self._sidecar is not None:
            self._sidecar.close()
        self._sidecar = Sidecar(self._keyring.folder, self._replica)
        self.read_only_reason, self._signer = found.read_only_reason, found.signer

    def _mend_identity(self) -> None:
        """A file behind its sidecar was put back from a copy: it may not reuse its numbers."""
        if self.read_only_reason is not None:
            return
        noted = self._sidecar.read() if self._sidecar is not None else None
        if self._tip.seq > 0 and (noted is None or noted[0] != self._tip.seq):
            _log.warning("register and sidecar differ; going on as a new replica")
            self.renew_replica()
        elif self._tip.seq == 0 and noted is not None:
            self.renew_replica()

    def _note_outside(self, seq: int, change_set: bytes) -> None:
        if self._sidecar is not None:
            self._sidecar.note(seq, change_set)

    def _author(self) -> Author:
        if (signer := self._signer) is None:
            raise ReadOnly(why=identity.MOVED)
        return Author(
            self._replica,
            self._office,
            self._facts.clerk,
            __version__,
            CURRENT,
            lambda change_set: keys.sign(signer, change_set),
            lambda: moments.milliseconds(self.now()),
        )

    def _read_steps(self) -> None:
        with self._engine.connect() as connection:
            self._undoable, self._redoable = undoing.steps(connection)

    def _after(self, recorder: Recorder) -> None:
        if not recorder.written:
            return
        step = undoing.Step(recorder.batch, recorder.label)
        undoing.advance(self._undoable, self._redoable, step, recorder.reverts)
        if any(paper.entity in recorder.shown_anew for paper in secret.PAPERS):
            self._read_steps()  # one may be secret now, and a step's name say what stands in it
        if "alias" in recorder.shown_anew:  # any record may name another one now
            self.announce(recorder.label)
        else:
            self._tell(Changes(recorder.label, frozenset(recorder.shown_anew)))

    def _tell(self, changes: Changes) -> None:
        for listener in self._listeners:
            listener(changes)

    def _revert(self, stack: list[undoing.Step], pattern: str, what: str) -> str:
        if not stack:
            raise NothingToUndo(what=told(what))
        step = stack[-1]
        with self.changing(pattern.format(label=step.label), reverts=step.batch) as session:
            undoing.revert(session, step)
        return step.label


__all__ = ["Changes", "OfficeFacts", "Store"]
