"""Deadlines on which two offices disagree: until somebody decides, the earliest one counts.

The rule is the exchange's (sync design, section 5): nothing may fall due unnoticed because
the later of two dates happens to be shown. It holds for a single instance and for a whole rhythm.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from itertools import product
from uuid import UUID

from sqlmodel import Session

from app.journal import log
from app.journal.beneath import Beneath
from app.journal.change_set import Plain
from app.journal.plain import layout_of
from app.journal.raw import marks, raw
from app.models.occurrence_row import Standing
from app.models.recurrence import Recurrence

_DUE, _EXTENSION = "due_on", "@extension"
_RULE = ("recurrence", "starts_on", "ends_on")
"""The fields of an obligation that its dates follow from."""
_STANDING = "@standing"


@dataclass(frozen=True)
class Deadline:
    """The due date and the extension of an instance, such that the earliest standing one counts."""

    due_on: date | None
    extended_to: date | None


@dataclass(frozen=True)
class Rule:
    """A rhythm as one of the sides has it, and the days between which it holds."""

    recurrence: Recurrence
    starts_on: date
    ends_on: date | None


def disputed(session: Session) -> dict[UUID, dict[str, list[Plain]]]:
    """The standing values of every deadline in conflict, as ops carry them, by instance."""
    return _standing(session, "occurrence", (_DUE, _EXTENSION))


def disputed_rules(session: Session) -> dict[UUID, dict[str, list[Plain]]]:
    """The standing values of every obligation whose rhythm, days or pause are in conflict."""
    return _standing(session, "obligation", (*_RULE, _STANDING))


def rivals(shown: Rule, standing: Mapping[str, list[Plain]]) -> Iterator[Rule]:
    """Each standing value of one field with each of the others, the rule of the row first."""
    layout = layout_of("obligation")
    told = {
        name: [codec.from_plain(value) for value in standing.get(name, ())]
        for name, codec in (layout.codecs.items() if layout else ())
        if name in _RULE
    }
    rules = [r for r in told.get("recurrence", ()) if isinstance(r, Recurrence)]
    starts = [day for day in told.get("starts_on", ()) if isinstance(day, date)]
    ends = [day for day in told.get("ends_on", ()) if day is None or isinstance(day, date)]
    for recurrence, starts_on, ends_on in product(
        dict.fromkeys((shown.recurrence, *rules)),
        dict.fromkeys((shown.starts_on, *starts)),
        dict.fromkeys((shown.ends_on, *ends)),
    ):
        yield Rule(recurrence, starts_on, ends_on)


def still_owed(shown: Standing, standing: Mapping[str, list[Plain]]) -> Standing:
    """Of a disputed pause or cancellation the side by which most is owed: nothing falls silent."""
    sides = [shown]
    for value in standing.get(_STANDING, ()):
        if isinstance(value, Mapping):
            since = next(iter(_dates([value.get("standing_from")])), None)
            # An office may send a part of the group: the rest is what a new obligation has.
            word, ground = value.get("standing", "active"), value.get("standing_ground")
            sides.append(Standing(str(word), since, str(ground) if ground else None))
    return max(sides, key=lambda side: (side.standing == "active", side.standing_from or date.min))


def earliest(
    due_on: date | None, extended_to: date | None, standing: dict[str, list[Plain]]
) -> Deadline:
    """What counts of an instance whose row says *due_on* and *extended_to*."""
    dues = _dates(standing.get(_DUE, ())) or ([due_on] if due_on else [])
    first = min(dues, default=None)
    if _EXTENSION not in standing:
        return Deadline(first, extended_to)
    given = [
        value.get("extended_to") for value in standing[_EXTENSION] if isinstance(value, Mapping)
    ]
    later = _dates(given)
    if not later or (first is not None and len(later) < len(given)):
        return Deadline(first, None)  # one side has not extended it at all
    return Deadline(first, min(later))


def _standing(
    session: Session, entity: str, names: Sequence[str]
) -> dict[UUID, dict[str, list[Plain]]]:
    connection = session.connection()
    rows = raw(connection).execute(
        f"SELECT record, field FROM conflict WHERE entity = ? AND field IN ({marks(names)})",
        (entity, *names),
    )
    found: dict[UUID, dict[str, list[Plain]]] = defaultdict(dict)
    for record, name in rows.fetchall():
        ops = Beneath(connection, [record]).standing(record, name)
        values = log.ops_by_id(connection, ops).values()
        found[UUID(bytes=record)][name] = [item.op.value for item in values]
    return found


def _dates(values: Iterable[Plain]) -> list[date]:
    return [date.fromisoformat(value) for value in values if isinstance(value, str)]
