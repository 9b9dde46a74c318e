"""Values that two offices wrote unaware of each other: both shown, a person decides."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import Session

from app import moments
from app.errors import InvalidFields, Refused
from app.journal import log
from app.journal.beneath import Beneath
from app.journal.change_set import LIFE, Plain, members_in, origin
from app.journal.log import Placed
from app.journal.plain import layout_of
from app.journal.raw import raw
from app.journal.recorder import SETTLEMENTS, Settlement
from app.journal.trees import trees
from app.kinds import word_of
from app.models import DELETED, LIVE, MODELS, Record
from app.models.states import NOT_HERE
from app.models.trait import traits_of
from app.models.values import Value
from app.services.agreement import histories, naming, rings
from app.services.any_kind import secrecy
from app.words import marked, told

LIFE_WORDS = marked({LIVE: "Giữ bản ghi", DELETED: "Rút khỏi sổ"})


_Author = tuple[str, int, bytes, int]
"""Clerk, wall, office, and whether the replica is ours."""


@dataclass(frozen=True)
class Side:
    """One of the values that stand: what it says, who wrote it, when by that machine's clock."""

    op: bytes
    value: Plain  # as an op carries it
    words: str
    office: bytes
    clerk: str
    at: datetime
    is_ours: bool
    is_against: bool = False
    """Whether it is the link of another record that would make a ring with this one's."""


@dataclass(frozen=True)
class Conflict:
    """A field with values side by side; `before` is what both sides last had in common."""

    entity: str
    record: UUID
    name: str
    field: str
    label: str
    before: str
    sides: tuple[Side, ...]

    @property
    def seen(self) -> tuple[bytes, ...]:
        """The heads that a decision on this picture cites."""
        return tuple(sorted(side.op for side in self.sides if not side.is_against))


@dataclass(frozen=True)
class Disputed:
    """A record with everything in it that is in conflict."""

    entity: str
    record: UUID
    kind: str
    name: str
    opens_kind: str
    opens_id: UUID
    conflicts: tuple[Conflict, ...]


@dataclass(frozen=True)
class Choice:
    """A decision on one conflict: one side's value, or *other* typed by the clerk."""

    conflict: Conflict
    side: int | None = None
    other: Value = None


def count(session: Session) -> int:
    """How many fields wait for a decision."""
    row = raw(session.connection()).execute("SELECT count(*) FROM conflict").fetchone()
    return int(row[0])


def listing(session: Session) -> list[Disputed]:
    """Every record in conflict, in the order of its kind and name."""
    rows = raw(session.connection()).execute("SELECT entity, record FROM conflict").fetchall()
    wanted = dict.fromkeys((entity, UUID(bytes=record)) for entity, record in rows)
    found = [of_record(session, entity, record) for entity, record in wanted]
    return sorted((item for item in found if item), key=lambda item: (item.kind, item.name))


def of_record(session: Session, entity: str, record_id: UUID) -> Disputed | None:
    """What is in conflict in one record; None if nothing is."""
    connection = session.connection()
    names = [
        row[0]
        for row in raw(connection).execute(
            "SELECT field FROM conflict WHERE record = ? ORDER BY field", (record_id.bytes,)
        )
    ]
    record = session.get(MODELS[entity], record_id)
    if not names or record is None:
        return None
    beneath = Beneath(connection, [record_id.bytes])
    found = [
        _conflict(session, record, name, beneath.standing(record_id.bytes, name)) for name in names
    ]
    kind, opens = histories.opens(session, entity, record_id)
    called = naming.full_name(session, record)
    words = told(word_of(entity))
    return Disputed(entity, record_id, words, called, kind, opens, tuple(found))


def resolve(session: Session, choices: Sequence[Choice]) -> int:
    """Write the decisions as ordinary changes that cite what was on screen; returns how many.

    The reason is the label under which the session was opened. Raises Refused for a conflict
    that has meanwhile been settled, InvalidFields for a typed value that breaks a rule.
    """
    for choice in choices:
        conflict = choice.conflict
        now = of_record(session, conflict.entity, conflict.record)
        standing = {item.field for item in now.conflicts} if now else set()
        if conflict.field not in standing:
            raise Refused(
                why=told(
                    "Xung đột ở ô {label} đã được giải quyết. Mở lại danh sách.",
                    label=conflict.label,
                )
            )
        record = session.get(MODELS[conflict.entity], conflict.record)
        if record is None:
            raise Refused(why="Bản ghi này chưa nhận về máy.")
        settled = _settlement(session, record, choice)
        secrecy.refuse_settling(session, record, settled.field, settled.value)
        rings.make_way(session, record, settled.field, settled.value)
        session.info[SETTLEMENTS].append(settled)
    return len(choices)


def joined(conflict: Conflict) -> str:
    """Both values of a text, one after the other, for "giữ cả hai"."""
    return "\n".join(dict.fromkeys(side.words for side in conflict.sides if side.words))


def may_join(conflict: Conflict) -> bool:
    """Whether "giữ cả hai" makes sense: for text without a fixed form."""
    return all(isinstance(side.value, str) for side in conflict.sides) and not _is_date(conflict)


def _conflict(session: Session, record: Record, name: str, ops: Iterable[bytes]) -> Conflict:
    connection = session.connection()
    placed = log.ops_by_id(connection, ops)
    link = rings.against(session, record, name, placed)
    authors = _authors(connection, placed | ({link.id: link} if link else {}))
    sides = [_side(session, record, item, authors) for item in placed.values()]
    if link is not None:
        side = _side(session, record, link, authors)
        sides.append(_against(session, record, link, side, rings.newest(placed).op.value))
    sides.sort(key=_order)
    return Conflict(
        entity=record.ENTITY,
        record=record.id,
        name=naming.full_name(session, record),
        field=name,
        label=field_label(record.ENTITY, name),
        before=_before(session, record, placed),
        sides=tuple(sides),
    )


def _order(side: Side) -> tuple[bool, datetime, bytes]:
    return not side.is_ours, side.at, side.op


def _side(session: Session, record: Record, item: Placed, authors: Mapping[bytes, _Author]) -> Side:
    clerk, wall, office, is_mine = authors[origin(item.id)[0]]
    return Side(
        op=item.id,
        value=item.op.value,
        words=value_words(session, record.ENTITY, item.op.field, item.op.value),
        office=office,
        clerk=clerk,
        at=moments.local(wall),
        is_ours=bool(is_mine),
    )


def _against(session: Session, record: Record, link: Placed, side: Side, newest: Plain) -> Side:
    """The side that leaves the link upward blank, told by whoever wrote the one against it."""
    other = session.get(MODELS[link.entity], UUID(bytes=link.record))
    words = told(
        "(trống, vì “{label}” ở {other} là {above})",
        label=traits_of(MODELS[link.entity])[trees()[link.entity].column].label,
        other=naming.called(other) if other is not None else told(NOT_HERE),
        above=naming.called(record),
    )
    blank = rings.left_blank(record, link.op.field, newest)
    return replace(side, value=blank, words=words, is_against=True)


def _authors(connection: Connection, placed: Mapping[bytes, Placed]) -> dict[bytes, _Author]:
    found: dict[bytes, _Author] = {}
    for prefix in {origin(op)[0] for op in placed}:
        row = (
            raw(connection)
            .execute(
                f"SELECT {log.BODY}, c.wall, r.office, r.is_mine FROM cset c"
                " JOIN replica r ON r.n = c.replica WHERE c.id >= ? AND c.id < ?",
                (prefix, prefix + b"\xff\xff\xff"),
            )
            .fetchone()
        )
        from app.journal.change_set import decode

        found[prefix] = (decode(row[0]).user, *row[1:])
    return found


def _before(session: Session, record: Record, placed: Mapping[bytes, Placed]) -> str:
    """What the sides last had in common: the value that the earliest of them replaced."""
    parents = [set(item.op.parents) for item in placed.values()]
    common = set.intersection(*parents) if parents else set()
    known = log.ops_by_id(session.connection(), common or {p for ps in parents for p in ps})
    for item in sorted(known.values(), key=lambda item: item.lamport, reverse=True):
        return value_words(session, record.ENTITY, item.op.field, item.op.value)
    return ""


def field_label(entity: str, name: str) -> str:
    """What the field of an op is called: a group by all its members."""
    if name == LIFE:
        return told("Có còn trong sổ")
    layout = layout_of(entity)
    traits = traits_of(MODELS[entity])
    members = layout.groups.get(name, (name,)) if layout else (name,)
    first, *rest = [told(traits[member].label) for member in members]
    return ", ".join([first, *(label[:1].lower() + label[1:] for label in rest)])


def value_words(session: Session, entity: str, name: str, value: Plain) -> str:
    """An op's value as a clerk reads it."""
    if name == LIFE:
        return told(LIFE_WORDS[LIVE if value == LIVE else DELETED])
    layout = layout_of(entity)
    if layout is None:
        return str(value)
    if name in layout.groups:
        parts = []
        for member in layout.groups[name]:
            plain = members_in(value).get(member)
            words = _plain_words(session, entity, member, plain)
            if words:
                label = told(traits_of(MODELS[entity])[member].label)
                parts.append(f"{label}: {words}")
        return "; ".join(parts)
    return _plain_words(session, entity, name, value)


def _plain_words(session: Session, entity: str, name: str, plain: Plain) -> str:
    layout = layout_of(entity)
    if layout is None or plain is None:
        return ""
    value = layout.codecs[name].from_plain(plain)
    refers = traits_of(MODELS[entity])[name].refers

    def named(record_id: UUID) -> str:
        found = session.get(MODELS[refers], record_id) if refers else None
        return naming.called(found) if found is not None else told(NOT_HERE)

    return histories.value_words(entity, name, value, named)


def _settlement(session: Session, record: Record, choice: Choice) -> Settlement:
    conflict = choice.conflict
    if choice.side is not None:
        value: Plain = conflict.sides[choice.side].value
        if conflict.field == LIFE and value != LIVE:
            value = [DELETED, _all_heads(session, record)]
    else:
        value = _typed(record, conflict, choice.other)
    return Settlement(
        record.ENTITY, record.id, record.aggregate(), conflict.field, value, conflict.seen
    )


def _typed(record: Record, conflict: Conflict, other: Value) -> Plain:
    layout = layout_of(record.ENTITY)
    if layout is None or conflict.field == LIFE or conflict.field in layout.groups:
        raise Refused(why="Ô này phải chọn một trong các giá trị đang có.")
    from app.models import DRAFTS, checked

    draft_class = DRAFTS[record.ENTITY]
    whole = {name: getattr(record, name) for name in draft_class.model_fields}
    draft = checked(draft_class, whole | {conflict.field: other})
    value = getattr(draft, conflict.field)
    if value is None:
        raise InvalidFields(
            {conflict.field: told("Chưa nhập {label}.", label=conflict.label.lower())}
        )
    return layout.codecs[conflict.field].to_plain(value)


def _all_heads(session: Session, record: Record) -> list[bytes]:
    heads = log.load_heads(session.connection(), [record.id.bytes])
    return sorted(op for (_, name), ops in heads.of.items() if name != LIFE for op in ops)


def _is_date(conflict: Conflict) -> bool:
    model = MODELS[conflict.entity]
    trait = traits_of(model).get(conflict.field)
    return trait is not None and (trait.words is not None or trait.input.value in ("date",))


__all__ = [
    "Choice",
    "Conflict",
    "Disputed",
    "Side",
    "count",
    "field_label",
    "joined",
    "listing",
    "marked",
    "may_join",
    "of_record",
    "resolve",
    "value_words",
]
