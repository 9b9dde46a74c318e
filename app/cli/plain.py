"""Records as plain values for --json, and as lines for a person."""

from __future__ import annotations

import json
import shutil
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import fields, is_dataclass
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from app.json_tree import Json
from app.models import Record
from app.models.recurrence import Recurrence
from app.models.trait import Input, Trait, traits_of
from app.models.values import Value
from app.registers.column import text_of
from app.text import shortened
from app.words import told

_WIDEST = 60
_GAP = "  "


def as_json(value: object) -> str:
    """*value* as the text of --json: UTF-8, two blanks deep, keys in their own order."""
    return json.dumps(plain(value), ensure_ascii=False, indent=2)


def plain(value: object) -> Json:
    """*value* as JSON knows it: dates ISO, ids with dashes, rules as objects."""
    if value is None or isinstance(value, (bool, int, float, str)):
        return value
    if isinstance(value, (date, datetime)):
        return value.isoformat()
    if isinstance(value, Recurrence):
        return value.to_json()
    if isinstance(value, Record):
        return {name: plain(getattr(value, name)) for name in type(value).model_fields}
    if is_dataclass(value) and not isinstance(value, type):
        return {f.name: plain(getattr(value, f.name)) for f in fields(value)}
    if isinstance(value, Mapping):
        return {str(key): plain(item) for key, item in value.items()}
    if isinstance(value, (list, tuple, set, frozenset)):
        return [plain(item) for item in value]
    if isinstance(value, bytes):
        return value.hex()
    return _named(value)


def _named(value: object) -> str:
    if isinstance(value, (UUID, Path)):
        return str(value)
    raise TypeError(f"no plain form for {type(value).__name__}")


def record_json(record: Record, cited: Mapping[UUID, str]) -> dict[str, Json]:
    """A record for --json: its id and fields, and under `words` what people read instead."""
    found = {name: plain(getattr(record, name)) for name in type(record).model_fields}
    words = {
        name: _word(trait, getattr(record, name), cited)
        for name, trait in traits_of(type(record)).items()
        if trait.input in _WORDED and getattr(record, name) not in (None, ())
    }
    return {"id": found.pop("id"), **found, "words": words}


_WORDED = (Input.CHOICE, Input.RECORD, Input.RECORDS, Input.RECURRENCE)


def field_words(record: Record, name: str, cited: Mapping[UUID, str]) -> str:
    """What a person reads of one field of *record*."""
    trait = traits_of(type(record)).get(name, Trait())
    return _word(trait, getattr(record, name), cited)


def value_words(trait: Trait, value: Value, cited: Mapping[UUID, str]) -> str:
    """What a person reads of a value of a field."""
    return _word(trait, value, cited)


def _word(trait: Trait, value: Value, cited: Mapping[UUID, str]) -> str:
    if value is None:
        return ""
    if isinstance(value, bool):
        return told("có") if value else told("không")
    if isinstance(value, Recurrence):
        return value.words()
    if isinstance(value, UUID):
        return cited.get(value, told("(không còn trong sổ)")) if trait.refers else str(value)
    if isinstance(value, tuple):
        return ", ".join(_word(trait, item, cited) for item in value)
    if trait.words is not None:
        return told(trait.words.get(str(value), str(value)))
    return text_of(value) if isinstance(value, (date, int)) else str(value)


def table(titles: Sequence[str], rows: Iterable[Sequence[str]]) -> str:
    """Columns under their titles, which are told here, cut to the width of the screen."""
    titles = [told(title) for title in titles]
    lines = [tuple(" ".join(cell.split()) for cell in row) for row in rows]
    widths = [
        min(_WIDEST, max(len(line[n]) for line in (tuple(titles), *lines)))
        for n in range(len(titles))
    ]
    room = max(40, shutil.get_terminal_size((140, 24)).columns)
    shown = [tuple(titles), tuple("─" * width for width in widths), *lines]
    return "\n".join(_line(cells, widths)[:room].rstrip() for cells in shown)


def _line(cells: Sequence[str], widths: Sequence[int]) -> str:
    return _GAP.join(
        shortened(cell, width).ljust(width) for cell, width in zip(cells, widths, strict=True)
    )


def facts(pairs: Iterable[tuple[str, str]]) -> str:
    """`Label: value` lines, the empty ones left out; further lines of a value are set in."""
    known = [(label, value) for label, value in pairs if value]
    width = max((len(label) for label, _ in known), default=0) + 1
    margin = "\n" + " " * (width + 1)
    return "\n".join(
        f"{f'{label}:':{width}} {value.replace(chr(10), margin)}" for label, value in known
    )
