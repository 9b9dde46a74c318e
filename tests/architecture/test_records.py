"""Every table has a migration, migrations are numbered, and models keep their annotations."""

from __future__ import annotations

import ast
import re

import pytest

from tests.architecture.sources import APP, under

MIGRATIONS = APP / "store" / "migrations"
STEP = re.compile(r"m(\d{4})_[a-z0-9_]+\.py")


def test_tables_keep_real_annotations():
    """SQLModel reads them at run time; the __future__ import turns relationships into strings."""
    tables = [s for s in under("app/models") if any(_is_table(node) for node in s.nodes)]
    assert not [s.place for s in tables if "__future__.annotations" in s.imported]


def test_migrations_are_numbered_without_a_gap():
    steps = sorted(p.name for p in MIGRATIONS.glob("*.py") if p.name != "__init__.py")
    numbers = [int(found[1]) for name in steps if (found := STEP.fullmatch(name))]
    assert len(numbers) == len(steps), "a migration is called mNNNN_what_it_does.py"
    assert numbers == list(range(1, len(numbers) + 1))


def test_a_migration_knows_nothing_of_the_program():
    """A step must do in ten years what it does today; what it imports would have moved on."""
    found = [
        source.at(node)
        for source in under("app/store/migrations")
        if STEP.fullmatch(source.path.name)
        for node in source.nodes
        if (isinstance(node, ast.ImportFrom) and (node.level or _is_ours(node.module or "")))
        or (isinstance(node, ast.Import) and any(_is_ours(each.name) for each in node.names))
    ]
    assert not found


def test_every_table_is_made_by_a_migration():
    pytest.importorskip("app.store.store", reason="there is no store yet")
    from sqlmodel import SQLModel

    import app.models  # noqa: F401 - fills the metadata

    made = {
        name.lower()
        for source in under("app/store/migrations")
        for name in re.findall(r"CREATE TABLE (?:IF NOT EXISTS )?[\"']?(\w+)", source.text, re.I)
    }
    assert not {name.lower() for name in SQLModel.metadata.tables} - made


def _is_table(node: ast.AST) -> bool:
    return isinstance(node, ast.ClassDef) and any(k.arg == "table" for k in node.keywords)


def _is_ours(module: str) -> bool:
    return module.split(".", maxsplit=1)[0] == "app"
