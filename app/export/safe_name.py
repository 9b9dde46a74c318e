"""Names that Windows and Excel accept, made from the names offices use."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence

from app.export.wording import printable
from app.text import clean

_SHEET_LIMIT = 31
_FORBIDDEN_IN_SHEETS = re.compile(r"[\[\]:*?/\\]")
_FORBIDDEN_IN_FILES = re.compile(r'[<>:"/\\|?*\x00-\x1f\x7f]')
_DEVICES = re.compile(r"(?:CON|PRN|AUX|NUL|COM[0-9¹²³]|LPT[0-9¹²³])(?=\.|$)", re.IGNORECASE)


def sheet_names(names: Sequence[str], taken: Iterable[str] = ()) -> tuple[str, ...]:
    """A sheet name for each of *names*: legal, at most 31 units, unlike any other and *taken*."""
    used = {name.casefold() for name in (*taken, "History")}  # Excel keeps History for itself
    found = []
    for position, name in enumerate(names, start=1):
        base = clean(_FORBIDDEN_IN_SHEETS.sub("-", printable(name))).strip("' ")
        title = _unused(base or f"Cơ quan {position}", used)
        used.add(title.casefold())
        found.append(title)
    return tuple(found)


def file_name(name: str, suffix: str = "", limit: int = 120) -> str:
    """*name* as a file or folder name that Windows takes, at most *limit* units with *suffix*."""
    tidy = clean(_FORBIDDEN_IN_FILES.sub("-", printable(name).replace("\n", " ")))
    tidy = _at_a_word(tidy, limit - len(suffix)).rstrip(".,;- ").lstrip()
    if not tidy or _DEVICES.match(tidy):
        tidy = shortened(f"_{tidy}", limit - len(suffix))
    return tidy + suffix


def shortened(text: str, limit: int) -> str:
    """*text* cut to *limit* UTF-16 units, which is how Windows and Excel count."""
    while len(text.encode("utf-16-le")) // 2 > limit:
        text = text[:-1]
    return text.rstrip()


def _at_a_word(text: str, limit: int) -> str:
    """*text* within *limit*, cut between two words where one is near."""
    cut = shortened(text, limit)
    if cut == text or text[len(cut)] == " " or " " not in cut[limit // 2 :]:
        return cut
    return cut.rpartition(" ")[0]


def _unused(base: str, used: set[str]) -> str:
    title, number = shortened(base, _SHEET_LIMIT).strip("' "), 1
    while title.casefold() in used:
        number += 1
        tail = f" ({number})"
        title = shortened(base, _SHEET_LIMIT - len(tail)) + tail
    return title
