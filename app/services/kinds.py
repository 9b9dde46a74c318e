"""The kinds of record as a clerk names them, and how one record is cited in a line."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.errors import Refused
from app.models import MODELS, Record
from app.models.record import derived_id
from app.models.regulation import ROLES
from app.models.review import FINDING_KINDS
from app.models.trait import Input, traits_of
from app.services import records
from app.text import clean, folded


@dataclass(frozen=True)
class Part:
    """Records that are shown with another: the kind, the field that names it, the name in JSON."""

    kind: str
    field: str
    key: str


@dataclass(frozen=True)
class Kind:
    """One kind of record: what it is called, what a list of it shows, what belongs to it."""

    entity: str
    word: str
    columns: tuple[str, ...]
    cited: Callable[[Any], str]
    aliases: tuple[str, ...] = ()
    parts: tuple[Part, ...] = ()
    key: tuple[str, ...] = ()
    """The fields that a derived id is made of; empty when ids are random."""


def _text(*names: str) -> Callable[[Any], str]:
    """Cite a record by the first of these fields that says something."""

    def cite(record: Any) -> str:
        found = (getattr(record, name) for name in names)
        return next((str(value) for value in found if value not in (None, "")), str(record.id))

    return cite


def _short(record: Any) -> str:
    return record.text if len(record.text) <= 80 else f"{record.text[:79]}…"


_ALL = (
    Kind(
        "agency",
        "Cơ quan",
        ("code", "name", "kind", "valid_from", "valid_to"),
        lambda agency: agency.called(),
        ("đơn vị", "agencies"),
        (
            Part("agency_name", "agency_id", "names"),
            Part("agency_succession", "agency_id", "successors"),
            Part("agency_succession", "successor_id", "predecessors"),
        ),
    ),
    Kind(
        "agency_name",
        "Tên cũ của cơ quan",
        ("agency_id", "name", "valid_from", "valid_to"),
        _text("name"),
        ("tên cơ quan", "name", "names"),
    ),
    Kind(
        "agency_succession",
        "Kế thừa cơ quan",
        ("agency_id", "kind", "successor_id", "effective_on", "decision"),
        lambda link: f"kế thừa từ {link.effective_on:%d/%m/%Y}" if link.effective_on else "kế thừa",
        ("succession",),
    ),
    Kind(
        "legal_document",
        "Văn bản căn cứ",
        ("number", "kind", "issued_on", "issuer", "standing", "abstract"),
        _text("number"),
        ("văn bản", "document", "documents"),
        (Part("legal_basis", "document_id", "bases"),),
    ),
    Kind(
        "regulation",
        "Quy chế",
        ("number", "signed_on", "form", "standing", "field_of_work", "abstract"),
        lambda regulation: regulation.called(),
        ("văn bản phối hợp",),
        (
            Part("party", "regulation_id", "parties"),
            Part("legal_basis", "regulation_id", "basis"),
            Part("relation", "regulation_id", "relations"),
            Part("relation", "older_id", "newer"),
            Part("provision", "regulation_id", "provisions"),
            Part("obligation", "regulation_id", "obligations"),
        ),
    ),
    Kind(
        "party",
        "Bên tham gia",
        ("regulation_id", "agency_id", "role", "name_as_signed"),
        lambda party: ROLES.get(party.role, party.role),
        ("parties",),
        key=("regulation_id", "agency_id", "role"),
    ),
    Kind(
        "legal_basis",
        "Căn cứ pháp lý",
        ("regulation_id", "document_id", "note"),
        _text("note", "id"),
        ("căn cứ", "basis"),
        key=("regulation_id", "document_id"),
    ),
    Kind(
        "relation",
        "Quan hệ giữa quy chế",
        ("regulation_id", "kind", "older_id", "effective_on", "articles"),
        _text("kind"),
        ("quan hệ",),
        key=("regulation_id", "older_id", "kind"),
    ),
    Kind(
        "provision",
        "Điều khoản",
        ("regulation_id", "kind", "number", "heading", "text"),
        lambda provision: provision.called(),
        ("điều",),
        (Part("provision", "parent_id", "children"), Part("obligation", "provision_id", "duties")),
    ),
    Kind(
        "obligation",
        "Nghĩa vụ",
        ("title", "lead_id", "coordinating", "recurrence", "regulation_id", "standing"),
        _text("title"),
        ("nhiệm vụ",),
        (Part("occurrence", "obligation_id", "occurrences"),),
    ),
    Kind(
        "occurrence",
        "Kỳ thực hiện",
        ("obligation_id", "period", "due_on", "extended_to", "completed_on", "result"),
        _text("period"),
        ("kỳ",),
        key=("obligation_id", "period"),
    ),
    Kind(
        "review",
        "Hội nghị",
        ("title", "kind", "period_from", "period_to", "held_on", "step"),
        _text("title"),
        ("hội nghị sơ kết", "sơ kết", "tổng kết", "conference"),
        (
            Part("review_input", "review_id", "inputs"),
            Part("review_figure", "review_id", "figures"),
            Part("finding", "review_id", "findings"),
            Part("conclusion", "review_id", "conclusions"),
            Part("obligation", "review_id", "obligations"),
        ),
    ),
    Kind(
        "review_input",
        "Báo cáo của cơ quan",
        ("review_id", "agency_id", "regulation_id", "number", "received_on"),
        _text("number", "id"),
        ("báo cáo", "input"),
        (
            Part("review_figure", "input_id", "figures"),
            Part("finding", "input_id", "findings"),
        ),
        key=("review_id", "agency_id", "regulation_id"),
    ),
    Kind(
        "review_figure",
        "Số liệu",
        ("review_id", "agency_id", "indicator", "value", "qualifier"),
        _text("indicator"),
        ("figure",),
    ),
    Kind(
        "finding",
        "Nội dung sơ kết",
        ("review_id", "kind", "agency_id", "text", "origin"),
        lambda finding: f"{FINDING_KINDS.get(finding.kind, '')}: {_short(finding)}",
        ("nhận xét",),
    ),
    Kind(
        "conclusion",
        "Kết luận",
        ("review_id", "ordinal", "text", "lead_id", "deadline"),
        lambda conclusion: f"{conclusion.ordinal}. {_short(conclusion)}",
        (),
        (Part("obligation", "conclusion_id", "obligations"),),
    ),
    Kind(
        "clerk", "Cán bộ", ("position", "unit", "is_active"), _text("position"), ("người ghi sổ",)
    ),
    Kind(
        "attachment",
        "Tệp đính kèm",
        ("name", "owner_kind", "size", "note"),
        _text("name"),
        ("tệp", "file"),
    ),
)
KINDS: Mapping[str, Kind] = {kind.entity: kind for kind in _ALL}
"""Every kind by its entity's name, in the order a clerk meets them."""


def kind_of(name: str) -> Kind:
    """The kind called *name*: `regulation`, `regulations`, `legal-document` or "quy chế".

    Raises Refused with the list of kinds.
    """
    wanted = _plain(name)
    for kind in _ALL:
        names = (kind.entity, f"{kind.entity}s", kind.word, *kind.aliases)
        if wanted in map(_plain, names):
            return kind
    known = ", ".join(KINDS)
    raise Refused(why=f"Không có loại bản ghi “{clean(name)}”. Các loại: {known}.")


def derived(kind: Kind, values: Mapping[str, Any]) -> UUID | None:
    """The id that every office computes alike for such a record; None where ids are random."""
    if not kind.key:
        return None
    known = [values.get(name) or "" for name in kind.key]
    if kind.entity == "party" and not values.get("role"):
        known[-1] = "coordinating"
    if kind.entity == "relation" and not values.get("kind"):
        known[-1] = "replaces"
    return derived_id(kind.entity, *known)


def citations(session: Session, found: Iterable[Record]) -> dict[UUID, str]:
    """How to cite every record that the records of *found* name, by id; set-based."""
    wanted: dict[str, set[UUID]] = {}
    for record in found:
        for refers, id_ in named_by(record):
            wanted.setdefault(refers, set()).add(id_)
    cited: dict[UUID, str] = {}
    for entity, ids in wanted.items():
        cite = KINDS[entity].cited
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


def uses(session: Session, kind: Kind, id_: UUID) -> int:
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
    return KINDS[record.ENTITY].cited(record)


def _plain(name: str) -> str:
    return folded(clean(name)).replace("-", " ").replace("_", " ")
