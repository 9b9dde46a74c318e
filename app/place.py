"""Where a file may lie so that Windows, Word and Excel open it, and what it may be called there.

Every file that leaves the program asks here before anything of it is written, on every system:
files travel. Lengths are UTF-16 units of the whole absolute path, which is how Windows counts.
"""

from __future__ import annotations

import os
import re
import sys
import unicodedata
from collections.abc import Iterable, Iterator, Mapping, Sequence
from itertools import count
from pathlib import Path

from app.errors import NameRefused, PathTooLong
from app.text import clean
from app.words import told

WINDOWS = 259
"""The longest path that Windows takes without a switch in its registry."""
OFFICE = 218
"""The longest that Excel opens. Word opens some 20 to 40 more: one rule for both."""
FOLDER = 247
"""The longest path of a folder that can be made: Windows keeps room for a short name in it."""
MOST_BYTES = 255
"""What Linux gives to one name; a stick is read there too."""
_LONGEST: Mapping[str, int] = dict.fromkeys(
    (".xlsx", ".xlsm", ".xls", ".xlsb", ".csv", ".docx", ".docm", ".doc", ".rtf", ".pptx", ".ppt"),
    OFFICE,
)
_TEMPORARY = len("~1a2b3c4d.dang-ghi")  # and the suffix: a file's name while it is written
_NUMBERED = len(" (99)")
_LEAST = 8  # units of a name that still says something: "Danh mục", "Báo cáo"
_LEAST_FOLDER = 12
_SUFFIX = re.compile(r"\.[A-Za-z0-9]{1,9}$")
_FORBIDDEN = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f\ufdd0-\ufdef\ufffe\uffff]')
_DEVICES = re.compile(
    r"(?:CON|PRN|AUX|NUL|CONIN\$|CONOUT\$|COM[0-9¹²³]|LPT[0-9¹²³]) *(?=\.|$)", re.IGNORECASE
)
_EDGES = ' .<>:"/\\|?*'
_JOINER = "\u200d"


def units(text: str | Path) -> int:
    """How long *text* is as Windows counts."""
    return len(str(text).encode("utf-16-le", "surrogatepass")) // 2


def longest(suffix: str) -> int:
    """The longest path of a file that ends in *suffix*."""
    return _LONGEST.get(suffix.lower(), WINDOWS)


def legal(name: str) -> str:
    """*name* as Windows takes it for a file or folder: nothing forbidden, no device, NFC."""
    tidy = _FORBIDDEN.sub("-", clean(name).strip(_EDGES))
    tidy = unicodedata.normalize("NFC", tidy).strip(" .")
    return f"_{tidy}" if not tidy or _DEVICES.match(tidy) else tidy


def parted(name: str) -> tuple[str, str]:
    """Stem and suffix of a file's *name*; what is no plain suffix belongs to the stem."""
    found = _SUFFIX.search(name)
    return (name[: found.start()], found.group()) if found and found.start() else (name, "")


def cut(text: str, most: int, most_bytes: int = MOST_BYTES) -> str:
    """The beginning of *text* in at most *most* units, ending with a word where a blank is near.

    It never ends inside a letter and its marks.
    """
    kept = beginning(text, most, most_bytes)
    if kept == text:
        return text
    if text[len(kept)] != " " and " " in kept[len(kept) // 2 :]:
        kept = kept.rpartition(" ")[0]
    return kept.rstrip(" .,;:-")


def beginning(text: str, most: int, most_bytes: int = sys.maxsize) -> str:
    """As many whole letters of *text*, each with its marks, as fit in *most* units."""
    end = 0
    for letter in _letters(text):
        most -= units(letter)
        most_bytes -= len(letter.encode("utf-8", "surrogatepass"))
        if most < 0 or most_bytes < 0:
            break
        end += len(letter)
    return text[:end]


def fit(
    folder: Path, name: str, suffix: str = "", *, ending: str = "", taken: Iterable[str] = ()
) -> Path:
    """The path in *folder* for a file called *name*: short enough, unlike what lies there.

    *ending* stays at the end of a name that is shortened (a date, a number); *taken* are names
    that the caller gives to others. Raises PathTooLong where the folder itself is too deep.
    """
    above = _above(folder)
    room = longest(suffix) - above - units(suffix)
    least = min(_LEAST, units(legal(name))) + units(ending) + _NUMBERED
    over = max(least - room, above + _TEMPORARY + units(suffix) - WINDOWS)
    if over > 0:
        raise _too_long(folder, name + ending + suffix, suffix, over)
    return folder / _unused(name, suffix, room, ending, (*taken, *_lying_in(folder)))


def fit_folder(
    out: Path, name: str, files: Sequence[tuple[str, str]]
) -> tuple[Path, tuple[str, ...]]:
    """A folder to be made in *out*, unlike what lies there, and names for *files* (stem, suffix).

    The folder's name is shortened first. Raises PathTooLong where *out* itself is too deep.
    """
    above = _above(out)
    rooms = [longest(suffix) - above - 1 - units(suffix) - _NUMBERED for _stem, suffix in files]
    shares = [(room, units(legal(stem))) for room, (stem, _) in zip(rooms, files, strict=True)]
    most = min(FOLDER - above, *(room - stem for room, stem in shares)) - _NUMBERED
    base = _stem(name, max(most, min(_LEAST_FOLDER, units(legal(name)))), MOST_BYTES - _NUMBERED)
    cost = max(units(base) + _NUMBERED, _TEMPORARY)
    over = max(above + cost - FOLDER, *(cost + min(_LEAST, s) - room for room, s in shares))
    if over > 0:
        stem, suffix = files[0]
        raise _too_long(out, stem + suffix, suffix, over)
    folder = _unused(base, "", units(base) + _NUMBERED, "", _lying_in(out))
    names: list[str] = []
    for (stem, suffix), room in zip(files, rooms, strict=True):
        names.append(_unused(stem, suffix, room + _NUMBERED - cost, "", names))
    return out / folder, tuple(names)


def check(path: Path) -> None:
    """Refuse a *path* that somebody chose and that Windows, Word or Excel could not open.

    Raises PathTooLong, or NameRefused for a name that Windows takes for something else.
    """
    if _FORBIDDEN.search(path.name) or _DEVICES.match(path.name) or path.name[-1:] in (" ", "."):
        raise NameRefused(path=path.name)
    above, (_, suffix) = _above(path.parent), parted(path.name)
    over = max(
        above + units(path.name) - longest(suffix),
        above + _TEMPORARY + units(suffix) - WINDOWS,
        len(os.fsencode(path.name)) - MOST_BYTES,
    )
    if over > 0:
        raise _too_long(path.parent, path.name, suffix, over)


def need_room(folder: Path, longest_in_it: Path, called: str) -> None:
    """Raise PathTooLong that names *folder* where the longest file to come in it does not fit."""
    suffix = longest_in_it.suffix
    over = units(os.path.abspath(longest_in_it)) - longest(suffix)  # noqa: PTH100 - as in _above
    if over > 0:
        raise _too_long(folder, called, suffix, over)


def _unused(name: str, suffix: str, room: int, ending: str, taken: Iterable[str]) -> str:
    """*name* in *room* units without its suffix, numbered until it is none of *taken*."""
    used = {_key(other) for other in taken}
    for number in count(1):
        numbered = f" ({number})" if number > 1 else ""
        tail = ending + numbered + suffix
        kept = units(ending) + max(_NUMBERED, units(numbered))
        most_bytes = MOST_BYTES - _NUMBERED - len(tail.encode())
        made = _stem(name, room - kept, most_bytes) + tail
        if _key(made) not in used:
            return made
    raise AssertionError  # count() has no end


def _stem(name: str, most: int, most_bytes: int) -> str:
    """*name* made legal within *most* units; what is left of it may be a device's name again."""
    kept = cut(legal(name), most, most_bytes)
    if kept and not _DEVICES.match(kept):
        return kept
    return f"_{cut(legal(name).lstrip('_'), most - 1, most_bytes - 1)}"


def _letters(text: str) -> Iterator[str]:
    """Each letter of *text* with the marks that belong to it."""
    start = 0
    for at in range(1, len(text)):
        if not _joins(text[at - 1], text[at]):
            yield text[start:at]
            start = at
    yield text[start:]


def _joins(before: str, after: str) -> bool:
    is_mark = unicodedata.category(after).startswith("M")
    return is_mark or _JOINER in (before, after) or "\U0001f3fb" <= after <= "\U0001f3ff"


def _key(name: str) -> str:
    """What two names have in common that a Windows disk or a stick takes for one."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def _above(folder: Path) -> int:
    """The units of a path in *folder* that stand before the name."""
    whole = os.path.abspath(folder)  # noqa: PTH100 - Path.absolute keeps ".."
    return units(whole) + (not whole.endswith(("/", "\\")))


def _lying_in(folder: Path) -> Iterable[str]:
    try:
        return os.listdir(folder)  # noqa: PTH208 - names alone
    except OSError:
        return ()  # not there yet, or the writing will say what is wrong with it


def _too_long(folder: Path, name: str, suffix: str, over: int) -> PathTooLong:
    most = longest(suffix)
    reader = told("Excel và Word") if most == OFFICE else "Windows"
    return PathTooLong(path=folder, name=name, over=over, most=most, reader=reader)
