"""One copy of Microsoft's C++ runtime, the newest of those that packages bring.

A process loads a library of a name once. Python, Qt and shiboken each bring theirs, and if the
oldest is found first, what was compiled for a newer one fails: on somebody's machine, not on ours.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from pathlib import Path

Entry = tuple[str, str, str]  # where to, where from, kind: as PyInstaller lists files
Version = tuple[int, ...]
_RUNTIME = re.compile(r"(vcruntime|msvcp|concrt)140(_\w+)?\.dll", re.IGNORECASE)


def one_runtime(
    entries: Sequence[Entry], version_of: Callable[[Path], Version] | None = None
) -> list[Entry]:
    """*entries* with each library of the runtime once, beside Python's own, where all look."""
    read = version_of or file_version
    newest: dict[str, Entry] = {}
    for entry in entries:
        name = _plain_name(entry)
        if _RUNTIME.fullmatch(name):
            known = newest.get(name)
            if known is None or read(Path(entry[1])) > read(Path(known[1])):
                newest[name] = entry
    others = [entry for entry in entries if not _RUNTIME.fullmatch(_plain_name(entry))]
    return [*others, *((name, source, kind) for name, (_, source, kind) in newest.items())]


def file_version(path: Path) -> Version:
    """The version that a Windows library says of itself."""
    import pefile  # only where a Windows program is packed

    with pefile.PE(str(path), fast_load=True) as library:
        library.parse_data_directories([pefile.DIRECTORY_ENTRY["IMAGE_DIRECTORY_ENTRY_RESOURCE"]])
        told = library.VS_FIXEDFILEINFO[0]
        halves = (told.FileVersionMS, told.FileVersionLS)
        return tuple(part for half in halves for part in (half >> 16, half & 0xFFFF))


def _plain_name(entry: Entry) -> str:
    return entry[0].replace("\\", "/").rpartition("/")[2].lower()
