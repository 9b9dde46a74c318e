"""Saving one record through the journal, against a plain SQL insert and commit."""

from __future__ import annotations

import tempfile
from collections.abc import Iterator
from itertools import count
from pathlib import Path

from app.journal.keys import Keyring
from app.services.any_kind import records
from app.store import Store
from app.store.engine import connect
from benchmarks.measure import Ratio, against

_AT_ONCE = 50


def run() -> Iterator[Ratio]:
    """One agency entered with rules, journal, signature and search index; durable either way."""
    with tempfile.TemporaryDirectory() as folder:
        store = Store(Path(folder) / "office", keyring=Keyring(Path(folder) / "keys"))
        plain = connect(Path(folder) / "plain.db")
        plain.execute(
            "CREATE TABLE agency (id TEXT PRIMARY KEY, name TEXT, short_name TEXT, kind TEXT)"
        )
        numbers = count()

        def ours() -> None:
            for _ in range(_AT_ONCE):
                with store.changing("Thêm cơ quan") as session:
                    records.enter(session, "agency", {"name": f"Cơ quan {next(numbers)}"})

        def floor() -> None:
            for _ in range(_AT_ONCE):
                n = next(numbers)
                plain.execute("BEGIN IMMEDIATE")
                plain.execute("INSERT INTO agency VALUES (?, ?, ?, ?)", (str(n), "Cơ quan", "", ""))
                plain.execute("COMMIT")

        yield against("save one record through the journal (x50)", ours, floor, goal=5)
        store.close()
        plain.close()
