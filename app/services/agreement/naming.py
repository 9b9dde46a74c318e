"""What a record is called where nothing of its surroundings is on screen.

Its card knows the record alone; an instance or a party is only known by the obligation, the body or
the paper that it belongs to.
"""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from app.kinds import CARDS
from app.models import MODELS, Record
from app.services.any_kind import records


def called(record: Record) -> str:
    """What *record* is called in a line of text."""
    return CARDS[record.ENTITY].called(record)


def full_name(session: Session, record: Record) -> str:
    """What *record* is called; see `full_names` for many."""
    return full_names(session, [record])[record.id]


def full_names(session: Session, found: Iterable[Record]) -> dict[UUID, str]:
    """What records are called, each with what it belongs to; owners are read in bulk."""
    listed = list(found)
    wanted: dict[str, set[UUID]] = {}
    for record in listed:
        for kind, id_ in _owners(record):
            wanted.setdefault(kind, set()).add(id_)
    owners: dict[UUID, Record] = {}
    for kind, ids in wanted.items():
        owners |= records.by_id(session, MODELS[kind], ids)
    return {record.id: _name(record, owners) for record in listed}


def _owners(record: Record) -> list[tuple[str, UUID]]:
    card = CARDS[record.ENTITY]
    named = [(card.traits[name].refers, getattr(record, name, None)) for name in card.owners]
    return [(kind, id_) for kind, id_ in named if isinstance(id_, UUID)]


def _name(record: Record, owners: dict[UUID, Record]) -> str:
    card, own = CARDS[record.ENTITY], called(record)
    told = [called(owners[id_]) for _, id_ in _owners(record) if id_ in owners]
    if card.beside_owner is not None:
        return card.beside_owner(told[0], own) if told else own
    if not card.is_named_by_owners:
        told = [own, *told]
    return ", ".join(dict.fromkeys(told)) or own
