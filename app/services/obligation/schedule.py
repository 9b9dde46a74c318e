"""The schedule: every due instance of every obligation, touched or not, with the state it is in."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session, col, select

from app.models import DELETED, Occurrence
from app.models.occurrence_row import Bodies, OccurrenceRow, Touched, WholeObligation
from app.models.occurrence_state import OPEN, SOON_DAYS, occurrence_state
from app.models.recurrence import Due
from app.models.recurrence.rhythm import after_title, period_words
from app.models.states import NOT_HERE
from app.models.working_days import WorkingDays, default_working_days
from app.services import agencies
from app.services.obligation import deadlines
from app.services.obligation.whole import whole_obligations
from app.words import told

Window = tuple[date, date]
_AHEAD = timedelta(days=400)


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
        known = touched.get(obligation.record.id, {})
        if window is None:
            found += _whole(obligation, known, reader)
        else:
            found += _within(obligation, known, window, reader)
    return sorted(found, key=_place)


def _place(row: OccurrenceRow) -> tuple[bool, date, str]:
    return row.due is None, row.due or date.max, row.whole.record.title


def overdue_count(session: Session, *, today: date, calendar: WorkingDays | None = None) -> int:
    """How many instances are overdue: the same as `occurrences` says, without making the rows."""
    days = calendar or default_working_days()
    last = today - timedelta(days=1)
    touched = _touched(session, None)
    count = 0
    for obligation in whole_obligations(session):
        known = touched.get(obligation.record.id, {})
        dues = obligation.rhythm.dues(None, last, days) if obligation.is_running else ()
        count += sum(due.period not in known for due in dues)
        count += sum(_is_overdue(item, obligation, today, days) for item in known.values())
    return count


def _is_overdue(
    item: Touched, obligation: WholeObligation, today: date, calendar: WorkingDays
) -> bool:
    if item.record.completed_on is not None or item.record.cancelled_on is not None:
        return False
    counts = item.counts
    if counts is None:
        due = obligation.rhythm.due_of(item.record.period, calendar) if item.record.period else None
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
    bodies = _bodies(obligation, reader)
    for due in dues:
        yield _row(obligation, bodies, due, waiting.pop(due.period, None), reader)
    for item in waiting.values():
        yield _row(obligation, bodies, _due_of_touched(obligation, item, reader), item, reader)


def _due_of_touched(obligation: WholeObligation, item: Touched, reader: _Reader) -> Due | None:
    """The due the rule still gives for this instance; None once the rule has been changed."""
    period = item.record.period
    if item.due_on is not None and not period.startswith("event:"):
        dues = obligation.rhythm.dues(item.due_on, item.due_on, reader.calendar)
        return next((due for due in dues if due.period == period), None)
    return obligation.rhythm.due_of(period, reader.calendar) if period else None


def _row(
    obligation: WholeObligation,
    bodies: Bodies,
    due: Due | None,
    item: Touched | None,
    reader: _Reader,
) -> OccurrenceRow:
    # What was written when the instance was first touched outlives a later change of the rule.
    due_on = item.due_on if item and item.due_on else due.due_on if due else None
    counts = (item.extended_to if item else None) or due_on
    period = item.record.period if item else due.period if due else ""
    label = period_words(period) if due is None or period.startswith("event:") else due.label
    state = occurrence_state(
        counts,
        today=reader.today,
        completed_on=item.record.completed_on if item else None,
        cancelled_on=item.record.cancelled_on if item else None,
        soon_days=reader.soon_days,
    )
    subject = obligation.record.title + after_title(label)
    left = (counts - reader.today).days if counts and state in OPEN else None
    remind_on = _reminded(due, counts, reader)
    # In their order: to name thirteen fields costs a tenth of the time of a list.
    return OccurrenceRow(
        obligation, bodies, item, due, period, label, subject,
        due_on, counts, remind_on, state.value, left, reader.today,
    )  # fmt: skip


def _reminded(due: Due | None, counts: date | None, reader: _Reader) -> date | None:
    if counts is None:
        return None
    if due is not None and due.due_on == counts:
        return due.remind_on
    return reader.calendar.on_or_before(counts)


def _without_date(obligation: WholeObligation, reader: _Reader) -> OccurrenceRow:
    """The one row of an obligation that has no period: no date can be told, or none any more."""
    return OccurrenceRow(
        whole=obligation,
        bodies=_bodies(obligation, reader),
        touched=None,
        by_rule=None,
        period="",
        label=obligation.why_undated(),
        subject=obligation.record.title,
        due_on=None,
        due=None,
        remind_on=None,
        state=obligation.undated_state().value,
        days_left=None,
        asked_on=reader.today,
    )


def _bodies(obligation: WholeObligation, reader: _Reader) -> Bodies:
    """The bodies of an obligation, which all its instances share."""
    lead_id, coordinating = obligation.record.lead_id, obligation.record.coordinating
    lead = reader.names.get(lead_id, told(NOT_HERE))
    others = tuple(reader.names.get(body, told(NOT_HERE)) for body in coordinating)
    led = lead_id in reader.mine
    return Bodies(
        lead_id=lead_id,
        lead=lead,
        coordinating=", ".join(others),
        agencies=(lead, *others),
        is_mine=led or not reader.mine.isdisjoint(coordinating),
        is_led_by_me=led,
    )


def _touched(
    session: Session, obligations: frozenset[UUID] | None
) -> dict[UUID, dict[str, Touched]]:
    statement = select(Occurrence).where(col(Occurrence.life) != DELETED)
    if obligations is not None and len(obligations) <= 400:
        statement = statement.where(col(Occurrence.obligation_id).in_(sorted(obligations)))
    found: dict[UUID, dict[str, Touched]] = defaultdict(dict)
    disputed = deadlines.disputed(session)
    for record in session.exec(statement):
        due_on, extended_to = record.due_on, record.extended_to
        if record.id in disputed:
            counts = deadlines.earliest(due_on, extended_to, disputed[record.id])
            due_on, extended_to = counts.due_on, counts.extended_to
        found[record.obligation_id][record.period] = Touched(record, due_on, extended_to)
    return found
