"""Accepting what an import proposed: regulation, parties, basis, replacements, text, source file.

Everything is saved in one change, after a backup, or nothing is.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from uuid import UUID

from sqlmodel import Session

from app.errors import Refused
from app.importers.proposal import (
    BasisProposal,
    DocumentProposal,
    ImportProposal,
    ProvisionProposal,
    ReplacedProposal,
)
from app.models import Agency, LegalDocument, Party, Regulation
from app.models.document_number import may_be_same, number_key
from app.models.regulation import REGULATION_FORMS
from app.models.values import Value, Values
from app.progress import Progress, quiet
from app.services import attachments
from app.services.any_kind import records
from app.services.regulation import basis_matching, body_matching, provisions, regulations
from app.services.regulation.basis_matching import KnownDocuments
from app.services.regulation.binding import Parties
from app.services.regulation.body_matching import BodyMatch, KnownBodies
from app.services.regulation.import_refusals import refuse_duplicate, refuse_secret
from app.store import Store
from app.store.blobs import Blobs
from app.text import clean, date_words, folded, shortened
from app.words import kept, told

_RELATIONS = {"partly": "replaces_partly"}
_ENCLOSED = ("regulation", "programme", "plan", "other")
_LONGEST_ABSTRACT = 2000


@dataclass(frozen=True)
class Correction:
    """What the clerk put right before saving: fields of the regulation, and what it is bound to.

    `bodies` stand in place of those read, the one that leads first; one without an agency is
    entered. `basis` are the lines to keep, `replaces` the older regulations with the relation.
    """

    values: Values = field(default_factory=dict)
    parties: Parties | None = None
    bodies: Sequence[BodyMatch] | None = None
    basis: Sequence[BasisProposal] | None = None
    replaces: Sequence[tuple[UUID, str]] | None = None


@dataclass(frozen=True)
class Saved:
    """One regulation that was saved, and how many provisions its text has."""

    regulation: Regulation
    provisions: int


@dataclass
class Accepted:
    """What accepting did, beyond what was asked: new records, and what remains to be looked at."""

    saved: list[Saved] = field(default_factory=list)
    new_agencies: list[str] = field(default_factory=list)
    new_documents: list[str] = field(default_factory=list)
    warnings: list[str] = field(default_factory=list)


@dataclass(frozen=True)
class Instrument:
    """One regulation to be: a document, with those that it encloses and promulgates."""

    index: int
    document: DocumentProposal
    enclosed: tuple[DocumentProposal, ...] = ()

    def text(self) -> tuple[ProvisionProposal, ...]:
        """The provisions: the enclosed regulation's own, then the decision's under a heading.

        Their articles both begin at 1, and it is the regulation's that people cite.
        """
        if not self.enclosed:
            return self.document.provisions
        main, *others = self.enclosed
        titled = [*others, *([self.document] if self.document.provisions else [])]
        parts = (ProvisionProposal("part", "", _heading(d), "", d.provisions) for d in titled)
        return (*main.provisions, *parts)


def accept(
    store: Store,
    proposal: ImportProposal,
    chosen: Sequence[int] | None = None,
    *,
    corrections: Mapping[int, Correction] | None = None,
    even_again: bool = False,
    progress: Progress = quiet,
) -> Accepted:
    """Save the *chosen* documents of *proposal* (indexes; None for all) in one change.

    *corrections* are by the index of the instrument's first document. Raises Refused for a secret
    file, for one that changed since it was read, and for a number and date that the register
    already has unless *even_again*; InvalidFields where a correction is wrong. Then nothing is
    saved. *progress* may stop it with Cancelled as long as nothing is saved.
    """
    refuse_secret(proposal)
    found = instruments(proposal, chosen)
    if not found:
        raise Refused(
            why=told("Tệp {name} không có văn bản nào để nhận vào sổ.", name=proposal.path.name)
        )
    store.backup("import", progress)
    numbers = ", ".join(item.document.number or kept("dự thảo") for item in found)
    accepted = Accepted()
    label = kept(
        "Nhập {numbers} từ tệp {name}",
        numbers=shortened(numbers, 120),
        name=shortened(proposal.path.name, 80),
    )
    with store.changing(label) as session:
        for done, item in enumerate(found):
            progress(done, len(found))
            correction = (corrections or {}).get(item.index, Correction())
            refuse_duplicate(session, item.document, correction.values, even_again=even_again)
            _save(
                session,
                store.blobs,
                proposal,
                item,
                correction=correction,
                accepted=accepted,
            )
    accepted.warnings = list(dict.fromkeys(accepted.warnings))
    return accepted


def instruments(proposal: ImportProposal, chosen: Sequence[int] | None = None) -> list[Instrument]:
    """The documents of a file as the regulations they make.

    A decision and the regulation it encloses bear one number and are one instrument.
    """
    wanted = range(len(proposal.documents)) if chosen is None else sorted(set(chosen))
    found: list[Instrument] = []
    for index in wanted:
        document = proposal.documents[index]
        outer = found[-1] if found else None
        if outer is not None and _is_enclosed(document, outer.document):
            enclosed = (*outer.enclosed, document)
            found[-1] = Instrument(outer.index, outer.document, enclosed)
        else:
            found.append(Instrument(index, document))
    return found


def values_of(item: Instrument, source: str) -> dict[str, Value]:
    """The regulation's fields as the file gives them, for a form or for saving."""
    document = item.document
    main = item.enclosed[0] if item.enclosed else document
    is_signed = bool(number_key(document.number)) and document.signed_on is not None
    effective = document.effective_on or main.effective_on
    if effective and document.signed_on and effective < document.signed_on:
        effective = None
    abstract = clean(document.abstract or main.abstract) or clean(main.title) or source
    form = document.form if document.form in REGULATION_FORMS else "other"
    return {
        "form": form,
        "number": clean(document.number)[:120] or None,
        "abstract": abstract[:_LONGEST_ABSTRACT],
        "place": clean(document.place)[:120] or None,
        "signed_on": document.signed_on,
        "effective_on": effective,
        "standing": "in_force" if is_signed else "draft",
        "signers": "\n".join(document.signers or main.signers) or None,
        "note": _note(item),
    }


def bodies_of(session: Session, item: Instrument) -> list[BodyMatch]:
    """The bodies that the papers name, the one that leads first, with those of the register."""
    return KnownBodies(session).match_all(_parties_named(item), item.document.signed_on)


def basis_of(
    session: Session, item: Instrument
) -> list[tuple[BasisProposal, LegalDocument | None]]:
    """The papers that the file rests upon, each with the one of the register, if it is there."""
    known = KnownDocuments(session)
    lines = item.document.basis or tuple(b for d in item.enclosed for b in d.basis)
    return [(line, known.match(line)) for line in lines if basis_matching.is_document(line)]


def replaced_of(
    session: Session, item: Instrument, own: UUID | None = None
) -> list[tuple[ReplacedProposal, str, Regulation | None]]:
    """What the file says it replaces, each with the kind of relation and the one it means.

    *own* is the regulation itself, once it is saved.
    """
    found: list[tuple[ReplacedProposal, str, Regulation | None]] = []
    for replaced in (r for d in (item.document, *item.enclosed) for r in d.replaces):
        kind = _RELATIONS.get(replaced.kind, replaced.kind)
        found.append((replaced, kind, _older(session, replaced, own)))
    return found


def _save(
    session: Session,
    blobs: Blobs,
    proposal: ImportProposal,
    item: Instrument,
    *,
    correction: Correction,
    accepted: Accepted,
) -> None:
    source = proposal.path.name
    values = {**values_of(item, source), **correction.values}
    regulation = records.enter(session, Regulation, values)
    matches = bodies_of(session, item) if correction.bodies is None else correction.bodies
    parties = correction.parties or _parties(session, matches, source, accepted)
    basis = (
        parties.basis if parties.basis is not None else _basis(session, item, correction, accepted)
    )
    bound = Parties(parties.lead_id, parties.coordinating, basis, parties.replaces)
    regulations.bind(session, regulation.id, bound)
    _note_signed_names(session, regulation, matches)
    if correction.replaces is not None:
        _link(session, regulation, correction.replaces)
    elif parties.replaces is None:
        _relate(session, regulation, item, accepted)
    count = provisions.enter_tree(session, regulation.id, item.text())
    copied = attachments.attach(session, blobs, regulation, proposal.path, note=kept("Tệp đã nhập"))
    if copied.sha256 != proposal.sha256:
        raise Refused(
            why=told(
                "Tệp {source} đã thay đổi sau khi đọc. Hãy đọc lại tệp rồi nhận.", source=source
            )
        )
    accepted.saved.append(Saved(regulation, count))
    accepted.warnings += _warnings(item, regulation, bound, count)


def _parties(
    session: Session, matches: Sequence[BodyMatch], source: str, accepted: Accepted
) -> Parties:
    """The first body leads; those not in the register are entered."""
    ids = [match.agency_id or _new_body(session, match, source, accepted) for match in matches]
    unique = list(dict.fromkeys(ids))
    return Parties(unique[0] if unique else None, tuple(unique[1:]))


def _new_body(session: Session, match: BodyMatch, source: str, accepted: Accepted) -> UUID:
    draft = body_matching.draft_of(match.text, source)
    agency = records.enter(session, Agency, draft)
    accepted.new_agencies.append(agency.name)
    found: UUID = agency.id
    return found


def _note_signed_names(
    session: Session, regulation: Regulation, matches: Sequence[BodyMatch]
) -> None:
    """A paper keeps the name it was signed under, where the body is called otherwise now."""
    written = {m.agency_id: body_matching.proper_name(m.text) for m in matches if m.agency_id}
    for party in regulations.parties_of(session, regulation.id):
        name = written.get(party.agency_id, "")
        if name and folded(name) != folded(party.name):
            records.revise(session, Party, party.party_id, {"name_as_signed": name[:300]})


def _basis(
    session: Session, item: Instrument, correction: Correction, accepted: Accepted
) -> tuple[UUID, ...]:
    known = KnownDocuments(session)
    found: list[UUID] = []
    lines = correction.basis
    for line in [line for line, _ in basis_of(session, item)] if lines is None else lines:
        document = known.match(line)
        if document is None:
            document = records.enter(session, LegalDocument, basis_matching.draft_of(line))
            known.add(document)
            accepted.new_documents.append(document.number)
        found.append(document.id)
    return tuple(dict.fromkeys(found))


def _relate(session: Session, regulation: Regulation, item: Instrument, accepted: Accepted) -> None:
    found: dict[tuple[UUID, str], None] = {}
    for replaced, kind, older in replaced_of(session, item, regulation.id):
        if older is None:
            accepted.warnings.append(
                told(
                    "Chưa thấy trong sổ văn bản “{old}” mà {new} thay thế hoặc sửa "
                    "đổi; nhập văn bản đó rồi ghi quan hệ.",
                    old=_called(replaced),
                    new=regulation.called(),
                )
            )
        else:
            found[older.id, kind] = None
    _link(session, regulation, list(found))


def _link(session: Session, regulation: Regulation, older: Sequence[tuple[UUID, str]]) -> None:
    for older_id, kind in older:
        link: dict[str, Value] = {
            "regulation_id": regulation.id,
            "older_id": older_id,
            "kind": kind,
            "effective_on": regulation.effective_on,
        }
        regulations.relate(session, link)


def _older(session: Session, replaced: ReplacedProposal, own: UUID | None) -> Regulation | None:
    candidates = [
        r
        for r in records.live(session, Regulation)
        if r.id != own
        and r.number
        and (r.number_key == number_key(replaced.number) or may_be_same(r.number, replaced.number))
        and (replaced.signed_on is None or r.signed_on == replaced.signed_on)
    ]
    return candidates[0] if len(candidates) == 1 else None


def _called(replaced: ReplacedProposal) -> str:
    day = date_words(replaced.signed_on, told(" ngày "))
    return f"{replaced.number}{day}" if replaced.number else clean(replaced.text)[:120]


def _parties_named(item: Instrument) -> tuple[str, ...]:
    """The bodies bound. Who promulgates a regulation between others is not one of them."""
    main = item.enclosed[0] if item.enclosed else item.document
    named = dict.fromkeys((*item.document.bodies, *main.bodies))
    bodies = tuple(body for body in named if not body_matching.is_group(body))
    if item.document.form == "decision" and len(bodies) > 2:
        return bodies[1:]
    return bodies


def _note(item: Instrument) -> str | None:
    named, all_ = _parties_named(item), item.document.bodies
    issuer = [body for body in all_ if body not in named]
    return kept("Cơ quan ban hành: {issuer}.", issuer="; ".join(issuer)) if issuer else None


def _heading(document: DocumentProposal) -> str:
    title = clean(document.title).capitalize() or kept("Văn bản kèm theo")
    return f"{title} {clean(document.abstract)}".strip()[:1000]


def _is_enclosed(document: DocumentProposal, outer: DocumentProposal) -> bool:
    same = number_key(document.number) == number_key(outer.number)
    dated_alike = document.signed_on in (None, outer.signed_on)
    return same and dated_alike and document.form in _ENCLOSED and outer.form != document.form


def _warnings(item: Instrument, regulation: Regulation, bound: Parties, count: int) -> list[str]:
    found = list(item.document.warnings)
    if regulation.standing == "draft":
        found.append(
            told("Văn bản chưa rõ số hoặc ngày ký nên ghi là dự thảo; bổ sung rồi đổi tình trạng.")
        )
    groups = [body for body in item.document.bodies if body_matching.is_group(body)]
    if groups:
        found.append(
            told(
                "“{groups}” là nhiều cơ quan; chọn từng cơ quan ở quy chế này.",
                groups="; ".join(groups),
            )
        )
    if not bound.coordinating:
        found.append(told("Chưa rõ các cơ quan phối hợp; bổ sung ở quy chế này."))
    if not count:
        found.append(told("Không thấy điều khoản nào trong tệp."))
    return list(dict.fromkeys(found))
