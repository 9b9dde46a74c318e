"""Which verb enters or revises each kind: a kind with rules of its own has a service of its own."""

from __future__ import annotations

from collections.abc import Callable, Mapping, Sequence
from datetime import date
from uuid import UUID

from sqlmodel import Session, col

from app.cli.instances import find_row
from app.cli.values import YES, Pair, Reader, take
from app.errors import InvalidFields, Refused
from app.kinds import Card
from app.models import Conclusion, Exchange, Finding, Provision, Record, Regulation, Relation
from app.models.values import Values, needed
from app.services import agencies, exchanges
from app.services.any_kind import lookup, records
from app.services.any_kind.kinds import LISTED
from app.services.obligation import obligations
from app.services.regulation import provision_changes, regulations
from app.services.regulation.binding import Parties
from app.services.review import order, reviews
from app.text import clean, folded
from app.words import told

Bound = Mapping[str, Pair]
BINDING = {"lead": "agency", "coordinating": "agency", "basis": "legal_document"} | {
    "replaces": "regulation"
}
"""What `add regulation` takes besides its fields, and what each names."""
_FULFILLING = ("fulfils", "fulfils_id", "is_done")
_BESIDE: Mapping[str, tuple[str, ...]] = {
    "regulation": tuple(BINDING),
    "exchange": _FULFILLING,
}
"""What `add` and `set` take of a kind besides its fields."""


def enter(session: Session, kind: Card, pairs: Sequence[Pair], today: date) -> Record:
    """Enter a record of *kind*. Raises InvalidFields or Refused."""
    bound, own = take(pairs, *_BESIDE.get(kind.entity, ()))
    values = Reader(session, kind, today).read(own)
    given = {name: value for name, value in values.items() if value is not None}
    if kind.entity == "regulation":
        return regulations.enter(session, given, _parties(session, bound, today))
    if kind.entity == "obligation":
        return _enter_obligation(session, given, today)
    if kind.entity == "exchange":
        made = exchanges.enter(session, {"dated_on": today, **given})
        return _fulfilling(session, made, bound, today)
    special = _ENTERING.get(kind.entity)
    return special(session, given) if special else _plainly(session, kind, given)


def revise(
    session: Session, kind: Card, record: Record, pairs: Sequence[Pair], today: date
) -> Record:
    """Change the fields of *pairs* alone. Raises InvalidFields or Refused."""
    bound, own = take(pairs, *_BESIDE.get(kind.entity, ()))
    values = Reader(session, kind, today, present=record).read(own)
    if kind.entity == "exchange":
        return _fulfilling(session, exchanges.revise(session, record.id, values), bound, today)
    if kind.entity == "obligation":
        return obligations.revise(session, record.id, values)
    if not isinstance(record, Regulation):
        _refuse_other_identity(kind, record, values)
        if isinstance(record, Conclusion) and values.get("ordinal") not in (None, record.ordinal):
            order.place_conclusion(session, record.id, int(str(values.pop("ordinal"))))
        return records.revise(session, kind.entity, record.id, values)
    if {"number", "signed_on"} & set(values):
        values = {"number": record.number, "signed_on": record.signed_on} | values
    parties = _revised_parties(session, record, bound, today) if bound else None
    standing = {} if "standing" in values else {"standing": record.standing}
    return regulations.revise(session, record.id, {**standing, **values}, parties)


def withdraw(session: Session, kind: Card, id_: UUID) -> int:
    """Withdraw a record, a provision with all that stands under it; returns how many."""
    if kind.entity == "provision":
        return provision_changes.withdraw(session, id_)
    if kind.entity == "conclusion":
        order.withdraw_conclusion(session, id_)
        return 1
    return records.withdraw(session, kind.entity, [id_])


def _plainly(session: Session, kind: Card, values: Values) -> Record:
    identity = kind.id_of(values) if set(kind.key) - {"role", "kind"} <= set(values) else None
    return records.enter(session, kind.entity, values, id=identity)


def _enter_input(session: Session, values: Values) -> Record:
    _need(LISTED["review_input"], values, "review_id", "agency_id")
    return reviews.receive(
        session, needed(values, "review_id", UUID), needed(values, "agency_id", UUID), values
    )


def _enter_conclusion(session: Session, values: Values) -> Record:
    _need(LISTED["conclusion"], values, "review_id")
    return reviews.conclude(session, needed(values, "review_id", UUID), values)


def _enter_provision(session: Session, values: Values) -> Record:
    """A new provision goes after its last sister."""
    sisters = [
        provision
        for provision in records.live(session, Provision)
        if provision.regulation_id == values.get("regulation_id")
        and provision.parent_id == values.get("parent_id")
    ]
    place = provision_changes.order_key(max((s.position for s in sisters), default=""), None)
    return records.enter(session, "provision", {**values, "position": place})


def _enter_obligation(session: Session, values: Values, today: date) -> Record:
    """An obligation counts from today unless said otherwise, so that nothing is overdue at once."""
    return obligations.enter(session, {"starts_on": today, **values})


def _fulfilling(session: Session, exchange: Exchange, given: Bound, today: date) -> Exchange:
    """What it fulfils may be an instance that nobody has touched, which has no record yet."""
    named = next((given[name].value for name in _FULFILLING[:2] if name in given), None)
    if named is None:
        return exchange
    row = find_row(session, named, None, today) if clean(named) else None
    done = given.get("is_done")
    exchanges.fulfil(
        session,
        exchange,
        row.id if row else None,
        today=today,
        is_done=done is not None and folded(clean(done.value)) in YES,
    )
    return exchange


def _enter_finding(session: Session, values: Values) -> Record:
    """A new finding goes after the last one of its review."""
    known = [f for f in records.live(session, Finding) if f.review_id == values.get("review_id")]
    place = provision_changes.order_key(max((f.position for f in known), default=""), None)
    return records.enter(session, "finding", {**values, "position": place})


_ENTERING: dict[str, Callable[[Session, Values], Record]] = {
    "relation": regulations.relate,
    "agency_succession": agencies.succeed,
    "review": reviews.enter,
    "review_input": _enter_input,
    "review_figure": reviews.note_figure,
    "conclusion": _enter_conclusion,
    "provision": _enter_provision,
    "finding": _enter_finding,
}


def _need(kind: Card, values: Values, *names: str) -> None:
    from app.models import DRAFTS
    from app.models.trait import traits_of

    traits = traits_of(DRAFTS[kind.entity])
    blank = {
        n: told("Chưa chọn {label}.", label=told(traits[n].label).lower())
        for n in names
        if not values.get(n)
    }
    if blank:
        raise InvalidFields(blank)


def _parties(
    session: Session,
    bound: Bound,
    today: date,
    present: Mapping[str, tuple[UUID, ...]] | None = None,
) -> Parties:
    """What was typed; `+=` and `-=` change the lists of *present*."""
    found: dict[str, tuple[UUID, ...]] = {}
    for name, pair in bound.items():
        given, before = _ids(session, name, pair.value, today), (present or {}).get(name, ())
        if pair.sign == "+":
            given = tuple(dict.fromkeys((*before, *given)))
        elif pair.sign == "-":
            given = tuple(id_ for id_ in before if id_ not in given)
        found[name] = given
    if len(found.get("lead", ())) > 1:
        raise Refused(why="Chỉ một cơ quan chủ trì; các cơ quan khác ghi vào coordinating.")
    return Parties(
        lead_id=next(iter(found.get("lead", ())), None),
        coordinating=found.get("coordinating", ()),
        basis=found.get("basis"),
        replaces=found.get("replaces"),
    )


def _revised_parties(
    session: Session, regulation: Regulation, bound: Bound, today: date
) -> Parties:
    """The parties as they stand, with what was typed in their place."""
    lines = regulations.parties_of(session, regulation.id)
    older = records.live(
        session,
        Relation,
        col(Relation.regulation_id) == regulation.id,
        col(Relation.kind) == "replaces",
    )
    present = {
        "lead": tuple(line.agency_id for line in lines if line.role == "lead"),
        "coordinating": tuple(line.agency_id for line in lines if line.role == "coordinating"),
        "basis": tuple(document.id for document in regulations.basis_of(session, regulation.id)),
        "replaces": tuple(link.older_id for link in older),
    }
    given = _parties(session, bound, today, present)
    return Parties(
        lead_id=given.lead_id if "lead" in bound else next(iter(present["lead"]), None),
        coordinating=given.coordinating if "coordinating" in bound else present["coordinating"],
        basis=given.basis,
        replaces=given.replaces,
    )


def _ids(session: Session, name: str, text: str, today: date) -> tuple[UUID, ...]:
    if not text.strip():
        return ()
    return lookup.find_several(session, LISTED[BINDING[name]], text, today=today)


def _refuse_other_identity(kind: Card, record: Record, values: Values) -> None:
    """What an id is derived from never changes: it would be another record."""
    for name in kind.key:
        if name in values and values[name] != getattr(record, name):
            raise Refused(
                why=told(
                    "Không sửa được ô “{name}” của {word}: đó sẽ là một bản ghi khác. Rút "
                    "bản ghi này rồi thêm bản ghi mới.",
                    name=name,
                    word=told(kind.word).lower(),
                )
            )
