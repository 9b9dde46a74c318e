"""History for people: which record, which field, who, when, before and after, all in words."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from uuid import UUID

from sqlmodel import Session

from app.errors import NotFound
from app.journal import history
from app.journal.history import Change, Event
from app.kinds import CARDS, word_of
from app.models import MODELS, Provision, Record
from app.models.recurrence import Recurrence
from app.models.recurrence.rhythm import period_words
from app.models.states import NOT_HERE
from app.models.trait import Input, Strategy, traits_of
from app.models.values import Value
from app.registers.journal import JournalRow
from app.services.agreement.naming import called
from app.services.any_kind import records
from app.services.regulation import provisions
from app.text import date_words, moment_words
from app.words import marked, told

ACTIONS = marked({True: "Ghi vào sổ", False: "Rút khỏi sổ"})


@dataclass(frozen=True)
class ChangeLine:
    """One field's change in words; for a record entered or withdrawn, `field` says so."""

    entity: str
    record: UUID
    kind: str
    name: str
    field: str
    before: str
    after: str


@dataclass(frozen=True)
class EventLine:
    """One save in words."""

    n: int
    batch: bytes
    at: datetime
    clerk: str
    label: str
    family: str
    family_id: UUID
    lines: tuple[ChangeLine, ...]


def of_record(session: Session, entity: str, record_id: UUID) -> list[EventLine]:
    """The history of one record, newest first."""
    record = session.get(MODELS[entity], record_id)
    if record is None:
        raise NotFound
    _, family_id = record.aggregate()
    events = history.of_family(session.connection(), family_id.bytes, record_id.bytes)
    return in_words(session, events)


def of_family(session: Session, entity: str, record_id: UUID) -> list[EventLine]:
    """The history of a record and of all that belongs to it, newest first."""
    record = session.get(MODELS[entity], record_id)
    if record is None:
        raise NotFound
    _, family_id = record.aggregate()
    return in_words(session, history.of_family(session.connection(), family_id.bytes))


def journal(session: Session, *, limit: int = 2000) -> list[JournalRow]:
    """The newest actions of the whole register, read from its newest *limit* saves.

    The oldest of them may have begun before those; then it is left for a larger *limit*.
    """
    found: dict[bytes, list[Event]] = {}
    for event in history.latest(session.connection(), limit):
        found.setdefault(event.batch, []).append(event)
    listed = [_journal_row(events) for events in found.values()]
    return listed[:-1] if len(listed) > 1 and has_older(session, listed) else listed


def has_older(session: Session, listed: Sequence[JournalRow]) -> bool:
    """Whether the register holds actions older than those listed."""
    oldest = min((row.n for row in listed), default=0)
    return bool(listed) and history.has_before(session.connection(), oldest)


def of_action(session: Session, batch: bytes) -> list[ChangeLine]:
    """What one action did, change by change."""
    events = history.of_batch(session.connection(), batch)
    return [line for event in in_words(session, events) for line in event.lines]


def opens(session: Session, entity: str, record_id: UUID) -> tuple[str, UUID]:
    """The kind and id of the record that shows this one: a party opens at its regulation."""
    record = session.get(MODELS[entity], record_id)
    if record is None or CARDS[entity].opens_itself:
        return entity, record_id
    return record.aggregate()


def in_words(session: Session, events: list[Event]) -> list[EventLine]:
    """*events* with every value as a clerk reads it; names are looked up in bulk."""
    named = _names(session, events)
    return [
        EventLine(
            n=event.n,
            batch=event.batch,
            at=event.at,
            clerk=event.clerk,
            label=event.label,
            family=event.family,
            family_id=UUID(bytes=event.family_id),
            lines=tuple(
                _line(c, named) for c in event.changes if not _goes_without_saying(c, event)
            ),
        )
        for event in events
    ]


def value_words(entity: str, name: str, value: Value, named: Callable[[UUID], str]) -> str:
    """A field's value as a clerk reads it."""
    trait = traits_of(MODELS[entity]).get(name)
    if value is None:
        return ""
    if trait is not None and trait.words is not None:
        return told(trait.words.get(str(value), str(value)))
    if isinstance(value, UUID):
        return named(value)
    if (entity, name) == ("occurrence", "period"):
        return period_words(str(value))
    if isinstance(value, bool):
        return told("Có") if value else told("Không")
    if isinstance(value, date):
        return date_words(value)
    if isinstance(value, Recurrence):
        return value.words()
    if isinstance(value, list | tuple):
        return ", ".join(value_words(entity, "", item, named) for item in value)
    return str(value)


def _line(change: Change, named: Mapping[UUID, str]) -> ChangeLine:
    record = UUID(bytes=change.record)
    kind = told(word_of(change.entity))

    def name_of(id_: UUID) -> str:
        return named.get(id_, told(NOT_HERE))

    if change.field == "life":
        field, before, after = ACTIONS[bool(change.after)], "", ""
    else:
        trait = traits_of(MODELS[change.entity]).get(change.field)
        if trait is None or (trait.strategy is Strategy.ORDER and trait.input is Input.NONE):
            name = named.get(record, "")
            return ChangeLine(
                change.entity, record, kind, name, told("Thứ tự"), "", told("Đã đổi chỗ")
            )
        field = told(trait.label)
        before = value_words(change.entity, change.field, change.before, name_of)
        after = value_words(change.entity, change.field, change.after, name_of)
    return ChangeLine(change.entity, record, kind, named.get(record, ""), field, before, after)


def _goes_without_saying(change: Change, event: Event) -> bool:
    """What the program sets in a new record: its order, its file's digest, its family."""
    if change.before is not None:
        return False
    trait = traits_of(MODELS[change.entity]).get(change.field)
    is_ours = trait is not None and trait.input is Input.NONE and change.field != "life"
    return is_ours or change.after == UUID(bytes=event.family_id)


def _names(session: Session, events: Iterable[Event]) -> dict[UUID, str]:
    wanted: dict[str, set[UUID]] = {}
    for event in events:
        for change in event.changes:
            wanted.setdefault(change.entity, set()).add(UUID(bytes=change.record))
            trait = traits_of(MODELS[change.entity]).get(change.field)
            if trait is None or not trait.refers:
                continue
            for value in (change.before, change.after):
                items = value if isinstance(value, list | tuple) else [value]
                wanted.setdefault(trait.refers, set()).update(
                    item for item in items if isinstance(item, UUID)
                )
    found: dict[UUID, str] = {}
    for entity, ids in wanted.items():
        for id_, record in records.by_id(session, MODELS[entity], ids).items():
            found[id_] = _cited(session, record)
    return found


def _cited(session: Session, record: Record) -> str:
    """A provision is called by its place: its bare number says nothing outside its article."""
    place = provisions.place_of(session, record.id) if isinstance(record, Provision) else ""
    return place or called(record)


def _journal_row(events: list[Event]) -> JournalRow:
    first = events[-1]
    touched = {change.record: change.entity for event in events for change in event.changes}
    kinds = dict.fromkeys(word_of(entity) for entity in touched.values())
    return JournalRow(
        id=first.batch.hex(),
        n=first.n,
        at=first.at,
        day=first.at.date(),
        time=moment_words(first.at),
        clerk=first.clerk,
        label=first.label,
        kinds=", ".join(kinds),
        records=len(touched),
        opens_kind=first.family,
        opens_id=UUID(bytes=first.family_id),
    )
