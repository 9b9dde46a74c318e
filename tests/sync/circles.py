"""Offices in one circle, on real files, for tests of the exchange."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from uuid import UUID

from app.models.values import Value
from app.services.any_kind import records
from app.services.regulation import regulations
from app.services.regulation.regulations import Parties
from app.services.sync import joining
from app.store import OfficeFacts, Store
from app.sync.incoming import Outcome
from tests.offices import at, open_store

NOW = at(2026, 11, 23)


@dataclass
class Desk:
    """An office and the folder that its files lie in."""

    name: str
    folder: Path
    store: Store
    agency: UUID

    def send(self, other: Desk) -> Path:
        """Make a package for *other*."""
        return joining.export(self.store, other.store.office).path

    def take(self, path: Path) -> Outcome:
        """Take a package in."""
        return joining.receive(self.store, path, keep=True)

    def reopen(self) -> None:
        """Close and open again."""
        self.store.close()
        self.store = open_store(self.folder, now=NOW)


def found(folder: Path, name: str, **values: Value) -> Desk:
    """An office with its own body."""
    store = open_store(folder, now=NOW)
    with store.changing(f"Thêm {name}") as session:
        agency = records.enter(session, "agency", {"name": name, **values})
    store.set_facts(OfficeFacts(name, (agency.id,), "Chuyên viên"))
    return Desk(name, folder, store, agency.id)


def join(hub: Desk, other: Desk, folder: Path) -> None:
    """The three files: invitation, request, approval."""
    joining.invite(hub.store, folder / "moi.phm")
    joining.ask(other.store, folder / "moi.phm", folder / f"{other.name}.phr")
    joining.admit(hub.store, folder / f"{other.name}.phr", folder / f"{other.name}.pha")
    joining.accept(other.store, folder / f"{other.name}.pha")


def circle(folder: Path, *names: str) -> list[Desk]:
    """A hub, the first, and the other offices, all joined and all knowing all."""
    desks = [found(folder / str(n), name) for n, name in enumerate(names)]
    joining.begin(desks[0].store)
    for desk in desks[1:]:
        join(desks[0], desk, folder)
    for desk in desks[1:]:
        desk.take(desks[0].send(desk))
        desks[0].take(desk.send(desks[0]))
    for desk in desks[1:]:
        desk.take(desks[0].send(desk))
    return desks


@contextmanager
def gathered(folder: Path, *names: str) -> Iterator[list[Desk]]:
    """A circle whose registers are let go of afterwards."""
    desks = circle(folder, *names)
    yield desks
    for desk in desks:
        desk.store.close()


def regulation(desk: Desk, lead: UUID, partner: UUID, number: str = "18/QC-CAT-SYT") -> UUID:
    """A regulation that binds two bodies, entered at *desk*."""
    from datetime import date

    given: dict[str, Value] = {
        "number": number,
        "abstract": "Phối hợp",
        "signed_on": date(2025, 3, 12),
    }
    with desk.store.changing(f"Thêm quy chế {number}") as session:
        return regulations.enter(session, given, Parties(lead, (partner,))).id
