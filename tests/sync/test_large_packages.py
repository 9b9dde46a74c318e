"""Packages too large to be taken in at one breath: stopped, watched, and read in parts."""

from __future__ import annotations

from datetime import date

import pytest

from app.errors import Cancelled
from app.models.values import Value
from app.services.any_kind import records
from app.services.sync import joining
from app.store.checking import check
from app.sync import rights, taking
from tests.sync.circles import Desk, regulation

OBLIGATIONS = 300


@pytest.fixture
def busy(two: list[Desk]) -> list[Desk]:
    """The police have entered a regulation with many obligations and revised each."""
    police, health = two
    bound = regulation(police, police.agency, health.agency)
    given: dict[str, Value] = {
        "regulation_id": bound,
        "lead_id": health.agency,
        "starts_on": date(2026, 1, 1),
    }
    with police.store.changing("Nhập nghĩa vụ") as session:
        made = [
            records.enter(
                session, "obligation", {"title": f"Báo cáo {n}", "recurrence": "hằng quý", **given}
            ).id
            for n in range(OBLIGATIONS)
        ]
    for start in range(0, OBLIGATIONS, 50):
        with police.store.changing("Sửa nghĩa vụ") as session:
            for obligation in made[start : start + 50]:
                records.revise(session, "obligation", obligation, {"note": "Đã rà soát"})
    return two


def content(desk: Desk) -> dict[str, list[tuple[object, ...]]]:
    """Everything that the file holds, by table."""
    with desk.store.connection() as connection:
        names = connection.exec_driver_sql(
            "SELECT name FROM sqlite_master WHERE type = 'table' AND sql NOT LIKE '%fts5%'"
        ).scalars()
        return {
            name: sorted(
                map(tuple, connection.exec_driver_sql(f'SELECT * FROM "{name}"')), key=repr
            )
            for name in names.all()
            if not name.startswith("search_index")
        }


def test_stopping_at_any_step_leaves_the_register_as_it_was(
    busy: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_AT_ONCE", 2)
    monkeypatch.setattr(rights, "_AT_ONCE", 2)
    police, health = busy
    path = police.send(health)
    before = content(health)
    steps: list[int] = []
    joining.receive(health.store, path, keep=False, progress=lambda done, _: steps.append(done))

    for stop in range(len(steps)):
        left = iter(range(stop))

        def progress(done: int, total: int, left: object = left) -> None:
            if next(left, None) is None:  # type: ignore[call-overload]
                raise Cancelled

        with pytest.raises(Cancelled):
            joining.receive(health.store, path, keep=True, progress=progress)

        assert content(health) == before
    assert steps == sorted(steps)
    assert health.take(path).new["obligation"]


def test_what_is_too_large_to_be_kept_in_memory_is_read_twice_and_comes_to_the_same(
    busy: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    police, health = busy
    path = police.send(health)
    kept = joining.receive(health.store, path, keep=False)
    monkeypatch.setattr(rights, "_MOST_KEPT", 10)

    read_twice = health.take(path)

    assert (read_twice.new, read_twice.changed, read_twice.sets) == (
        kept.new,
        kept.changed,
        kept.sets,
    )
    assert check(health.store).problems == []


def test_families_taken_in_one_by_one_come_to_what_the_log_says(
    busy: list[Desk], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(taking, "_AT_ONCE", 1)
    police, health = busy

    health.take(police.send(health))

    assert check(health.store).problems == []
