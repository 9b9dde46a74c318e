"""Whether the records of a change set belong to the family that it claims to write to.

The family is what rights and scope are judged by. A change set that names an open family and
touches a record of a closed one would write where its office has no part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from types import SimpleNamespace
from typing import Any
from uuid import UUID

from sqlalchemy import Connection

from app.journal import log
from app.journal.change_set import LIFE, ChangeSet, RecordOps, decode, origin
from app.journal.raw import raw
from app.models import MODELS

_DECIDING = ("regulation_id", "review_id", "agency_id", "input_id", "obligation_id",
             "family_id", "family")  # fmt: skip
_LINKS = {
    "regulation": "regulation_id",
    "review": "review_id",
    "review_input": "input_id",
    "agency": "agency_id",
    "obligation": "obligation_id",
}
_ITSELF = b"\xff" * 16
Home = tuple[str, str, bytes]
"""What kind of record it is, and the kind and id of its family."""


@dataclass
class Kin:
    """The families of records, as the log and the package so far say."""

    connection: Connection
    known: dict[bytes, Home] = field(default_factory=dict)

    def learn(self, wanted: Iterable[bytes]) -> None:
        """Read from the log where these records belong."""
        missing = sorted(set(wanted) - self.known.keys())
        for record, op in log.a_head_of(self.connection, missing).items():
            self._learn_one(record, op)

    def is_at_home(self, read: ChangeSet) -> bool:
        """Whether every record of *read* is of the family that it names."""
        return all(self._is_child(record, read) for record in read.records)

    def _is_child(self, record: RecordOps, read: ChangeSet) -> bool:
        claimed = (record.entity, read.family, read.family_id)
        told = _told(record)
        if not told and record.record in self.known:
            return self.known[record.record] == claimed
        if not _may_be(record, read, told):
            return False
        return self.known.setdefault(record.record, claimed) == claimed

    def _learn_one(self, record: bytes, op: bytes) -> None:
        prefix, _ = origin(op)
        row = (
            raw(self.connection)
            .execute(
                f"SELECT {log.BODY} FROM {log.KEPT} WHERE c.id >= ? AND c.id < ? AND c.state = ?",
                (prefix, prefix + b"\xff\xff\xff", log.APPLIED),
            )
            .fetchone()
        )
        if row is None:
            return
        body = decode(row[0])
        entity = next((r.entity for r in body.records if r.record == record), "")
        self.known[record] = (entity, body.family, body.family_id)


def _told(record: RecordOps) -> dict[str, Any]:
    """The fields that decide a family, as far as these ops give them."""
    return {op.field: op.value for op in record.ops if op.field in _DECIDING}


def _may_be(record: RecordOps, read: ChangeSet, told: dict[str, Any]) -> bool:
    """Whether what *record* says of its family agrees with what *read* claims."""
    is_head = read.family == record.entity and record.record == read.family_id
    if not is_head and read.family not in _families_of(record.entity):
        return False
    # What was told before, and put it in that family; a new record tells all of it.
    before: dict[str, Any] = {}
    if not _is_born(record) and not is_head:
        before = {_LINKS.get(read.family, "family_id"): read.family_id}
        before |= {"family": read.family, "family_id": read.family_id}
    found = _aggregate(record.entity, record.record, before | told)
    return found == (read.family, read.family_id)


def _is_born(record: RecordOps) -> bool:
    return any(op.field == LIFE and not op.parents for op in record.ops)


def _aggregate(entity: str, record: bytes, told: dict[str, Any]) -> tuple[str, bytes]:
    """The family of *record* where its deciding fields say *told*."""
    if not all(value is None or isinstance(value, (bytes, str)) for value in told.values()):
        return "", b""  # no program of ours writes such a link
    family, family_id = _aggregate_of(entity, tuple(told.items()))
    return family, record if family_id == _ITSELF else family_id


@lru_cache(maxsize=4096)
def _aggregate_of(entity: str, told: tuple[tuple[str, Any], ...]) -> tuple[str, bytes]:
    """The same for any record, whose own id stands as _ITSELF: a hundred share one family."""
    fields = MODELS[entity].model_fields
    values: dict[str, Any] = {name: None for name in _DECIDING if name in fields}
    values |= {k: UUID(bytes=v) if isinstance(v, bytes) else v for k, v in told}
    model: Any = MODELS[entity]
    row = SimpleNamespace(id=UUID(bytes=_ITSELF), __tablename__=model.__tablename__, **values)
    family, family_id = model.aggregate(row)
    return family, family_id.bytes if isinstance(family_id, UUID) else b""


@lru_cache(maxsize=64)
def _families_of(entity: str) -> frozenset[str]:
    """The kinds of family that a record of *entity* may belong to."""
    one, fields = b"\1" * 16, set(MODELS[entity].model_fields)
    if {"family", "family_id"} <= fields:
        return frozenset(MODELS)
    tries: list[dict[str, Any]] = [{}, *({name: one} for name in _LINKS.values())]
    return frozenset(
        _aggregate(entity, one, {k: v for k, v in told.items() if k in fields})[0] for told in tries
    )
