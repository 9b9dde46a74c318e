"""Two offices that hold the same regulation and the same obligation, to disagree on."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from uuid import UUID

import pytest

from tests.sync import acts
from tests.sync.circles import Desk, gathered, regulation


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Desk]]:
    with gathered(tmp_path, "Công an tỉnh", "Sở Y tế") as desks:
        yield desks


@pytest.fixture
def rule(two: list[Desk]) -> UUID:
    police, health = two
    made = regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    return made


@pytest.fixture
def obligation(two: list[Desk], rule: UUID) -> UUID:
    police, health = two
    made = acts.obligation(police, rule, health.agency, starts_on=date(2026, 10, 1))
    health.take(police.send(health))
    return made
