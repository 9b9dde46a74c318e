"""Files that last: written whole or not at all, even while another program holds them a moment.

On Windows a virus scanner, the search indexer or OneDrive opens each new file as soon as it is
there, and for as long as it holds it, the file can be neither renamed, replaced nor removed. So
every step that such a program can bar is tried again for a while, and when it stays barred the
clerk reads which file is held. This is the only place of the program that makes, renames or
removes files (`tests/architecture/test_durable.py`).

What is being written bears a short name of its own beside its target (`~1a2b3c4d.dang-ghi.docx`),
so that what a power cut leaves behind can be told from the office's own files: see `sweep`.
"""

from __future__ import annotations

import errno
import logging
import os
import re
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import IO, BinaryIO, TypeVar

from app import place
from app.errors import AppError, DiskFull, FileBusy, TargetGone
from app.words import marked

T = TypeVar("T")
Verify = Callable[[Path], object]

Refusal = (TargetGone, DiskFull, FileBusy)
"""What writing raises where the disk, the folder or another program is in the way."""

_MARK = ".dang-ghi"
_OURS = re.compile(r"~[0-9a-f]{8}\.dang-ghi(\..*)?")
_DENIED, _SHARING, _LOCKED, _NOT_EMPTY = 5, 32, 33, 145
_HELD = (_DENIED, _SHARING, _LOCKED)
"""What Windows says of a file that another program has open (winerror.h)."""
_PAUSES = (0.02, 0.04, 0.08, 0.16, 0.32, 0.4, 0.4, 0.4, 0.4, 0.4)
"""Seconds between tries, 2.6 in all: scanners hold a new file for 0.05 to 1.5."""
_LEFT_BEHIND = 3600.0
"""Seconds after which what lies half written in a shared folder is nobody's work any more."""
_FORGOTTEN = 86400.0
"""Seconds after which a folder among the temporary files is nobody's any more."""
_PIECE = 1 << 20
_LIKE_SCRATCH = "phoihop-"
_log = logging.getLogger(__name__)


# Writing ---------------------------------------------------------------------------


@contextmanager
def landing(path: Path, verify: Verify | None = None) -> Iterator[Path]:
    """Yield an unused name to write to; what is there afterwards takes the place of *path*.

    It is put on the disk and, where *verify* is given, read back before that. Whatever goes
    wrong, *path* is as it was and nothing is left beside it. Raises PathTooLong or NameRefused
    for what Windows, Word or Excel could not open, TargetGone for a folder that is gone or
    refuses, DiskFull, and FileBusy while another program holds *path*.
    """
    place.check(path)
    if not path.parent.is_dir():
        raise TargetGone(path=path, why=_GONE)
    beside = unused(path)
    try:
        yield beside
        settle(beside)
        if verify is not None:
            _insist(lambda: verify(beside))
        replace(beside, path)
    except OSError as error:
        raise said(error, path) from error
    finally:
        clear(beside)


@contextmanager
def writing(
    path: Path, verify: Verify | None = None, *, private: bool = False
) -> Iterator[BinaryIO]:
    """Yield a new binary file that takes the place of *path* when it has been written.

    *private*: nobody but this user may read it. Raises as `landing` does.
    """
    with landing(path, verify) as beside, create(beside, private=private) as stream:
        yield stream


def write_bytes(path: Path, content: bytes, *, private: bool = False) -> None:
    """Let *content*, read back, take the place of *path*. Raises as `landing` does."""

    def verify(written: Path) -> None:
        if written.read_bytes() != content:
            raise TargetGone(path=path, why="đọc lại tệp vừa ghi thấy khác.")

    with writing(path, verify, private=private) as stream:
        stream.write(content)


def read(path: Path, size: int = -1) -> bytes:
    """The bytes of *path*, all or the first *size*; a file that is held is waited for. OSError."""
    with _insist(lambda: path.open("rb")) as file:
        return file.read(size)


def copy(source: Path, target: Path) -> None:
    """Let a copy of *source* take the place of *target*. Raises as `landing` does."""
    with writing(target) as write, source.open("rb") as read:
        pour(read, write)


def create(path: Path, *, private: bool = False) -> BinaryIO:
    """A binary file that is not there yet, open for writing and reading. Raises OSError."""
    opener = _private if private else None
    return open(path, "x+b", opener=opener)


def make_folder(folder: Path) -> None:
    """See to it that *folder* is there. Raises TargetGone or DiskFull.

    Only for folders of our own: one that a clerk chose and that is gone lay on a stick, perhaps.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise said(error, folder) from error


def handle(path: Path) -> int:
    """A descriptor of *path* that stays open: made if need be, binary, this user's. OSError."""
    flags = os.O_RDWR | os.O_CREAT | getattr(os, "O_BINARY", 0)
    return _insist(lambda: os.open(path, flags, 0o600))


def pour(source: IO[bytes], target: IO[bytes]) -> None:
    """Write all of *source* into *target* and see to it that it is on the disk."""
    while piece := source.read(_PIECE):
        target.write(piece)
    target.flush()
    os.fsync(target.fileno())


def settle(path: Path) -> None:
    """See to it that every byte of a written file, or every name in a folder, is on the disk."""
    if path.is_dir():
        _settle_folder(path)
        return
    with _insist(lambda: path.open("rb+")) as written:
        os.fsync(written.fileno())


# Naming and removing ---------------------------------------------------------------


def unused(path: Path) -> Path:
    """A short name beside *path* under which it can be written: ours, and nobody else's."""
    return path.with_name(f"~{os.urandom(4).hex()}{_MARK}{place.parted(path.name)[1]}")


def replace(source: Path, target: Path) -> None:
    """Give *source*, a file or a folder, the name *target*; a file that has it goes.

    Raises OSError, and FileBusy when it has stayed barred.
    """
    try:
        _insist(lambda: source.replace(target))
    except OSError as error:
        if _is_held(error) and _may_be_written(target):
            raise FileBusy(path=target) from error
        raise
    with suppress(OSError):  # some file systems cannot sync a folder; the file itself is there
        _settle_folder(target.parent)


def rename(source: Path, target: Path) -> None:
    """Give *source*, a file or a folder, the name *target*, which nothing has.

    Raises FileExistsError, OSError, and FileBusy when it has stayed barred.
    """
    if target.exists():
        raise FileExistsError(errno.EEXIST, os.strerror(errno.EEXIST), str(target))
    try:
        _insist(lambda: source.rename(target))
    except OSError as error:
        if _is_held(error):
            raise FileBusy(path=source) from error
        raise
    with suppress(OSError):  # some file systems cannot sync a folder; the name itself is there
        _settle_folder(target.parent)


def remove(path: Path) -> None:
    """Take a file or a whole folder away; nothing happens where there is none.

    Raises OSError, and FileBusy when it has stayed barred.
    """
    try:
        _insist(lambda: _remove(path), (*_HELD, _NOT_EMPTY))
    except FileNotFoundError:
        return
    except OSError as error:
        if _is_held(error):
            raise FileBusy(path=path) from error
        raise


def clear(path: Path) -> bool:
    """As `remove`, for what nobody needs: False, and a line in the log, where it has to stay."""
    try:
        remove(path)
    except (OSError, FileBusy):
        # Never where: the folder of a packet is called what the review is about.
        _log.warning("could not be removed: %s", path.name if is_unfinished(path) else path.suffix)
        return False
    return True


def clear_now(path: Path) -> None:
    """Take away what can be of *path*, without waiting: what another program has open stays."""
    if path.is_dir() and not path.is_symlink():
        for inside in path.iterdir():
            clear_now(inside)
        with suppress(OSError):
            path.rmdir()
        return
    with suppress(OSError):
        _remove(path)


def clear_empty(folder: Path) -> None:
    """Take *folder* away unless somebody has put something there."""
    with suppress(OSError):  # it is not empty, or not there
        _insist(folder.rmdir)


def sweep(folder: Path, older_than: float = _LEFT_BEHIND) -> None:
    """Remove what an interrupted write of ours left in *folder*, once *older_than* seconds old.

    Zero only where nobody else can be writing: below an office's folder, while it is locked.
    """
    for left in _left_in(folder):
        with suppress(OSError):  # gone meanwhile, or barred: it does no harm
            if time.time() - left.stat().st_mtime >= older_than:
                clear(left)


def is_unfinished(path: Path) -> bool:
    """Whether *path* bears the name of something that is being written, or never was finished."""
    return _OURS.fullmatch(path.name) is not None


@contextmanager
def scratch() -> Iterator[Path]:
    """Yield an empty folder for files that nobody needs afterwards."""
    folder = make_scratch()
    try:
        yield folder
    finally:
        clear(folder)


def scratch_place() -> Path:
    """Where temporary files lie."""
    return Path(tempfile.gettempdir())


def make_scratch(parent: Path | None = None) -> Path:
    """A new empty folder of ours, in *parent* or among the temporary files; `clear` takes it away.

    Raises OSError.
    """
    return Path(tempfile.mkdtemp(prefix=_LIKE_SCRATCH, dir=parent))


def scratches_in(folder: Path) -> list[Path]:
    """The folders in *folder* that `make_scratch` made and nobody has taken away yet."""
    try:
        return [path for path in folder.iterdir() if _is_scratch(path)]
    except OSError:  # there is no such folder, or it cannot be listed: nothing to sweep
        return []


def sweep_scratches() -> None:
    """Remove folders of ours among the temporary files that a day ago nobody took away."""
    for left in scratches_in(scratch_place()):
        with suppress(OSError):  # gone meanwhile
            if time.time() - left.stat().st_mtime >= _FORGOTTEN:
                clear_now(left)


# Saying ----------------------------------------------------------------------------

_GONE = marked("thư mục không còn đó, hoặc ổ đĩa đã bị rút.")
_NO_FOLDER = marked("đây không phải là thư mục.")
_NO_RIGHT = marked("không có quyền ghi ở đó.")
_NO_DRIVE = marked("ổ đĩa không còn đó, có thể đã bị rút.")
_REASONS = marked(
    {
        errno.ENOENT: _GONE,
        **dict.fromkeys((errno.EEXIST, errno.ENOTDIR), _NO_FOLDER),
        errno.EISDIR: "ở đó đã có một thư mục mang tên này.",
        errno.EROFS: "ổ đĩa này chỉ cho đọc (bị khóa ghi).",
        **dict.fromkeys((errno.EACCES, errno.EPERM), _NO_RIGHT),
        errno.ENAMETOOLONG: "đường dẫn quá dài.",
        errno.EIO: "ổ đĩa báo lỗi, có thể đã bị rút.",
        **dict.fromkeys((errno.ENODEV, errno.ENXIO), _NO_DRIVE),
    }
)


def said(error: OSError, path: Path) -> AppError:
    """The sentence for *error* met while writing *path*, a file or a folder."""
    if error.errno in (errno.ENOSPC, errno.EDQUOT):
        return DiskFull(path=path)
    if _is_held(error) and not _is_denied(error):
        return FileBusy(path=path)
    known = _REASONS.get(error.errno or 0) if path.parent.exists() else _GONE
    return TargetGone(path=path, why=known or f"{error.strerror or error}.")


# Inside ----------------------------------------------------------------------------


def _insist(step: Callable[[], T], barred: tuple[int, ...] = _HELD) -> T:
    """Do *step* again and again while another program bars it; raises its last OSError."""
    for pause in _PAUSES:
        try:
            return step()
        except OSError as error:
            if getattr(error, "winerror", None) not in barred:
                raise
        time.sleep(pause)
    return step()


def _is_held(error: OSError) -> bool:
    return getattr(error, "winerror", None) in _HELD


def _is_denied(error: OSError) -> bool:
    """Windows says so of a held file and of a forbidden one alike."""
    return getattr(error, "winerror", None) == _DENIED


def _may_be_written(target: Path) -> bool:
    """Whether it can only be another program that bars *target*: it is there, and not protected."""
    return target.exists() and os.access(target, os.W_OK)


def _private(path: str, flags: int) -> int:
    return os.open(path, flags, 0o600)


def _remove(path: Path) -> None:
    if path.is_dir() and not path.is_symlink():
        if sys.version_info >= (3, 12):
            shutil.rmtree(path, onexc=_freed)
        else:
            shutil.rmtree(path, onerror=lambda step, name, told: _freed(step, name, told[1]))
        return
    try:
        path.unlink()
    except PermissionError as error:
        _freed(os.unlink, str(path), error)


def _freed(step: Callable[..., object], name: str, error: BaseException) -> None:
    """Remove what Windows does not remove because it is marked read-only; else raise *error*."""
    if os.name != "nt" or step is not os.unlink or not isinstance(error, PermissionError):
        raise error
    Path(name).chmod(0o600)
    step(name)


def _is_scratch(path: Path) -> bool:
    is_ours = os.name != "posix" or path.lstat().st_uid == os.getuid()
    return path.name.startswith(_LIKE_SCRATCH) and is_ours and path.is_dir()


def _left_in(folder: Path) -> list[Path]:
    try:
        return [path for path in folder.iterdir() if is_unfinished(path)]
    except OSError:  # there is no such folder, or it cannot be listed: nothing to sweep
        return []


def _settle_folder(path: Path) -> None:
    if os.name != "posix":
        return  # Windows keeps the directory itself; it cannot be opened to be synced
    opened = os.open(path, os.O_RDONLY)
    try:
        os.fsync(opened)
    finally:
        os.close(opened)
