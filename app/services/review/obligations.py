"""The obligations that a review looks at: due in its period, under the regulations it covers."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col, or_

from app.models import Agency, Conclusion, Obligation, Party, Regulation, Review
from app.models.handling import is_secret
from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import OccurrenceState
from app.services import agencies
from app.services.any_kind import records
from app.services.obligation import schedule
from app.services.review import reviews

REPORTED: Mapping[str, str] = {
    OccurrenceState.DONE_IN_TIME: "done_on_time",
    OccurrenceState.DONE_LATE: "done_late",
    OccurrenceState.IN_TIME: "open_on_time",
    OccurrenceState.SOON: "open_on_time",
    OccurrenceState.OVERDUE: "open_late",
    OccurrenceState.PAUSED: "paused",
    OccurrenceState.CANCELLED: "cancelled",
    OccurrenceState.UNDATED: "undated",
}
"""The state of a report's tables for each state on screen."""


@dataclass(frozen=True)
class Scope:
    """What a review may speak of. Secret regulations are left out, and counted."""

    review: Review
    regulations: tuple[Regulation, ...]
    secret: frozenset[UUID]

    def allows(self, regulation_id: UUID | None) -> bool:
        """Whether a finding or report on that regulation may be printed."""
        return regulation_id is None or regulation_id not in self.secret


def scope_of(session: Session, review: Review) -> Scope:
    """The regulations of the review that may appear in a report, the newest first."""
    everything = reviews.covered(session, review)
    secret = frozenset(
        r.id for r in records.live(session, Regulation, col(Regulation.secrecy) != "none")
    )
    return Scope(review, tuple(r for r in everything if not is_secret(r.secrecy)), secret)


def due_in_period(session: Session, scope: Scope, *, today: date) -> list[OccurrenceRow]:
    """The instances due in the period, by date, and the obligations that have no date, last.

    They come from the covered regulations, and from conclusions of earlier reviews of these. An
    instance counts on the day that counts, an approved extension included.
    """
    wanted = _obligations(session, scope)
    if not wanted:
        return []
    first, last = scope.review.period_from, scope.review.period_to
    rows = schedule.occurrences(session, today=today, obligations=wanted)
    return _as_led_then(session, scope, [row for row in rows if _belongs(row, first, last)])


def previous_review(session: Session, review: Review) -> Review | None:
    """The latest review of any of the same regulations whose period ended before this one's."""
    covered = set(review.regulations)
    earlier = [
        other
        for other in records.live(session, Review, col(Review.period_to) < review.period_from)
        if covered.intersection(other.regulations)
    ]
    return max(earlier, key=lambda other: (other.period_to, other.id), default=None)


def _belongs(row: OccurrenceRow, first: date, last: date) -> bool:
    if row.due is not None:
        return first <= row.due <= last
    if row.written.completed_on is not None:
        return first <= row.written.completed_on <= last
    return row.record.starts_on <= last


def _as_led_then(
    session: Session, scope: Scope, rows: Sequence[OccurrenceRow]
) -> list[OccurrenceRow]:
    """The instances under the body that led when they were due.

    An obligation names who leads it now. What fell due before it existed was led by the one that
    handed it over: the only forerunner that signed the regulation, or else the only one that
    takes part in the review. Where that leaves several or none, the obligation's own word stands.
    """
    leads = records.by_id(session, Agency, {row.bodies.lead_id for row in rows})
    since = {lead.id: lead.valid_from for lead in leads.values() if lead.valid_from is not None}

    def is_younger(row: OccurrenceRow) -> bool:
        day = row.due or row.written.completed_on or scope.review.period_to
        return row.bodies.lead_id in since and day < since[row.bodies.lead_id]

    if not any(map(is_younger, rows)):
        return list(rows)
    parties: dict[UUID | None, set[UUID]] = defaultdict(set)
    for party in records.live(session, Party):
        parties[party.regulation_id].add(party.agency_id)
    before, short = agencies.forerunners(session), agencies.called(session)

    def then(row: OccurrenceRow) -> OccurrenceRow:
        for known in (parties[row.record.regulation_id], set(scope.review.participants)):
            found = known & before.get(row.bodies.lead_id, set())
            if len(found) == 1:
                (old,) = found
                lead = short.get(old, row.bodies.lead)
                return row._replace(bodies=row.bodies._replace(lead_id=old, lead=lead))
        return row

    return [then(row) if is_younger(row) else row for row in rows]


def _obligations(session: Session, scope: Scope) -> frozenset[UUID]:
    given = _conclusions_of_earlier(session, scope)
    found = records.live(
        session,
        Obligation,
        or_(
            col(Obligation.regulation_id).in_([r.id for r in scope.regulations]),
            col(Obligation.conclusion_id).in_(given),
        ),
    )
    return frozenset(
        obligation.id for obligation in found if scope.allows(obligation.regulation_id)
    )


def _conclusions_of_earlier(session: Session, scope: Scope) -> Sequence[UUID]:
    covered = {regulation.id for regulation in scope.regulations}
    earlier = [
        review.id
        for review in records.live(
            session, Review, col(Review.period_to) < scope.review.period_from
        )
        if covered.intersection(review.regulations)
    ]
    found = records.live(session, Conclusion, col(Conclusion.review_id).in_(earlier))
    return [conclusion.id for conclusion in found]
