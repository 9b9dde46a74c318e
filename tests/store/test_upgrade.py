"""The schema: migrations make what the models expect, safely."""

from __future__ import annotations

from pathlib import Path
from types import SimpleNamespace
from typing import Any

import pytest
from sqlalchemy import Connection, inspect

from app.errors import Damaged, NewerStore
from app.journal import decisions
from app.journal.plain import layout_of
from app.models import RECORDS
from app.models.agency import Agency
from app.services.any_kind import records
from app.store import Store, migrations, rebuilding, upgrade
from app.store import store as opening
from app.store.checking import check
from app.store.engine import MEMORY, open_engine
from tests.offices import open_store, police


def test_the_migrations_make_the_tables_that_the_models_read() -> None:
    engine = open_engine(MEMORY)
    upgrade.upgrade(engine, migrations.STEPS)
    inspector = inspect(engine)
    for model, _ in RECORDS:
        table: Any = model.__table__  # type: ignore[attr-defined]
        there = {c["name"]: c["nullable"] for c in inspector.get_columns(table.name)}
        assert there == {c.name: c.nullable for c in table.columns}, table.name
    engine.dispose()


@pytest.mark.parametrize("entity", [model.ENTITY for model, _ in RECORDS])
def test_every_kind_of_record_has_a_journal_layout(entity: str) -> None:
    layout = layout_of(entity)

    assert layout is not None
    assert set(layout.defaults) >= set(layout.codecs)


def test_steps_are_numbered_one_after_another() -> None:
    assert [step.VERSION for step in migrations.STEPS] == list(range(1, len(migrations.STEPS) + 1))


def _step(version: int, sql: str, drops: frozenset[str] = frozenset()) -> Any:
    def run(connection: Connection) -> None:
        connection.exec_driver_sql(sql)

    return SimpleNamespace(VERSION=version, upgrade=run, DROPS=drops)


def _with_step(monkeypatch: pytest.MonkeyPatch, step: Any) -> None:
    for module in (opening, rebuilding):
        monkeypatch.setattr(module, "STEPS", (*migrations.STEPS, step))


def test_an_upgrade_is_preceded_by_a_backup(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    police(store)
    store.close()
    _with_step(monkeypatch, _step(upgrade.CURRENT + 1, "CREATE TABLE extra (a)"))

    store = open_store(tmp_path)

    assert [b.reason for b in store.all_backups()] == ["migration"]
    assert check(store).problems == []
    store.close()


def test_a_step_that_loses_rows_is_rolled_back(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    police(store)
    store.close()
    with monkeypatch.context() as patch:
        _with_step(patch, _step(upgrade.CURRENT + 1, "DELETE FROM agency"))
        with pytest.raises(Damaged):
            open_store(tmp_path)

    store = open_store(tmp_path)
    assert check(store).problems == []
    store.close()


def test_an_interrupted_step_leaves_the_old_schema(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    police(store)
    store.close()

    def torn(connection: Connection) -> None:
        connection.exec_driver_sql("CREATE TABLE half (a)")
        _torn()

    with monkeypatch.context() as patch:
        step = SimpleNamespace(VERSION=upgrade.CURRENT + 1, upgrade=torn)
        _with_step(patch, step)
        with pytest.raises(KeyboardInterrupt):
            open_store(tmp_path)

    store = open_store(tmp_path)
    with store.connection() as connection:
        names = inspect(connection).get_table_names()
    assert "half" not in names
    store.close()


def test_a_fresh_store_checks_clean(store: Store) -> None:
    assert check(store).problems == []


def test_decisions_taken_before_they_had_a_table_are_found_by_the_upgrade(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    store = open_store(tmp_path)
    ours = police(store)
    with store.changing("Giải quyết xung đột ở Công an. Lý do: như cũ") as session:
        records.revise(session, "agency", ours.id, {"note": "giữ"})
    with store.connection() as connection:
        connection.exec_driver_sql("DROP INDEX ix_package_withdrawal")
        connection.exec_driver_sql("ALTER TABLE package DROP COLUMN withdrawal")
        for table in ("decision", "exchange", "exchange_receipt"):
            connection.exec_driver_sql(f"DROP TABLE {table}")
        connection.exec_driver_sql("PRAGMA user_version = 4")
        connection.commit()
    store.close()
    with monkeypatch.context() as patch:  # the machine is switched off between steps and filling
        patch.setattr(rebuilding, "rebuild", _torn)
        with pytest.raises(KeyboardInterrupt):
            open_store(tmp_path)

    store = open_store(tmp_path)

    with store.connection() as connection:
        assert len(decisions.newest(connection, 10)) == 1
        assert not connection.exec_driver_sql("SELECT key FROM fact WHERE key LIKE 'anew%'").all()
    assert check(store).problems == []
    store.close()


def test_a_wish_for_a_table_that_is_there_no_more_is_forgotten(tmp_path: Path) -> None:
    store = open_store(tmp_path)
    ours = police(store)
    with store.connection() as connection:
        connection.exec_driver_sql("INSERT INTO fact (key, value) VALUES ('anew:gone', '')")
        connection.commit()
    store.close()

    store = open_store(tmp_path)

    with store.reading() as session:
        assert records.get(session, Agency, ours.id).name == ours.name
    with store.connection() as connection:
        assert not connection.exec_driver_sql("SELECT key FROM fact WHERE key LIKE 'anew%'").all()
    store.close()


def test_another_database_brings_its_own_steps(tmp_path: Path) -> None:
    engine = open_engine(tmp_path / "other.db")
    first = _step(1, "CREATE TABLE day_off (day DATE NOT NULL PRIMARY KEY)")
    second = _step(2, "INSERT INTO day_off VALUES ('2026-09-02')")

    upgrade.upgrade(engine, [first])
    upgrade.upgrade(engine, [first, second])

    with engine.connect() as connection:
        assert connection.exec_driver_sql("SELECT day FROM day_off").scalars().all() == [
            "2026-09-02"
        ]
        assert inspect(connection).get_table_names() == ["day_off"]
    with pytest.raises(NewerStore):
        upgrade.upgrade(engine, [first])
    engine.dispose()


def _torn(*_: object) -> None:
    raise KeyboardInterrupt
