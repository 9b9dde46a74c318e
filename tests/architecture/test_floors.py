"""Who may import whom, beyond what the contracts of import-linter can say."""

from __future__ import annotations

import ast
import re
import subprocess
import sys

from tests.architecture.sources import APP, ROOT, program, under

LINT = "from importlinter.cli import lint_imports_command as lint; lint()"
SQL_VERBS = {"select", "insert", "update", "delete", "text", "func", "exists", "create_engine"}
SQL = re.compile(
    r"^\s*(SELECT\s.+\sFROM|INSERT\s+INTO|UPDATE\s+\w+\s+SET|DELETE\s+FROM|PRAGMA\s)", re.I | re.S
)
NETWORK = ("socket", "ssl", "http", "urllib.request", "ftplib", "smtplib", "xmlrpc", "requests")
LOCAL_ONLY = {"QLocalServer", "QLocalSocket"}  # one window a folder; never leaves the machine


def test_every_import_contract_holds():
    ran = subprocess.run(
        [sys.executable, "-c", LINT, "--no-cache"],
        cwd=ROOT,
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
    )
    assert ran.returncode == 0, ran.stdout + ran.stderr


def test_qt_is_used_only_in_the_window():
    outside = [s for s in program() if not s.place.startswith("app/ui/")]
    assert not [s.place for s in outside if any(m.startswith("PySide6") for m in s.imported)]


def test_nothing_can_reach_a_network():
    found = [
        f"{source.place}:{line} {module}"
        for source in program()
        for module, line in source.imported.items()
        if any(module == name or module.startswith(f"{name}.") for name in NETWORK)
        or (module.startswith("PySide6.QtNetwork.") and module.split(".")[-1] not in LOCAL_ONLY)
        or module.startswith(("PySide6.QtWebEngine", "PySide6.QtWebSockets"))
    ]
    assert not found


def test_no_room_imports_another():
    rooms = {p.name for p in (APP / "ui").iterdir() if (p / "__init__.py").exists()} - {"common"}
    found = [
        f"{source.place} imports {module}"
        for room in rooms
        for source in under(f"app/ui/{room}")
        for module in source.imported
        if (parts := module.split("."))[:2] == ["app", "ui"]
        and len(parts) > 2
        and parts[2] in rooms - {room}
    ]
    assert not found


def test_the_front_doors_hold_no_sql():
    """SQL lives in journal, store and services; a page asks a service."""
    found = [
        f"{source.place}:{line} {name}"
        for source in under("app/ui", "app/cli")
        for name, line in source.imported.items()
        if name.startswith(("sqlalchemy.", "sqlmodel.")) and name.split(".")[-1] in SQL_VERBS
    ]
    written = [
        source.at(node)
        for source in under("app/ui", "app/cli", "app/export", "app/importers", "app/registers")
        for node in source.nodes
        if isinstance(node, ast.Constant) and isinstance(node.value, str) and SQL.match(node.value)
    ]
    assert not found + written


def test_exporters_and_importers_know_no_database():
    found = [
        f"{source.place} imports {module}"
        for source in under("app/export", "app/importers")
        for module in source.imported
        if module.split(".")[0] in {"sqlalchemy", "sqlmodel", "sqlcipher3", "sqlite3"}
    ]
    assert not found


def test_the_standard_librarys_sqlite_is_not_used():
    """SQLite 3.40 of Debian 12 can corrupt a WAL that two connections write."""
    assert not [source.place for source in program() if "sqlite3" in source.imported]
