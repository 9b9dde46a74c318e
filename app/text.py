"""How the office's language is written, ordered and searched."""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Iterable
from datetime import date, datetime
from functools import lru_cache

_ALPHABET = "aăâbcdđeêfghijklmnoôơpqrstuưvwxyz"
_TONES = "\u0300\u0309\u0303\u0301\u0323"  # huyền, hỏi, ngã, sắc, nặng: dictionary order
_PLAIN = str.maketrans("ăâđêôơư", "aadeoou")
_BLANKS = "\u00a0\u2007\u202f\u2009\u200a\u2002\u2003\u3000\t\x0b\x0c\r\n"
_UNSEEN = "\u200b\u200c\u200d\u2060\ufeff\u00ad\u200e\u200f\u202a\u202b\u202c\u202d\u202e\ufffe"
_SPACES = {ord(c): " " for c in _BLANKS}
_TO_DROP = {ord(c): None for c in _UNSEEN} | dict.fromkeys((*range(9), *range(14, 32), 127))
_SHORT = 24  # letters of a token that is likely to come again
_WORDS = re.compile(r"[^\W\d_]+|\d+")


def clean(text: str) -> str:
    """*text* as we store one line of it: NFC, single spaces, nothing invisible."""
    return " ".join(_visible(text).translate(_SPACES).split())


def clean_lines(text: str) -> str:
    """*text* as we store several lines of it: NFC, one kind of line end, nothing invisible."""
    lines = _visible(text).replace("\r\n", "\n").replace("\r", "\n").replace("\x0b", "\n")
    return "\n".join(
        " ".join(line.translate(_SPACES).split()) for line in lines.split("\n")
    ).strip()


def folded(text: str) -> str:
    """*text* as a hurried clerk types it: no case, no tones, no hooks (`Đà Nẵng` -> `da nang`)."""
    return _composed(text).translate(_FOLD)


def search_words(text: str) -> list[str]:
    """The words of *text* for the search index and for a query alike.

    Letters and digits part company, so "190/QCPH", "190 - qcph" and "190QCPH" are the same two
    words; "hòa" and "hoà" are the same one.
    """
    words: list[str] = []
    for token in text.split():
        words += _words_of(token) if len(token) <= _SHORT else _WORDS.findall(folded(token))
    return words


@lru_cache(maxsize=1 << 14)  # some six thousand syllables, with or without a comma
def _words_of(token: str) -> tuple[str, ...]:
    """The words between two blanks: what is folded and what is a word never depends on more."""
    return tuple(_WORDS.findall(folded(token)))


def shortened(text: str, most: int) -> str:
    """*text* in at most *most* characters, cut after a whole word with "…"."""
    if len(text) <= most:
        return text
    kept = text[: most - 1]
    whole = kept if text[most - 1] == " " else kept.rpartition(" ")[0] or kept
    return whole.rstrip(" ,.;:") + "…"


def quoted(words: object, most: int = 60) -> str:
    """*words* on one line in quotation marks, as a label of a change can hold them."""
    return f"“{shortened(' '.join(str(words or '').split()), most)}”"


def nth_words(ordinal: int, last: int = 0) -> str:
    """How the *ordinal*-th of a row is called out: "Một là", …; the *last* one "Và năm là"."""
    word = _NUMBERS[ordinal - 1] if 0 < ordinal <= len(_NUMBERS) else f"thứ {ordinal}"
    return f"Và {word} là" if 1 < ordinal == last else f"{capitalized(word)} là"


_NUMBERS = ("một", "hai", "ba", "bốn", "năm", "sáu", "bảy", "tám", "chín", "mười")


def listed(words: Iterable[str], before_last: str = " và ") -> str:
    """Words as a sentence lists them: "a, b và c"; blank ones are left out."""
    *most, last = [*filter(None, words)] or [""]
    return f"{', '.join(most)}{before_last}{last}" if most else last


def capitalized(text: str) -> str:
    """*text* with its first letter large and the others as they are."""
    return text[:1].upper() + text[1:]


def date_words(day: date | None, lead: str = "") -> str:
    """*day* as offices write it behind *lead*, "từ 05/03/2026"; nothing for no day."""
    # strftime takes four times as long, and lists have many days.
    return f"{lead}{day.day:02}/{day.month:02}/{day.year:04}" if day is not None else ""


def moment_words(at: datetime | None, *, seconds: bool = False) -> str:
    """Day and minute of *at*, 05/03/2026 14:30, with *seconds* its second; nothing for None."""
    if at is None:
        return ""
    return f"{date_words(at)} {at:%H:%M:%S}" if seconds else f"{date_words(at)} {at:%H:%M}"


def clock_words(at: datetime) -> str:
    """*at* as it follows "lúc" in a sentence: 14:30 05/03/2026."""
    return f"{at:%H:%M} {date_words(at)}"


def span_words(first: date | None, last: date | None) -> str:
    """Two days and what lies between, 05/03/2026 – 10/03/2026; nothing unless both are known."""
    return f"{date_words(first)} – {date_words(last)}" if first and last else ""


@lru_cache(maxsize=1 << 15)  # lists are sorted anew after every change, their words the same
def collated(text: str) -> str:
    """A key that puts *text* in Vietnamese dictionary order; tones decide only between equals.

    Numbers count as numbers: "Điện 9" stands before "Điện 10".
    """
    composed = _NUMBER.sub(lambda m: m.group().zfill(12), _composed(text))
    return f"{composed.translate(_RANK)}\0{composed.translate(_TONE)}"


_NUMBER = re.compile(r"\d{1,11}")


def _visible(text: str) -> str:
    whole = text.encode("utf-16", "surrogatepass").decode("utf-16", "replace")
    return unicodedata.normalize("NFC", whole).translate(_TO_DROP)


def _composed(text: str) -> str:
    return unicodedata.normalize("NFC", text).casefold()


def _letters() -> dict[str, tuple[str, str]]:
    """Every letter that may carry a tone, with its toneless self and the tone's rank."""
    found = {letter: (letter, "") for letter in _ALPHABET}
    for letter in "aăâeêioôơuưy":
        for rank, tone in enumerate(_TONES, start=1):
            found[unicodedata.normalize("NFC", letter + tone)] = (letter, str(rank))
    return found


_FOLD = {ord(c): letter.translate(_PLAIN) for c, (letter, _) in _letters().items()}
_RANK = {ord(c): chr(0x100 + _ALPHABET.index(letter)) for c, (letter, _) in _letters().items()}
_TONE = {ord(c): tone or None for c, (_, tone) in _letters().items()}
