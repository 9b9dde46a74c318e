"""What a regulation rests upon, line by line, and whether each document still holds."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from app.models import LegalBasis, LegalDocument
from app.models.handling import is_secret
from app.models.values import Value
from app.services.any_kind import records
from app.services.regulation import legal_documents


@dataclass(frozen=True)
class BasisLine:
    """One line of the basis in words."""

    basis_id: UUID
    document_id: UUID
    number: str
    about: str
    issued_on: date | None
    state: str
    note: str


def lines_of(session: Session, regulation_id: UUID, *, today: date) -> list[BasisLine]:
    """The basis of a regulation in its order; a document that was withdrawn is left out."""
    links = records.live(session, LegalBasis, col(LegalBasis.regulation_id) == regulation_id)
    documents = records.by_id(session, LegalDocument, (link.document_id for link in links))
    return [
        _line(link, document, today)
        for link in sorted(links, key=lambda link: (link.position, link.id))
        if (document := documents.get(link.document_id)) is not None and document.is_live
    ]


def cite(
    session: Session, regulation_id: UUID, document_id: UUID, note: str | None = None
) -> LegalBasis:
    """Add a document to the end of the basis. Raises Refused if it stands there already."""
    links = records.live(session, LegalBasis, col(LegalBasis.regulation_id) == regulation_id)
    last = max((link.position for link in links), default="")
    values: dict[str, Value] = {
        "regulation_id": regulation_id,
        "document_id": document_id,
        "position": f"{int(last) + 1 if last.isdecimal() else len(links):04d}",
        "note": note,
    }
    return records.enter(
        session, LegalBasis, values, id=LegalBasis.id_for(regulation_id, document_id)
    )


def _line(link: LegalBasis, document: LegalDocument, today: date) -> BasisLine:
    return BasisLine(
        basis_id=link.id,
        document_id=document.id,
        number=document.number,
        about="" if is_secret(document.secrecy) else document.abstract or "",
        issued_on=document.issued_on,
        state=legal_documents.state_of(document, today),
        note=link.note or "",
    )
