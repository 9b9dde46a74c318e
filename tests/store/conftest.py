"""A real register for each test of the file."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.store import Store
from tests.offices import open_store


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    """An office with nothing in it."""
    opened = open_store(tmp_path)
    yield opened
    opened.close()
