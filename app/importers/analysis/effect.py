"""What a document does to others and from when: hiệu lực, thay thế, bãi bỏ, sửa đổi."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from app.importers.analysis.forms import type_words
from app.importers.analysis.said_dates import first_date, number_said
from app.importers.lines import CAPITALS
from app.importers.proposal import ProvisionProposal, ReplacedProposal
from app.text import capitalized, folded

_SENTENCE = re.compile(rf"(?<=[.;])\s+(?=[{CAPITALS}])|\n")
_FORCE = re.compile(
    r"(?:có hiệu lực(?: thi hành)?(?:\s+sau\s+\d+[^,;.]{0,20}?ngày(?:\s+làm\s+việc)?,?)?"
    r"|có giá trị(?: thi hành)?|được (?:thực hiện|áp dụng)|thi hành)\s+(?:kể\s+)?từ\s+ngày",
    re.IGNORECASE,
)
_ITSELF = re.compile(r"\b(?:này|nầy)\b")
_FROM_SIGNING = re.compile(r"từ\s+ngày\s+(?:được\s+)?(?:ký|kí|ban hành|thông qua)", re.IGNORECASE)
_VERB = re.compile(r"thay thế|bãi bỏ|hủy bỏ|huỷ bỏ|hết hiệu lực", re.IGNORECASE)
_AMENDING = re.compile(r"^\W*(?:\d+[.)]\s*)?(?:Sửa đổi|Bổ sung|Sửa đổi, bổ sung)\b")
_PARTLY = re.compile(
    r"một phần|\b(?:(?:điều|khoản)\s+\d|điểm\s+[a-zđ]\b|(?:chương|mục)\s+[\divx]+\b)",
    re.IGNORECASE,  # "Điều lệ" is no part of anything
)
# Before a document that is named beside another, not within its title.
_BESIDE = re.compile(r"(?:[,;:.(“\"]|\b(?:và|cùng|với|các|hoặc|cho|theo))\s*$")
_JOINING = re.compile(r"[\s,;.]+(?:và|cùng|các|cho|hoặc)?\s*$")
_NOT_OLDER = re.compile(r"^\s*(?:này|nầy)\b")
_LONGEST = 400  # characters of one document's name
_LONGEST_SENTENCE = 3000  # a list longer than that names no document we could tell apart


@dataclass(frozen=True)
class Effect:
    """When a document takes force (as said, and the day if it can be known) and what it touches."""

    text: str = ""
    on: date | None = None
    replaces: tuple[ReplacedProposal, ...] = ()


def effect_of(
    provisions: Sequence[ProvisionProposal], abstract: str, signed_on: date | None, said: str = ""
) -> Effect:
    """Read force and replacements out of the *provisions*; *said* is what the head already says."""
    sentences = [s for unit in _bodies(provisions) for s in _sentences(unit)]
    text = said or next((s for s in sentences if _FORCE.search(s) and _ITSELF.search(s)), "")
    found = [one for s in sentences for one in _touched(s)]
    if _AMENDING.match(capitalized(abstract)):
        found.extend(_named(abstract, 0, len(abstract), "amends"))
    return Effect(text, _force_day(text, signed_on), _once(found))


def _bodies(provisions: Iterable[ProvisionProposal]) -> Iterable[ProvisionProposal]:
    for unit in provisions:
        if unit.kind != "appendix":
            yield unit
            yield from _bodies(unit.children)


def _sentences(unit: ProvisionProposal) -> list[str]:
    whole = "\n".join(filter(None, (unit.heading, unit.text)))
    sentences = (sentence.strip()[:_LONGEST_SENTENCE] for sentence in _SENTENCE.split(whole))
    return [sentence for sentence in sentences if sentence]


def _force_day(text: str, signed_on: date | None) -> date | None:
    found = _FORCE.search(text)
    if found is None:
        return None
    if _FROM_SIGNING.search(text, found.start()):
        return _days_after(found.group(), signed_on)
    return first_date(text[found.start() : found.end() + 40])


def _days_after(words: str, signed_on: date | None) -> date | None:
    """The day meant by "sau 10 ngày kể từ ngày ký": the day of signing is not counted.

    Bộ luật Dân sự 2015, Điều 147. Working days need the office's calendar, which is not here.
    """
    after = re.search(r"sau\s+(\d{1,3})(?:\s*\([^)]*\))?\s+ngày(?!\s+làm)", words)
    if signed_on is None or "làm việc" in words:
        return None
    return signed_on + timedelta(days=int(after[1])) if after else signed_on


def _touched(sentence: str) -> list[ReplacedProposal]:
    if sentence.startswith(("“", '"')):
        return []
    if _AMENDING.match(sentence):
        return _named(sentence, 0, len(sentence), "amends")
    found: list[ReplacedProposal] = []
    verbs = list(_VERB.finditer(sentence))
    for place, verb in enumerate(verbs):
        end = verbs[place + 1].start() if place + 1 < len(verbs) else len(sentence)
        word = folded(verb.group())
        if word == "het hieu luc":
            start = verbs[place - 1].end() if place else 0
            found += _named(sentence, start, verb.start(), "replaces")
        else:
            kind = "replaces" if word == "thay the" else "repeals"
            found += _named(sentence, verb.end(), end, kind)
    return found


def _named(sentence: str, start: int, end: int, kind: str) -> list[ReplacedProposal]:
    """The documents named in a stretch of a sentence, each with its number or date."""
    types = [t for t in type_words(sentence) if start <= t[0] < end]
    found: list[ReplacedProposal] = []
    named_to = start
    for place, (begin, stop, _) in enumerate(types):
        if begin < named_to:
            continue
        until = _end_of_title(sentence, begin, [t[0] for t in types[place + 1 :]], end)
        piece = _JOINING.sub("", sentence[begin : min(until, begin + _LONGEST)])
        number, day = number_said(piece) or "", first_date(piece)
        if _NOT_OLDER.match(sentence[stop:]) or not (number or day):
            continue
        named_to = until
        before = sentence[max(start, begin - 80) : begin]
        partly = kind in ("replaces", "repeals") and _PARTLY.search(before)
        found.append(ReplacedProposal(piece, number, day, "partly" if partly else kind))
    return found


def _end_of_title(sentence: str, begin: int, following: Sequence[int], end: int) -> int:
    """Where the name of a document ends: its title may name others, "… của Điều lệ Hiệp hội".

    A name that has neither number nor date yet ends at the next, which may be the act it is
    enclosed with.
    """
    for at in following:
        said = sentence[begin:at]
        if _BESIDE.search(said) or not (number_said(said) or first_date(said)):
            return at
    return end


def _once(found: Iterable[ReplacedProposal]) -> tuple[ReplacedProposal, ...]:
    """Each document once: "Quy chế … kèm theo Quyết định số …" names one pair."""
    by_key: dict[tuple[str, date | None], ReplacedProposal] = {}
    for one in found:
        by_key.setdefault((one.number, one.signed_on), one)
    return tuple(by_key.values())
