"""What other programs' merging costs for the same changes: Loro and Yjs (as pycrdt).

They are installed for development only. They sign and check nothing, write no register that can
be read and sorted, and of two values hide one; what they cost is still worth knowing.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from importlib import import_module
from importlib.util import find_spec
from typing import Any, Protocol

from benchmarks.workload import PER_SET, Change


class Peer(Protocol):
    """A document that takes changes, gives them away and takes them in."""

    def write(self, changes: list[Change]) -> None:
        """Make *changes*, a commit for each five."""

    def give(self, other: Any) -> bytes:
        """What *other* lacks, None for everything."""

    def take(self, update: bytes) -> None:
        """Merge what another document gave."""


class Loro:
    """A Loro document: a map for each record."""

    def __init__(self) -> None:
        self._loro: Any = import_module("loro")
        self._doc = self._loro.LoroDoc()

    def write(self, changes: list[Change]) -> None:
        for start in range(0, len(changes), PER_SET):
            for record, name, value in changes[start : start + PER_SET]:
                self._doc.get_map(record.hex()).insert(name, _plain(value))
            self._doc.commit()

    def give(self, other: Loro | None) -> bytes:
        known = self._loro.VersionVector() if other is None else other._doc.oplog_vv
        return bytes(self._doc.export(self._loro.ExportMode.Updates(known)))

    def take(self, update: bytes) -> None:
        self._doc.import_(update)


class Yjs:
    """A Yjs document: a map of maps."""

    def __init__(self) -> None:
        pycrdt: Any = import_module("pycrdt")
        self._doc = pycrdt.Doc()
        self._doc["records"] = pycrdt.Map()

    def write(self, changes: list[Change]) -> None:
        records = self._doc["records"]
        for start in range(0, len(changes), PER_SET):
            with self._doc.transaction():
                self._write_some(records, changes[start : start + PER_SET])

    def _write_some(self, records: Any, changes: list[Change]) -> None:
        for record, name, value in changes:
            records[f"{record.hex()}/{name}"] = _plain(value)

    def give(self, other: Yjs | None) -> bytes:
        return bytes(self._doc.get_update(None if other is None else other._doc.get_state()))

    def take(self, update: bytes) -> None:
        self._doc.apply_update(update)


def installed() -> Iterator[tuple[str, Callable[[], Peer]]]:
    """The peers that are here; of the others a sentence is said."""
    kinds: dict[str, tuple[str, Callable[[], Peer]]] = {
        "loro": ("Loro", Loro),
        "pycrdt": ("Yjs", Yjs),
    }
    for module, (name, kind) in kinds.items():
        if find_spec(module) is None:
            print(f"{name} is not installed and not measured: pip install {module}")
            continue
        yield name, kind


def _plain(value: Any) -> Any:
    return value.hex() if isinstance(value, bytes) else value
