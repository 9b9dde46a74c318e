"""The kinds of record as a clerk names them, and how one record is cited in a line."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from uuid import UUID

from sqlmodel import Session

from app.errors import Refused
from app.kinds import CARDS, Card
from app.models import MODELS, Record
from app.models.trait import Input, traits_of
from app.services.any_kind import records
from app.text import clean, folded
from app.words import told

LISTED: Mapping[str, Card] = {e: card for e, card in CARDS.items() if card.is_listed}
"""Every kind by its entity's name, in the order a clerk meets them."""


def kind_of(name: str) -> Card:
    """The kind called *name*: `regulation`, `regulations`, `legal-document` or "quy chế".

    Raises Refused with the list of kinds.
    """
    wanted = _plain(name)
    for kind in LISTED.values():
        names = (kind.entity, f"{kind.entity}s", kind.word, *kind.aliases)
        if wanted in map(_plain, names):
            return kind
    known = ", ".join(LISTED)
    raise Refused(
        why=told(
            "Không có loại bản ghi “{name}”. Các loại: {known}.", name=clean(name), known=known
        )
    )


def citations(session: Session, found: Iterable[Record]) -> dict[UUID, str]:
    """How to cite every record that the records of *found* name, by id; set-based."""
    wanted: dict[str, set[UUID]] = {}
    for record in found:
        for refers, id_ in named_by(record):
            wanted.setdefault(refers, set()).add(id_)
    cited: dict[UUID, str] = {}
    for entity, ids in wanted.items():
        cite = LISTED[entity].cited
        named = records.by_id(session, MODELS[entity], ids)
        cited |= {id_: cite(record) for id_, record in named.items()}
    return cited


def named_by(record: Record) -> list[tuple[str, UUID]]:
    """Every (kind, id) that *record* names in a field."""
    found: list[tuple[str, UUID]] = []
    for name, trait in traits_of(type(record)).items():
        if trait.input is Input.RECORD and getattr(record, name) is not None:
            found.append((trait.refers, getattr(record, name)))
        elif trait.input is Input.RECORDS:
            found += [(trait.refers, id_) for id_ in getattr(record, name)]
    return found


def uses(session: Session, kind: Card, id_: UUID) -> int:
    """How many live records name the record of *kind* with this id."""
    count = 0
    for model in MODELS.values():
        traits = traits_of(model).values()
        if any(trait.refers == kind.entity for trait in traits):
            named = (named_by(record) for record in records.live(session, model))
            count += sum((kind.entity, id_) in names for names in named)
    return count


def title_of(record: Record) -> str:
    """How *record* is cited on its own."""
    return LISTED[record.ENTITY].cited(record)


def _plain(name: str) -> str:
    return folded(clean(name)).replace("-", " ").replace("_", " ")
