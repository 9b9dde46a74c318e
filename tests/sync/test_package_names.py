"""A package is called so that every stick takes it, and its number is never what is cut."""

from __future__ import annotations

from pathlib import Path

import pytest

from app import place
from app.errors import PathTooLong
from app.services.sync import dispatch, joining
from app.sync import stick
from tests.sync.circles import Desk, regulation


def deep(folder: Path, depth: int) -> Path:
    """A folder below *folder* whose path has *depth* units."""
    found = folder
    while (missing := depth - place.units(found) - 1) > 0:
        found /= "t" * min(missing, 100)
        found.mkdir()
    return found


def test_a_deep_stick_gets_a_shorter_name_with_number_and_day(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    regulation(police, police.agency, health.agency)
    usb = deep(tmp_path, 225)
    made = joining.export(police.store, health.store.office)

    carried = stick.copy_out(made.path, usb)

    assert place.units(carried) <= 259
    assert carried.stem.endswith(made.path.stem[-14:])
    assert carried.name != made.path.name
    assert health.take(carried).sets > 0


def test_a_stick_too_deep_is_refused_before_the_package_is_made(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two

    def made() -> tuple[int, list[Path]]:
        (going,) = dispatch.going(police.store, [health.store.office])
        return going.number, sorted(joining.outbox_of(police.store).iterdir())

    before = made()
    with pytest.raises(PathTooLong, match="nằm quá sâu"):
        dispatch.send(police.store, health.store.office, deep(tmp_path, 250))
    assert made() == before


def test_a_number_given_again_never_covers_the_package_that_had_it(tmp_path: Path) -> None:
    (tmp_path / "PH_a_b_0001_20261130.phx").touch()

    assert stick.named(tmp_path, "PH_A_B_0001_20261130").name == "PH_A_B_0001_20261130 (2).phx"
