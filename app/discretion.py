"""What the program writes down about its own faults holds nothing of the office's records.

Nor does it tell who sits at the machine: folders that bear a person's or an office's name are
replaced by a sign, however the path is spelled.
"""

from __future__ import annotations

import logging
import os
import re
import sys
from collections.abc import Iterator
from functools import lru_cache
from pathlib import Path
from urllib.parse import quote

from app import paths

_PARAMETERS = re.compile(r"\[parameters:.*?\]\s*(?=\n|$)", re.DOTALL)
_QUOTED = re.compile(r"'(?:[^'\\\n]|\\.){40,}'|\"(?:[^\"\\\n]|\\.){40,}\"|“[^”\n]{40,}”")
_ELSEWHERE = re.compile(r"'(?:[A-Za-z]:[\\/]|\\\\|/)[^'\n]*'")
"""The name of a file as an OSError says it, in a folder that we know no sign for."""
_IN_A_SENTENCE = re.compile(
    r"(?<![\w\"'])(?:[A-Za-z]:[\\/]|\\\\)(?:[^\\/\n:*?\"<>|]+[\\/])*[^\\/\n:*?\"<>|]*?\.\w{1,8}\b"
)
"""The same as our own sentences say it, up to the ending of the file's name. A traceback's stands
between quotation marks and names the program's files.
"""
_LONG_HEX = re.compile(r"\b[0-9a-fA-F]{32,}\b")
_BETWEEN = r"(?:\\{1,4}|/)"
"""What stands between two parts of a path: doubled in a repr, and twice so in a repr of one."""
_PROFILE = re.compile(
    rf"(?:\b[a-z]:)?{_BETWEEN}(?:users|documents and settings|home){_BETWEEN}"
    rf"(?:[^\\/:*?\"<>|\r\n']+(?={_BETWEEN})|[^\\/\s:*?\"<>|']+)",
    re.IGNORECASE,
)
_NO_NAMES = frozenset({"app", "root", "test", "user"})
"""What may be somebody's name at the machine and stands everywhere in a traceback as well."""
_SHORTEST_NAME = 3
_known: dict[str, str] = {}


def hide(folder: Path, sign: str) -> None:
    """From now on write *sign* ("<SỔ>") for *folder*, whose name says whose it is."""
    _known[str(folder)] = sign
    _spelled.cache_clear()


def redacted(words: str) -> str:
    """*words* without statement parameters, long literals, keys, and people's folders and names."""
    words = _PARAMETERS.sub("[parameters: …]", words)
    words = _QUOTED.sub("'…'", words)
    words = _LONG_HEX.sub("…", words)
    for pattern, sign in _folders():
        words = pattern.sub(sign, words)
    words = _ELSEWHERE.sub("'…'", _PROFILE.sub("~", words))
    words = _IN_A_SENTENCE.sub("…", words)
    name = _own_name()
    return re.sub(rf"(?i)\b{re.escape(name)}\b", "…", words) if name else words


class DiscreetFormatter(logging.Formatter):
    """A line of the log, tracebacks included, redacted."""

    def __init__(self) -> None:
        super().__init__("%(asctime)s %(levelname)s %(name)s %(message)s")

    def format(self, record: logging.LogRecord) -> str:
        """The record as it is written."""
        return redacted(super().format(record))


def _folders() -> list[tuple[re.Pattern[str], str]]:
    """Every folder to be replaced, the deepest first, and what by."""
    named = {**_known, str(paths.home()): "<PHOIHOP>", str(Path.home()): "~"}
    deepest = sorted(named, key=lambda folder: -len(Path(folder).parts))
    return [(pattern, named[folder]) for folder in deepest for pattern in _spelled(folder)]


@lru_cache(maxsize=64)
def _spelled(folder: str) -> tuple[re.Pattern[str], ...]:
    """*folder* as it may be written: either slash, any case, percent signs, Windows' short name."""
    return tuple(_pattern(name) for name in dict.fromkeys(_names(folder)))


def _names(folder: str) -> Iterator[str]:
    for name in (folder, os.path.realpath(folder), _short(folder)):
        if len(re.findall(r"[^\\/]+", name)) > 1:  # never the root of a disk
            yield name


def _pattern(name: str) -> re.Pattern[str]:
    parts = [part for part in re.split(r"[\\/]+", name) if part]
    spelled = [f"(?:{re.escape(part)}|{re.escape(quote(part))})" for part in parts]
    lead = f"{_BETWEEN}?" if name[:1] in "\\/" else r"(?<!\w)"
    return re.compile(f"{lead}{_BETWEEN.join(spelled)}(?![\\w-])", re.IGNORECASE)


def _short(folder: str) -> str:
    """The name of eight letters and three that Windows keeps beside a long one."""
    if sys.platform != "win32":
        return folder
    import ctypes

    kept = ctypes.create_unicode_buffer(1024)
    found = ctypes.windll.kernel32.GetShortPathNameW(folder, kept, len(kept))
    return kept.value if found else folder


def _own_name() -> str:
    """How the machine calls whoever sits at it; empty where it is no name to be taken out."""
    name = next(filter(None, map(os.environ.get, ("USERNAME", "USER", "LOGNAME"))), "")
    is_name = len(name) >= _SHORTEST_NAME and name.lower() not in _NO_NAMES
    return name if is_name else ""
