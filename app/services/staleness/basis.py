"""A basis that no longer holds."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

from app.models import LegalDocument
from app.services.staleness.facts import Facts
from app.services.staleness.reason import Reason
from app.text import date_words
from app.words import marked, told

_ENDED = marked(
    {
        "expired": "hết hiệu lực",
        "replaced": "bị thay thế",
        "repealed": "bị bãi bỏ",
    }
)


def ended_basis(facts: Facts) -> Iterator[Reason]:
    """A document that the regulation rests upon is replaced, repealed or expired."""
    for regulation_id in facts.in_force:
        for document_id in facts.basis.get(regulation_id, ()):
            document = facts.documents.get(document_id)
            if document is None or not document.is_live or not _has_ended(document, facts.today):
                continue
            yield Reason(
                regulation_id,
                "basis",
                _evidence(document, facts),
                told("Thay căn cứ này khi sửa đổi hoặc ký lại quy chế."),
                (("legal_document", document.id),),
            )


def _has_ended(document: LegalDocument, today: date) -> bool:
    if document.expires_on is not None:
        return document.expires_on <= today
    return document.standing in _ENDED


def _evidence(document: LegalDocument, facts: Facts) -> str:
    what = _ENDED.get(document.standing, told("hết hiệu lực"))
    since = date_words(document.expires_on, told(" từ "))
    newer = facts.documents.get(document.replaced_by_id) if document.replaced_by_id else None
    by = (
        told(", thay bằng {number}", number=newer.number)
        if newer is not None and newer.is_live
        else ""
    )
    return told(
        "Căn cứ {number} đã {what}{since}{by}.",
        number=document.number,
        what=told(what),
        since=since,
        by=by,
    )
