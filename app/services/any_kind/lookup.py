"""Find one record by what a clerk calls it: an id, the start of one, a number, a name, a title.

Nothing is ever guessed: what fits more than one record is refused, with the candidates.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from datetime import date
from typing import TypeVar, overload
from uuid import UUID

from sqlmodel import Session, col

from app.errors import Refused
from app.journal import aliases
from app.kinds import CARDS, Card
from app.models import (
    MODELS,
    Agency,
    AgencyName,
    Conclusion,
    LegalDocument,
    Obligation,
    Provision,
    Record,
    Regulation,
    Review,
)
from app.models.document_number import may_be_same, number_key, number_parts
from app.models.regulation import PROVISION_KINDS
from app.services.any_kind import climbing, records
from app.services.any_kind.kinds import LISTED
from app.text import clean, folded, search_words
from app.words import told

_SHORTEST_PREFIX = 4
_MOST_NAMED = 5
_HEX = re.compile(r"[0-9a-f-]+")
_STEP = re.compile(rf"({'|'.join(folded(word) for word in PROVISION_KINDS.values())})\s+(\w+)")

Found = list[Record]
R = TypeVar("R", bound=Record)


@overload
def find(session: Session, kind: type[R], text: str, *, today: date) -> R: ...
@overload
def find(session: Session, kind: Card, text: str, *, today: date) -> Record: ...
def find(session: Session, kind: Card | type[Record], text: str, *, today: date) -> Record:
    """The one live record of *kind*, its card or its model, that *text* names.

    `HỘI NGHỊ#2` is the second conclusion of that review.

    Raises Refused when there is none or more than one. Among bodies of one name the one at work
    on *today* is meant.
    """
    return _find(session, kind if isinstance(kind, Card) else CARDS[kind.ENTITY], text, today)


def _find(session: Session, kind: Card, text: str, today: date) -> Record:
    wanted = clean(text)
    if not wanted:
        raise Refused(
            why=told("Chưa nêu {word} nào. Ghi mã, số hiệu hoặc tên.", word=told(kind.word).lower())
        )
    whole = _as_id(wanted)
    if whole is not None:
        record = session.get(
            MODELS[kind.entity], UUID(bytes=aliases.resolve(session.connection(), whole.bytes))
        )
        return _only(kind, wanted, [record] if record is not None and record.is_live else [], today)
    title, mark, ordinal = wanted.rpartition("#")
    if kind.entity == "conclusion" and mark and ordinal.strip().isdecimal():
        review = find(session, Review, title, today=today)
        return find_conclusion(session, review.id, int(ordinal))
    everything = records.live(session, MODELS[kind.entity])
    for search in _searches(session, kind):
        found = search(everything, wanted)
        if found:
            return _only(kind, wanted, found, today)
    return _only(kind, wanted, [], today)


def find_several(session: Session, kind: Card, text: str, *, today: date) -> tuple[UUID, ...]:
    """The records that *text* lists, split at semicolons or else commas.

    A name may hold a comma itself ("Sở Văn hóa, Thể thao và Du lịch"): the longest stretch that
    names a record is taken. Raises Refused for the first piece that names none.
    """
    if ";" in text:
        pieces = [piece for piece in text.split(";") if clean(piece)]
        return _ids(find(session, kind, piece, today=today) for piece in pieces)
    pieces = [piece for piece in text.split(",") if clean(piece)]
    found: Found = []
    while pieces:
        length, record = _longest(session, kind, pieces, today)
        found.append(record)
        pieces = pieces[length:]
    return _ids(found)


def find_provision(session: Session, regulation_id: UUID, text: str) -> Provision:
    """The provision of a regulation cited as "khoản 2 Điều 5" or "Điều 5". Raises Refused."""
    provisions = records.live(session, Provision, col(Provision.regulation_id) == regulation_id)
    steps = [(kind, number) for kind, number in _STEP.findall(folded(text))]
    found = [p for p in provisions if steps and _is_cited(p, steps, provisions)]
    return _only(LISTED["provision"], clean(text), found, date.max)


def find_conclusion(session: Session, review_id: UUID, ordinal: int) -> Conclusion:
    """A review's conclusion by its number. Raises Refused."""
    known = records.live(session, Conclusion, col(Conclusion.review_id) == review_id)
    found = [conclusion for conclusion in known if conclusion.ordinal == ordinal]
    return _only(LISTED["conclusion"], f"#{ordinal}", found, date.max)


def obligations_of(session: Session, agency_id: UUID) -> list[UUID]:
    """The live obligations that a body leads or takes part in."""
    return [
        obligation.id
        for obligation in records.live(session, Obligation)
        if agency_id == obligation.lead_id or agency_id in obligation.coordinating
    ]


def _longest(
    session: Session, kind: Card, pieces: Sequence[str], today: date
) -> tuple[int, Record]:
    for length in range(len(pieces), 1, -1):
        try:
            return length, find(session, kind, ",".join(pieces[:length]), today=today)
        except Refused:
            continue
    return 1, find(session, kind, pieces[0], today=today)


def _ids(found: Iterable[Record]) -> tuple[UUID, ...]:
    return tuple(dict.fromkeys(record.id for record in found))


def _as_id(text: str) -> UUID | None:
    try:
        return UUID(text)
    except ValueError:
        return None


Search = Callable[[Found, str], Found]


def _searches(session: Session, kind: Card) -> list[Search]:
    """The ways to look, the surest first."""
    named: dict[str, list[Search]] = {
        "agency": [_by_present_name, lambda _, text: _by_former_name(session, text)],
        "conclusion": [_by_ordinal],
    }
    titled: list[Search] = [
        lambda found, text: [r for r in found if folded(kind.cited(r)) == folded(text)],
        _by_prefix,
        lambda found, text: [r for r in found if folded(text) in folded(_whole_name(kind, r))],
        lambda found, text: [r for r in found if _says(kind, r, search_words(text))],
    ]
    numbered: list[Search] = [_by_number] if kind.is_numbered else []
    return [*named.get(kind.entity, numbered), *titled]


def _by_present_name(everything: Found, text: str) -> Found:
    wanted = folded(text)
    return [a for a in everything if isinstance(a, Agency) and wanted in _names_of(a)]


def _names_of(agency: Agency) -> set[str]:
    return {folded(name) for name in (agency.name, agency.short_name, agency.code) if name}


def _by_former_name(session: Session, text: str) -> Found:
    wanted = folded(text)
    bearers = {
        name.agency_id
        for name in records.live(session, AgencyName)
        if wanted in (folded(name.name), folded(name.short_name or "\0"))
    }
    return [a for a in records.by_id(session, Agency, bearers).values() if a.is_live]


def _by_number(everything: Found, text: str) -> Found:
    """By the whole number, else with the year left out, else by the bare number alone."""
    numbered = [r for r in everything if isinstance(r, Regulation | LegalDocument) and r.number]
    key, parts = number_key(text), number_parts(text)
    exact = [r for r in numbered if key and number_key(r.number or "") == key]
    # "BM-1/QC" and "TH-1/QC" have one key: what is typed letter for letter is meant.
    said = folded(clean(text))
    exact = [r for r in exact if folded(clean(r.number or "")) == said] or exact
    alike = exact or [r for r in numbered if may_be_same(r.number or "", text)]
    if alike or not text.strip().isdecimal():
        return list(alike)
    return [r for r in numbered if number_parts(r.number or "").number == parts.number]


def _by_ordinal(everything: Found, text: str) -> Found:
    """A conclusion by its number, as long as one review alone is meant."""
    return [r for r in everything if _is_numbered(r, text)]


def _is_numbered(record: Record, text: str) -> bool:
    return isinstance(record, Conclusion) and text.isdecimal() and record.ordinal == int(text)


def _by_prefix(everything: Found, text: str) -> Found:
    plain = text.lower()
    if len(plain) < _SHORTEST_PREFIX or not _HEX.fullmatch(plain):
        return []
    start = plain.replace("-", "")
    return [r for r in everything if r.id.hex.startswith(start)]


def _says(kind: Card, record: Record, words: list[str]) -> bool:
    """Whether the record's name holds every word, in any order."""
    said = set(search_words(_whole_name(kind, record)))
    return bool(words) and said.issuperset(words)


def _whole_name(kind: Card, record: Record) -> str:
    return " ".join((kind.cited(record), *(str(getattr(record, n)) for n in kind.known_by)))


def _is_at_work(body: Record, today: date) -> bool:
    end = body.valid_to if isinstance(body, Agency) else None
    return end is None or end >= today


def _only(kind: Card, text: str, found: Sequence[R], today: date) -> R:
    if kind.entity == "agency" and len(found) > 1:
        at_work = [a for a in found if _is_at_work(a, today)]
        found = at_work if len(at_work) == 1 else found
    if len(found) == 1:
        return found[0]
    word = told(kind.word).lower()
    if not found:
        raise Refused(
            why=told(
                "Không tìm thấy {word} “{text}”. Xem danh sách bằng: list {entity}",
                word=word,
                text=text,
                entity=kind.entity,
            )
        )
    named = "; ".join(f"{kind.cited(r)} ({r.id})" for r in found[:_MOST_NAMED])
    more = "; …" if len(found) > _MOST_NAMED else ""
    raise Refused(
        why=told(
            "Có {count} bản ghi {word} hợp với “{text}”: {named}{more}. Ghi rõ mã của một bản ghi.",
            count=len(found),
            word=word,
            text=text,
            named=named,
            more=more,
        )
    )


def _is_cited(provision: Provision, steps: list[tuple[str, str]], among: list[Provision]) -> bool:
    """Whether walking up from *provision* meets every step; the first step is itself."""
    by_id = {each.id: each for each in among}
    first, *onward = sorted(steps, key=lambda step: -_depth(step[0]))
    if _step_of(provision) != first:
        return False
    way = climbing.upward(provision.id, lambda id_: by_id[id_].parent_id if id_ in by_id else None)
    above = {_step_of(by_id[id_]) for id_ in way if id_ in by_id and id_ != provision.id}
    return above.issuperset(onward)


def _step_of(provision: Provision) -> tuple[str, str]:
    return folded(PROVISION_KINDS.get(provision.kind, "")), folded(provision.number)


def _depth(word: str) -> int:
    return [folded(name) for name in PROVISION_KINDS.values()].index(word)
