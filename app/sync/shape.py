"""Whether a change set from elsewhere is what a true program writes.

Signatures say who wrote it, not that it is sound: a value of the wrong type would stop the
import in the middle, or be stored and stop a page months later.
"""

from __future__ import annotations

import re
import types
import typing
from collections.abc import Callable
from datetime import date
from functools import lru_cache
from typing import TypeVar
from uuid import UUID

from app.journal import apply as applying
from app.journal import change_set as cs
from app.journal.change_set import ADD, LIFE, REMOVE, SET, ChangeSet, Op, Plain, RecordOps
from app.journal.plain import Layout, as_json, layout_of
from app.models import DELETED, LIVE, MODELS
from app.models.recurrence import Recurrence
from app.models.trait import Strategy, traits_of

_ID = 16
T = TypeVar("T")
_MOST = 1 << 62
_WALL = range(-62_135_596_800_000, 253_402_214_400_000)  # ms: the years that Python can show
_UNSEEN = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufffe\uffff]")
"""What the program cleans away at every entry and no Word or Excel file may hold."""
Fits = Callable[[Plain], bool]


def is_understood(read: ChangeSet, schema: int) -> bool:
    """Whether this version knows every field, kind, and word of *read*; else it is held."""
    return (
        read.v <= cs.VERSION
        and applying.is_understood(read, schema)
        and all(
            _is_known(record.entity, op)
            for record in read.records
            for op in record.ops
            if op.field in _worded(record.entity)
        )
    )


def is_plain(read: ChangeSet, schema: int) -> bool:
    """Whether one look at each value shows that *read* is understood, shallow, and fits.

    So it is with nearly every change set. False says only that a closer look is due.
    """
    if read.v > cs.VERSION or read.min_reader > schema:
        return False
    for record in read.records:
        plain = _plain(record.entity)
        for op in record.ops:
            fit = plain.get(op.field)
            if fit is None or op.kind != SET or not fit(op.value):
                return False
    return True


def is_sound(read: ChangeSet) -> bool:
    """Whether the frame of *read* holds together, whatever version wrote it."""
    numbers = (read.seq, read.lamport, read.v, read.schema, read.min_reader)
    return (
        len(read.replica) == len(read.office) == len(read.batch) == len(read.family_id) == _ID
        and len(read.prev) in (0, 32)
        and len(read.reverts) in (0, _ID)
        and min(numbers) >= 0
        and max(numbers) < _MOST
        and read.wall in _WALL
        and all(map(_names_ids, read.records))
    )


def _names_ids(record: RecordOps) -> bool:
    if len(record.record) != _ID:
        return False
    for op in record.ops:  # plain loops: this is asked of every change of a package
        for parent in op.parents:
            if len(parent) != cs.OP_ID:
                return False
    return True


def fits(read: ChangeSet) -> bool:
    """Whether every op of *read*, which is understood, bears a value of its field's type."""
    for record in read.records:
        layout = layout_of(record.entity)
        if layout is None:
            return False
        single = _single(record.entity)
        for op in record.ops:
            fit = single.get(op.field)
            if not (op.kind == SET and fit(op.value) if fit else _op_fits(layout, op)):
                return False
    return True


def _is_known(entity: str, op: Op) -> bool:
    layout = layout_of(entity)
    if layout is None or op.field == LIFE:
        return True
    if op.field in layout.groups:
        given = op.value if isinstance(op.value, dict) else {}
        return set(given) <= set(layout.groups[op.field]) and all(
            _is_known_word(entity, name, value) for name, value in given.items()
        )
    return _is_known_word(entity, op.field, op.value)


def _is_known_word(entity: str, name: str, value: Plain) -> bool:
    words = _words(entity).get(name)
    return words is None or not isinstance(value, str) or value in words


def _op_fits(layout: Layout, op: Op) -> bool:
    if op.field == LIFE:
        return op.kind == SET and _is_life(op.value)
    if layout.strategy.get(op.field) is Strategy.SET:
        return op.kind in (ADD, REMOVE) and _is_id(op.value)
    known = _fits(layout.entity)
    return (
        op.kind == SET
        and isinstance(op.value, dict)
        and all(known[member](value) for member, value in op.value.items())
    )


def _is_life(value: Plain) -> bool:
    if value == LIVE:
        return True
    return (
        isinstance(value, list)
        and len(value) == 2
        and value[0] == DELETED
        and isinstance(value[1], list)
        and all(isinstance(op, bytes) and len(op) == cs.OP_ID for op in value[1])
    )


def _is_id(value: Plain) -> bool:
    return isinstance(value, bytes) and len(value) == _ID


def _is_text(value: Plain) -> bool:
    return isinstance(value, str) and (value.isprintable() or not _UNSEEN.search(value))


def _is_date(value: Plain) -> bool:
    return isinstance(value, str) and _reads(date.fromisoformat, value) and len(value) == 10


def _is_number(value: Plain) -> bool:
    return isinstance(value, int) and not isinstance(value, bool) and abs(value) < _MOST


def _is_recurrence(value: Plain) -> bool:
    return isinstance(value, dict) and _reads(_rule, value)


def _rule(value: Plain) -> Recurrence:
    return Recurrence.from_json(as_json(value))


def _reads(read: Callable[[T], object], value: T) -> bool:
    try:
        read(value)
    except (ValueError, TypeError, KeyError, AttributeError, IndexError, OverflowError):
        return False
    return True


_BY_TYPE: dict[object, Fits] = {
    UUID: _is_id,
    date: _is_date,
    bool: lambda value: isinstance(value, bool),
    int: _is_number,
    str: _is_text,
    Recurrence: _is_recurrence,
}


def _is_hash(value: Plain) -> bool:
    return isinstance(value, str) and bool(re.fullmatch("[0-9a-f]{64}", value))


def _is_file_name(value: Plain) -> bool:
    if not isinstance(value, str):
        return False
    return _is_text(value) and not set(value) & set("/\\\n") and value.strip(" .") != ""


_STRICTER: dict[str, dict[str, Fits]] = {"attachment": {"sha256": _is_hash, "name": _is_file_name}}
"""What becomes part of a path."""


@lru_cache(maxsize=64)
def _fits(entity: str) -> dict[str, Fits]:
    layout, model = layout_of(entity), MODELS[entity]
    names = layout.codecs if layout is not None else ()
    known = {name: _fit_of(model.model_fields[name].annotation) for name in names}
    return known | _STRICTER.get(entity, {})


def _fit_of(annotation: object) -> Fits:
    choices = [annotation]
    if typing.get_origin(annotation) in (typing.Union, types.UnionType):
        choices = list(typing.get_args(annotation))
    given = [_BY_TYPE[choice] for choice in choices if choice in _BY_TYPE]
    may_be_empty = type(None) in choices
    if len(given) == 1:
        only = given[0]
        return (lambda value: value is None or only(value)) if may_be_empty else only
    return lambda value: may_be_empty if value is None else any(fit(value) for fit in given)


@lru_cache(maxsize=64)
def _single(entity: str) -> dict[str, Fits]:
    """The fields whose ops bear the whole value: not sets, not groups."""
    layout = layout_of(entity)
    single = layout.single if layout is not None else {}
    return {name: fit for name, fit in _fits(entity).items() if name in single}


@lru_cache(maxsize=64)
def _plain(entity: str) -> dict[str, Fits]:
    """The fields whose value is one word, number or id, and what it must be."""
    if entity not in MODELS:
        return {}
    words, worded, model = _words(entity), _worded(entity), MODELS[entity]
    found: dict[str, Fits] = {LIFE: _is_life}
    for name, fit in _single(entity).items():
        annotation = model.model_fields[name].annotation
        if Recurrence in (annotation, *typing.get_args(annotation)):
            continue  # a tree of values, of any depth
        if name not in worded:
            found[name] = fit
        elif name in words:
            found[name] = _fit_word(fit, words[name])
    return found


def _fit_word(fit: Fits, words: frozenset[str]) -> Fits:
    return lambda value: fit(value) and (not isinstance(value, str) or value in words)


@lru_cache(maxsize=64)
def _worded(entity: str) -> frozenset[str]:
    """The names of ops whose value must be one of certain words, or hold one that must."""
    layout = layout_of(entity)
    return frozenset() if layout is None else frozenset((*_words(entity), *layout.groups))


@lru_cache(maxsize=64)
def _words(entity: str) -> dict[str, frozenset[str]]:
    traits = traits_of(MODELS[entity])
    return {name: frozenset(t.words) for name, t in traits.items() if t.words is not None}
