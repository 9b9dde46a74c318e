"""Two offices in one circle, on real files."""

from __future__ import annotations

import shutil
from pathlib import Path

from app.journal.keys import Keyring
from app.services.any_kind import records
from app.services.sync import joining
from app.store import OfficeFacts, Store
from benchmarks.workload import Writer


def found(folder: Path) -> tuple[Writer, Store]:
    """A hub that will write, and an office that will read; each knows the other."""
    hub, other = (_office(folder / str(n), name) for n, name in enumerate(("Công an", "Sở Y tế")))
    joining.begin(hub)
    invitation, request, approval = (folder / name for name in ("moi", "xin", "nhan"))
    joining.invite(hub, invitation)
    joining.ask(other, invitation, request)
    joining.admit(hub, request, approval)
    joining.accept(other, approval)
    exchange(hub, other)
    exchange(other, hub)
    exchange(hub, other)
    return Writer(hub, hub.facts.agencies[0].bytes, other.facts.agencies[0].bytes), other


def exchange(sender: Store, reader: Store) -> Path:
    """One package, made and taken in."""
    path = joining.export(sender, reader.office).path
    joining.receive(reader, path, keep=True)
    return path


def opened(folder: Path, keyring: Path) -> Store:
    """The office in *folder*, whose keys lie in *keyring*."""
    return Store(folder, keyring=Keyring(keyring))


def twin(store: Store, folder: Path) -> Store:
    """Another copy of *store* with the same keys, to take the same package in once more."""
    with store.connection() as connection:
        connection.exec_driver_sql("PRAGMA wal_checkpoint(TRUNCATE)")
    shutil.copytree(store.folder.path, folder)
    (folder / store.folder.lock.name).unlink(missing_ok=True)
    return Store(folder, keyring=store.keyring)


def _office(folder: Path, name: str) -> Store:
    store = opened(folder / "office", folder / "keys")
    with store.changing(f"Thêm {name}") as session:
        agency = records.enter(session, "agency", {"name": name})
    store.set_facts(OfficeFacts(name, (agency.id,), "Chuyên viên tổng hợp"))
    return store
