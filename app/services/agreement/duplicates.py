"""Records that may be one: entered by two offices, or twice by one.

Nothing is merged by itself. A pair on which somebody has decided is not brought up again.
"""

from __future__ import annotations

from collections import defaultdict, deque
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass
from datetime import date
from itertools import combinations
from uuid import UUID

from sqlmodel import Session, col, select

from app.journal import aliases
from app.models import (
    DELETED,
    Agency,
    AgencyName,
    AgencySuccession,
    Alias,
    Exchange,
    LegalDocument,
    Obligation,
    Regulation,
)
from app.models.document_number import may_be_same, number_key, number_parts
from app.services.agreement import naming
from app.services.any_kind import records
from app.text import folded, search_words
from app.words import told

NEAR_DAYS = 31
"""How far apart the dates of two papers with like titles may lie: slips, copies signed later."""
LIKE = 0.8
"""From what share of common words two titles are like each other."""


@dataclass(frozen=True)
class Suspect:
    """Two records that may be one. `is_strong`: everything that identifies them agrees."""

    kind: str
    one: UUID
    other: UUID
    one_name: str
    other_name: str
    why: str
    is_strong: bool


@dataclass(frozen=True)
class _Paper:
    """A regulation or legal document as it is compared."""

    id: UUID
    name: str
    number: str
    key: str
    day: date | None
    issuer: str
    words: frozenset[str]


_Found = Iterator[tuple[UUID, UUID, str, bool]]


def suspects(session: Session, kinds: Iterable[str] | None = None) -> list[Suspect]:
    """Every pair that may be one and has not been judged, the surest first."""
    judged = _judged(session)
    names: dict[UUID, str] = {}
    found: dict[frozenset[UUID], Suspect] = {}
    for kind in kinds or _LOOKED_AT:
        for one, other, why, is_strong in _LOOKED_AT[kind](session, names):
            pair = frozenset((one, other))
            known = found.get(pair)
            if pair in judged or (known is not None and (known.is_strong or not is_strong)):
                continue
            low, high = sorted(pair)
            found[pair] = Suspect(kind, low, high, names[low], names[high], why, is_strong)
    return sorted(found.values(), key=lambda s: (not s.is_strong, s.kind, s.one_name, s.one))


def count(session: Session) -> int:
    """How many pairs wait for a decision."""
    return len(suspects(session))


def _judged(session: Session) -> set[frozenset[UUID]]:
    """The pairs, as they are shown now, on which a verdict stands."""
    shown = aliases.canonical(session.connection())

    def now(record: UUID) -> UUID:
        return UUID(bytes=shown.get(record.bytes, record.bytes))

    return {frozenset((now(a.one_id), now(a.other_id))) for a in records.live(session, Alias)}


def _regulations(session: Session, names: dict[UUID, str]) -> _Found:
    papers = [
        _Paper(
            r.id,
            naming.called(r),
            r.number or "",
            r.number_key,
            r.signed_on,
            "",
            frozenset(search_words(r.abstract)),
        )
        for r in records.live(session, Regulation)
    ]
    return _papers(papers, names)


def _documents(session: Session, names: dict[UUID, str]) -> _Found:
    papers = [
        _Paper(
            d.id,
            naming.called(d),
            d.number,
            d.number_key,
            d.issued_on,
            folded(d.issuer or ""),
            frozenset(search_words(d.abstract or "")),
        )
        for d in records.live(session, LegalDocument)
    ]
    return _papers(papers, names)


def _papers(papers: list[_Paper], names: dict[UUID, str]) -> _Found:
    names.update({paper.id: paper.name for paper in papers})
    for one, other in _of_one_number(papers):
        same_issuer = not one.issuer or not other.issuer or one.issuer == other.issuer
        if one.day == other.day and one.day is not None and same_issuer:
            yield one.id, other.id, told("Cùng số, ký hiệu và cùng ngày."), True
        elif one.day is None or other.day is None:
            yield one.id, other.id, told("Cùng số, ký hiệu; một bên chưa ghi ngày."), False
    for one, other in _near(papers):
        if _are_like(one, other) and not _numbers_differ(one, other):
            yield one.id, other.id, told("Trích yếu gần giống nhau, ngày gần nhau."), False


def _of_one_number(papers: list[_Paper]) -> Iterator[tuple[_Paper, _Paper]]:
    groups: dict[str, list[_Paper]] = defaultdict(list)
    for paper in papers:
        if paper.key:
            groups[paper.key].append(paper)
    for members in groups.values():
        yield from combinations(members, 2)


def _near(papers: list[_Paper]) -> Iterator[tuple[_Paper, _Paper]]:
    """Pairs whose dates lie near each other; a paper without a date is near those called alike."""
    dated = sorted((p for p in papers if p.day is not None), key=lambda p: p.day or date.min)
    waiting: deque[_Paper] = deque()
    for paper in dated:
        while waiting and _days(waiting[0], paper) > NEAR_DAYS:
            waiting.popleft()
        for earlier in waiting:
            yield earlier, paper
        waiting.append(paper)
    alike: dict[frozenset[str], list[_Paper]] = defaultdict(list)
    for paper in papers:
        alike[paper.words].append(paper)
    for members in alike.values():
        yield from (
            (one, other)
            for one, other in combinations(members, 2)
            if one.day is None or other.day is None
        )


def _days(one: _Paper, other: _Paper) -> int:
    return ((other.day or date.max) - (one.day or date.min)).days


def _are_like(one: _Paper, other: _Paper) -> bool:
    together = one.words | other.words
    return len(one.words & other.words) >= LIKE * len(together) and len(together) > 2


def _numbers_differ(one: _Paper, other: _Paper) -> bool:
    """Whether both bear a number, and not the same: a province signs many alike in one week."""
    both = number_parts(one.number).number and number_parts(other.number).number
    return bool(both) and not may_be_same(one.number, other.number)


def _exchanges(session: Session, names: dict[UUID, str]) -> _Found:
    papers = [
        _Paper(
            e.id,
            naming.called(e),
            e.number or "",
            number_key(e.number or ""),
            e.dated_on,
            e.sender_id.hex,
            frozenset(search_words(e.abstract)),
        )
        for e in records.live(session, Exchange)
    ]
    names.update({paper.id: paper.name for paper in papers})
    for one, other in _of_one_number(papers):
        if one.issuer == other.issuer and one.day == other.day:
            yield one.id, other.id, told("Cùng số, ký hiệu, cùng ngày và cùng nơi gửi."), True
    unnumbered = [paper for paper in papers if not paper.key]
    for one, other in _near(unnumbered):
        if one.day == other.day and one.issuer == other.issuer and _are_like(one, other):
            yield one.id, other.id, told("Cùng ngày, cùng nơi gửi, nội dung gần giống nhau."), False


def _bodies(session: Session, names: dict[UUID, str]) -> _Found:
    found = {agency.id: agency for agency in records.live(session, Agency)}
    names.update({id_: agency.name for id_, agency in found.items()})
    former: dict[UUID, set[str]] = defaultdict(set)
    for name in records.live(session, AgencyName):
        former[name.agency_id].add(folded(name.name))
    followed = {
        frozenset((link.agency_id, link.successor_id))
        for link in records.live(session, AgencySuccession)
    }
    for one, other in _bodies_together(list(found.values()), former):
        if frozenset((one.id, other.id)) in followed or not _overlap(one, other):
            continue  # a new body may bear an old name and still be another body
        if folded(one.name) == folded(other.name):
            yield one.id, other.id, told("Cùng tên."), True
        else:
            yield (
                one.id,
                other.id,
                told("Tên này trùng tên viết gọn, chữ viết tắt hoặc tên cũ."),
                False,
            )


def _bodies_together(
    bodies: list[Agency], former: dict[UUID, set[str]]
) -> Iterator[tuple[Agency, Agency]]:
    groups: dict[str, dict[UUID, Agency]] = defaultdict(dict)
    for body in bodies:
        called = {folded(body.name), folded(body.short_name or ""), *former.get(body.id, ())}
        for name in filter(None, called):
            groups[name][body.id] = body
        if body.code and body.place:
            groups[f"{folded(body.code)}\0{folded(body.place)}"][body.id] = body
    for members in groups.values():
        yield from combinations(members.values(), 2)


def _overlap(one: Agency, other: Agency) -> bool:
    starts = max(one.valid_from or date.min, other.valid_from or date.min)
    return starts <= min(one.valid_to or date.max, other.valid_to or date.max)


def _obligations(session: Session, names: dict[UUID, str]) -> _Found:
    groups: dict[tuple[UUID | None, str, UUID], list[UUID]] = defaultdict(list)
    statement = select(
        Obligation.id, Obligation.regulation_id, Obligation.title, Obligation.lead_id
    ).where(col(Obligation.life) != DELETED, col(Obligation.regulation_id).is_not(None))
    for id_, regulation_id, title, lead_id in session.exec(statement):
        groups[(regulation_id, folded(title), lead_id)].append(id_)
    together = [members for members in groups.values() if len(members) > 1]
    found = records.by_id(session, Obligation, (id_ for members in together for id_ in members))
    names.update({id_: obligation.title for id_, obligation in found.items()})
    for members in together:
        for one, other in combinations(members, 2):
            if found[one].recurrence == found[other].recurrence:
                yield one, other, told("Cùng quy chế, cùng tên, chủ trì và thời hạn."), True
            else:
                yield one, other, told("Cùng quy chế, cùng tên và chủ trì."), False


_LOOKED_AT: dict[str, Callable[[Session, dict[UUID, str]], _Found]] = {
    "agency": _bodies,
    "legal_document": _documents,
    "regulation": _regulations,
    "obligation": _obligations,
    "exchange": _exchanges,
}
