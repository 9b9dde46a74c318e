"""The number of a document, and when two ways of writing it mean the same document.

Offices write "07/2012/TTLT-BCA-BQP", "07-2012-TTLT/BCA-BQP" and "Số: 07 / 2012 / TTLT – BCA-BQP"
for one paper, and "77/NĐ-CP" for 77/2010/NĐ-CP. The number is kept as typed; keys are compared.
"""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass

_DATE = re.compile(r"\b(?:NGAY|NAM|THANG)\b")
_YEAR = re.compile(r"(?:19|20)\d\d")
_TOKEN = re.compile(r"[A-Z0-9]+")
_MARKS = re.compile(r"[\u0300-\u036f]")
_MIDDLE_OF_CENTURY = 45  # "50/96/QĐ-UB" is of 1996; nothing of ours is older than 1945


@dataclass(frozen=True)
class NumberParts:
    """A document's number taken apart.

    `number` is without leading zeros and "" in a draft; `letter` is that of "15a/QĐ-UBND";
    `year` is None where the writer left it out; `symbols` are capitals without marks
    (`("TTLT", "BCA", "BQP")`), in the order written.
    """

    number: str = ""
    letter: str = ""
    year: int | None = None
    symbols: tuple[str, ...] = ()


def number_parts(text: str) -> NumberParts:
    """Take *text* apart, whatever separators it uses. Never raises; a draft has no `number`."""
    plain = _plain(text)
    found = _first_number(plain)
    if found is None:
        return NumberParts(symbols=tuple(_TOKEN.findall(_without_words(plain))))
    number, letter, rest = found
    tokens = _TOKEN.findall(_DATE.split(rest, maxsplit=1)[0])
    year, symbols = _year_and_symbols(tokens)
    return NumberParts(number.lstrip("0") or "0", letter, year, symbols)


def number_key(text: str) -> str:
    """One spelling for all spellings of a number: "7/2012/TTLT-BCA-BQP". "" when there is none."""
    parts = number_parts(text)
    if not parts.number:
        return ""
    pieces = [parts.number + parts.letter.lower()]
    if parts.year:
        pieces.append(str(parts.year))
    if parts.symbols:
        pieces.append("-".join(parts.symbols))
    return "/".join(pieces)


def undated_key(text: str) -> str:
    """`number_key` without the year, to look up papers whose year may have been lost."""
    parts = number_parts(text)
    if not parts.number:
        return ""
    return "/".join(filter(None, (parts.number + parts.letter.lower(), "-".join(parts.symbols))))


def may_be_same(one: str, other: str) -> bool:
    """True when nothing in the two numbers speaks against their being one paper.

    A year missing on one side is no difference; two different years are.
    """
    key = undated_key(one)
    if not key or key != undated_key(other):
        return False
    years = {number_parts(one).year, number_parts(other).year} - {None}
    return len(years) < 2


def _plain(text: str) -> str:
    apart = unicodedata.normalize("NFD", text.upper().replace("Đ", "D").replace("Ð", "D"))
    return _MARKS.sub("", apart)


def _without_words(plain: str) -> str:
    return re.sub(r"\bSO\b", " ", plain)


def _first_number(plain: str) -> tuple[str, str, str] | None:
    """The leading number, its letter and what follows; "190QCPH" is 190 and "QCPH"."""
    found = re.search(r"\d{1,6}(?!\d)", plain)
    if found is None:
        return None
    letter = re.match(r"[A-Z](?![A-Z0-9])", plain[found.end() :])
    if letter:
        return found.group(), letter.group(), plain[found.end() + 1 :]
    return found.group(), "", plain[found.end() :]


def _year_and_symbols(tokens: list[str]) -> tuple[int | None, tuple[str, ...]]:
    for place, token in enumerate(tokens):
        if _YEAR.fullmatch(token):
            return int(token), (*tokens[:place], *tokens[place + 1 :])
    if len(tokens) > 1 and re.fullmatch(r"\d\d", tokens[0]):
        short = int(tokens[0])
        return short + (1900 if short >= _MIDDLE_OF_CENTURY else 2000), tuple(tokens[1:])
    return None, tuple(tokens)
