"""Going from a record to what stands above it, one step at a time, and never in a circle."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from uuid import UUID


def upward(start: UUID | None, above: Callable[[UUID], UUID | None]) -> Iterator[UUID]:
    """*start*, what stands above it, and so on: each once, however the links may lead."""
    at, passed = start, set[UUID]()
    while at is not None and at not in passed:
        yield at
        passed.add(at)
        at = above(at)
