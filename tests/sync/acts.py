"""What the clerks of an office do in tests of the exchange, in a line each."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.models import MODELS, Obligation, Regulation
from app.services.agreement import conflicts
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from tests.sync.circles import Desk


def edit(desk: Desk, record: UUID, entity: str = "regulation", **values: Any) -> None:
    """Change fields of a record."""
    with desk.store.changing("Sửa") as session:
        records.revise(session, entity, record, values)


def withdraw(desk: Desk, record: UUID, entity: str = "regulation") -> None:
    """Withdraw a record."""
    with desk.store.changing("Rút") as session:
        records.withdraw(session, entity, [record])


def obligation(desk: Desk, rule: UUID | None, lead: UUID, **values: Any) -> UUID:
    """Enter an obligation."""
    given = {
        "title": "Báo cáo kết quả phối hợp",
        "regulation_id": rule,
        "lead_id": lead,
        "recurrence": "hằng quý, chậm nhất ngày 20 tháng cuối quý",
        "starts_on": date(2026, 1, 1),
        **values,
    }
    with desk.store.changing("Thêm nghĩa vụ") as session:
        found = records.enter(session, Obligation, given)
        return found.id


def bind(desk: Desk, rule: UUID, lead: UUID, *others: UUID) -> None:
    """Say exactly which bodies a regulation binds."""
    with desk.store.changing("Các bên") as session:
        regulations.bind(session, rule, Parties(lead, others))


def seen(desk: Desk, record: UUID, entity: str = "regulation") -> Any:
    """The row of a record, whatever its life; None where nothing of it has come."""
    with desk.store.reading() as session:
        return session.get(MODELS[entity], record)


def rule_at(desk: Desk, record: UUID) -> Regulation:
    """The live regulation. Raises NotFound."""
    with desk.store.reading() as session:
        return records.get(session, Regulation, record)


def disputed(desk: Desk) -> dict[str, set[str]]:
    """The fields in conflict, each with the values that stand, in words."""
    with desk.store.reading() as session:
        return {
            conflict.field: {side.words for side in conflict.sides}
            for item in conflicts.listing(session)
            for conflict in item.conflicts
        }


def swap(*desks: Desk, rounds: int = 2) -> None:
    """Everybody sends to everybody, a few times over."""
    for _ in range(rounds):
        for sender in desks:
            for reader in desks:
                if sender is not reader:
                    reader.take(sender.send(reader))
