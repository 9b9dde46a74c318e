"""What a record may name: whatever is in the register at that very moment of the change."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import InvalidFields
from app.models import Agency, Obligation
from app.models.values import Value
from app.services.any_kind import records
from app.store import Store
from tests.offices import body, open_store, police

GONE = "bản ghi đã chọn không còn trong sổ"


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    opened = open_store(tmp_path)
    yield opened
    opened.close()


def test_a_body_entered_in_the_same_change_may_be_named(store: Store) -> None:
    with store.changing("Thêm") as session:
        above = Agency(name="Sở Y tế")
        session.add(above)
        below = records.enter(session, Agency, {"name": "Chi cục", "superior_id": above.id})
    assert below.superior_id == above.id


def test_a_body_withdrawn_in_the_same_change_may_not_be_named(store: Store) -> None:
    above, below = police(store), body(store, "Phòng Tham mưu")

    def name_it() -> None:
        with store.changing("Sửa") as session:
            records.withdraw(session, "agency", [above.id])
            records.revise(session, Agency, below.id, {"superior_id": above.id})

    with pytest.raises(InvalidFields, match=GONE):
        name_it()


def test_one_of_several_bodies_that_is_not_there_is_enough_to_refuse(store: Store) -> None:
    lead, partner = police(store), body(store, "Sở Y tế")
    unknown = Agency(name="Sở Nội vụ").id
    values: dict[str, Value] = {
        "title": "Báo cáo",
        "lead_id": lead.id,
        "coordinating": (partner.id, partner.id, unknown),
        "recurrence": "hằng quý, chậm nhất ngày 20 tháng cuối quý",
        "starts_on": "2026-01-01",
    }

    def enter() -> None:
        with store.changing("Thêm") as session:
            records.enter(session, Obligation, values)

    with pytest.raises(InvalidFields, match=GONE):
        enter()
    values["coordinating"] = (partner.id, partner.id)
    enter()
