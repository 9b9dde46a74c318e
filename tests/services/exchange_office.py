"""An office that writes to others, for tests of what bodies exchange."""

from __future__ import annotations

from datetime import date
from typing import Any
from uuid import UUID

from app.registers.exchange import ExchangeRow
from app.services import exchanges
from tests.services.obligation_office import TODAY, ObligationOffice

DUE = date(2026, 6, 20)


class ExchangeOffice(ObligationOffice):
    """An office of the police that writes to two departments."""

    def sent(self, **values: Any) -> UUID:
        given: dict[str, Any] = {
            "number": "412/CAT-PV01",
            "kind": "request",
            "dated_on": date(2026, 6, 1),
            "sender_id": self.police,
            "recipients": (self.health, self.culture),
            "abstract": "Đề nghị rà soát cơ sở lưu trú",
            "reply_due_on": DUE,
        }
        with self.store.changing("Ghi văn bản đi") as session:
            return exchanges.enter(session, given | values, (self.police,)).id

    def answered(self, asked: UUID, body: UUID, day: date, **values: Any) -> UUID:
        given = {
            "number": None,
            "kind": "reply",
            "dated_on": day,
            "sender_id": body,
            "recipients": (self.police,),
            "abstract": "Trả lời",
            "reply_due_on": None,
            "answers_id": asked,
        }
        return self.sent(**given | values)

    def line(self, wanted: UUID, today: date = TODAY, mine: UUID | None = None) -> ExchangeRow:
        with self.store.reading() as session:
            found = exchanges.rows(session, today=today, mine=(mine or self.police,))
        return next(row for row in found if row.id == wanted)
