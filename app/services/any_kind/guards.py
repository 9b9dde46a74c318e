"""What no road into the register may write, whichever form, command or service it comes through."""

from __future__ import annotations

from collections.abc import Callable, Collection, Mapping
from uuid import UUID

from sqlmodel import Session, col, select

from app.errors import InvalidFields
from app.kinds import CARDS
from app.kinds.card import Above
from app.models import DELETED, Party, Provision, Record
from app.models.values import Values, said
from app.services.any_kind import climbing, secrecy
from app.words import told

_BOUND = ("lead", "coordinating")
Changed = Collection[str]
Guard = Callable[[Session, Values, Changed, UUID | None], None]


def check(
    session: Session,
    entity: str,
    whole: Values,
    changed: Changed,
    id: UUID | None,  # noqa: A002
) -> None:
    """Raise InvalidFields or Refused if a record of *entity* may not come to hold *whole*.

    *changed* are the fields that this change writes: what was wrong before, by a package that came
    in or a paper marked secret since, does not bar the way to the other fields. *id* is that of a
    record that is there already.
    """
    above = CARDS[entity].above
    if above is not None and above.field in changed and id is not None:
        _refuse_ring(session, CARDS[entity].model, above, whole, id)
    secrecy.refuse(session, entity, whole, changed)
    special = _SPECIAL.get(entity)
    if special is not None:
        special(session, whole, changed, id)


def _refuse_ring(
    session: Session,
    model: type[Record],
    above: Above,
    whole: Values,
    id: UUID,  # noqa: A002
) -> None:
    leads = getattr(model, above.field)

    def over(found: UUID) -> UUID | None:
        return session.exec(select(leads).where(model.id == found)).first()

    if id in climbing.upward(said(whole, above.field, UUID), over):
        raise InvalidFields({above.field: told("{ring} Chọn lại.", ring=above.ring)})


def _provision(session: Session, whole: Values, changed: Changed, _id: UUID | None) -> None:
    is_moved = whole.get("parent_id") is not None and "parent_id" in changed
    parent = session.get(Provision, whole["parent_id"]) if is_moved else None
    if parent is not None and parent.regulation_id != whole.get("regulation_id"):
        why = told(
            "Điều khoản chứa nó thuộc một văn bản khác; chọn điều khoản của chính văn bản này."
        )
        raise InvalidFields({"parent_id": why})


def _party(
    session: Session,
    whole: Values,
    changed: Changed,
    id: UUID | None,  # noqa: A002
) -> None:
    role, body = whole.get("role"), whole.get("agency_id")
    if role not in _BOUND or not {"role", "agency_id", "regulation_id"}.intersection(changed):
        return
    beside = session.exec(
        select(Party).where(
            col(Party.life) != DELETED, Party.regulation_id == whole.get("regulation_id")
        )
    ).all()
    others = [party for party in beside if party.id != id]
    if role == "lead" and any(party.role == "lead" for party in others):
        raise InvalidFields({"role": "Quy chế đã có cơ quan chủ trì; đổi ở biểu mẫu của quy chế."})
    if any(p.agency_id == body and p.role in _BOUND for p in others):
        raise InvalidFields({"agency_id": "Cơ quan này đã là một bên của quy chế."})


_SPECIAL: Mapping[str, Guard] = {"provision": _provision, "party": _party}
