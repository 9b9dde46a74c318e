"""The order in which findings and conclusions of a review are read out."""

from __future__ import annotations

from collections.abc import Sequence
from uuid import UUID

from sqlmodel import Session, col

from app.errors import InvalidFields
from app.models import Conclusion, Finding
from app.models.values import Values
from app.services.any_kind import records
from app.services.regulation.provision_changes import order_key
from app.words import told


def enter_finding(session: Session, values: Values) -> Finding:
    """Enter a finding behind those of its kind and content. Raises InvalidFields."""
    finding = records.enter(session, Finding, dict(values))
    beside = [f for f in _beside(session, finding) if f.id != finding.id]
    place = order_key(beside[-1].position if beside else "", None)
    return records.revise(session, Finding, finding.id, {"position": place})


def revise_finding(session: Session, finding_id: UUID, values: Values) -> Finding:
    """Change a finding; one that changes its kind or content goes behind the others there."""
    before = records.get(session, Finding, finding_id)
    stood = (before.kind, before.area)
    found = records.revise(session, Finding, finding_id, dict(values))
    if (found.kind, found.area) != stood:
        beside = [f for f in _beside(session, found) if f.id != finding_id]
        place = order_key(beside[-1].position if beside else "", None)
        records.revise(session, Finding, finding_id, {"position": place})
    return found


def move_finding(session: Session, finding_id: UUID, step: int) -> bool:
    """Move a finding *step* places among those of its kind and content; False at the edge."""
    finding = records.get(session, Finding, finding_id)
    beside = _beside(session, finding)
    order = _moved([f.id for f in beside], finding_id, step)
    if order is None:
        return False
    for place, each in enumerate(order, start=1):
        records.revise(session, Finding, each, {"position": f"{place:04d}"})
    return True


def may_move(order: Sequence[UUID], wanted: UUID, step: int) -> bool:
    """Whether *wanted* can go *step* places along *order*."""
    return wanted in order and 0 <= order.index(wanted) + step < len(order)


def move_conclusion(session: Session, conclusion_id: UUID, step: int) -> bool:
    """Read a conclusion out earlier or later; False at the edge."""
    conclusion = records.get(session, Conclusion, conclusion_id)
    order = _moved([c.id for c in _concluded(session, conclusion.review_id)], conclusion_id, step)
    if order is None:
        return False
    _number(session, order)
    return True


def place_conclusion(session: Session, conclusion_id: UUID, ordinal: int) -> None:
    """Read a conclusion out as the *ordinal*-th; the others move. Raises InvalidFields."""
    conclusion = records.get(session, Conclusion, conclusion_id)
    order = [c.id for c in _concluded(session, conclusion.review_id)]
    if not 1 <= ordinal <= len(order):
        raise InvalidFields({"ordinal": told("Số thứ tự phải từ 1 đến {count}.", count=len(order))})
    order.remove(conclusion_id)
    order.insert(ordinal - 1, conclusion_id)
    _number(session, order)


def withdraw_conclusion(session: Session, conclusion_id: UUID) -> None:
    """Withdraw a conclusion and close the gap that it leaves in the count."""
    conclusion = records.get(session, Conclusion, conclusion_id)
    records.withdraw(session, "conclusion", [conclusion_id])
    _number(session, [c.id for c in _concluded(session, conclusion.review_id)])


def _number(session: Session, order: Sequence[UUID]) -> None:
    for place, each in enumerate(order, start=1):
        records.revise(session, Conclusion, each, {"ordinal": place})


def _concluded(session: Session, review_id: UUID) -> list[Conclusion]:
    found = records.live(session, Conclusion, col(Conclusion.review_id) == review_id)
    return sorted(found, key=lambda c: (c.ordinal, c.id))


def _beside(session: Session, finding: Finding) -> list[Finding]:
    found = records.live(
        session,
        Finding,
        col(Finding.review_id) == finding.review_id,
        col(Finding.kind) == finding.kind,
        col(Finding.area) == finding.area,
    )
    return sorted(found, key=lambda f: (f.position, f.id))


def _moved(order: list[UUID], wanted: UUID, step: int) -> list[UUID] | None:
    if not may_move(order, wanted, step):
        return None
    at = order.index(wanted)
    order.insert(at + step, order.pop(at))
    return order
