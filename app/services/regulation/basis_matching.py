"""Which legal document of the register a "Căn cứ …" line means, and how a new one is entered."""

from __future__ import annotations

import re
from datetime import date
from typing import Protocol

from sqlmodel import Session

from app.models import LegalDocument
from app.models.document_number import may_be_same, number_key
from app.models.values import Value
from app.services.any_kind import records
from app.text import capitalized, clean, folded


class BasisLike(Protocol):
    """What an importer proposes: see `app.importers.proposal.BasisProposal`."""

    @property
    def text(self) -> str: ...
    @property
    def number(self) -> str: ...
    @property
    def issued_on(self) -> date | None: ...
    @property
    def kind(self) -> str: ...
    @property
    def issuer(self) -> str: ...


_LEADING = re.compile(r"^\s*(?:-\s*)?(?:căn cứ|thực hiện|xét|theo)\s+(?:vào\s+)?", re.IGNORECASE)
_DATED = re.compile(r"\s+(?:ngày|năm)\s+\d|\s*\(", re.IGNORECASE)
_KINDS_BY_WORDS = (
    ("constitution", "hien phap"),
    ("law", "luat|bo luat"),
    ("ordinance", "phap lenh"),
    ("joint_circular", "thong tu lien tich"),
    ("joint_resolution", "nghi quyet lien tich"),
    ("resolution", "nghi quyet"),
    ("decree", "nghi dinh"),
    ("decision", "quyet dinh"),
    ("directive", "chi thi"),
    ("circular", "thong tu"),
    ("regulation", "quy che|quy dinh"),
    ("plan", "ke hoach|chuong trinh|de an"),
    ("guidance", "huong dan"),
    ("conclusion", "ket luan"),
)
_MOST = 120


class KnownDocuments:
    """The legal documents of the register, to be found however a line spells them."""

    def __init__(self, session: Session) -> None:
        self._documents = records.live(session, LegalDocument)

    def match(self, basis: BasisLike) -> LegalDocument | None:
        """The one document that *basis* means; None when there is none, or more than one."""
        if not number_key(basis.number):
            wanted = folded(name_of(basis))
            named = [d for d in self._documents if folded(d.number) == wanted]
            return named[0] if len(named) == 1 else None
        exact = [d for d in self._documents if d.number_key == number_key(basis.number)]
        alike = exact or [d for d in self._documents if may_be_same(d.number, basis.number)]
        fitting = [d for d in alike if _dates_agree(d.issued_on, basis.issued_on)]
        return fitting[0] if len(fitting) == 1 else None

    def add(self, document: LegalDocument) -> None:
        """Know *document* too from now on."""
        self._documents.append(document)


def is_document(basis: BasisLike) -> bool:
    """Whether the line names a paper at all; "Theo đề nghị của …" and functions name none."""
    return basis.kind != "proposal" and bool(basis.number or _kind_in_words(basis) != "other")


def draft_of(basis: BasisLike) -> dict[str, Value]:
    """The fields of a document met for the first time."""
    return {
        "number": (basis.number or name_of(basis))[:_MOST],
        "kind": _kind_in_words(basis),
        "abstract": _said(basis),
        "issuer": basis.issuer[:300] or None,
        "issued_on": basis.issued_on,
    }


def name_of(basis: BasisLike) -> str:
    """What stands for the number of a law that is cited by its name alone."""
    return clean(_DATED.split(_said(basis), maxsplit=1)[0])[:_MOST]


def _said(basis: BasisLike) -> str:
    said = _LEADING.sub("", clean(basis.text)).rstrip(" ;.,")
    return capitalized(said)


def _kind_in_words(basis: BasisLike) -> str:
    plain = folded(_said(basis))
    for kind, words in _KINDS_BY_WORDS:
        if re.match(rf"(?:{words})(?!\w)", plain):
            return kind
    return "other"


def _dates_agree(one: date | None, other: date | None) -> bool:
    return one is None or other is None or one == other
