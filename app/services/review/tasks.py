"""The tasks that a review's conclusions have given, and how they stand."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from app.models import Conclusion, Obligation
from app.models.occurrence_row import OccurrenceRow
from app.services.any_kind import records
from app.services.obligation import schedule


@dataclass(frozen=True)
class TaskLine:
    """An obligation that a conclusion gave; the state is that of the instance to attend to."""

    id: UUID
    title: str
    lead: str
    due: date | None
    state: str


def tasks_of(
    session: Session, review_id: UUID, *, today: date
) -> Mapping[UUID, Sequence[TaskLine]]:
    """The obligations given by each conclusion of a review."""
    concluded = records.live(session, Conclusion, col(Conclusion.review_id) == review_id)
    given_by = col(Obligation.conclusion_id).in_([c.id for c in concluded])
    obligations = records.live(session, Obligation, given_by)
    rows: dict[UUID, list[OccurrenceRow]] = defaultdict(list)
    if obligations:
        wanted = frozenset(obligation.id for obligation in obligations)
        for row in schedule.occurrences(session, today=today, obligations=wanted):
            rows[row.obligation_id].append(row)
    found: dict[UUID, list[TaskLine]] = defaultdict(list)
    for obligation in obligations:
        if obligation.conclusion_id is not None and rows[obligation.id]:
            found[obligation.conclusion_id].append(_line(obligation, rows[obligation.id]))
    return found


def _line(obligation: Obligation, rows: Sequence[OccurrenceRow]) -> TaskLine:
    """The first instance still open; where none is, the last one."""
    shown = next((row for row in rows if row.is_open), rows[-1])
    return TaskLine(obligation.id, obligation.title, shown.bodies.lead, shown.due, shown.state)
