"""What a record is called where nothing of its surroundings is on screen.

`histories.called` knows the record alone; a due instance or a party is only known by the duty,
the body or the paper that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from app.models import (
    Agency,
    LegalBasis,
    LegalDocument,
    Obligation,
    Occurrence,
    Party,
    Record,
    Regulation,
    Relation,
    ReviewInput,
)
from app.services import histories, records
from app.services.duty_periods import after_title, period_words

_OWNERS: dict[str, tuple[tuple[str, type[Record]], ...]] = {
    "occurrence": (("obligation_id", Obligation),),
    "party": (("agency_id", Agency), ("regulation_id", Regulation)),
    "legal_basis": (("document_id", LegalDocument), ("regulation_id", Regulation)),
    "relation": (("regulation_id", Regulation),),
    "review_input": (("agency_id", Agency),),
    "agency_name": (("agency_id", Agency),),
}


def full_name(session: Session, record: Record) -> str:
    """What *record* is called; see `full_names` for many."""
    return full_names(session, [record])[record.id]


def full_names(session: Session, found: Iterable[Record]) -> dict[UUID, str]:
    """What records are called, each with what it belongs to; owners are read in bulk."""
    listed = list(found)
    wanted: dict[type[Record], set[UUID]] = {}
    for record in listed:
        for name, model in _OWNERS.get(record.ENTITY, ()):
            wanted.setdefault(model, set()).update(_ids(record, name))
    owners: dict[UUID, Record] = {}
    for model, ids in wanted.items():
        owners |= records.by_id(session, model, ids)
    return {record.id: _name(record, owners) for record in listed}


def _ids(record: Record, name: str) -> list[UUID]:
    value = getattr(record, name, None)
    return [value] if isinstance(value, UUID) else []


def _name(record: Record, owners: dict[UUID, Record]) -> str:
    if isinstance(record, Occurrence):
        duty = owners.get(record.obligation_id)
        words = period_words(record.period)
        return histories.called(duty) + after_title(words) if duty is not None else words
    told = [
        histories.called(owners[id_])
        for name, _ in _OWNERS.get(record.ENTITY, ())
        for id_ in _ids(record, name)
        if id_ in owners
    ]
    own = histories.called(record)
    if own != histories.KIND_WORDS.get(record.ENTITY) and not isinstance(record, _LINKS):
        told = [own, *told]
    return ", ".join(dict.fromkeys(told)) or own


_LINKS = (Party, LegalBasis, Relation, ReviewInput)
