"""Between a record's Python values, the plain values of an op, and the cells of SQLite."""

from __future__ import annotations

import json
import types
import typing
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date
from functools import cached_property, lru_cache
from typing import TypeAlias, TypeVar
from uuid import UUID

from app.journal.change_set import Plain
from app.json_tree import Json
from app.models import MODELS, Record
from app.models.recurrence import Recurrence
from app.models.trait import Strategy, Trait, traits_of
from app.models.values import Value

Cell: TypeAlias = str | int | float | bytes | None
"""What SQLite keeps in one place."""


@dataclass(frozen=True)
class Codec:
    """How one field's value crosses: record → op → cell, and op → record.

    Raises TypeError or ValueError for a value that is not of the field's type.
    """

    to_plain: Callable[[Value], Plain]
    to_cell: Callable[[Plain], Cell]
    from_plain: Callable[[Plain], Value]


def _strange(value: object) -> TypeError:
    return TypeError(f"a {type(value).__name__} stands where no field has one")


def _id_to_plain(value: Value) -> Plain:
    if isinstance(value, UUID):
        return value.bytes
    raise _strange(value)


def _id_to_cell(plain: Plain) -> Cell:
    if isinstance(plain, bytes):
        return plain.hex()
    raise _strange(plain)


def _id_from_plain(plain: Plain) -> Value:
    if isinstance(plain, bytes):
        return UUID(bytes=plain)
    raise _strange(plain)


def _day_to_plain(value: Value) -> Plain:
    if isinstance(value, date):
        return value.isoformat()
    raise _strange(value)


def _day_from_plain(plain: Plain) -> Value:
    if isinstance(plain, str):
        return date.fromisoformat(plain)
    raise _strange(plain)


def _rule_to_plain(value: Value) -> Plain:
    if isinstance(value, Recurrence):
        return value.to_json()
    raise _strange(value)


def _rule_to_cell(plain: Plain) -> Cell:
    return json.dumps(plain, ensure_ascii=False, sort_keys=True)


def _rule_from_plain(plain: Plain) -> Value:
    return Recurrence.from_json(as_json(plain))


def as_json(plain: Plain) -> Json:
    """*plain* as a JSON tree; raises TypeError where it holds bytes, which JSON has not."""
    if isinstance(plain, bytes):
        raise _strange(plain)
    if isinstance(plain, Mapping):
        return {key: as_json(item) for key, item in plain.items()}
    if isinstance(plain, list | tuple):
        return [as_json(item) for item in plain]
    return plain


def _simple(value: Value | Plain) -> str | int | float | None:
    if value is None or isinstance(value, str | int | float):
        return value
    raise _strange(value)


def _simple_from_plain(plain: Plain) -> Value:
    if plain is None or isinstance(plain, str | int):
        return plain
    raise _strange(plain)


def _yes_or_no(value: Value | Plain) -> bool:
    return bool(value)


_UUID = Codec(_id_to_plain, _id_to_cell, _id_from_plain)
_DATE = Codec(_day_to_plain, _simple, _day_from_plain)
_BOOL = Codec(_yes_or_no, lambda plain: int(_yes_or_no(plain)), _yes_or_no)
_RECURRENCE = Codec(_rule_to_plain, _rule_to_cell, _rule_from_plain)
_PLAIN = Codec(_simple, _simple, _simple_from_plain)
_POINTERS = {"attachment": frozenset({"family_id", "owner_id"})}
"""References whose kind stands in another field of the record, and so in no trait."""
_BY_TYPE: dict[object, Codec] = {UUID: _UUID, date: _DATE, bool: _BOOL, Recurrence: _RECURRENCE}


T = TypeVar("T")
U = TypeVar("U")


@dataclass(frozen=True)
class Layout:
    """How one kind of record is journaled.

    `fields` are the names of ops: plain fields, set fields, and groups (whose value is a
    mapping of their members); `defaults` is the row of a record of which nothing was said.
    """

    entity: str
    codecs: Mapping[str, Codec]
    strategy: Mapping[str, Strategy]
    groups: Mapping[str, tuple[str, ...]]
    group_of: Mapping[str, str]
    defaults: Mapping[str, Cell]
    single: Mapping[str, Callable[[Plain], Cell]]  # to the cell, where an op is the whole value
    references: frozenset[str]  # the fields that hold ids of other records
    derive: Callable[[str], dict[str, str]]  # from its number

    @cached_property
    def names(self) -> frozenset[str]:
        """`op_fields`, for looking up."""
        return frozenset(self.op_fields())

    def op_fields(self) -> tuple[str, ...]:
        """Every name that an op of this kind of record may bear."""
        alone = [name for name in self.strategy if name not in self.group_of]
        return (*alone, *self.groups)


@lru_cache(maxsize=64)
def layout_of(entity: str) -> Layout | None:
    """The layout of *entity*, or None if this version does not know it."""
    model = MODELS.get(entity)
    if model is None:
        return None
    traits = traits_of(model)
    kept = {
        name: trait
        for name, trait in traits.items()
        if name not in ("id", "life") and trait.strategy not in (Strategy.LOCAL, Strategy.DERIVED)
    }
    groups: dict[str, list[str]] = {}
    for name, trait in kept.items():
        if trait.group:
            # A group may bear the name of one of its members; the "@" keeps ops apart.
            groups.setdefault(f"@{trait.group}", []).append(name)
    codecs = {name: _codec(model, name) for name in kept}
    return Layout(
        entity=entity,
        codecs=codecs,
        strategy={name: trait.strategy for name, trait in kept.items()},
        groups={name: tuple(members) for name, members in groups.items()},
        group_of={member: name for name, members in groups.items() for member in members},
        defaults=_defaults(model, kept, codecs),
        single={
            name: codecs[name].to_cell
            for name, trait in kept.items()
            if not trait.group and trait.strategy is not Strategy.SET
        },
        references=frozenset(name for name, trait in kept.items() if trait.refers)
        | _POINTERS.get(entity, frozenset()),
        derive=model.derive,
    )


@lru_cache(maxsize=64)
def references(entity: str) -> frozenset[str]:
    """The names of ops that carry a reference: fields, and groups one of whose members is one."""
    layout = layout_of(entity)
    if layout is None:
        return frozenset()
    return frozenset(layout.group_of.get(name, name) for name in layout.references)


def normalised(value: Plain) -> Plain:
    """*value* as merging compares it: NFC and trimmed, the sync design, section 5."""
    if isinstance(value, str):
        return unicodedata.normalize("NFC", value).strip()
    if isinstance(value, dict):
        return {key: normalised(item) for key, item in value.items()}
    if isinstance(value, list | tuple):
        return [normalised(item) for item in value]
    return value


def _codec(model: type[Record], name: str) -> Codec:
    annotation = model.model_fields[name].annotation
    choices: list[object] = [annotation]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        choices = [item for item in typing.get_args(annotation) if item is not type(None)]
    inner = choices[0]
    if typing.get_origin(inner) is tuple:  # a set of ids: its ops carry one element each
        inner = UUID
    return _optional(_BY_TYPE.get(inner, _PLAIN))


def _optional(codec: Codec) -> Codec:
    if codec is _PLAIN:
        return codec

    def guarded(change: Callable[[T], U]) -> Callable[[T], U | None]:
        return lambda value: None if value is None else change(value)

    return Codec(guarded(codec.to_plain), guarded(codec.to_cell), guarded(codec.from_plain))


def _defaults(
    model: type[Record], kept: Mapping[str, Trait], codecs: Mapping[str, Codec]
) -> dict[str, Cell]:
    """The cells of a record of which nothing is known but its id."""
    cells: dict[str, Cell] = {"life": "live"}
    for name, trait in kept.items():
        if trait.strategy is Strategy.SET:
            cells[name] = "[]"
            continue
        info = model.model_fields[name]
        if info.is_required():
            cells[name] = _unknown(model, name)
        else:
            value = info.get_default(call_default_factory=True)
            cells[name] = codecs[name].to_cell(codecs[name].to_plain(value))
    return cells


def _unknown(model: type[Record], name: str) -> Cell:
    """What stands in a required cell whose value has not arrived."""
    column = model.__table__.c[name]  # type: ignore[attr-defined]
    if column.nullable:
        return None
    by_type: dict[type, Cell] = {UUID: UUID(int=0).hex, date: "0001-01-01", int: 0, bool: 0}
    annotation = model.model_fields[name].annotation
    if annotation is Recurrence:
        return json.dumps(Recurrence.unscheduled("").to_json(), ensure_ascii=False, sort_keys=True)
    return by_type.get(annotation, "") if isinstance(annotation, type) else ""
