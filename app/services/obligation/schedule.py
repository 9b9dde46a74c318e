"""The schedule: every due instance of every obligation, touched or not, with the state it is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from functools import lru_cache
from typing import Any, NamedTuple
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import DELETED, Occurrence
from app.models.obligation import CONTENT_AREAS
from app.models.occurrence_state import OPEN, SOON_DAYS, occurrence_state
from app.models.recurrence import Due
from app.models.recurrence.rhythm import after_title, period_words
from app.models.working_days import WorkingDays, default_working_days
from app.services import agencies
from app.services.obligation import deadlines
from app.services.obligation.whole import WholeObligation, whole_obligations

Window = tuple[date, date]
_AHEAD = timedelta(days=400)
_NOBODY = "(chưa nhận)"


class OccurrenceRow(NamedTuple):
    """One due instance of an obligation, everything in words.

    A tuple, for a register has ten thousand of them and each list is read anew after a change.

    `due_on` is the original date and stays; `due` is the one that counts, an approved extension
    included. `days_left` is signed, and None where nothing is waited for. `period` is the stable
    key that the verbs take; "" stands for an obligation without any dated period. `asked_on` is the
    today that state and days left were worked out for. `written_id` is None while nobody has
    written anything of it.
    """

    written_id: UUID | None
    obligation_id: UUID
    regulation_id: UUID | None
    review_id: UUID | None
    provision_id: UUID | None
    conclusion_id: UUID | None
    period: str
    label: str
    title: str
    subject: str
    number: str
    source: str
    area: str
    lead_id: UUID
    lead: str
    coordinating_ids: tuple[UUID, ...]
    coordinating: str
    agencies: tuple[str, ...]
    receiver: str
    product: str
    rhythm: str
    due_on: date | None
    extended_to: date | None
    due: date | None
    remind_on: date | None
    opens_on: date | None
    data_from: date | None
    data_to: date | None
    state: str
    days_left: int | None
    completed_on: date | None
    result: str
    evidence: str
    event: str
    ground: str
    given_on: date
    is_mine: bool
    is_led_by_me: bool
    is_guess: bool
    asked_on: date

    @property
    def id(self) -> UUID:
        """The id of the instance, the same in every office; hashed when somebody asks."""
        return self.written_id or _id_for(self.obligation_id, self.period)

    @property
    def is_touched(self) -> bool:
        """Whether something was written of it."""
        return self.written_id is not None

    @property
    def is_open(self) -> bool:
        """Dated, and still to be done."""
        return self.state in OPEN


class Touched(NamedTuple):
    """What somebody has written of one instance."""

    id: UUID
    obligation_id: UUID
    period: str
    due_on: date | None
    event: str | None
    extended_to: date | None
    extension_ground: str | None
    completed_on: date | None
    result: str | None
    evidence: str | None
    cancelled_on: date | None
    cancel_ground: str | None

    @property
    def counts(self) -> date | None:
        """The date that counts, as far as it was written down."""
        return self.extended_to or self.due_on


@dataclass(frozen=True)
class _Reader:
    """What every row needs besides its obligation."""

    today: date
    soon_days: int
    names: Mapping[UUID, str]
    mine: frozenset[UUID]
    calendar: WorkingDays


def occurrences(
    session: Session,
    *,
    today: date,
    window: Window | None = None,
    mine: Collection[UUID] = (),
    obligations: Collection[UUID] | None = None,
    soon_days: int = SOON_DAYS,
    calendar: WorkingDays | None = None,
) -> list[OccurrenceRow]:
    """Every due instance, by date; what has no date last.

    Without *window*: from each obligation's beginning to the end of next year or 400 days ahead,
    whichever is later, and at least one row for each live one, so that none is lost from sight.
    With *window*: those whose date that counts, extension included, lies in it; both days belong.
    *mine* are the bodies this office speaks for. *obligations* narrows it to these obligations.
    """
    reader = _Reader(
        today,
        soon_days,
        agencies.called(session),
        frozenset(mine),
        calendar or default_working_days(),
    )
    wanted = None if obligations is None else frozenset(obligations)
    touched = _touched(session, wanted)
    found: list[OccurrenceRow] = []
    for obligation in whole_obligations(session, wanted):
        known = touched.get(obligation.id, {})
        if window is None:
            found += _whole(obligation, known, reader)
        else:
            found += _within(obligation, known, window, reader)
    return sorted(found, key=lambda row: (row.due is None, row.due or date.max, row.title))


def overdue_count(session: Session, *, today: date, calendar: WorkingDays | None = None) -> int:
    """How many instances are overdue: the same as `occurrences` says, without making the rows."""
    days = calendar or default_working_days()
    last = today - timedelta(days=1)
    touched = _touched(session, None)
    count = 0
    for obligation in whole_obligations(session):
        known = touched.get(obligation.id, {})
        dues = obligation.rhythm.dues(None, last, days) if obligation.is_running else ()
        count += sum(due.period not in known for due in dues)
        count += sum(_is_overdue(item, obligation, today, days) for item in known.values())
    return count


def _is_overdue(
    item: Touched, obligation: WholeObligation, today: date, calendar: WorkingDays
) -> bool:
    if item.completed_on is not None or item.cancelled_on is not None:
        return False
    counts = item.counts
    if counts is None:
        due = obligation.rhythm.due_of(item.period, calendar) if item.period else None
        counts = due.due_on if due else None
    return counts is not None and counts < today


def horizon(today: date) -> date:
    """The last day that lists look ahead to."""
    return max(date(today.year + 1, 12, 31), today + _AHEAD)


def _whole(
    obligation: WholeObligation, touched: Mapping[str, Touched], reader: _Reader
) -> Iterator[OccurrenceRow]:
    last = horizon(reader.today)
    dues = obligation.rhythm.dues(None, last, reader.calendar) if obligation.is_running else ()
    if obligation.is_running and not (dues and dues[-1].due_on >= reader.today):
        ahead = obligation.rhythm.next_after(last, reader.calendar)
        dues = (*dues, ahead) if ahead else dues
    yield from _rows(obligation, dues, touched, reader)
    if not (dues or touched) or obligation.is_stopped or not obligation.rhythm.is_dated:
        yield _without_date(obligation, reader)


def _within(
    obligation: WholeObligation, touched: Mapping[str, Touched], window: Window, reader: _Reader
) -> Iterator[OccurrenceRow]:
    first, last = window
    dues = obligation.rhythm.dues(first, last, reader.calendar) if obligation.is_running else ()
    asked = {due.period for due in dues}
    known = {
        period: item
        for period, item in touched.items()
        if period in asked or item.counts is None or first <= item.counts <= last
    }
    for row in _rows(obligation, dues, known, reader):
        if row.due is not None and first <= row.due <= last:
            yield row


def _rows(
    obligation: WholeObligation,
    dues: Iterable[Due],
    touched: Mapping[str, Touched],
    reader: _Reader,
) -> Iterator[OccurrenceRow]:
    """A row for each due, then for what was touched and is not among them."""
    waiting = dict(touched)
    shared = _of_obligation(obligation, reader)
    for due in dues:
        yield _row(obligation, due, waiting.pop(due.period, None), reader, shared)
    for item in waiting.values():
        yield _row(obligation, _due_of_touched(obligation, item, reader), item, reader, shared)


def _due_of_touched(obligation: WholeObligation, item: Touched, reader: _Reader) -> Due | None:
    """The due the rule still gives for this instance; None once the rule has been changed."""
    period = item.period
    if item.due_on is not None and not period.startswith("event:"):
        dues = obligation.rhythm.dues(item.due_on, item.due_on, reader.calendar)
        return next((due for due in dues if due.period == period), None)
    return obligation.rhythm.due_of(period, reader.calendar) if period else None


def _row(
    obligation: WholeObligation,
    due: Due | None,
    item: Touched | None,
    reader: _Reader,
    shared: dict[str, Any],
) -> OccurrenceRow:
    # What was written when the instance was first touched outlives a later change of the rule.
    due_on = item.due_on if item and item.due_on else due.due_on if due else None
    counts = (item.extended_to if item else None) or due_on
    period = item.period if item else due.period if due else ""
    label = period_words(period) if due is None or period.startswith("event:") else due.label
    state = occurrence_state(
        counts,
        today=reader.today,
        completed_on=item.completed_on if item else None,
        cancelled_on=item.cancelled_on if item else None,
        soon_days=reader.soon_days,
    )
    return OccurrenceRow(
        period=period,
        label=label,
        subject=obligation.title + after_title(label),
        due_on=due_on,
        due=counts,
        remind_on=_reminded(due, counts, reader),
        opens_on=due.opens_on if due else None,
        data_from=due.data_from if due else None,
        data_to=due.data_to if due else None,
        state=state.value,
        days_left=(counts - reader.today).days if counts and state in OPEN else None,
        is_guess=due.is_guess if due else False,
        **(_of_touched(item) if item else _UNTOUCHED),
        **shared,
    )


def _reminded(due: Due | None, counts: date | None, reader: _Reader) -> date | None:
    if counts is None:
        return None
    if due is not None and due.due_on == counts:
        return due.remind_on
    return reader.calendar.on_or_before(counts)


def _of_touched(item: Touched) -> dict[str, Any]:
    """The part of a row that somebody wrote."""
    return {
        "written_id": item.id,
        "extended_to": item.extended_to,
        "completed_on": item.completed_on,
        "result": item.result or "",
        "evidence": item.evidence or "",
        "event": item.event or "",
        "ground": item.cancel_ground or item.extension_ground or "",
    }


_UNTOUCHED: dict[str, Any] = {
    "written_id": None,
    "extended_to": None,
    "completed_on": None,
    "result": "",
    "evidence": "",
    "event": "",
    "ground": "",
}


def _without_date(obligation: WholeObligation, reader: _Reader) -> OccurrenceRow:
    """The one row of an obligation that has no period: no date can be told, or none any more."""
    return OccurrenceRow(
        period="",
        label=obligation.why_undated(),
        subject=obligation.title,
        due_on=None,
        due=None,
        remind_on=None,
        opens_on=None,
        data_from=None,
        data_to=None,
        state=obligation.undated_state().value,
        days_left=None,
        is_guess=False,
        **(_UNTOUCHED | {"ground": obligation.standing_ground}),
        **_of_obligation(obligation, reader),
    )


def _of_obligation(obligation: WholeObligation, reader: _Reader) -> dict[str, Any]:
    """The part of a row that all instances of the obligation share."""
    lead = reader.names.get(obligation.lead_id, _NOBODY)
    others = tuple(reader.names.get(body, _NOBODY) for body in obligation.coordinating)
    led = obligation.lead_id in reader.mine
    return {
        "obligation_id": obligation.id,
        "regulation_id": obligation.regulation_id,
        "review_id": obligation.review_id,
        "provision_id": obligation.provision_id,
        "conclusion_id": obligation.conclusion_id,
        "title": obligation.title,
        "number": obligation.number,
        "source": obligation.source,
        "area": CONTENT_AREAS.get(obligation.area, obligation.area),
        "lead_id": obligation.lead_id,
        "lead": lead,
        "coordinating_ids": obligation.coordinating,
        "coordinating": ", ".join(others),
        "agencies": (lead, *others),
        "receiver": obligation.receiver,
        "product": obligation.product,
        "rhythm": obligation.rhythm_words,
        "given_on": obligation.starts_on,
        "is_mine": led or not reader.mine.isdisjoint(obligation.coordinating),
        "is_led_by_me": led,
        "asked_on": reader.today,
    }


@lru_cache(maxsize=65536)
def _id_for(obligation_id: UUID, period: str) -> UUID:
    # Hashing the ids of ten thousand rows takes longer than reading them.
    return Occurrence.id_for(obligation_id, period)


def _touched(
    session: Session, obligations: frozenset[UUID] | None
) -> dict[UUID, dict[str, Touched]]:
    columns = [getattr(Occurrence, name) for name in Touched._fields]
    statement: Any = select(*columns).where(col(Occurrence.life) != DELETED)
    if obligations is not None and len(obligations) <= 400:
        statement = statement.where(col(Occurrence.obligation_id).in_(sorted(obligations)))
    found: dict[UUID, dict[str, Touched]] = defaultdict(dict)
    disputed = deadlines.disputed(session)
    for values in session.execute(statement):
        item = Touched(*values)
        if item.id in disputed:
            counts = deadlines.earliest(item.due_on, item.extended_to, disputed[item.id])
            item = item._replace(due_on=counts.due_on, extended_to=counts.extended_to)
        found[item.obligation_id][item.period] = item
    return found
