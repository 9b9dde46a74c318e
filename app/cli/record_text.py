"""One record whole: its fields, its state, and the records that belong to it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from app.cli import plain
from app.cli.desk import Answer
from app.json_tree import Json
from app.kinds import Belonging, Card
from app.models import MODELS, Agency, Attachment, Exchange, LegalDocument, Record, Regulation
from app.models.recurrence import Recurrence
from app.models.trait import Input, traits_of
from app.services import agencies, exchanges
from app.services.any_kind import kinds, records
from app.services.any_kind.kinds import LISTED
from app.services.regulation import legal_documents, provisions, regulations
from app.services.regulation.provisions import ProvisionNode
from app.services.sync import copies
from app.text import collated, folded
from app.words import marked, told

STATE, STATE_WORD = "state", marked("Tình trạng")
_MOST_LINES = 60
_POSITION = "position"


def states_of(
    session: Session, kind: Card, found: Sequence[Record], today: date
) -> Mapping[UUID, str]:
    """The derived state of each record, where its kind has one."""
    if kind.entity == "agency":
        return {r.id: agencies.state_of(r, today) for r in found if isinstance(r, Agency)}
    if kind.entity == "exchange":
        sent = [record for record in found if isinstance(record, Exchange)]
        return exchanges.states(session, sent, today=today)
    if kind.entity == "legal_document":
        papers = (record for record in found if isinstance(record, LegalDocument))
        return {paper.id: legal_documents.state_of(paper, today) for paper in papers}
    if kind.entity == "regulation":
        ended = regulations.ended_on(session)
        held = (record for record in found if isinstance(record, Regulation))
        return {r.id: regulations.state_of(r, today, replaced_on=ended.get(r.id)) for r in held}
    return {}


def record_answer(
    session: Session, kind: Card, record: Record, today: date, *, done: str = ""
) -> Answer:
    """*record* with its parts; after a change *done* says what was done with it, in a line."""
    parts = {part: _part(session, part, record) for part in kind.parts}
    attached = records.live(session, Attachment, col(Attachment.owner_id) == record.id)
    everything = [record, *attached, *(item for found in parts.values() for item in found)]
    cited = kinds.citations(session, everything) | {record.id: kinds.title_of(record)}
    state = states_of(session, kind, [record], today).get(record.id)
    value: dict[str, object] = {"entity": kind.entity, **plain.record_json(record, cited)}
    if state is not None:
        value["state"] = state
    value |= {p.key: [plain.record_json(item, cited) for item in f] for p, f in parts.items()}
    if kind.entity == "regulation":
        value["provisions"] = [_node(n) for n in provisions.tree_of(session, record.id)]
    value["attachments"] = [plain.record_json(item, cited) for item in attached]
    value["left_behind"] = left = copies.sentences(session).get(record.aggregate()[1])
    if done:
        line = f"{done} {told(kind.word).lower()} “{kinds.title_of(record)}” ({record.id})."
        return Answer(value, "\n".join([line, *_warnings(record)]))
    lines = _lines(kind, record, cited, state, {**parts, _FILES: attached})
    return Answer(value, "\n\n".join(filter(None, (lines, left))))


_FILES = Belonging("attachment", "owner_id", "attachments")


def _warnings(record: Record) -> list[str]:
    """What was kept but not understood."""
    rule: Recurrence | None = getattr(record, "recurrence", None)
    if rule is None or rule.is_scheduled:
        return []
    return [
        told(
            "Lưu ý: chưa tính được hạn từ “{text}”; nghĩa vụ ghi là chưa xác định hạn.",
            text=rule.text,
        )
    ]


def _part(session: Session, part: Belonging, record: Record) -> list[Record]:
    model: type[Record] = MODELS[part.kind]
    found = records.live(session, model, getattr(model, part.field) == record.id)
    kind = LISTED[part.kind]
    if _POSITION in model.model_fields:
        return sorted(found, key=lambda item: (getattr(item, _POSITION), str(item.id)))
    return sorted(found, key=lambda item: collated(kind.cited(item)))


def _node(node: ProvisionNode) -> dict[str, Json]:
    found = node.provision
    return {
        "id": str(found.id),
        "kind": found.kind,
        "number": found.number,
        "heading": found.heading or "",
        "text": found.text or "",
        "children": [_node(child) for child in node.children],
    }


def _lines(
    kind: Card,
    record: Record,
    cited: Mapping[UUID, str],
    state: str | None,
    parts: Mapping[Belonging, Sequence[Record]],
) -> str:
    known = [
        (_label(trait.label, state), plain.field_words(record, name, cited))
        for name, trait in traits_of(MODELS[kind.entity]).items()
        if trait.input is not Input.NONE
    ]
    head = [(told("Mã"), str(record.id)), (told(STATE_WORD), told(state or ""))]
    title = kinds.title_of(record)
    word = told(kind.word)
    heading = title if folded(title).startswith(folded(word)) else f"{word} {title}"
    blocks = [heading, plain.facts([*head, *known])]
    blocks += [_block(part, found, cited) for part, found in parts.items() if found]
    return "\n\n".join(blocks)


def _label(label: str, state: str | None) -> str:
    """The written standing beside the derived state, which may have overtaken it."""
    return (
        told("{label} ghi trong sổ", label=told(label))
        if state and label == STATE_WORD
        else told(label)
    )


def _block(part: Belonging, found: Sequence[Record], cited: Mapping[UUID, str]) -> str:
    kind = LISTED[part.kind]
    columns = [name for name in kind.columns if name != part.field]
    labels = [told(traits_of(MODELS[part.kind])[name].label) for name in columns]
    rows = [
        [item.id.hex[:8], *(plain.field_words(item, name, cited) for name in columns)]
        for item in found[:_MOST_LINES]
    ]
    more = told("\n… còn {n}", n=len(found) - _MOST_LINES) if len(found) > _MOST_LINES else ""
    return f"{told(kind.word)} ({len(found)})\n{plain.table([told('Mã'), *labels], rows)}{more}"
