"""What can be done with a record of any kind: enter, look up, revise, withdraw, restore.

Every road into a register, the window's and the command line's alike, comes through here, so
that no record is ever entered without its draft's rules.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import TypeVar, overload
from uuid import UUID, uuid4

from sqlalchemy import ColumnElement
from sqlmodel import Session, col, select

from app.errors import InvalidFields, NotFound, Refused
from app.journal import aliases
from app.journal.raw import in_parts, marks, raw
from app.journal.writing import made
from app.models import DELETED, DRAFTS, LIVE, MODELS, Draft, Record, checked
from app.models.trait import Input, Trait, traits_of
from app.models.values import Value, Values
from app.services.any_kind import guards, secrecy
from app.words import told

R = TypeVar("R", bound=Record)


@overload
def enter(session: Session, kind: type[R], values: Values, *, id: UUID | None = None) -> R: ...
@overload
def enter(session: Session, kind: str, values: Values, *, id: UUID | None = None) -> Record: ...
def enter(
    session: Session,
    kind: type[Record] | str,
    values: Values,
    *,
    id: UUID | None = None,  # noqa: A002
) -> Record:
    """Enter a record of *kind*, its model or its entity's name; *id* where it is derived.

    A withdrawn record of that id is revived with the new values. Raises InvalidFields or Refused.
    """
    model = _model(kind)
    entity = model.ENTITY
    draft = checked(DRAFTS[entity], secrecy.filled(entity, values))
    check_references(session, draft)
    given = {name: getattr(draft, name) for name in type(draft).model_fields}
    guards.check(session, entity, given, given, id)
    known = session.get(model, id) if id is not None else None
    if known is not None and known.is_live:
        raise Refused(why="Bản ghi này đã có trong sổ.")
    if known is not None:
        for name, value in given.items():
            setattr(known, name, value)
        known.life = LIVE
        session.add(known)
        session.flush()
        return known
    record = made(model, {**given, "id": id or uuid4()})
    session.add(record)
    session.flush()
    return record


@overload
def revise(
    session: Session,
    kind: type[R],
    id: UUID,
    values: Values,
    *,
    was: Values | None = None,
) -> R: ...
@overload
def revise(
    session: Session,
    kind: str,
    id: UUID,
    values: Values,
    *,
    was: Values | None = None,
) -> Record: ...
def revise(
    session: Session,
    kind: type[Record] | str,
    id: UUID,  # noqa: A002
    values: Values,
    *,
    was: Values | None = None,
) -> Record:
    """Change the fields in *values* and no other. Raises NotFound, InvalidFields or Refused.

    *was* is what the clerk had on screen: a field that somebody has changed since (a package came
    in, another window saved) is refused, or that change would be overwritten by one who never
    saw it.
    """
    model = _model(kind)
    entity = model.ENTITY
    record = get(session, model, id)
    draft_class = DRAFTS[entity]
    whole = {name: getattr(record, name) for name in draft_class.model_fields}
    unknown = set(values) - set(whole)
    if unknown:
        name = sorted(unknown)[0]
        raise InvalidFields({name: told("Không có ô “{name}” ở loại bản ghi này.", name=name)})
    draft = checked(draft_class, {**whole, **values})
    now = {name: getattr(draft, name) for name in values}
    refuse_unseen(traits_of(draft_class), whole, now, was or {})
    check_references(session, draft, only=values)
    if "secrecy" in values:
        secrecy.refuse_while_content(session, record, whole | now)
    changed = [name for name in values if now[name] != whole[name]]
    guards.check(session, entity, whole | now, changed, id)
    for name in values:
        value = getattr(draft, name)
        if getattr(record, name) != value:
            setattr(record, name, value)
    session.add(record)
    session.flush()
    return record


def _model(kind: type[Record] | str) -> type[Record]:
    return MODELS[kind] if isinstance(kind, str) else kind


def refuse_unseen(
    traits: Mapping[str, Trait],
    now: Values,
    values: Values,
    was: Values,
) -> None:
    """Refuse *values* for fields that somebody has changed since they said what *was* says.

    *now* is what they say today. Raises InvalidFields, each field in words.
    """
    problems = {
        name: told(
            "{label}: vừa được người khác đổi từ khi mở biểu mẫu. Đóng biểu mẫu, xem giá "
            "trị mới rồi sửa lại.",
            label=told(traits[name].label) if name in traits else told("Ô này"),
        )
        for name in values
        if name in was and now[name] != was[name] and values[name] != now[name]
    }
    if problems:
        raise InvalidFields(problems)


def withdraw(session: Session, entity: str, ids: Sequence[UUID]) -> int:
    """Withdraw records; they stay in the history and undo brings them back. Returns how many."""
    count = 0
    for record_id in ids:
        record = get(session, MODELS[entity], record_id)
        record.life = DELETED
        session.add(record)
        count += 1
    session.flush()
    return count


def get(session: Session, model: type[R], id: UUID) -> R:  # noqa: A002
    """The live record, or the one it is merged into; else raise NotFound."""
    record = session.get(model, id)
    if record is None or not record.is_live:
        shown = UUID(bytes=aliases.resolve(session.connection(), id.bytes))
        record = session.get(model, shown) if shown != id else None
    if record is None or not record.is_live:
        raise NotFound
    return record


def said(session: Session, model: type[Record], id: UUID) -> dict[str, Value]:  # noqa: A002
    """What a live record says in the fields of its draft. Raises NotFound."""
    record = get(session, model, id)
    return {name: getattr(record, name) for name in DRAFTS[model.ENTITY].model_fields}


def live(session: Session, model: type[R], *conditions: ColumnElement[bool] | bool) -> list[R]:
    """Every live record of *model* under *conditions*."""
    statement = select(model).where(col(model.life) != DELETED, *conditions)
    return list(session.exec(statement))


def by_id(session: Session, model: type[R], ids: Iterable[UUID]) -> dict[UUID, R]:
    """The records with these ids, withdrawn ones too, in as few queries as SQLite allows."""
    wanted = sorted(set(ids))
    found: dict[UUID, R] = {}
    for some in in_parts(wanted):
        statement = select(model).where(col(model.id).in_(some))
        found |= {record.id: record for record in session.exec(statement)}
    return found


def check_references(session: Session, draft: Draft, *, only: Iterable[str] | None = None) -> None:
    """Raise InvalidFields if a field of *draft* names a record that is not in the register."""
    problems: dict[str, str] = {}
    for name, trait in traits_of(type(draft)).items():
        if trait.input not in (Input.RECORD, Input.RECORDS):
            continue
        if only is not None and name not in only:
            continue
        value = getattr(draft, name)
        ids = [value] if isinstance(value, UUID) else list(value or ())
        if not _all_live(session, trait.refers, ids):
            problems[name] = told(
                "{label}: bản ghi đã chọn không còn trong sổ. Chọn lại.", label=told(trait.label)
            )
    if problems:
        raise InvalidFields(problems)


def _all_live(session: Session, entity: str, ids: Sequence[UUID]) -> bool:
    """Whether each of *ids* is in the register: asked of SQLite, to read whole records is dear."""
    if not ids:
        return True
    session.flush()
    table = MODELS[entity].__tablename__
    found = raw(session.connection()).execute(
        f'SELECT count(*) FROM "{table}" WHERE id IN ({marks(ids)}) AND life <> ?',
        (*(one.hex for one in ids), DELETED),
    )
    return bool(found.fetchone()[0] == len(set(ids)))
