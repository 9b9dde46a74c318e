"""The conflicts of the register as a queue of records, and the decisions taken on them."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from uuid import UUID

from sqlalchemy import Connection
from sqlmodel import Session

from app import moments
from app.errors import Refused
from app.journal import decisions, log
from app.journal.change_set import LIFE, SET, origin
from app.journal.decisions import LABEL
from app.journal.log import Placed
from app.journal.raw import raw
from app.kinds import word_of
from app.models import MODELS
from app.models.states import NOT_HERE
from app.models.trait import Strategy, traits_of
from app.models.values import Value
from app.registers.settlement import Settled
from app.services.agreement import conflicts, histories, naming
from app.services.agreement.conflicts import Choice, Conflict, Disputed
from app.services.any_kind import records
from app.store import Store
from app.sync.circle import office_names
from app.text import clean, date_words, moment_words
from app.words import told

_WHY = ". Lý do: "
_ONE, _MANY = LABEL + " {name}" + _WHY + "{reason}", LABEL + " ở {n} bản ghi" + _WHY + "{reason}"
_MOST = 300


@dataclass(frozen=True)
class Queued:
    """A record in conflict; `package` brought the newest value from elsewhere, if one did."""

    entity: str
    id: UUID
    kind: str
    name: str
    fields: int
    office: str
    received: datetime | None
    package: bytes
    number: int
    opens_id: UUID

    @property
    def about(self) -> str:
        """The second line of its entry: "3 trường, nhận từ Sở Y tế 20/11/2026"."""
        said = told("{fields} trường", fields=self.fields)
        if self.received is None:
            return said
        return told(
            "{said}, nhận từ {office} {received}",
            said=said,
            office=self.office,
            received=date_words(self.received),
        )


def queue(session: Session) -> list[Queued]:
    """Every record in conflict, by kind and name; read in bulk."""
    connection = session.connection()
    fields: dict[tuple[str, UUID], int] = {}
    for entity, record in raw(connection).execute("SELECT entity, record FROM conflict"):
        key = (entity, UUID(bytes=record))
        fields[key] = fields.get(key, 0) + 1
    names = office_names(connection)
    found: list[Queued] = []
    for entity in {entity for entity, _ in fields}:
        ids = [id_ for kind, id_ in fields if kind == entity]
        listed = records.by_id(session, MODELS[entity], ids)
        called = naming.full_names(session, listed.values())
        for id_ in listed:
            brought = _brought(connection, id_)
            found.append(
                Queued(
                    entity=entity,
                    id=id_,
                    kind=word_of(entity),
                    name=called[id_],
                    fields=fields[(entity, id_)],
                    office=names.get(brought[0], "") if brought else "",
                    received=brought[1] if brought else None,
                    package=brought[2] if brought else b"",
                    number=brought[3] if brought else 0,
                    opens_id=histories.opens(session, entity, id_)[1],
                )
            )
    return sorted(found, key=lambda item: (item.kind, item.name, item.id))


def settle(store: Store, choices: Sequence[Choice], reason: str) -> int:
    """Write decisions as one action that can be undone; returns how many fields.

    Raises Refused without a reason or where a conflict has been settled meanwhile, InvalidFields
    for a typed value that breaks a rule.
    """
    why = clean(reason)
    if not why:
        raise Refused(why="Chưa nhập lý do. Lý do được giữ trong Lịch sử của bản ghi.")
    if not choices:
        raise Refused(why="Chưa chọn giá trị nào.")
    names = list(dict.fromkeys(choice.conflict.name for choice in choices))
    label = _ONE.format(name=names[0], reason=why)
    if len({choice.conflict.record for choice in choices}) > 1:
        label = _MANY.format(n=len({c.conflict.record for c in choices}), reason=why)
    with store.changing(label) as session:
        return conflicts.resolve(session, choices)


def settle_alike(
    store: Store, items: Iterable[tuple[str, UUID]], *, ours: bool, reason: str
) -> int:
    """Decide every field of several records for this office, or for the other one."""
    with store.reading() as session:
        found = [conflicts.of_record(session, entity, record) for entity, record in items]
    disputed = [conflict for item in found if item for conflict in item.conflicts]
    choices = [Choice(conflict, side_of(conflict, ours=ours)) for conflict in disputed]
    return settle(store, choices, reason)


def side_of(conflict: Conflict, *, ours: bool) -> int:
    """The side of this office, or the newest of another one; the first where there is none."""
    wanted = [n for n, side in enumerate(conflict.sides) if side.is_ours is ours]
    return max(wanted, key=lambda n: conflict.sides[n].at) if wanted else 0


def find(session: Session, entity: str, record: UUID) -> Disputed:
    """What is in conflict in one record. Raises Refused where nothing is."""
    found = conflicts.of_record(session, entity, record)
    if found is None:
        raise Refused(why="Bản ghi này không còn xung đột.")
    return found


def alike(session: Session, found: Disputed) -> list[tuple[str, str]]:
    """The record's other fields, on which the offices agree: label and words."""
    record = session.get(MODELS[found.entity], found.record)
    names = {each.field.removeprefix("@") for each in found.conflicts}
    if record is None:
        return []
    lines = []
    for name, trait in traits_of(MODELS[found.entity]).items():
        hidden = trait.strategy in (Strategy.LOCAL, Strategy.DERIVED, Strategy.ORDER)
        if not hidden and trait.label and not {name, trait.group} & names:
            words = _shown(session, found.entity, name, getattr(record, name))
            lines += [(told(trait.label), words)] if words else []
    return lines


def settled(session: Session, *, most: int = _MOST) -> list[Settled]:
    """The newest decisions of every office, an edit of a field that was in conflict included."""
    connection = session.connection()
    names = office_names(connection)
    found: list[Settled] = []
    for stored, office in decisions.newest(connection, most):
        read = stored.read()
        if read.reverts:
            continue  # undone or done again: what was decided is listed already
        at = moments.local(read.wall)
        who = (names.get(office, ""), read.user, at, read.label)
        for item in log.placed(stored.id, read):
            line = _settled(session, item, who) if _may_decide(item, read.label) else None
            found += [line] if line else []
    return found


def _may_decide(item: Placed, label: str) -> bool:
    is_value = item.op.kind == SET and item.entity != "alias"
    return is_value and (len(item.op.parents) > 1 or label.startswith(LABEL))


def _shown(session: Session, entity: str, name: str, value: Value) -> str:
    refers = traits_of(MODELS[entity])[name].refers

    def named(record_id: UUID) -> str:
        other = session.get(MODELS[refers], record_id) if refers else None
        return naming.called(other) if other is not None else told(NOT_HERE)

    return histories.value_words(entity, name, value, named)


def _settled(session: Session, item: Placed, who: tuple[str, str, datetime, str]) -> Settled | None:
    record = session.get(MODELS[item.entity], UUID(bytes=item.record))
    if record is None:
        return None
    office, clerk, at, label = who
    before = log.ops_by_id(session.connection(), item.op.parents).values()
    name = item.op.field
    chosen = conflicts.value_words(session, item.entity, name, item.op.value)
    stood = [conflicts.value_words(session, item.entity, name, op.op.value) for op in before]
    if name == LIFE:
        stood = list(conflicts.LIFE_WORDS.values())
    elif not label.startswith(LABEL) and len(set(stood)) < 2:
        return None  # the sides said the same: there was nothing to decide
    kind, opens = histories.opens(session, item.entity, record.id)
    return Settled(
        id=item.id.hex(),
        at=at,
        time=moment_words(at),
        office=office,
        clerk=clerk,
        entity=item.entity,
        record=record.id,
        kind=word_of(item.entity),
        name=naming.full_name(session, record),
        label=conflicts.field_label(item.entity, name),
        chosen=chosen or told("(trống)"),
        left="; ".join(dict.fromkeys(w or told("(trống)") for w in stood if w != chosen)),
        reason=label.partition(_WHY)[2] or label,
        opens_kind=kind,
        opens_id=opens,
    )


def _brought(connection: Connection, record: UUID) -> tuple[bytes, datetime, bytes, int] | None:
    """The package that brought the newest standing value: its office, day, id and number."""
    rows = raw(connection).execute("SELECT field FROM conflict WHERE record = ?", (record.bytes,))
    heads = log.heads_of(connection, record.bytes)
    newest: tuple[bytes, str, bytes, int] | None = None
    for op in (op for (name,) in rows.fetchall() for op in heads.get(name, ())):
        prefix = origin(op)[0]
        row = (
            raw(connection)
            .execute(
                "SELECT p.office, p.at, p.id, p.number FROM cset c"
                " JOIN package p ON NOT p.is_ours AND c.n > p.n_from AND c.n <= p.n_to"
                " WHERE c.id >= ? AND c.id < ? LIMIT 1",
                (prefix, prefix + b"\xff\xff\xff"),
            )
            .fetchone()
        )
        if row is not None and (newest is None or row[1] > newest[1]):
            newest = row
    if newest is None:
        return None
    return newest[0], datetime.fromisoformat(newest[1]), newest[2], int(newest[3])
