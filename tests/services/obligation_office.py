"""A small office for tests: three bodies, one regulation, obligations on demand."""

from __future__ import annotations

from datetime import date
from pathlib import Path
from typing import Any
from uuid import UUID

from sqlmodel import Session

from app.journal.keys import Keyring
from app.models import Agency, Obligation, Party, Regulation
from app.models.occurrence_row import OccurrenceRow
from app.models.values import Value
from app.services.any_kind import records
from app.services.obligation import obligations, schedule
from app.store.store import Store

TODAY = date(2026, 11, 23)
QUARTERLY = "hằng quý, chậm nhất ngày 20 tháng cuối quý"


class ObligationOffice:
    """Verbs short enough that a test reads as what it says."""

    def __init__(self, folder: Path) -> None:
        self.store = Store(folder / "office", keyring=Keyring(folder / "keys"))
        with self.store.changing("Lập sổ thử") as session:
            self.police = _agency(session, "Công an tỉnh", "CAT")
            self.health = _agency(session, "Sở Y tế", "SYT")
            self.culture = _agency(session, "Sở Văn hóa, Thể thao và Du lịch", "SVHTTDL")
        self.regulation = self.sign("21/QC-CAT-SYT", date(2020, 1, 15))

    def sign(self, number: str, day: date, **values: Any) -> UUID:
        """A regulation of the police with the health department."""
        given: dict[str, Value] = {
            "number": number,
            "abstract": f"Phối hợp theo {number}",
            "signed_on": day,
        }
        with self.store.changing("Thêm quy chế") as session:
            found = records.enter(session, Regulation, {**given, **values})
            for body, role in ((self.police, "lead"), (self.health, "coordinating")):
                party: dict[str, Value] = {
                    "regulation_id": found.id,
                    "agency_id": body,
                    "role": role,
                }
                records.enter(session, Party, party)
        return found.id

    def obligation(self, rhythm: str = QUARTERLY, **values: Any) -> UUID:
        """An obligation of the health department from 2026 on."""
        given: dict[str, Value] = {
            "title": "Báo cáo kết quả phối hợp",
            "regulation_id": self.regulation,
            "lead_id": self.health,
            "coordinating": (self.police,),
            "recurrence": rhythm,
            "starts_on": date(2026, 1, 1),
        }
        with self.store.changing("Thêm nghĩa vụ") as session:
            whole = {**given, **values}
            whole["coordinating"] = tuple(set(whole["coordinating"]) - {whole["lead_id"]})
            found: Obligation = obligations.enter(session, whole)
        return found.id

    def enter(self, entity: str, **values: Any) -> UUID:
        """A record of any kind."""
        with self.store.changing("Thêm") as session:
            return records.enter(session, entity, values).id

    def revise(self, entity: str, record: UUID, **values: Any) -> None:
        """Change a record of any kind."""
        with self.store.changing("Sửa") as session:
            records.revise(session, entity, record, values)

    def rows(self, today: date = TODAY, **asked: Any) -> list[OccurrenceRow]:
        """The schedule as it stands."""
        with self.store.reading() as session:
            return schedule.occurrences(session, today=today, **asked)

    def row(self, period: str, today: date = TODAY) -> OccurrenceRow:
        """The only instance of that period."""
        (found,) = [row for row in self.rows(today) if row.period == period]
        return found

    def states(self, today: date = TODAY) -> dict[str, str]:
        """The state of each period."""
        return {row.period: row.state for row in self.rows(today)}


def _agency(session: Session, name: str, code: str) -> UUID:
    return records.enter(session, Agency, {"name": name, "short_name": None, "code": code}).id
