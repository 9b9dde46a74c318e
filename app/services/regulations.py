"""Regulations: the register, entering one whole, its parties, basis and replacement chain."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date
from typing import Any
from uuid import UUID

from sqlmodel import Session, col

from app.errors import InvalidFields, Refused
from app.models import LegalBasis, LegalDocument, Party, Regulation, Relation
from app.models.document_number import number_key
from app.models.handling import is_secret
from app.models.regulation import REGULATION_FORMS
from app.services import agencies, records

ENDING = ("replaces", "repeals")
"""Relations after which the older regulation no longer holds."""


@dataclass(frozen=True)
class RegulationRow:
    """A line of the register of regulations."""

    id: UUID
    number: str
    form: str
    abstract: str
    field_of_work: str
    lead: str
    partners: str
    agencies: tuple[str, ...]
    signed_on: date | None
    effective_on: date | None
    expires_on: date | None
    state: str
    reasons: int
    is_mine: bool
    is_secret: bool


@dataclass(frozen=True)
class PartyLine:
    """A party in words. `signed_as` differs from `name` when the body has since been renamed."""

    party_id: UUID
    agency_id: UUID
    role: str
    name: str
    signed_as: str


@dataclass(frozen=True)
class ChainLink:
    """A regulation in a replacement chain."""

    id: UUID
    number: str
    signed_on: date | None
    state: str


@dataclass(frozen=True)
class RelationLine:
    """A relation in words. `is_newer` says that this regulation is the newer side."""

    relation_id: UUID
    other_id: UUID
    other: str
    kind: str
    effective_on: date | None
    articles: str
    is_newer: bool


@dataclass(frozen=True)
class Parties:
    """Who is bound, as a form gives it."""

    lead_id: UUID | None = None
    coordinating: Sequence[UUID] = ()
    basis: Sequence[UUID] | None = None
    replaces: Sequence[UUID] | None = None
    extra: Mapping[str, Any] = field(default_factory=dict)


def rows(
    session: Session,
    *,
    today: date,
    mine: Iterable[UUID] = (),
    stale: Mapping[UUID, int] | None = None,
) -> list[RegulationRow]:
    """Every live regulation, the newest first; *stale* counts the reasons to review each."""
    found = records.live(session, Regulation)
    names = agencies.called(session)
    bound = _parties(session)
    ended = ended_on(session, found)
    own = frozenset(mine)
    reasons = stale or {}
    listed = [
        _row(
            regulation,
            bound.get(regulation.id, []),
            names,
            state_of(
                regulation,
                today,
                replaced_on=ended.get(regulation.id),
                is_stale=reasons.get(regulation.id, 0) > 0,
            ),
            is_mine=any(p.agency_id in own for p in bound.get(regulation.id, [])),
            reasons=reasons.get(regulation.id, 0),
        )
        for regulation in found
    ]
    return sorted(listed, key=lambda row: row.signed_on or date.max, reverse=True)


def state_of(
    regulation: Regulation, today: date, *, replaced_on: date | None, is_stale: bool = False
) -> str:
    """The word for where the regulation stands on *today*."""
    if regulation.standing == "draft":
        return "Dự thảo"
    if regulation.standing == "repealed":
        return "Đã bị bãi bỏ"
    if replaced_on is not None and replaced_on <= today:
        return "Đã bị thay thế"
    if regulation.standing == "ended" or (regulation.ended_on and regulation.ended_on <= today):
        return "Đã kết thúc"
    if regulation.expires_on is not None and regulation.expires_on < today:
        return "Hết thời hạn"
    return "Cần rà soát" if is_stale else "Còn hiệu lực"


def last_day(regulation: Regulation, replaced_on: date | None) -> date | None:
    """The first day on which the regulation no longer creates duties; None while it holds."""
    days = [day for day in (replaced_on, regulation.ended_on) if day is not None]
    if regulation.expires_on is not None:
        days.append(regulation.expires_on)
    if regulation.standing in ("repealed", "ended") and not days and regulation.signed_on:
        days.append(regulation.signed_on)
    return min(days) if days else None


def ended_on(session: Session, among: Sequence[Regulation] | None = None) -> dict[UUID, date]:
    """The day from which each replaced or repealed regulation is so."""
    known = {r.id: r for r in (among if among is not None else records.live(session, Regulation))}
    found: dict[UUID, date] = {}
    for relation in records.live(session, Relation):
        newer = known.get(relation.regulation_id)
        if relation.kind not in ENDING or newer is None or newer.standing == "draft":
            continue
        day = relation.effective_on or newer.effective_on or newer.signed_on or date.min
        found[relation.older_id] = min(day, found.get(relation.older_id, day))
    return found


def enter(session: Session, values: Mapping[str, Any], parties: Parties) -> Regulation:
    """Enter a regulation with its parties, basis and what it replaces.

    Raises InvalidFields, also for a number and date that the register already has.
    """
    _refuse_duplicate(session, values, None)
    _refuse_without_parties(values, parties)
    regulation: Regulation = records.enter(session, "regulation", dict(values))
    bind(session, regulation.id, parties)
    return regulation


def revise(
    session: Session, regulation_id: UUID, values: Mapping[str, Any], parties: Parties | None
) -> Regulation:
    """Change a regulation and, with *parties*, who and what it is bound to."""
    _refuse_duplicate(session, values, regulation_id)
    if parties is not None:
        _refuse_without_parties(values, parties)
    regulation: Regulation = records.revise(session, "regulation", regulation_id, dict(values))
    if parties is not None:
        bind(session, regulation_id, parties)
    return regulation


def bind(session: Session, regulation_id: UUID, parties: Parties) -> None:
    """Make the regulation's parties, basis and replaced regulations exactly what is given."""
    wanted = {(agency, "coordinating") for agency in parties.coordinating}
    if parties.lead_id is not None:
        wanted.add((parties.lead_id, "lead"))
    _bind_parties(session, regulation_id, wanted)
    if parties.basis is not None:
        _bind_basis(session, regulation_id, parties.basis)
    if parties.replaces is not None:
        _bind_replaced(session, regulation_id, parties.replaces)


def relate(session: Session, values: Mapping[str, Any]) -> Relation:
    """Link a newer regulation to an older one. Raises Refused where the chain would be a ring."""
    newer, older = values.get("regulation_id"), values.get("older_id")
    if isinstance(newer, UUID) and isinstance(older, UUID) and newer in _older_than(session, older):
        raise Refused(
            why="Không ghi được quan hệ này: quy chế cũ lại thay thế quy chế mới theo chuỗi đã có."
        )
    kind = str(values.get("kind", "replaces"))
    id_ = (
        Relation.id_for(newer, older, kind)
        if isinstance(newer, UUID) and isinstance(older, UUID)
        else None
    )
    relation: Relation = records.enter(session, "relation", dict(values), id=id_)
    return relation


def parties_of(session: Session, regulation_id: UUID) -> list[PartyLine]:
    """The parties, the lead first, each under the name it signed under."""
    regulation = records.get(session, Regulation, regulation_id)
    order = {"lead": 0, "coordinating": 1, "standing": 2, "focal": 3}
    lines = []
    for party in records.live(session, Party, col(Party.regulation_id) == regulation_id):
        name = agencies.name_on(session, party.agency_id, None)
        then = party.name_as_signed or agencies.name_on(
            session, party.agency_id, regulation.signed_on
        )
        lines.append(PartyLine(party.id, party.agency_id, party.role, name, then))
    return sorted(lines, key=lambda line: (order.get(line.role, 9), line.name))


def basis_of(session: Session, regulation_id: UUID) -> list[LegalDocument]:
    """The documents that the regulation rests upon, in their order."""
    links = records.live(session, LegalBasis, col(LegalBasis.regulation_id) == regulation_id)
    documents = records.by_id(session, LegalDocument, (link.document_id for link in links))
    ordered = sorted(links, key=lambda link: (link.position, link.id))
    return [documents[link.document_id] for link in ordered if link.document_id in documents]


def relations_of(session: Session, regulation_id: UUID) -> list[RelationLine]:
    """The relations to newer and older regulations."""
    from app.models.regulation import RELATION_KINDS

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
        lines.append(
            RelationLine(
                relation_id=link.id,
                other_id=other_id,
                other=_titled(other),
                kind=RELATION_KINDS.get(link.kind, link.kind),
                effective_on=link.effective_on,
                articles=link.articles or "",
                is_newer=is_newer,
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


def find(session: Session, number: str, signed_on: date | None = None) -> list[Regulation]:
    """Regulations of that number, however it is spelt; *signed_on* narrows it."""
    found = records.live(session, Regulation, col(Regulation.number_key) == number_key(number))
    return [r for r in found if signed_on is None or r.signed_on == signed_on]


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
        if r.is_live and state_of(r, today, replaced_on=ended.get(r.id)) == "Còn hiệu lực"
    ]


def _row(
    regulation: Regulation,
    bound: list[Party],
    names: Mapping[UUID, str],
    state: str,
    *,
    is_mine: bool,
    reasons: int,
) -> RegulationRow:
    leads = [names.get(p.agency_id, "(chưa nhận)") for p in bound if p.role == "lead"]
    others = [names.get(p.agency_id, "(chưa nhận)") for p in bound if p.role == "coordinating"]
    return RegulationRow(
        id=regulation.id,
        number=regulation.number or "",
        form=REGULATION_FORMS.get(regulation.form, regulation.form),
        abstract=regulation.abstract,
        field_of_work=regulation.field_of_work or "",
        lead=", ".join(leads),
        partners=", ".join(others),
        agencies=tuple(dict.fromkeys((*leads, *others))),
        signed_on=regulation.signed_on,
        effective_on=regulation.effective_on,
        expires_on=regulation.expires_on,
        state=state,
        reasons=reasons,
        is_mine=is_mine,
        is_secret=is_secret(regulation.secrecy),
    )


def _titled(regulation: Regulation | None) -> str:
    if regulation is None:
        return "(chưa nhận)"
    day = f" ngày {regulation.signed_on:%d/%m/%Y}" if regulation.signed_on else ""
    return f"{regulation.called()}{day}"


def _parties(session: Session) -> dict[UUID, list[Party]]:
    found: dict[UUID, list[Party]] = defaultdict(list)
    for party in records.live(session, Party):
        found[party.regulation_id].append(party)
    return found


def _bind_parties(session: Session, regulation_id: UUID, wanted: set[tuple[UUID, str]]) -> None:
    present = {
        (p.agency_id, p.role): p.id
        for p in records.live(session, Party, col(Party.regulation_id) == regulation_id)
        if p.role in ("lead", "coordinating")
    }
    records.withdraw(session, "party", [present[key] for key in present if key not in wanted])
    for agency_id, role in sorted(wanted - set(present), key=str):
        records.enter(
            session,
            "party",
            {"regulation_id": regulation_id, "agency_id": agency_id, "role": role},
            id=Party.id_for(regulation_id, agency_id, role),
        )


def _bind_basis(session: Session, regulation_id: UUID, wanted: Sequence[UUID]) -> None:
    links = records.live(session, LegalBasis, col(LegalBasis.regulation_id) == regulation_id)
    present = {link.document_id: link for link in links}
    records.withdraw(
        session, "legal_basis", [link.id for d, link in present.items() if d not in wanted]
    )
    for place, document_id in enumerate(wanted):
        position = f"{place:04d}"
        if document_id not in present:
            records.enter(
                session,
                "legal_basis",
                {"regulation_id": regulation_id, "document_id": document_id, "position": position},
                id=LegalBasis.id_for(regulation_id, document_id),
            )
        elif present[document_id].position != position:
            records.revise(session, "legal_basis", present[document_id].id, {"position": position})


def _bind_replaced(session: Session, regulation_id: UUID, wanted: Sequence[UUID]) -> None:
    links = records.live(session, Relation, col(Relation.regulation_id) == regulation_id)
    present = {link.older_id: link.id for link in links if link.kind == "replaces"}
    records.withdraw(session, "relation", [present[o] for o in present if o not in wanted])
    for older_id in wanted:
        if older_id not in present:
            relate(session, {"regulation_id": regulation_id, "older_id": older_id})


def _older_than(session: Session, regulation_id: UUID) -> set[UUID]:
    """Everything that *regulation_id* replaces, directly or not."""
    onward: dict[UUID, set[UUID]] = defaultdict(set)
    for link in records.live(session, Relation):
        onward[link.regulation_id].add(link.older_id)
    found: set[UUID] = set()
    waiting = [regulation_id]
    while waiting:
        fresh = onward[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found


def _refuse_without_parties(values: Mapping[str, Any], parties: Parties) -> None:
    if values.get("standing") == "draft":
        return
    problems = {}
    if parties.lead_id is None:
        problems["lead_id"] = "Chưa chọn cơ quan chủ trì."
    if not parties.coordinating:
        problems["coordinating"] = "Chưa chọn cơ quan phối hợp nào."
    if parties.lead_id in parties.coordinating:
        problems["coordinating"] = "Cơ quan chủ trì không đồng thời là cơ quan phối hợp."
    if problems:
        raise InvalidFields(problems)


def _refuse_duplicate(session: Session, values: Mapping[str, Any], own: UUID | None) -> None:
    number, day = values.get("number"), values.get("signed_on")
    if not number or not isinstance(day, date):
        return
    for other in find(session, str(number), day):
        if other.id != own:
            raise InvalidFields(
                {"number": f"Sổ đã có văn bản {other.number} ngày {day:%d/%m/%Y}. Kiểm tra lại."}
            )
