"""Who and what a regulation is bound to: its parties, its basis, the regulations it replaces."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from uuid import UUID

from sqlmodel import Session, col

from app.errors import Refused
from app.models import LegalBasis, Party, Relation
from app.models.values import Values
from app.services.any_kind import records


@dataclass(frozen=True)
class Parties:
    """Who is bound, as a form gives it."""

    lead_id: UUID | None = None
    coordinating: Sequence[UUID] = ()
    basis: Sequence[UUID] | None = None
    replaces: Sequence[UUID] | None = None


def bind(session: Session, regulation_id: UUID, parties: Parties) -> None:
    """Make the regulation's parties, basis and replaced regulations exactly what is given."""
    wanted = {(agency, "coordinating") for agency in parties.coordinating}
    if parties.lead_id is not None:
        wanted.add((parties.lead_id, "lead"))
    _bind_parties(session, regulation_id, wanted)
    if parties.basis is not None:
        _bind_basis(session, regulation_id, parties.basis)
    if parties.replaces is not None:
        _bind_replaced(session, regulation_id, parties.replaces)


def relate(session: Session, values: Values) -> Relation:
    """Link a newer regulation to an older one. Raises Refused where the chain would be a ring."""
    newer, older = values.get("regulation_id"), values.get("older_id")
    if isinstance(newer, UUID) and isinstance(older, UUID) and newer in _older_than(session, older):
        raise Refused(
            why="Không ghi được quan hệ này: quy chế cũ lại thay thế quy chế mới theo chuỗi đã có."
        )
    kind = str(values.get("kind", "replaces"))
    id_ = (
        Relation.id_for(newer, older, kind)
        if isinstance(newer, UUID) and isinstance(older, UUID)
        else None
    )
    return records.enter(session, Relation, dict(values), id=id_)


def _bind_parties(session: Session, regulation_id: UUID, wanted: set[tuple[UUID, str]]) -> None:
    present = {
        (p.agency_id, p.role): p.id
        for p in records.live(session, Party, col(Party.regulation_id) == regulation_id)
        if p.role in ("lead", "coordinating")
    }
    records.withdraw(session, "party", [present[key] for key in present if key not in wanted])
    for agency_id, role in sorted(wanted - set(present), key=str):
        records.enter(
            session,
            Party,
            {"regulation_id": regulation_id, "agency_id": agency_id, "role": role},
            id=Party.id_for(regulation_id, agency_id, role),
        )


def _bind_basis(session: Session, regulation_id: UUID, wanted: Sequence[UUID]) -> None:
    links = records.live(session, LegalBasis, col(LegalBasis.regulation_id) == regulation_id)
    present = {link.document_id: link for link in links}
    records.withdraw(
        session, "legal_basis", [link.id for d, link in present.items() if d not in wanted]
    )
    for place, document_id in enumerate(wanted):
        position = f"{place:04d}"
        if document_id not in present:
            records.enter(
                session,
                LegalBasis,
                {"regulation_id": regulation_id, "document_id": document_id, "position": position},
                id=LegalBasis.id_for(regulation_id, document_id),
            )
        elif present[document_id].position != position:
            records.revise(session, LegalBasis, present[document_id].id, {"position": position})


def _bind_replaced(session: Session, regulation_id: UUID, wanted: Sequence[UUID]) -> None:
    links = records.live(session, Relation, col(Relation.regulation_id) == regulation_id)
    present = {link.older_id: link.id for link in links if link.kind == "replaces"}
    records.withdraw(session, "relation", [present[o] for o in present if o not in wanted])
    for older_id in wanted:
        if older_id not in present:
            relate(session, {"regulation_id": regulation_id, "older_id": older_id})


def _older_than(session: Session, regulation_id: UUID) -> set[UUID]:
    """Everything that *regulation_id* replaces, directly or not."""
    onward: dict[UUID, set[UUID]] = defaultdict(set)
    for link in records.live(session, Relation):
        onward[link.regulation_id].add(link.older_id)
    found: set[UUID] = set()
    waiting = [regulation_id]
    while waiting:
        fresh = onward[waiting.pop()] - found
        found |= fresh
        waiting += fresh
    return found
