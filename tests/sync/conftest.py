"""Circles of two and three offices for each test."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.sync.circles import Desk, gathered


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Desk]]:
    """The police, who are the hub, and the health department."""
    with gathered(tmp_path, "Công an tỉnh", "Sở Y tế") as desks:
        yield desks


@pytest.fixture
def three(tmp_path: Path) -> Iterator[list[Desk]]:
    """The same two and the department of home affairs."""
    with gathered(tmp_path, "Công an tỉnh", "Sở Y tế", "Sở Nội vụ") as desks:
        yield desks
