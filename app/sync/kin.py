"""Whether the records of a change set belong to the family that it claims to write to.

The family is what rights and scope are judged by. A change set that names an open family and
touches a record of a closed one would write where its office has no part.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from functools import lru_cache
from uuid import UUID

from sqlalchemy import Connection

from app.journal import log
from app.journal.change_set import LIFE, ChangeSet, Plain, RecordOps, decode, origin
from app.journal.raw import raw
from app.models import MODELS, Record
from app.models.record import deciding, family_of, may_head
from app.models.values import Value

_ITSELF = b"\xff" * 16
Links = tuple[tuple[str, bytes | str | None], ...]
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


def _told(record: RecordOps) -> dict[str, Plain]:
    """The fields that decide a family, as far as these ops give them."""
    names = deciding(MODELS[record.entity])
    return {op.field: op.value for op in record.ops if op.field in names}


def _may_be(record: RecordOps, read: ChangeSet, told: dict[str, Plain]) -> bool:
    """Whether what *record* says of its family agrees with what *read* claims."""
    is_head = read.family == record.entity and record.record == read.family_id
    if not is_head and read.family not in _families_of(record.entity):
        return False
    # What was told before, and put it in that family; a new record tells all of it.
    before: dict[str, Plain] = {}
    if not _is_born(record) and not is_head:
        before = _as_if_in(MODELS[record.entity], read.family, read.family_id)
    found = _aggregate(record.entity, record.record, before | told)
    return found == (read.family, read.family_id)


def _as_if_in(model: type[Record], head: str, family: bytes) -> dict[str, Plain]:
    """What a record of *model* would say of itself if it belonged to that family."""
    if model.IS_CARRIED:
        return {"family": head, "family_id": family}
    return {name: family for name, kind in model.FAMILY if kind == head}


def _is_born(record: RecordOps) -> bool:
    return any(op.field == LIFE and not op.parents for op in record.ops)


def _aggregate(entity: str, record: bytes, told: dict[str, Plain]) -> tuple[str, bytes]:
    """The family of *record* where its deciding fields say *told*."""
    links = {n: v for n, v in told.items() if v is None or isinstance(v, bytes | str)}
    if len(links) < len(told):
        return "", b""  # no program of ours writes such a link
    family, family_id = _aggregate_of(entity, tuple(links.items()))
    return family, record if family_id == _ITSELF else family_id


@lru_cache(maxsize=4096)
def _aggregate_of(
    entity: str, told: tuple[tuple[str, bytes | str | None], ...]
) -> tuple[str, bytes]:
    """The same for any record, whose own id stands as _ITSELF: a hundred share one family."""
    model = MODELS[entity]
    values: dict[str, Value] = dict.fromkeys(deciding(model))
    values |= {k: UUID(bytes=v) if isinstance(v, bytes) else v for k, v in told}
    family, family_id = family_of(model, {"id": UUID(bytes=_ITSELF), **values})
    return family, family_id.bytes if family_id is not None else b""


@lru_cache(maxsize=64)
def _families_of(entity: str) -> frozenset[str]:
    """The kinds of family that a record of *entity* may belong to."""
    model = MODELS[entity]
    if model.IS_CARRIED:
        return frozenset(MODELS)
    own = (entity,) if may_head(model) else ()
    return frozenset((*own, *(head for _, head in model.FAMILY)))
