"""Regulations: the register, entering one whole, its parties and where it stands."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session, col

from app.errors import InvalidFields
from app.models import (
    LegalBasis,
    LegalDocument,
    Party,
    Regulation,
    RegulationDraft,
    Relation,
    Review,
    checked,
)
from app.models.document_number import number_key
from app.models.handling import is_secret
from app.models.regulation import REGULATION_FORMS, STANDINGS
from app.models.states import BINDING, NOT_HERE, RegulationState, word_of
from app.models.values import Values
from app.registers.regulation import RegulationRow
from app.services import agencies
from app.services.any_kind import records
from app.services.regulation.binding import Parties, bind, relate
from app.text import date_words
from app.words import told

ENDING = ("replaces", "repeals")
"""Relations after which the older regulation no longer holds."""
ENDS_SOON = timedelta(days=183)
"""How long before the end of its term a regulation is said to end soon: half a year."""


@dataclass(frozen=True)
class PartyLine:
    """A party in words. `signed_as` differs from `name` when the body has since been renamed."""

    party_id: UUID
    agency_id: UUID
    role: str
    name: str
    signed_as: str


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
            today=today,
            is_mine=any(p.agency_id in own for p in bound.get(regulation.id, [])),
            reasons=reasons.get(regulation.id, 0),
        )
        for regulation in found
    ]
    return sorted(listed, key=lambda row: row.signed_on or date.max, reverse=True)


def state_of(
    regulation: Regulation, today: date, *, replaced_on: date | None, is_stale: bool = False
) -> str:
    """Where the regulation stands on *today*: a RegulationState, or that it is not known."""
    if regulation.standing not in STANDINGS:
        return word_of(STANDINGS, regulation.standing)
    if regulation.standing == "draft":
        return RegulationState.DRAFT
    if regulation.standing == "repealed":
        return RegulationState.REPEALED
    if replaced_on is not None and replaced_on <= today:
        return RegulationState.REPLACED
    if regulation.standing == "ended" or (regulation.ended_on and regulation.ended_on <= today):
        return RegulationState.ENDED
    if regulation.expires_on is not None and regulation.expires_on < today:
        return RegulationState.LAPSED
    return RegulationState.STALE if is_stale else RegulationState.IN_FORCE


def last_day(regulation: Regulation, replaced_on: date | None) -> date | None:
    """The first day on which the regulation no longer creates obligations; None while it holds."""
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


def enter(session: Session, values: Values, parties: Parties) -> Regulation:
    """Enter a regulation with its parties, basis and what it replaces.

    Raises InvalidFields, also for a number and date that the register already has.
    """
    _refuse_faults(values, parties)
    _refuse_duplicate(session, values, None)
    regulation = records.enter(session, Regulation, dict(values))
    bind(session, regulation.id, parties)
    return regulation


def revise(
    session: Session, regulation_id: UUID, values: Values, parties: Parties | None
) -> Regulation:
    """Change a regulation and, with *parties*, who and what it is bound to."""
    known = records.get(session, Regulation, regulation_id)
    names = ("number", "signed_on", "standing")
    whole = {name: getattr(known, name) for name in names} | dict(values)
    _refuse_duplicate(session, whole, regulation_id)
    if problems := _unbound(whole, parties) if parties is not None else {}:
        raise InvalidFields(problems)
    regulation = records.revise(session, Regulation, regulation_id, dict(values))
    if parties is not None:
        bind(session, regulation_id, parties)
    return regulation


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


def last_review(session: Session, regulation_id: UUID, today: date) -> Review | None:
    """The latest review that was held on this regulation, None without any."""
    held = records.live(session, Review, col(Review.held_on) <= today)
    of_it = [review for review in held if regulation_id in review.regulations]
    return max(of_it, key=lambda review: review.held_on or date.min, default=None)


def find(session: Session, number: str, signed_on: date | None = None) -> list[Regulation]:
    """Regulations of that number, however it is spelt; *signed_on* narrows it."""
    found = records.live(session, Regulation, col(Regulation.number_key) == number_key(number))
    return [r for r in found if signed_on is None or r.signed_on == signed_on]


def _row(
    regulation: Regulation,
    bound: list[Party],
    names: Mapping[UUID, str],
    state: str,
    *,
    today: date,
    is_mine: bool,
    reasons: int,
) -> RegulationRow:
    leads = [names.get(p.agency_id, told(NOT_HERE)) for p in bound if p.role == "lead"]
    others = [names.get(p.agency_id, told(NOT_HERE)) for p in bound if p.role == "coordinating"]
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
        is_ending=state in BINDING and _ends_soon(regulation, today),
        is_mine=is_mine,
        is_secret=is_secret(regulation.secrecy),
    )


def _ends_soon(regulation: Regulation, today: date) -> bool:
    day = regulation.expires_on
    return day is not None and today <= day <= today + ENDS_SOON


def _parties(session: Session) -> dict[UUID, list[Party]]:
    found: dict[UUID, list[Party]] = defaultdict(list)
    for party in records.live(session, Party):
        found[party.regulation_id].append(party)
    return found


def _refuse_faults(values: Values, parties: Parties) -> None:
    """Raise InvalidFields with everything that is wrong at once, the paper and who is bound."""
    problems = _unbound(values, parties)
    try:
        checked(RegulationDraft, dict(values))
    except InvalidFields as error:
        problems = {**error.problems, **problems}
    if problems:
        raise InvalidFields(problems)


def _unbound(values: Values, parties: Parties) -> dict[str, str]:
    """What is wrong with the parties; a draft may still lack them."""
    problems: dict[str, str] = {}
    if parties.lead_id is not None and parties.lead_id in parties.coordinating:
        problems["coordinating"] = told("Cơ quan chủ trì không đồng thời là cơ quan phối hợp.")
    if values.get("standing") == "draft":
        return problems
    if parties.lead_id is None:
        problems["lead_id"] = told("Chưa chọn cơ quan chủ trì.")
    if not parties.coordinating:
        problems["coordinating"] = told("Chưa chọn cơ quan phối hợp nào.")
    return problems


def _refuse_duplicate(session: Session, values: Values, own: UUID | None) -> None:
    number, day = values.get("number"), values.get("signed_on")
    if not number or not isinstance(day, date):
        return
    for other in find(session, str(number), day):
        if other.id != own:
            raise InvalidFields(
                {
                    "number": told(
                        "Sổ đã có văn bản {number} ngày {day}. Kiểm tra lại.",
                        number=other.number,
                        day=date_words(day),
                    )
                }
            )


__all__ = [
    "Parties",
    "PartyLine",
    "RegulationRow",
    "basis_of",
    "bind",
    "ended_on",
    "enter",
    "find",
    "last_day",
    "last_review",
    "parties_of",
    "relate",
    "revise",
    "rows",
    "state_of",
]
