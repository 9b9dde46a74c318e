"""A new register lies apart until it is whole, and then takes its place: all of it, or nothing.

It is built in a folder of its own inside the office's (`so-phoi-hop.dang-tao`), a whole office with
register, attached files and the ids of the keys it was given. When everything is there a mark is
written; from then on a power cut only puts off the moving, and `settle` does the rest at the next
start. Before the mark, `settle` takes everything away again.
"""

from __future__ import annotations

import os
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from typing import TYPE_CHECKING, Protocol, TypeVar

from app import durable
from app.journal.keys import Keyring
from app.place import need_room
from app.store import backup, facts
from app.store.engine import connect
from app.store.folder import Folder
from app.store.lock import Lock
from app.words import marked

if TYPE_CHECKING:
    from app.store.store import Store

_WHOLE, _KEYS = "da-xong", "khoa-da-tao"
_OURS = ("blobs", "backups", "packets", _KEYS, _WHOLE)


class _Closable(Protocol):
    def close(self) -> None: ...


S = TypeVar("S", bound=_Closable)


@dataclass(frozen=True)
class NotedKeyring(Keyring):
    """Writes down which keys it is about to make, so that they can be taken away again."""

    notes: Path

    def create(self) -> tuple[bytes, bytes]:
        """As a keyring does; the id is on the disk before the key is."""
        replica = os.urandom(16)
        durable.write_bytes(self.notes, _read(self.notes) + replica)
        return self._make(replica)


def keyring_in(folder: Folder, keyring: Keyring) -> Keyring:
    """The keyring to use for the register in *folder*: one that takes notes while it is built."""
    return NotedKeyring(keyring.folder, folder.path / _KEYS) if folder.is_apart else keyring


def begin(folder: Folder, open_store: Callable[[Path], _Closable], keyring: Keyring) -> None:
    """See to it that there is a register in *folder*: an empty one, where there was none.

    Raises NotOurs or EmptyFile for a file that stands in its place, and what `creating` raises.
    """
    if folder.is_apart:
        return
    settle(folder.path, keyring)
    if not folder.examine():
        with creating(folder.path, open_store, keyring):
            pass


@contextmanager
def creating(folder: Path, open_store: Callable[[Path], S], keyring: Keyring) -> Iterator[S]:
    """Yield a new register, opened by *open_store*; it takes its place when the block ends well.

    Else nothing is left in *folder*, nor *folder* itself where it was not there, nor a key in
    *keyring*. A register that only waited to take its place is opened as it is. Raises PathTooLong
    before anything is made, AlreadyOpen while somebody else is at it, TargetGone, DiskFull or
    FileBusy.
    """
    place, apart = Folder(folder), Folder(folder).apart
    settle(folder, keyring)
    if place.database.exists():
        with closing(open_store(folder)) as waiting:
            yield waiting
        return
    refuse_deep(folder)
    with _ground(place):
        try:
            with closing(open_store(apart.path)) as store:
                yield store
            _forget_unused(apart, keyring)
            _take_place(apart, place)
        except BaseException:
            _discard(apart, keyring)
            raise
        _clear(apart)


def refuse_deep(folder: Path) -> None:
    """Raise PathTooLong where Windows could not open all of a new office in *folder*."""
    if not Folder(folder).database.exists():
        longest = Folder(folder).apart.blobs / "00" / ("0" * 64)
        need_room(folder, longest, marked("trong sổ"))


def settle(folder: Path, keyring: Keyring) -> None:
    """Finish a creation that was cut short once it was whole; take away what was not.

    Raises AlreadyOpen while it goes on, TargetGone, DiskFull or FileBusy.
    """
    place, apart = Folder(folder), Folder(folder).apart
    if os.path.isdir(apart.path):  # noqa: PTH112 - says no where it may not look
        with _ground(place):
            _settle(place, apart, keyring)


def has_content(store: Store) -> bool:
    """Whether anything was written in *store* that its making did not write."""
    with store.connection() as connection:
        has_sets = connection.exec_driver_sql("SELECT EXISTS (SELECT 1 FROM cset)").scalar_one()
        said = (facts.get(connection, key) for key in ("office", "restorations"))
        return bool(has_sets) or any(said)


def _settle(place: Folder, apart: Folder, keyring: Keyring) -> None:
    if not _mark(apart).exists():
        _discard(apart, keyring)
        return
    if apart.database.exists() and not place.database.exists():
        _move_in(apart, place, [])
    _clear(apart)


@contextmanager
def _ground(place: Folder) -> Iterator[None]:
    """The folder, made if need be and locked; as it was before if no register came to be there."""
    made: list[Path] = []
    lock: Lock | None = None
    try:
        try:
            made += _made(place.path)
        except OSError as error:
            raise durable.said(error, place.path) from error
        lock = Lock(place.lock)
        yield
    finally:
        if lock is not None:
            lock.release()
        if not place.database.exists():
            _withdraw(made, place.lock if lock is not None else None)


def _made(folder: Path) -> list[Path]:
    """Make *folder* and what is above it; returns what was not there, from the bottom."""
    missing = [path for path in (folder, *folder.parents) if not path.exists()]
    folder.mkdir(parents=True, exist_ok=True)
    return missing


def _withdraw(made: list[Path], lock: Path | None) -> None:
    if lock is not None:
        durable.clear(lock)
    for folder in made:
        durable.clear_empty(folder)


def _take_place(apart: Folder, place: Folder) -> None:
    """Put the closed register of *apart* and its files into *place*, all of it or nothing."""
    backup.bring_in(apart)
    durable.write_bytes(_mark(apart), b"")
    back: list[Callable[[], object]] = []
    try:
        _move_in(apart, place, back)
    except BaseException:
        for step in reversed(back):
            step()
        durable.remove(_mark(apart))
        raise


def _move_in(apart: Folder, place: Folder, back: list[Callable[[], object]]) -> None:
    """Move what is not there yet, the register last; *back* takes the steps that undo it."""
    try:
        for source, target in _moves(apart, place):
            back += [partial(durable.clear_empty, made) for made in reversed(_made(target.parent))]
            durable.rename(source, target)
            back.append(partial(durable.replace, target, source))
    except OSError as error:
        raise durable.said(error, place.database) from error


def _moves(apart: Folder, place: Folder) -> Iterator[tuple[Path, Path]]:
    for blob in sorted(apart.blobs.glob("*/*")):
        target = place.blobs / blob.relative_to(apart.blobs)
        if not target.exists():
            yield blob, target
    for ending in ("-wal", "-shm"):  # of a register that was taken away: it would be read into ours
        stale = Path(f"{place.database}{ending}")
        if stale.exists():
            yield stale, _free(stale)
    yield apart.database, place.database


def _free(path: Path) -> Path:
    """A name beside *path* that nothing has: what was left there is nobody's to throw away."""
    number = 1
    while (found := Path(f"{path}.cu-{number}")).exists():
        number += 1
    return found


def _discard(apart: Folder, keyring: Keyring) -> None:
    """Take away a register that was not whole, and the keys that it was given."""
    for replica in _noted(apart):
        keyring.forget(replica)
    _clear(apart)


def _forget_unused(apart: Folder, keyring: Keyring) -> None:
    """Take away the key of what a backup was put in the place of: nothing was written with it."""
    with closing(connect(apart.database, read_only=True)) as connection:
        writers = {replica for (replica,) in connection.execute("SELECT id FROM replica")}
    for replica in set(_noted(apart)) - writers:
        keyring.forget(replica)


def _noted(apart: Folder) -> list[bytes]:
    known = _read(apart.path / _KEYS)
    return [known[start : start + 16] for start in range(0, len(known) - 15, 16)]


def _read(notes: Path) -> bytes:
    try:
        return durable.read(notes)
    except FileNotFoundError:
        return b""
    except OSError as error:
        raise durable.said(error, notes) from error


def _clear(apart: Folder) -> None:
    """Remove what is ours; a file of somebody else's keeps the folder. The mark goes last."""
    if not apart.path.is_dir():
        return
    names = [apart.lock, *apart.path.glob(f"{apart.database.name}*")]
    durable.sweep(apart.path, older_than=0)
    for path in (*names, *(apart.path / name for name in _OURS)):
        durable.clear(path)
    durable.clear_empty(apart.path)


def _mark(apart: Folder) -> Path:
    return apart.path / _WHOLE
