"""What waits: the numbers and short lists of the first room, each with the list it counts."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from uuid import UUID

from sqlmodel import Session

from app.models import Regulation
from app.models.occurrence_row import OccurrenceRow
from app.models.occurrence_state import OccurrenceState
from app.models.recurrence.wording import WEEKDAYS
from app.models.states import RegulationState
from app.models.working_days import DAY_KIND_WORDS, WorkingDays, default_working_days
from app.registers.obligation import (
    APART,
    HELPS,
    LEADS,
    SOON_AFTER,
    UNTIL_SUNDAY,
    UNTIL_TODAY,
    is_this_week,
    part,
    when,
)
from app.services import staleness
from app.services.any_kind import records
from app.services.obligation import schedule
from app.services.regulation import regulations
from app.services.staleness import Reason
from app.services.sync import doorstep
from app.services.sync.doorstep import Exchanged
from app.text import capitalized, date_words
from app.words import marked, told

_ONE = timedelta(days=1)


@dataclass(frozen=True)
class Opens:
    """The list a number counts: a room, one of its views, and conditions on it."""

    room: str
    view: str | None = None
    facets: Mapping[str, Sequence[str]] = field(default_factory=dict)


@dataclass(frozen=True)
class Figure:
    """One number with its words and the list it counts. `state` is the status it looks like."""

    key: str
    count: int
    words: str
    state: str
    opens: Opens


@dataclass(frozen=True)
class Waiting:
    """A short list of due instances. `total` may be more than is listed; `opens` shows them all."""

    key: str
    title: str
    rows: tuple[OccurrenceRow, ...]
    total: int
    opens: Opens


@dataclass(frozen=True)
class Bar:
    """How many obligations one body has overdue."""

    agency: str
    count: int
    opens: Opens


@dataclass(frozen=True)
class Stale:
    """A regulation to look at again: its gravest reason, and how many there are."""

    regulation_id: UUID
    number: str
    reason: Reason
    count: int


@dataclass(frozen=True)
class Overview:
    """Everything the first room shows, and of how many due instances."""

    day: str
    figures: tuple[Figure, ...]
    waiting: tuple[Waiting, ...]
    overdue_by_body: tuple[Bar, ...]
    stale: tuple[Stale, ...]
    stale_total: int
    exchanged: tuple[Exchanged, ...] = ()
    instances: int = 0


def overview(
    session: Session,
    *,
    today: date,
    mine: Collection[UUID] = (),
    calendar: WorkingDays | None = None,
    most: int = 5,
) -> Overview:
    """What waits on *today*. *mine* are the bodies this office speaks for; none: all are.

    *most* is how many lines each short list has.
    """
    rows = schedule.occurrences(session, today=today, mine=mine)
    stale = staleness.reasons(session, today=today, rows=rows)
    known = {regulation.id: regulation for regulation in records.live(session, Regulation)}
    return Overview(
        day=day_words(today, calendar or default_working_days()),
        figures=_figures(session, rows, stale, today),
        waiting=_waiting(rows, today, most, is_all_mine=not mine),
        overdue_by_body=_bars(rows),
        stale=_stale(stale, known, most),
        stale_total=len(stale),
        exchanged=doorstep.last_exchanges(session, today=today),
        instances=len(rows),
    )


def day_words(today: date, calendar: WorkingDays) -> str:
    """The day, and whether it or tomorrow is a day off: "Thứ Hai, 23/11/2026. …"."""
    said = f"{capitalized(told(WEEKDAYS[today.isoweekday()]))}, {date_words(today)}."
    tomorrow = today + _ONE
    for day, called in (
        (today, told("Hôm nay")),
        (tomorrow, told("Ngày mai {day}", day=date_words(tomorrow))),
    ):
        for special in calendar.special_days(day.year):
            if special.day == day:
                return f"{said} {called} {told(DAY_KIND_WORDS[special.kind]).lower()}."
    return said


def _figures(
    session: Session,
    rows: Sequence[OccurrenceRow],
    stale: Mapping[UUID, Sequence[Reason]],
    today: date,
) -> tuple[Figure, ...]:
    overdue = sum(row.state == OccurrenceState.OVERDUE for row in rows)
    week = sum(is_this_week(row) for row in rows)
    states = Counter(row.state for row in regulations.rows(session, today=today))
    return (
        Figure(
            "overdue",
            overdue,
            told("Nghĩa vụ quá hạn"),
            OccurrenceState.OVERDUE,
            Opens("obligation", "overdue"),
        ),
        Figure(
            "week",
            week,
            told("Đến hạn trong tuần"),
            OccurrenceState.SOON,
            Opens("obligation", "week"),
        ),
        Figure(
            "stale",
            len(stale),
            told("Quy chế cần rà soát"),
            RegulationState.STALE,
            Opens("regulation", "stale"),
        ),
        *_conflicts(session),
        Figure(
            "in_force",
            states[RegulationState.IN_FORCE],
            told("Quy chế còn hiệu lực"),
            RegulationState.IN_FORCE,
            Opens("regulation", "in_force"),
        ),
    )


def _conflicts(session: Session) -> tuple[Figure, ...]:
    """What waits in Đồng bộ; an office that is in no circle has no such figure."""
    if not doorstep.is_in_circle(session):
        return ()
    opens = Opens("sync", "conflicts")
    count = doorstep.waiting(session)
    return (Figure("conflicts", count, told("Xung đột đồng bộ"), marked("Xung đột"), opens),)


def _waiting(
    rows: Sequence[OccurrenceRow], today: date, most: int, *, is_all_mine: bool
) -> tuple[Waiting, ...]:
    sunday = today + timedelta(days=6 - today.weekday())
    ours: dict[str, list[str]] = {} if is_all_mine else {"part": [LEADS]}
    asked = [
        ("today", told("Hôm nay"), {"when": [UNTIL_TODAY], **ours}),
        (
            "week",
            told("Đến Chủ nhật {sunday}", sunday=date_words(sunday)),
            {"when": [UNTIL_SUNDAY], **ours},
        ),
    ]
    if not is_all_mine:
        soon = [UNTIL_TODAY, UNTIL_SUNDAY, SOON_AFTER]
        asked.append(
            ("others", told("Đang chờ cơ quan khác"), {"when": soon, "part": [HELPS, APART]})
        )
    waiting = [(row, said[0], part(row)[0]) for row in rows if (said := when(row))]
    return tuple(_short(waiting, key, title, facets, most) for key, title, facets in asked)


def _short(
    soon: Sequence[tuple[OccurrenceRow, str, str]],
    key: str,
    title: str,
    facets: dict[str, list[str]],
    most: int,
) -> Waiting:
    """The rows that the very conditions keep which the list's link will put on the register."""
    until, parts = facets["when"], facets.get("part", (LEADS, HELPS, APART))
    found = [row for row, how_soon, ours in soon if how_soon in until and ours in parts]
    return Waiting(key, title, tuple(found[:most]), len(found), Opens("obligation", None, facets))


def _bars(rows: Sequence[OccurrenceRow]) -> tuple[Bar, ...]:
    overdue = Counter(row.bodies.lead for row in rows if row.state == OccurrenceState.OVERDUE)
    return tuple(
        Bar(agency, count, Opens("obligation", "overdue", {"lead": [agency]}))
        for agency, count in sorted(overdue.items(), key=lambda item: (-item[1], item[0]))
    )


def _stale(
    found: Mapping[UUID, Sequence[Reason]], known: Mapping[UUID, Regulation], most: int
) -> tuple[Stale, ...]:
    order = {kind: place for place, kind in enumerate(staleness.REASONS)}
    listed = [
        Stale(id_, known[id_].called(), reasons[0], len(reasons))
        for id_, reasons in found.items()
        if id_ in known
    ]
    ordered = sorted(listed, key=lambda item: (order[item.reason.kind], -item.count, item.number))
    return tuple(ordered[:most])
