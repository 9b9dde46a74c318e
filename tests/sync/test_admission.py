"""Who is let in speaks for the bodies that a person picked, whatever the request names."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path
from uuid import UUID

import pytest

from app.errors import Refused
from app.services.any_kind import records
from app.services.sync import joining
from app.store import OfficeFacts
from app.sync.own_circle import circle_of
from tests.sync.circles import Desk, found


@pytest.fixture
def hub(tmp_path: Path) -> Iterator[Desk]:
    desk = found(tmp_path / "hub", "Công an tỉnh")
    joining.begin(desk.store)
    yield desk
    desk.store.close()


@pytest.fixture
def asking(tmp_path: Path) -> Iterator[Desk]:
    desk = found(tmp_path / "asking", "Sở Y tế")
    yield desk
    desk.store.close()


def named(hub: Desk, name: str) -> UUID:
    with hub.store.changing(f"Thêm {name}") as session:
        found_id: UUID = records.enter(session, "agency", {"name": name}).id
    return found_id


def asks(hub: Desk, desk: Desk, folder: Path, *also: UUID) -> Path:
    """The request of *desk*, which says that it speaks for *also* besides its own body."""
    joining.invite(hub.store, folder / "moi.phm")
    for body in also:
        with desk.store.changing("Thêm") as session:
            records.enter(session, "agency", {"name": "Sở Y tế"}, id=body)
    desk.store.set_facts(OfficeFacts(desk.name, (desk.agency, *also), "Chuyên viên"))
    joining.ask(desk.store, folder / "moi.phm", folder / "xin.phr")
    return folder / "xin.phr"


def spoken_for(hub: Desk, desk: Desk) -> set[UUID]:
    circle = circle_of(hub.store)
    assert circle is not None
    member = circle.roster.member(desk.store.office)
    assert member is not None
    return {UUID(bytes=id_) for id_ in member.agencies}


def test_the_id_of_another_body_in_a_request_grants_nothing(
    hub: Desk, asking: Desk, tmp_path: Path
) -> None:
    health, justice = named(hub, "Sở Y tế"), named(hub, "Sở Tư pháp")
    request = asks(hub, asking, tmp_path, justice, hub.agency)
    joining.admit(hub.store, request, tmp_path / "duyet.pha", [health])
    assert spoken_for(hub, asking) == {health, asking.agency}


def test_what_is_picked_is_granted_though_another_name_was_asked_for(
    hub: Desk, asking: Desk, tmp_path: Path
) -> None:
    justice = named(hub, "Sở Tư pháp")
    request = asks(hub, asking, tmp_path)
    joining.admit(hub.store, request, tmp_path / "duyet.pha", [justice])
    assert spoken_for(hub, asking) == {justice, asking.agency}


def test_a_request_that_names_only_others_and_no_pick_is_refused(
    hub: Desk, asking: Desk, tmp_path: Path
) -> None:
    request = asks(hub, asking, tmp_path, hub.agency)
    with hub.store.changing("Thêm") as session:  # the hub knows the office's body too
        records.enter(session, "agency", {"name": "Bệnh viện tỉnh"}, id=asking.agency)
    with pytest.raises(Refused, match="thay mặt cơ quan nào"):
        joining.admit(hub.store, request, tmp_path / "duyet.pha", [])


def test_a_machine_that_is_replaced_goes_on_with_what_its_office_had(
    hub: Desk, asking: Desk, tmp_path: Path
) -> None:
    health = named(hub, "Sở Y tế")
    joining.admit(hub.store, asks(hub, asking, tmp_path), tmp_path / "duyet.pha", [health])
    joining.accept(asking.store, tmp_path / "duyet.pha")
    hub.take(asking.send(hub))
    before = spoken_for(hub, asking)
    joining.ask(asking.store, tmp_path / "moi.phm", tmp_path / "lai.phr")
    joining.admit(hub.store, tmp_path / "lai.phr", tmp_path / "lai.pha")
    assert spoken_for(hub, asking) == before


def test_picked_anew_with_less_an_office_speaks_for_less(
    hub: Desk, asking: Desk, tmp_path: Path
) -> None:
    health, clinic = named(hub, "Sở Y tế"), named(hub, "Bệnh viện tỉnh")
    request = asks(hub, asking, tmp_path)
    joining.admit(hub.store, request, tmp_path / "duyet.pha", [health, clinic])
    assert clinic in spoken_for(hub, asking)
    joining.admit(hub.store, request, tmp_path / "lai.pha", [health])
    assert clinic not in spoken_for(hub, asking)
