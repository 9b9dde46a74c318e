"""Two offices that hold the same regulation and the same duty, to disagree on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from app.models import Obligation
from app.services import records
from tests.sync.circles import Desk, circle, regulation


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Desk]]:
    desks = circle(tmp_path, "Công an tỉnh", "Sở Y tế")
    yield desks
    for desk in desks:
        desk.store.close()


@pytest.fixture
def rule(two: list[Desk]) -> UUID:
    police, health = two
    made = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    return made


@pytest.fixture
def duty(two: list[Desk], rule: UUID) -> UUID:
    police, health = two
    given = {
        "title": "Báo cáo kết quả phối hợp",
        "regulation_id": rule,
        "lead_id": health.agency,
        "recurrence": "hằng quý, chậm nhất ngày 20 tháng cuối quý",
        "starts_on": date(2026, 10, 1),
    }
    with police.store.changing("Thêm nghĩa vụ") as session:
        made: Obligation = records.enter(session, "obligation", given)
    health.take(police.send(health))
    return made.id
