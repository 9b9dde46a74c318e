"""Make the package that every later version must open: once for each format version.

    python -m tests.sync.make_golden v1

The keys beside it were made for it and open nothing else.
"""

from __future__ import annotations

import json
import shutil
import sys
import tempfile
from pathlib import Path
from typing import Any

from app import __version__
from app.models import MODELS
from app.services import attachments
from app.services.any_kind import records
from tests.sync.acts import edit, obligation, seen, swap, withdraw
from tests.sync.circles import Desk, circle, regulation

HERE = Path(__file__).parent / "golden"


def make(target: Path) -> None:
    """Write the package, its reader's keys, and what it says. Raises FileExistsError."""
    target.mkdir(parents=True)
    with tempfile.TemporaryDirectory() as folder:
        police, health = circle(Path(folder), "Công an tỉnh", "Sở Y tế")
        fill(police, health, Path(folder))
        shutil.copy(police.send(health), target / "package.phx")
        health.take(target / "package.phx")
        keys = target / "keys"
        keys.mkdir()
        for path in sorted((health.folder / "keys").iterdir()):
            if path.suffix in (".key", ".age", ".circle"):
                shutil.copy(path, keys / path.name)
        told = {
            "made_by": __version__,
            "office": health.store.office.hex(),
            "replica": health.store.replica.hex(),
            "records": rows(health),
        }
        text = json.dumps(told, ensure_ascii=False, indent=1, sort_keys=True)
        (target / "says.json").write_text(text + "\n", encoding="utf-8")
        for desk in (police, health):
            desk.store.close()


def fill(police: Desk, health: Desk, folder: Path) -> None:
    """Something of each kind: text, dates, a group, a set, a file, a conflict, a withdrawal."""
    rule = regulation(police, police.agency, health.agency)
    task = obligation(police, rule, police.agency, coordinating=(health.agency,))
    gone = obligation(police, rule, health.agency, title="Nghĩa vụ đã rút")
    source = folder / "Quy chế đã ký.pdf"
    source.write_bytes(b"%PDF golden")
    with police.store.changing("Đính kèm") as session:
        owner = seen(police, rule)
        attachments.attach(session, police.store.blobs, owner, source)
    swap(police, health)
    edit(health, rule, abstract="Phối hợp về an ninh bệnh viện")
    edit(police, rule, abstract="Phối hợp về an ninh y tế")
    edit(police, task, "obligation", standing="paused", standing_ground="Chờ sửa quy chế")
    withdraw(police, gone, "obligation")
    police.take(health.send(police))
    with police.store.changing("Làm lại từ đầu") as session:  # so that the package holds it all
        records.enter(session, "agency", {"name": "Sở Nội vụ"})
    with police.store.exchanging() as connection:
        from app.sync import links

        links.forget(connection, health.store.replica)


def rows(desk: Desk) -> dict[str, dict[str, Any]]:
    """Every record by its kind and id."""
    found: dict[str, dict[str, Any]] = {}
    with desk.store.connection() as connection:
        for entity, model in MODELS.items():
            listed = connection.exec_driver_sql(f'SELECT * FROM "{model.__tablename__}"')
            for row in listed.mappings():
                found[f"{entity} {row['id']}"] = dict(row)
        conflicts = connection.exec_driver_sql("SELECT record, field FROM conflict").all()
    found["conflict"] = {record.hex(): name for record, name in conflicts}
    return found


if __name__ == "__main__":
    make(HERE / sys.argv[1])
