"""Legal documents: the list, what rests upon each, finding one by its number."""

from __future__ import annotations

from datetime import date
from uuid import UUID

from sqlmodel import Session, col, func, select

from app.models import DELETED, LegalBasis, LegalDocument, Regulation
from app.models.document_number import number_key
from app.models.handling import is_secret
from app.models.legal_document import DOCUMENT_KINDS, DOCUMENT_STANDINGS
from app.models.states import DocumentState, word_of
from app.registers.legal_document import LegalDocumentRow
from app.services.any_kind import records


def rows(session: Session, *, today: date) -> list[LegalDocumentRow]:
    """Every live document, the newest first."""
    found = records.live(session, LegalDocument)
    numbers = {document.id: document.number for document in found}
    uses = _uses(session)
    listed = [
        LegalDocumentRow(
            id=document.id,
            number=document.number,
            kind=DOCUMENT_KINDS.get(document.kind, document.kind),
            abstract=document.abstract or "",
            issuer=document.issuer or "",
            issued_on=document.issued_on,
            expires_on=document.expires_on,
            state=state_of(document, today),
            replaced_by=numbers.get(document.replaced_by_id, "") if document.replaced_by_id else "",
            regulations=uses.get(document.id, 0),
            is_secret=is_secret(document.secrecy),
        )
        for document in found
    ]
    return sorted(listed, key=lambda row: row.issued_on or date.min, reverse=True)


def state_of(document: LegalDocument, today: date) -> str:
    """Whether the document holds on *today*: a DocumentState, or that it is not known."""
    if document.standing == "in_force" and document.expires_on and document.expires_on <= today:
        return DocumentState.EXPIRED
    return word_of(DOCUMENT_STANDINGS, document.standing)


def resting_on(session: Session, document_id: UUID) -> list[Regulation]:
    """The regulations that name the document as a basis, newest first."""
    statement = (
        select(Regulation)
        .join(LegalBasis, col(LegalBasis.regulation_id) == col(Regulation.id))
        .where(LegalBasis.document_id == document_id)
        .where(col(LegalBasis.life) != DELETED, col(Regulation.life) != DELETED)
        .order_by(col(Regulation.signed_on).desc())
    )
    return list(session.exec(statement).unique())


def find(session: Session, number: str) -> list[LegalDocument]:
    """Documents of that number, however it is spelt."""
    return records.live(session, LegalDocument, col(LegalDocument.number_key) == number_key(number))


def _uses(session: Session) -> dict[UUID, int]:
    statement = (
        select(LegalBasis.document_id, func.count())
        .where(col(LegalBasis.life) != DELETED)
        .group_by(col(LegalBasis.document_id))
    )
    return dict(session.exec(statement).all())
