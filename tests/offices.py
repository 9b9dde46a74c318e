"""Real offices for tests: a folder, a database, keys, and a few records to work on."""

from __future__ import annotations

from datetime import date, datetime
from pathlib import Path
from typing import Any

from app.journal.keys import Keyring
from app.models import Agency, Obligation, Regulation
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from app.store import OfficeFacts, Store

TODAY = date(2026, 11, 23)


def open_store(folder: Path, **given: Any) -> Store:
    """The office in *folder*, its keys beside it and not in it."""
    return Store(folder / "office", keyring=Keyring(folder / "keys"), **given)


def at(year: int, month: int, day: int, hour: int = 9) -> Any:
    """A clock that stands still, for `Store(now=…)`."""
    moment = datetime(year, month, day, hour).astimezone()
    return lambda: moment


def police(store: Store) -> Agency:
    """The office's own body, entered, and said to be ours."""
    agency = body(
        store, "Công an tỉnh Thanh Hóa", short_name="Công an tỉnh", code="CAT", kind="police"
    )
    store.set_facts(OfficeFacts("Công an tỉnh Thanh Hóa", (agency.id,), "Chuyên viên tổng hợp"))
    return agency


def body(store: Store, name: str, **values: Any) -> Agency:
    """A body."""
    with store.changing(f"Thêm cơ quan {name}") as session:
        return records.enter(session, Agency, {"name": name, **values})


def regulation(store: Store, lead: Agency, partner: Agency, **values: Any) -> Regulation:
    """A regulation between two bodies."""
    given = {
        "number": "18/QC-CAT-SYT",
        "abstract": "An ninh, trật tự trong lĩnh vực y tế",
        "signed_on": date(2024, 3, 12),
        **values,
    }
    with store.changing(f"Thêm quy chế {given['number']}") as session:
        return regulations.enter(session, given, Parties(lead.id, (partner.id,)))


def obligation(store: Store, regulation: Regulation, lead: Agency, **values: Any) -> Obligation:
    """An obligation of a regulation."""
    given = {
        "title": "Báo cáo kết quả phối hợp",
        "regulation_id": regulation.id,
        "lead_id": lead.id,
        "recurrence": "hằng quý, chậm nhất ngày 20 tháng cuối quý",
        "starts_on": date(2026, 1, 1),
        **values,
    }
    with store.changing(f"Thêm nghĩa vụ {given['title']}") as session:
        return records.enter(session, Obligation, given)
