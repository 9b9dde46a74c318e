"""Registers of every version of the schema open for ever, and say what they said.

How they were made: tests/data/schemas/README.md.
"""

from __future__ import annotations

import gzip
import hashlib
import subprocess
import sys
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from typing import Any

import pytest

from app.kinds import CARDS
from app.models.agency import Agency
from app.services.any_kind import records
from app.store import Store
from app.store.blobs import Blobs
from app.store.checking import check
from app.store.engine import MEMORY, connect, open_engine
from app.store.folder import Folder
from app.store.migrations import STEPS
from app.store.upgrade import CURRENT, upgrade
from tests.architecture.sources import ROOT
from tests.offices import open_store
from tests.store.make_schema import HERE, PAPER, kept, version

FILES = {version(path): path for path in kept()}
COMPUTED = ("conflict", "alias_of", "head", "package", "roster")


@pytest.fixture(params=sorted(FILES))
def old(request: pytest.FixtureRequest, tmp_path: Path) -> Path:
    """An office's folder with a register of one version."""
    return laid(tmp_path, request.param)


@pytest.fixture
def upgraded(old: Path) -> Iterator[Store]:
    store = open_store(old.parent)
    yield store
    store.close()


def laid(place: Path, number: int) -> Path:
    """The folder of an office with the register of version *number*."""
    folder = Folder(place / "office")
    folder.prepare()
    folder.database.write_bytes(gzip.decompress(FILES[number].read_bytes()))
    attached = Blobs(folder.blobs).path(hashlib.sha256(PAPER).hexdigest())
    attached.parent.mkdir()
    attached.write_bytes(PAPER)
    return folder.path


def rows(folder: Path) -> dict[str, list[dict[str, Any]]]:
    """What the register in *folder* says, table by table: its records and what is counted here."""
    with closing(connect(Folder(folder).database, read_only=True)) as connection:
        tables = connection.execute("SELECT name, sql FROM sqlite_master WHERE type = 'table'")
        names = [name for name, sql in tables if "life VARCHAR" in sql or name in COMPUTED]
        found: dict[str, list[dict[str, Any]]] = {}
        for name in names:
            told = connection.execute(f'SELECT * FROM "{name}"')
            columns = [column[0] for column in told.description]
            found[name] = [dict(zip(columns, row, strict=True)) for row in told]
        return found


def test_there_is_one_of_the_present_version() -> None:
    assert CURRENT in FILES, "make it with `python3 dev.py schema` and commit it with the step"


def test_each_is_small_and_named_in_the_list() -> None:
    told = (HERE / "README.md").read_text(encoding="utf-8")
    assert not [number for number in FILES if f"| {number} | " not in told]
    assert not [path.name for path in FILES.values() if path.stat().st_size > 100_000]


def test_the_newest_holds_a_record_of_every_kind(tmp_path: Path) -> None:
    held = rows(laid(tmp_path, max(FILES)))
    without = [entity for entity, card in CARDS.items() if not held.get(card.table)]
    assert not without, "let tests/store/make_schema.py enter one, then `dev.py schema --again`"
    assert all(held[table] for table in COMPUTED)


def test_every_record_is_there_after_the_upgrade_and_says_the_same(old: Path) -> None:
    before = rows(old)

    open_store(old.parent).close()

    after = rows(old)
    assert len(before["regulation"]) == 2
    for table, said in before.items():
        still = [{name: row[name] for name in said[0]} for row in after[table]] if said else []
        assert sorted(still, key=repr) == sorted(said, key=repr), table


def test_what_was_upgraded_agrees_with_its_own_log(upgraded: Store) -> None:
    found = check(upgraded)

    assert (found.problems, found.held) == ([], 0)
    assert found.sets > 30


def test_a_settled_conflict_is_in_the_list_whatever_version_settled_it(upgraded: Store) -> None:
    with upgraded.connection() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM decision").scalar_one() == 1


def test_its_tables_are_the_very_ones_of_a_new_register(upgraded: Store) -> None:
    """Whoever edits a step that registers have taken makes two sorts of register."""
    made = "SELECT type, name, sql FROM sqlite_master WHERE name NOT LIKE 'search_index%'"
    fresh = open_engine(MEMORY)
    upgrade(fresh, STEPS)
    with fresh.connect() as new, upgraded.connection() as connection:
        assert set(connection.exec_driver_sql(made)) == set(new.exec_driver_sql(made))
    fresh.dispose()


def test_it_can_be_written_searched_and_undone_after_the_upgrade(upgraded: Store) -> None:
    assert upgraded.read_only_reason is not None, "its key lies with whoever made the file"
    upgraded.renew_replica()
    (health,) = [hit.found for hit in upgraded.search("y tế") if hit.kind == "agency"]
    with upgraded.changing("Sửa cơ quan") as session:
        records.revise(session, "agency", health, {"short_name": "Y tế"})

    assert upgraded.undo() == "Sửa cơ quan"

    with upgraded.reading() as session:
        assert records.get(session, Agency, health).short_name is None
    assert check(upgraded).problems == []


@pytest.mark.slow
def test_the_next_one_can_be_made_and_one_that_is_kept_is_left_alone(tmp_path: Path) -> None:
    command = [sys.executable, "-m", "tests.store.make_schema", str(tmp_path)]
    made = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=True)
    path = Path(made.stdout.strip())
    assert path.name == f"schema-{CURRENT}.phop.gz"
    first = path.read_bytes()

    again = subprocess.run(command, cwd=ROOT, capture_output=True, text=True, check=False)

    assert again.returncode == 1
    assert "--again" in again.stderr
    assert path.read_bytes() == first
