"""The whole content of an office's folder, to compare before and after."""

from __future__ import annotations

import hashlib
from typing import Any

from app.journal.rebuild import COMPARED
from app.models import MODELS
from app.store.checking import check
from tests.sync.circles import Desk

EXCHANGE = ("cset", "replica", "roster", "succession", "link", "shared", "package", "quarantine",
            "ended", "fact")  # fmt: skip
RECORDS = tuple(str(model.__tablename__) for model in MODELS.values())


def rows(desk: Desk, tables: tuple[str, ...]) -> dict[str, list[Any]]:
    """Every row of these tables."""
    found = {}
    with desk.store.connection() as connection:
        for table in tables:
            listed = connection.exec_driver_sql(f'SELECT * FROM "{table}"').all()
            found[table] = sorted((tuple(row) for row in listed), key=repr)
    return found


def everything(desk: Desk) -> dict[str, Any]:
    """Every row of every table, and every attached file."""
    found: dict[str, Any] = rows(desk, (*RECORDS, *COMPARED, *EXCHANGE))
    found["blobs"] = {
        str(path.relative_to(desk.folder)): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(desk.store.folder.blobs.rglob("*"))
        if path.is_file()
    }
    return found


def records_of(desk: Desk) -> dict[str, list[Any]]:
    """The tables that the program reads, heads and conflicts with them."""
    return rows(desk, (*RECORDS, *COMPARED))


def alike(one: Desk, other: Desk) -> bool:
    """Whether both hold the same records; each must also agree with its own log."""
    for desk in (one, other):
        assert check(desk.store).problems == []
    return records_of(one) == records_of(other)
