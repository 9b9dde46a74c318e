"""What replaced what: the relations of a regulation, its chain, and what it may replace next."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.models import Party, Regulation, Relation
from app.models.states import NOT_HERE, RegulationState
from app.services.any_kind import records
from app.services.regulation.binding import Parties
from app.services.regulation.regulations import ENDING, ended_on, state_of
from app.text import date_words
from app.words import told


@dataclass(frozen=True)
class ChainLink:
    """A regulation in a replacement chain."""

    id: UUID
    number: str
    signed_on: date | None
    state: str


@dataclass(frozen=True)
class RelationLine:
    """A relation in words; `kind` is the code of it.

    `is_newer` says that this regulation is the newer side, `is_ending` that the older one no
    longer holds for it.
    """

    relation_id: UUID
    other_id: UUID
    other: str
    kind: str
    effective_on: date | None
    articles: str
    note: str
    is_newer: bool
    is_ending: bool


def relations_of(session: Session, regulation_id: UUID) -> list[RelationLine]:
    """The relations to newer and older regulations."""
    links = [
        link
        for link in records.live(session, Relation)
        if regulation_id in (link.regulation_id, link.older_id)
    ]
    others = records.by_id(
        session, Regulation, (i for link in links for i in (link.regulation_id, link.older_id))
    )
    lines = []
    for link in links:
        is_newer = link.regulation_id == regulation_id
        other_id = link.older_id if is_newer else link.regulation_id
        other = others.get(other_id)
        if other is not None and not other.is_live:
            continue
        lines.append(
            RelationLine(
                relation_id=link.id,
                other_id=other_id,
                other=_titled(other),
                kind=link.kind,
                effective_on=link.effective_on,
                articles=link.articles or "",
                note=link.note or "",
                is_newer=is_newer,
                is_ending=link.kind in ENDING,
            )
        )
    return sorted(lines, key=lambda line: (not line.is_newer, line.effective_on or date.min))


def chain_of(session: Session, regulation_id: UUID, *, today: date) -> list[ChainLink]:
    """The regulations that replaced one another up to and from this one, oldest first."""
    older: dict[UUID, set[UUID]] = defaultdict(set)
    newer: dict[UUID, set[UUID]] = defaultdict(set)
    for link in records.live(session, Relation):
        if link.kind in ("replaces", "replaces_partly"):
            older[link.regulation_id].add(link.older_id)
            newer[link.older_id].add(link.regulation_id)
    members = {regulation_id}
    for links in (older, newer):
        waiting = [regulation_id]
        while waiting:
            fresh = links[waiting.pop()] - members
            members |= fresh
            waiting += fresh
    found = [r for r in records.by_id(session, Regulation, members).values() if r.is_live]
    ended = ended_on(session)
    return [
        ChainLink(r.id, r.called(), r.signed_on, state_of(r, today, replaced_on=ended.get(r.id)))
        for r in sorted(found, key=lambda r: r.signed_on or date.max)
    ]


def same_parties(session: Session, parties: Parties, *, today: date) -> list[Regulation]:
    """Live regulations that already bind these very bodies: likely to be replaced."""
    wanted = {*parties.coordinating, *([parties.lead_id] if parties.lead_id else [])}
    if len(wanted) < 2:
        return []
    ended = ended_on(session)
    bound: dict[UUID, set[UUID]] = defaultdict(set)
    for party in records.live(session, Party):
        bound[party.regulation_id].add(party.agency_id)
    alike = [id_ for id_, members in bound.items() if members == wanted]
    return [
        r
        for r in records.by_id(session, Regulation, alike).values()
        if r.is_live and state_of(r, today, replaced_on=ended.get(r.id)) == RegulationState.IN_FORCE
    ]


def _titled(regulation: Regulation | None) -> str:
    if regulation is None:
        return told(NOT_HERE)
    day = date_words(regulation.signed_on, told(" ngày "))
    return f"{regulation.called()}{day}"
