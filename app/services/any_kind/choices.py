"""What a clerk may pick where a field refers to other records."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from uuid import UUID

from sqlmodel import Session

from app.models import Agency, Clerk, Conclusion, LegalDocument, Obligation, Regulation, Review
from app.services.any_kind import records
from app.text import collated

Choice = tuple[UUID, str]
_SHOWN = 70


def of_kind(session: Session, entity: str) -> list[Choice]:
    """The live records of *entity* as id and words, in Vietnamese order."""
    found = _LISTS[entity](session)
    return sorted(found, key=lambda choice: collated(choice[1]))


def _agencies(session: Session) -> list[Choice]:
    return [(a.id, a.name) for a in records.live(session, Agency)]


def _regulations(session: Session) -> list[Choice]:
    return [(r.id, regulation_words(r)) for r in records.live(session, Regulation)]


def _documents(session: Session) -> list[Choice]:
    return [(d.id, document_words(d)) for d in records.live(session, LegalDocument)]


def _obligations(session: Session) -> list[Choice]:
    return [(o.id, o.title) for o in records.live(session, Obligation)]


def _reviews(session: Session) -> list[Choice]:
    return [(r.id, r.title) for r in records.live(session, Review)]


def _conclusions(session: Session) -> list[Choice]:
    return [(c.id, f"{c.ordinal}. {c.text[:120]}") for c in records.live(session, Conclusion)]


def _clerks(session: Session) -> list[Choice]:
    return [(c.id, c.position) for c in records.live(session, Clerk)]


def regulation_words(regulation: Regulation) -> str:
    """How a regulation stands in a list: number, day, and what it is about."""
    day = f" ngày {regulation.signed_on:%d/%m/%Y}" if regulation.signed_on else ""
    return _short(f"{regulation.called()}{day}, {regulation.abstract}")


def document_words(document: LegalDocument) -> str:
    """How a basis document stands in a list."""
    day = f" ngày {document.issued_on:%d/%m/%Y}" if document.issued_on else ""
    about = f", {document.abstract}" if document.abstract else ""
    return _short(f"{document.number}{day}{about}")


def _short(words: str) -> str:
    """*words* as far as the field of a form at 1366 points shows them."""
    return words if len(words) <= _SHOWN else words[: _SHOWN - 1].rstrip() + "…"


_LISTS: Mapping[str, Callable[[Session], list[Choice]]] = {
    "agency": _agencies,
    "regulation": _regulations,
    "legal_document": _documents,
    "obligation": _obligations,
    "review": _reviews,
    "conclusion": _conclusions,
    "clerk": _clerks,
}
