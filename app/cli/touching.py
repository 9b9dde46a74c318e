"""`add` and `set` on due instances: the fields given say which verb of the office is meant.

An instance that nobody has touched has no row, so its fields cannot simply be set.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from sqlmodel import Session

from app.cli.instances import find_row
from app.cli.values import Pair, Reader
from app.errors import InvalidFields, Refused
from app.models import Occurrence
from app.models.occurrence_row import OccurrenceRow
from app.services.any_kind import records
from app.services.any_kind.kinds import LISTED
from app.services.obligation import obligations
from app.words import told

_KIND = LISTED["occurrence"]
_FIXED = ("obligation_id", "regulation_id", "review_id", "period", "due_on", "event_on")
_VERBS = {
    "completed_on": {"completed_on", "result", "evidence"},
    "extended_to": {"extended_to", "extension_ground"},
    "cancelled_on": {"cancelled_on", "cancel_ground"},
}
_GROUNDS = {"extended_to": "extension_ground", "cancelled_on": "cancel_ground"}


def add_instance(session: Session, pairs: Sequence[Pair], today: date) -> Any:
    """Touch the instance of `obligation=` and `period=`, or note an event with `event_on=`."""
    values = Reader(session, _KIND, today).read(pairs)
    obligation_id = values.pop("obligation_id", None)
    if obligation_id is None:
        raise InvalidFields({"obligation_id": "Chưa chọn nghĩa vụ."})
    event_on, event = values.pop("event_on", None), values.pop("event", None)
    period = values.pop("period", None)
    if event_on is not None:
        noted = obligations.note_event(session, obligation_id, event_on, event or "")
        return (
            noted if not values else touch(session, _row(session, noted.id, today), values, today)
        )
    row = find_row(session, str(obligation_id), period, today)
    return touch(session, row, values, today)


def set_instance(session: Session, row: OccurrenceRow, pairs: Sequence[Pair], today: date) -> Any:
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
    values: Mapping[str, Any],
    today: date,
) -> Any:
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
    done = rest.get("completed_on")
    if done is not None:
        obligations.refuse_impossible_day(session, row.obligation_id, done, today)
    return records.revise(session, "occurrence", known.id, rest) if rest else known


def touch(session: Session, row: OccurrenceRow, values: Mapping[str, Any], today: date) -> Any:
    """Do to an instance what the fields of *values* mean. Raises Refused or InvalidFields."""
    left = {name: value for name, value in values.items() if value is not None}
    found: Any = None
    for name, members in _VERBS.items():
        if name in left:
            given = {n: left.pop(n) for n in members if n in left}
            found = _act(session, row, name, given, today)
    if found is None:
        raise Refused(
            why="Kỳ này chưa ghi gì: nêu completed_on, extended_to hoặc cancelled_on, "
            "hoặc dùng lệnh complete, extend, cancel."
        )
    return records.revise(session, "occurrence", found.id, left) if left else found


def _act(
    session: Session, row: OccurrenceRow, name: str, given: Mapping[str, Any], today: date
) -> Any:
    obligation, period, on = row.obligation_id, row.period, given[name]
    if name == "completed_on":
        told = {n: given.get(n) for n in ("result", "evidence")}
        return obligations.complete(session, obligation, period, on=on, today=today, **told)
    if name == "extended_to":
        ground = given.get("extension_ground", "")
        return obligations.extend(session, obligation, period, to=on, ground=ground)
    ground = given.get("cancel_ground", "")
    return obligations.cancel(session, obligation, period, on=on, ground=ground)


def _row(session: Session, occurrence_id: Any, today: date) -> OccurrenceRow:
    return find_row(session, str(occurrence_id), None, today)
