"""Why a regulation needs attention: each reason with its evidence and the next step.

The reasons are those of the domain design, section 8, that the records can show.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.models.occurrence_row import OccurrenceRow
from app.services.obligation import schedule
from app.services.staleness import basis, obligations, parties, siblings, terms, wording
from app.services.staleness.facts import Facts, gather
from app.services.staleness.reason import REASONS, Reason

__all__ = ["REASONS", "Reason", "counts", "reasons"]

_RULES: Sequence[Callable[[Facts], Iterable[Reason]]] = (
    basis.ended_basis,
    parties.ended_parties,
    parties.renamed_parties,
    parties.moved_functions,
    terms.ended_term,
    terms.overdue_review,
    siblings.unmarked_replacement,
    siblings.same_parties_and_field,
    obligations.never_carried_out,
    obligations.open_findings,
    wording.district_bodies,
    wording.provincial_deadline,
)


def reasons(
    session: Session, *, today: date, rows: Sequence[OccurrenceRow] | None = None
) -> dict[UUID, list[Reason]]:
    """The reasons of every regulation in force that has any, the gravest first.

    *rows* are the schedule's, where the caller has them already.
    """
    known = schedule.occurrences(session, today=today) if rows is None else rows
    facts = gather(session, today, known)
    found: dict[UUID, list[Reason]] = defaultdict(list)
    for rule in _RULES:
        for reason in rule(facts):
            found[reason.regulation_id].append(reason)
    order = {kind: place for place, kind in enumerate(REASONS)}
    return {
        regulation_id: sorted(some, key=lambda reason: order[reason.kind])
        for regulation_id, some in found.items()
    }


def counts(found: Mapping[UUID, Sequence[Reason]]) -> dict[UUID, int]:
    """How many reasons each regulation has: what `regulations.rows` takes as *stale*."""
    return {regulation_id: len(some) for regulation_id, some in found.items()}
