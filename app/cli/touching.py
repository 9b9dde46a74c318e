"""`add` and `set` on due instances: the fields given say which verb of the office is meant.

An instance that nobody has touched has no row, so its fields cannot simply be set.
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session

from app.cli.instances import find_row
from app.cli.values import Pair, Reader
from app.errors import InvalidFields, Refused
from app.models import Occurrence
from app.models.occurrence_row import OccurrenceRow
from app.models.values import Values, needed, said
from app.services.any_kind import records
from app.services.any_kind.kinds import LISTED
from app.services.obligation import obligations
from app.words import told

_KIND = LISTED["occurrence"]
_FIXED = ("obligation_id", "regulation_id", "review_id", "period", "due_on", "event_on")
_WHICH = ("obligation_id", "period", "event_on", "event")
"""The fields that say which instance is meant."""
_VERBS = {
    "completed_on": {"completed_on", "result", "evidence"},
    "extended_to": {"extended_to", "extension_ground"},
    "cancelled_on": {"cancelled_on", "cancel_ground"},
}
_GROUNDS = {"extended_to": "extension_ground", "cancelled_on": "cancel_ground"}


def add_instance(session: Session, pairs: Sequence[Pair], today: date) -> Occurrence:
    """Touch the instance of `obligation=` and `period=`, or note an event with `event_on=`."""
    values = Reader(session, _KIND, today).read(pairs)
    obligation_id = said(values, "obligation_id", UUID)
    if obligation_id is None:
        raise InvalidFields({"obligation_id": "Chưa chọn nghĩa vụ."})
    event_on, period = said(values, "event_on", date), said(values, "period", str)
    rest = {name: value for name, value in values.items() if name not in _WHICH}
    if event_on is not None:
        event = said(values, "event", str) or ""
        noted = obligations.note_event(session, obligation_id, event_on, event)
        return noted if not rest else touch(session, _row(session, noted.id, today), rest, today)
    row = find_row(session, str(obligation_id), period, today)
    return touch(session, row, rest, today)


def set_instance(
    session: Session, row: OccurrenceRow, pairs: Sequence[Pair], today: date
) -> Occurrence:
    """Change what is written of an instance."""
    known = session.get(Occurrence, row.id)
    values = Reader(session, _KIND, today, present=known).read(pairs)
    fixed = sorted(set(values) & set(_FIXED))
    if fixed:
        raise Refused(
            why=told(
                "Không sửa được ô “{fixed}” của một kỳ; sửa thời hạn ở nghĩa vụ.", fixed=fixed[0]
            )
        )
    if known is None or not known.is_live:
        return touch(session, row, values, today)
    return _correct(session, known, row, values, today)


def _correct(
    session: Session,
    known: Occurrence,
    row: OccurrenceRow,
    values: Values,
    today: date,
) -> Occurrence:
    """Correct what is written; what was not done yet is done by its verb, with its rules."""
    new = [name for name in _VERBS if values.get(name) and getattr(known, name) is None]
    given = {n: values[n] for name in new for n in _VERBS[name] if n in values}
    if given:
        touch(session, row, given, today)
    rest = {name: value for name, value in values.items() if name not in given}
    whole = {name: getattr(known, name) for name in _GROUNDS.values()} | rest
    blank = {
        ground: told("Ô này phải có lý do khi đã ghi việc ấy.")
        for name, ground in _GROUNDS.items()
        if rest.get(name, getattr(known, name)) and ground in rest and not whole[ground]
    }
    if blank:
        raise InvalidFields(blank)
    done = said(rest, "completed_on", date)
    if done is not None:
        obligations.refuse_impossible_day(session, row.obligation_id, done, today)
    return records.revise(session, Occurrence, known.id, rest) if rest else known


def touch(session: Session, row: OccurrenceRow, values: Values, today: date) -> Occurrence:
    """Do to an instance what the fields of *values* mean. Raises Refused or InvalidFields."""
    left = {name: value for name, value in values.items() if value is not None}
    found: Occurrence | None = None
    for name, members in _VERBS.items():
        if name in left:
            given = {n: left.pop(n) for n in members if n in left}
            found = _act(session, row, name, given, today)
    if found is None:
        raise Refused(
            why="Kỳ này chưa ghi gì: nêu completed_on, extended_to hoặc cancelled_on, "
            "hoặc dùng lệnh complete, extend, cancel."
        )
    return records.revise(session, Occurrence, found.id, left) if left else found


def _act(session: Session, row: OccurrenceRow, name: str, given: Values, today: date) -> Occurrence:
    obligation, period, on = row.obligation_id, row.period, needed(given, name, date)
    if name == "completed_on":
        result, evidence = said(given, "result", str), said(given, "evidence", str)
        return obligations.complete(
            session, obligation, period, on=on, today=today, result=result, evidence=evidence
        )
    if name == "extended_to":
        ground = said(given, "extension_ground", str) or ""
        return obligations.extend(session, obligation, period, to=on, ground=ground)
    ground = said(given, "cancel_ground", str) or ""
    return obligations.cancel(session, obligation, period, on=on, ground=ground)


def _row(session: Session, occurrence_id: UUID, today: date) -> OccurrenceRow:
    return find_row(session, str(occurrence_id), None, today)
