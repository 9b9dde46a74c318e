"""What the rules look at, read once for all regulations."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import TypeVar
from uuid import UUID

from sqlmodel import Session, col, or_, select

from app.models import (
    DELETED,
    Agency,
    AgencyName,
    AgencySuccession,
    Finding,
    LegalBasis,
    LegalDocument,
    Party,
    Provision,
    Regulation,
    Relation,
    Review,
)
from app.models.occurrence_row import OccurrenceRow
from app.models.states import NOT_HERE, RegulationState
from app.services.any_kind import records
from app.services.regulation import regulations
from app.words import told

T = TypeVar("T")
K = TypeVar("K")


@dataclass(frozen=True)
class Wording:
    """A piece of a regulation's text; only those that may name a district or a replacement."""

    id: UUID
    regulation_id: UUID
    called: str
    text: str


@dataclass(frozen=True)
class Facts:
    """The records, grouped as the rules need them.

    `in_force`: signed, not ended, not replaced. `lapsed`: still standing as in force although its
    term has passed; nothing but that is said of it.
    """

    today: date
    in_force: Mapping[UUID, Regulation]
    lapsed: Mapping[UUID, Regulation]
    regulations: Mapping[UUID, Regulation]
    parties: Mapping[UUID, Sequence[Party]]
    agencies: Mapping[UUID, Agency]
    former_names: Mapping[UUID, Sequence[AgencyName]]
    successions: Mapping[UUID, Sequence[AgencySuccession]]
    basis: Mapping[UUID, Sequence[UUID]]
    documents: Mapping[UUID, LegalDocument]
    relations: Sequence[Relation]
    reviews: Mapping[UUID, Sequence[Review]]
    findings: Sequence[Finding]
    wordings: Sequence[Wording]
    rows: Mapping[UUID | None, Sequence[OccurrenceRow]]

    def name(self, agency_id: UUID) -> str:
        """The body's present name."""
        agency = self.agencies.get(agency_id)
        return agency.name if agency else told(NOT_HERE)

    def last_review(self, regulation_id: UUID) -> Review | None:
        """The latest review held on the regulation."""
        held = [r for r in self.reviews.get(regulation_id, ()) if r.held_on]
        return max(held, key=lambda review: review.held_on or date.min, default=None)


def gather(session: Session, today: date, rows: Iterable[OccurrenceRow]) -> Facts:
    """Read what the rules need, in a fixed number of queries."""
    known = records.live(session, Regulation)
    replaced = regulations.ended_on(session, known)
    states = {
        regulation.id: regulations.state_of(
            regulation, today, replaced_on=replaced.get(regulation.id)
        )
        for regulation in known
    }
    links = records.live(session, LegalBasis)
    return Facts(
        today=today,
        in_force={r.id: r for r in known if states[r.id] == RegulationState.IN_FORCE},
        lapsed={r.id: r for r in known if states[r.id] == RegulationState.LAPSED},
        regulations={r.id: r for r in known},
        parties=_grouped(records.live(session, Party), lambda each: each.regulation_id),
        agencies=records.by_id(session, Agency, session.exec(select(Agency.id))),
        former_names=_grouped(records.live(session, AgencyName), lambda each: each.agency_id),
        successions=_grouped(records.live(session, AgencySuccession), lambda each: each.agency_id),
        basis={
            regulation: [link.document_id for link in some]
            for regulation, some in _grouped(links, lambda each: each.regulation_id).items()
        },
        documents=_documents(session, {link.document_id for link in links}),
        relations=records.live(session, Relation),
        reviews=_reviews(session, today),
        findings=records.live(session, Finding, col(Finding.kind).in_(("shortcoming", "proposal"))),
        wordings=_wordings(session),
        rows=_grouped(rows, lambda row: row.record.regulation_id),
    )


def _grouped(items: Iterable[T], head: Callable[[T], K]) -> dict[K, list[T]]:
    found: dict[K, list[T]] = defaultdict(list)
    for item in items:
        found[head(item)].append(item)
    return dict(found)


def _documents(session: Session, ids: set[UUID]) -> dict[UUID, LegalDocument]:
    """The documents with these ids, and those that replaced them."""
    found = records.by_id(session, LegalDocument, ids)
    newer = {d.replaced_by_id for d in found.values() if d.replaced_by_id} - set(found)
    return found | records.by_id(session, LegalDocument, newer)


def _reviews(session: Session, today: date) -> dict[UUID, list[Review]]:
    found: dict[UUID, list[Review]] = defaultdict(list)
    for review in records.live(session, Review, col(Review.held_on) <= today):
        for regulation_id in review.regulations:
            found[regulation_id].append(review)
    return found


def _wordings(session: Session) -> list[Wording]:
    # LIKE folds the case of ASCII letters alone, so a letter with marks is any one character.
    asked = [
        col(column).like(pattern)
        for column in (Provision.text, Provision.heading)
        for pattern in ("%huy_n%", "%th_ x_%", "%thay th_%")
    ]
    statement = select(Provision).where(col(Provision.life) != DELETED, or_(*asked))
    return [
        Wording(
            provision.id,
            provision.regulation_id,
            provision.called(),
            " ".join(part for part in (provision.heading, provision.text) if part),
        )
        for provision in session.exec(statement)
    ]
