"""An office of a circle whose keys cannot be used: sentences, and the way back in."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest

from app.errors import AppError, KeyUnusable
from app.services.sync import joining, membership
from app.services.sync.membership import Stage
from tests.sync.circles import Desk, gathered, join, regulation
from tests.sync.states import alike


@pytest.fixture
def two(tmp_path: Path) -> Iterator[list[Desk]]:
    with gathered(tmp_path, "Công an tỉnh", "Sở Y tế") as desks:
        yield desks


def spoil(desk: Desk, ending: str) -> None:
    """Every secret of that kind is there and cannot be used."""
    desk.store.close()
    for path in (desk.folder / "keys").glob(f"*{ending}"):
        path.write_bytes(b"sealed by somebody else")
    desk.reopen()


def test_an_office_that_lost_its_key_asks_to_be_let_in_again(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    spoil(health, ".key")
    assert membership.of(health.store).stage is Stage.READING
    with pytest.raises(AppError, match="chế độ chỉ đọc"):
        health.send(police)

    health.store.renew_replica()
    told = membership.of(health.store)
    assert (told.stage, "Tạo tệp xin tham gia" in told.trouble) == (Stage.STRANGER, True)

    join(police, health, tmp_path)
    regulation(health, health.agency, police.agency)
    police.take(health.send(police))
    health.take(police.send(health))
    police.take(health.send(police))
    assert alike(police, health)


def test_a_package_for_a_key_that_is_lost_is_one_sentence(two: list[Desk]) -> None:
    police, health = two
    package = police.send(health)
    spoil(health, ".age")
    health.store.renew_replica()
    with pytest.raises(AppError) as refused:
        health.take(package)
    assert "\n" not in str(refused.value)


def test_one_lost_box_among_several_does_not_bar_a_package(two: list[Desk]) -> None:
    police, health = two
    (health.folder / "keys" / f"{'0' * 32}.age").write_bytes(b"cut")
    (health.folder / "keys" / "ghi chú.age").write_bytes(b"not ours")
    regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    assert alike(police, health)


def test_a_package_that_only_a_lost_box_may_open_names_that_key(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    package = police.send(health)
    (path,) = (health.folder / "keys").glob("*.age")
    path.write_bytes(b"cut")
    with pytest.raises(KeyUnusable, match=path.name):
        health.take(package)


def test_a_hub_whose_root_key_is_lost_still_works_and_says_so_when_it_is_needed(
    two: list[Desk], tmp_path: Path
) -> None:
    police, health = two
    spoil(police, ".root")
    assert membership.of(police.store).stage is Stage.HUB
    regulation(police, police.agency, health.agency)
    health.take(police.send(health))
    assert alike(police, health)
    with pytest.raises(KeyUnusable, match=r"\.root không dùng được"):
        joining.invite(police.store, tmp_path / "thư mời.phm")


def test_what_the_office_remembers_of_its_circle_may_be_lost(two: list[Desk]) -> None:
    police, health = two
    spoil(health, ".circle")
    regulation(health, health.agency, police.agency)
    police.take(health.send(police))
    assert alike(police, health)
