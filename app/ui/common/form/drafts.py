"""Forms begun and not saved: kept in files, so that a crash costs a few seconds of typing."""

from __future__ import annotations

import hashlib
from collections.abc import Callable, Mapping
from dataclasses import dataclass, field
from datetime import date, datetime
from pathlib import Path
from uuid import UUID

from app import durable
from app.json_tree import Json
from app.models.values import Value, Values
from app.settings import read_json, write_json

_SUFFIX = ".ban-nhap.json"


@dataclass(frozen=True)
class KeptForm:
    """What was typed into one form. `kept_at` is local time.

    `was` holds what those fields of a known record said before.
    """

    key: str
    title: str
    room: str
    values: Values
    kept_at: datetime
    was: Values = field(default_factory=dict)


def is_same(one: Value, other: Value) -> bool:
    """Whether two values are kept alike."""
    return _packed(one) == _packed(other)


class Drafts:
    """A folder with one file a form. The key is the form's and its record's: "regulation.new"."""

    def __init__(self, folder: Path) -> None:
        self._folder = folder

    def keep(self, form: KeptForm) -> None:
        """Write *form* over the last draft with its key. Raises as `write_json` does."""
        about = {"key": form.key, "title": form.title, "room": form.room}
        about |= {"kept_at": form.kept_at.isoformat("T", "seconds")}
        said = {"values": form.values, "was": form.was}
        packed = {
            part: {name: _packed(value) for name, value in values.items()}
            for part, values in said.items()
        }
        write_json(self._file(form.key), {**about, **packed})

    def find(self, key: str) -> KeptForm | None:
        """The draft with this key, or None."""
        return _read(self._file(key))

    def drop(self, key: str) -> None:
        """Forget the draft: it was saved, or given up."""
        durable.clear(self._file(key))

    def all(self) -> list[KeptForm]:
        """Every draft left behind, newest first. Damaged files are passed over."""
        found = [_read(path) for path in self._folder.glob("*" + _SUFFIX)]
        return sorted((f for f in found if f), key=lambda f: f.kept_at, reverse=True)

    def _file(self, key: str) -> Path:
        # A key may hold anything a record's id holds; a digest is a file name everywhere.
        digest = hashlib.sha256(key.encode()).hexdigest()[:24]
        return self._folder / (digest + _SUFFIX)


def _read(path: Path) -> KeptForm | None:
    held = read_json(path)
    try:
        return KeptForm(
            key=str(held["key"]),
            title=str(held["title"]),
            room=str(held["room"]),
            values=_fields(held["values"]),
            kept_at=datetime.fromisoformat(str(held["kept_at"])),
            was=_fields(held.get("was", {})),
        )
    except (KeyError, AttributeError, TypeError, ValueError):
        return None


def _fields(tree: Json) -> Values:
    if not isinstance(tree, Mapping):
        raise TypeError(tree)
    return {name: _unpacked(value) for name, value in tree.items()}


def _packed(value: Value) -> Json:
    """*value* as JSON that remembers what it was."""
    if isinstance(value, date):
        return {"date": value.isoformat()}
    if isinstance(value, UUID):
        return {"id": str(value)}
    if isinstance(value, Path):
        return {"path": str(value)}
    if isinstance(value, tuple):
        return [_packed(item) for item in value]
    if isinstance(value, str | int) or value is None:
        return value
    return str(value)


def _unpacked(value: Json) -> Value:
    if isinstance(value, list):
        return tuple(_unpacked(item) for item in value)
    if isinstance(value, Mapping):
        [(kind, text)] = value.items()
        return _READ_BACK[kind](str(text))
    if value is None or isinstance(value, str | int):
        return value
    raise ValueError(value)


_READ_BACK: Mapping[str, Callable[[str], Value]] = {
    "date": date.fromisoformat,
    "id": UUID,
    "path": Path,
}
