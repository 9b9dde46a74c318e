"""What an import proposes: shown beside the source and corrected; nobody saves it here."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date
from pathlib import Path

from app.json_tree import Json


@dataclass(frozen=True)
class ProvisionProposal:
    """A unit of a document: part, chapter, section, article, clause, point or appendix.

    `number` is as printed ("II", "15a", "đ"); `heading` and `text` hold no number.
    """

    kind: str
    number: str
    heading: str
    text: str
    children: tuple[ProvisionProposal, ...] = ()


@dataclass(frozen=True)
class BasisProposal:
    """One "Căn cứ …": the line as written and what it says of the document named.

    `kind` is a form code of `DocumentProposal.form`, or "proposal" for "Theo đề nghị của …".
    """

    text: str
    number: str
    issued_on: date | None
    kind: str
    issuer: str


@dataclass(frozen=True)
class ReplacedProposal:
    """An earlier document this one touches; `kind`: replaces, partly, amends or repeals."""

    text: str
    number: str
    signed_on: date | None
    kind: str


@dataclass(frozen=True)
class DocumentProposal:
    """One document found in a file; a file may hold a decision and the regulation it encloses.

    An enclosed document takes number, date, bodies, force and replacements from the document
    that promulgates it, since it has none of its own; a warning says so. `signers` are positions
    and never names of persons. `first_line` and `last_line` point into `ImportProposal.lines`.
    """

    form: str
    title: str
    number: str
    signed_on: date | None
    place: str
    bodies: tuple[str, ...]
    superior: str
    abstract: str
    basis: tuple[BasisProposal, ...]
    replaces: tuple[ReplacedProposal, ...]
    effective_text: str
    effective_on: date | None
    provisions: tuple[ProvisionProposal, ...]
    recipients: tuple[str, ...]
    signers: tuple[str, ...]
    warnings: tuple[str, ...]
    first_line: int
    last_line: int


@dataclass(frozen=True)
class ImportProposal:
    """Everything read from one file; `size` in bytes, `lines` as the clerk should see them."""

    path: Path
    sha256: str
    size: int
    documents: tuple[DocumentProposal, ...]
    lines: tuple[str, ...]
    warnings: tuple[str, ...]


def as_json(proposal: ImportProposal) -> dict[str, Json]:
    """*proposal* as plain values for `--json`: dates are ISO text or None."""
    return {
        "file": proposal.path.name,
        "sha256": proposal.sha256,
        "size": proposal.size,
        "documents": [_document(document) for document in proposal.documents],
        "warnings": list(proposal.warnings),
    }


def _document(document: DocumentProposal) -> dict[str, Json]:
    return {
        "form": document.form,
        "title": document.title,
        "number": document.number,
        "date": _iso(document.signed_on),
        "place": document.place,
        "bodies": list(document.bodies),
        "superior": document.superior,
        "abstract": document.abstract,
        "basis": [_basis(basis) for basis in document.basis],
        "replaces": [_replaced(replaced) for replaced in document.replaces],
        "effective_text": document.effective_text,
        "effective_on": _iso(document.effective_on),
        "provisions": [_provision(provision) for provision in document.provisions],
        "recipients": list(document.recipients),
        "signers": list(document.signers),
        "warnings": list(document.warnings),
        "first_line": document.first_line,
        "last_line": document.last_line,
    }


def _basis(basis: BasisProposal) -> dict[str, Json]:
    return {
        "text": basis.text,
        "number": basis.number,
        "date": _iso(basis.issued_on),
        "kind": basis.kind,
        "issuer": basis.issuer,
    }


def _replaced(replaced: ReplacedProposal) -> dict[str, Json]:
    return {
        "text": replaced.text,
        "number": replaced.number,
        "date": _iso(replaced.signed_on),
        "kind": replaced.kind,
    }


def _provision(provision: ProvisionProposal) -> dict[str, Json]:
    return {
        "kind": provision.kind,
        "number": provision.number,
        "heading": provision.heading,
        "text": provision.text,
        "children": [_provision(child) for child in provision.children],
    }


def _iso(day: date | None) -> str | None:
    return day.isoformat() if day else None
