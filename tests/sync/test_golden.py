"""The packages of every format version that was ever released open for ever."""

from __future__ import annotations

import json
import re
import shutil
from pathlib import Path

import pytest

from app.journal.keys import Keyring
from app.store import Store, facts
from app.store.checking import check
from tests.offices import at
from tests.sync.circles import Desk
from tests.sync.make_golden import HERE, rows

VERSIONS = sorted(path.name for path in HERE.iterdir())


@pytest.mark.parametrize("version", VERSIONS)
def test_a_package_of_this_version_still_opens_and_says_the_same(
    version: str, tmp_path: Path
) -> None:
    told = json.loads((HERE / version / "says.json").read_text(encoding="utf-8"))
    keyring = Keyring(tmp_path / "keys")
    place = tmp_path / "office"
    store = Store(place, keyring=keyring)
    for path in (HERE / version / "keys").iterdir():
        keyring.keep(path.name, path.read_bytes())
    with store.exchanging() as connection:  # the reader that the package was sealed to
        facts.put(connection, "office_id", told["office"])
        facts.put(connection, "replica", told["replica"])
        connection.exec_driver_sql(
            "INSERT INTO replica (id, public, office, created, is_mine) VALUES (?, ?, ?, '', 1)",
            (
                bytes.fromhex(told["replica"]),
                bytes(keyring.signer(bytes.fromhex(told["replica"])).verify_key),
                bytes.fromhex(told["office"]),
            ),
        )
    store.close()
    store = Store(place, keyring=keyring, now=at(2026, 11, 24))
    desk = Desk("Sở Y tế", tmp_path, store, next(iter(store.facts.agencies), None))  # type: ignore[arg-type]
    package = tmp_path / "gói.phx"
    shutil.copy(HERE / version / "package.phx", package)

    got = desk.take(package)

    found = rows(desk)
    assert set(found) == set(told["records"])
    for key, values in told["records"].items():
        assert {name: found[key].get(name) for name in values} == values, key
    assert got.quarantined == []
    assert len(got.files) == 1
    assert check(store).problems == []
    store.close()


def test_version_one_is_there() -> None:
    assert "v1" in VERSIONS


@pytest.mark.parametrize("version", VERSIONS)
def test_each_says_which_program_made_it(version: str) -> None:
    told = json.loads((HERE / version / "says.json").read_text(encoding="utf-8"))
    assert re.fullmatch(r"\d+\.\d+\.\d+", told["made_by"])
