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
from typing import Any
from uuid import UUID

from app.models import MODELS, Record
from app.models.recurrence import Recurrence
from app.models.trait import Strategy, traits_of

Plain = Any
"""None, bool, int, str, bytes, list or dict: what MessagePack carries."""


@dataclass(frozen=True)
class Codec:
    """How one field's value crosses: record → op → cell, and op → record."""

    to_plain: Callable[[Any], Plain]
    to_cell: Callable[[Plain], Any]
    from_plain: Callable[[Plain], Any]


def _same(value: Any) -> Any:
    return value


_UUID = Codec(lambda v: v.bytes, lambda p: p.hex(), lambda p: UUID(bytes=p))
_DATE = Codec(lambda v: v.isoformat(), _same, date.fromisoformat)
_BOOL = Codec(bool, int, bool)
_RECURRENCE = Codec(
    lambda v: v.to_json(),
    lambda p: json.dumps(p, ensure_ascii=False, sort_keys=True),
    Recurrence.from_json,
)
_PLAIN = Codec(_same, _same, _same)
_POINTERS = {"attachment": frozenset({"family_id", "owner_id"})}
"""References whose kind stands in another field of the record, and so in no trait."""
_BY_TYPE: dict[Any, Codec] = {UUID: _UUID, date: _DATE, bool: _BOOL, Recurrence: _RECURRENCE}


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
    defaults: Mapping[str, Any]  # cells
    single: Mapping[str, Callable[[Plain], Any]]  # to the cell, where an op is the whole value
    references: frozenset[str]  # the fields that hold ids of other records
    derive: Callable[[dict[str, Any]], dict[str, Any]] | None

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
        derive=getattr(model, "derive", None),
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
    choices = [annotation]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        choices = [item for item in typing.get_args(annotation) if item is not type(None)]
    inner = choices[0]
    if typing.get_origin(inner) is tuple:  # a set of ids: its ops carry one element each
        inner = UUID
    return _optional(_BY_TYPE.get(inner, _PLAIN))


def _optional(codec: Codec) -> Codec:
    if codec is _PLAIN:
        return codec

    def guarded(change: Callable[[Any], Any]) -> Callable[[Any], Any]:
        return lambda value: None if value is None else change(value)

    return Codec(guarded(codec.to_plain), guarded(codec.to_cell), guarded(codec.from_plain))


def _defaults(
    model: type[Record], kept: Mapping[str, Any], codecs: Mapping[str, Codec]
) -> dict[str, Any]:
    """The cells of a record of which nothing is known but its id."""
    cells: dict[str, Any] = {"life": "live"}
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


def _unknown(model: type[Record], name: str) -> Any:
    """What stands in a required cell whose value has not arrived."""
    column = model.__table__.c[name]  # type: ignore[attr-defined]
    if column.nullable:
        return None
    by_type = {UUID: UUID(int=0).hex, date: "0001-01-01", int: 0, bool: 0}
    annotation = model.model_fields[name].annotation
    if annotation is Recurrence:
        return json.dumps(Recurrence.unscheduled("").to_json(), ensure_ascii=False, sort_keys=True)
    return by_type.get(annotation, "") if isinstance(annotation, type) else ""
