"""How the sample's obligations went: what was done, late, extended, cancelled or missed.

Everything is reckoned from *today*, so that the sample shows something to do in any year.
"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from app.models import Obligation
from app.models.recurrence import Due, due_after_event, expand
from app.models.typed_date import read_date
from app.models.values import Value, Values, said
from app.models.working_days import default_working_days
from app.services.obligation import obligations
from app.services.sample.files import Row
from app.text import shortened

_LONG_AGO = date(1997, 1, 1)
_NOTICE = 15
"""Days before a planned event on which it is known."""


@dataclass(frozen=True)
class Act:
    """One thing a clerk did with one due instance. `name` is a verb of `services.obligations`."""

    on: date
    name: str
    obligation_id: UUID
    title: str
    period: str
    values: Values

    def label(self) -> str:
        """What Undo calls it when it stands alone."""
        verbs = {
            "complete": "Ghi hoàn thành",
            "extend": "Điều chỉnh hạn",
            "cancel": "Hủy kỳ",
            "note_event": "Ghi sự kiện",
        }
        return f"{verbs[self.name]}: {shortened(self.title, 80)}"

    def do(self, session: Session) -> None:
        """Carry it out."""
        event_on = said(self.values, "event_on", date)
        if event_on is not None:
            event = said(self.values, "event", str) or ""
            obligations.note_event(session, self.obligation_id, event_on, event)
        else:
            verb = getattr(obligations, self.name)
            verb(session, self.obligation_id, self.period, **self.values)


def acts_of(obligation: Obligation, row: Row, today: date) -> Iterator[Act]:
    """What was done with *obligation* up to *today*, as its row of the sample file says."""
    result = row.text("result") if "result" in row else None
    for due, outcome in _dated(obligation, row, today):
        yield from _acts(obligation, due, outcome, today, result)
    for event in row.rows("events"):
        yield from _of_event(obligation, event, today, result)


def _dated(obligation: Obligation, row: Row, today: date) -> Iterator[tuple[Due, str]]:
    if obligation.recurrence.needs_event or not obligation.recurrence.is_scheduled:
        return
    until = read_date(row.text("until"), today) if "until" in row else today
    dues = expand(
        obligation.recurrence,
        starts_on=obligation.starts_on,
        ends_on=obligation.ends_on,
        window=(_LONG_AGO, min(until, today - timedelta(days=1))),
        calendar=default_working_days(),
    )
    outcomes = row.texts("outcomes")
    for place, due in enumerate(reversed(dues)):
        yield due, outcomes[place] if place < len(outcomes) else _long_past(obligation, place)


def _long_past(obligation: Obligation, place: int) -> str:
    """Instances nobody told of: done, with now and then one late or extended."""
    turn = (place + len(obligation.title)) % 13
    return {4: "late 3", 9: "extended 7"}.get(turn, "on_time")


def _of_event(obligation: Obligation, event: Row, today: date, result: str | None) -> Iterator[Act]:
    event_on = today - timedelta(days=event.number("ago"))
    known = min(event_on, today - timedelta(days=1))
    if obligation.recurrence.kind == "before":
        known = min(event_on - timedelta(days=2 * _NOTICE), today - timedelta(days=1))
    due = due_after_event(obligation.recurrence, event_on, default_working_days())
    values: dict[str, Value] = {"event_on": event_on, "event": event.text("event")}
    yield Act(known, "note_event", obligation.id, obligation.title, due.period, values)
    for act in _acts(obligation, due, event.text("outcome"), today, result):
        yield Act(
            max(act.on, known), act.name, obligation.id, obligation.title, act.period, act.values
        )


def _acts(
    obligation: Obligation, due: Due, outcome: str, today: date, result: str | None
) -> Iterator[Act]:
    word, _, number = outcome.partition(" ")
    days = timedelta(days=int(number or 0))
    begun = max(obligation.starts_on, due.due_on - timedelta(days=3))
    done: date | None = None
    values: dict[str, Value]
    if word == "extended":
        ground = "Theo đề nghị của cơ quan chủ trì, chờ số liệu cấp dưới"
        values = {"to": due.due_on + days, "ground": ground}
        yield Act(min(begun, today), "extend", obligation.id, obligation.title, due.period, values)
        done = due.due_on + days - timedelta(days=1)
    elif word == "cancelled":
        ground = "Gộp vào kỳ sau theo thống nhất của hai bên"
        on = min(begun, today)
        values = {"on": on, "ground": ground}
        yield Act(on, "cancel", obligation.id, obligation.title, due.period, values)
    elif word in ("on_time", "late"):
        done = due.due_on + days if word == "late" else begun
    if done is not None and done <= today:
        values = {"on": done, "result": result, "evidence": _paper(obligation, due)}
        yield Act(done, "complete", obligation.id, obligation.title, due.period, values)


def _paper(obligation: Obligation, due: Due) -> str:
    """A number for the paper that proves it; made up, and so marked as all of the sample is."""
    number = 1 + (obligation.id.int ^ due.due_on.toordinal()) % 180
    return f"Báo cáo số {number:02}/BC ({due.label})"
