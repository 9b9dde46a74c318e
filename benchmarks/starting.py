"""Start to a painted window with 10,000 occurrences, against bare Qt and SQLModel imports."""

from __future__ import annotations

import os
import subprocess
import sys
import tempfile
from collections.abc import Iterator
from datetime import date, timedelta
from pathlib import Path

from app.journal.keys import Keyring
from app.services.any_kind import records
from app.store import Store
from benchmarks.measure import Ratio, against

_BARE = """
from PySide6 import QtCore, QtGui, QtSvg, QtWidgets
import sqlmodel, sqlcipher3.dbapi2
app = QtWidgets.QApplication(["bench"])
window = QtWidgets.QMainWindow()
window.show()
app.processEvents()
"""
_OBLIGATIONS, _DAYS = 100, 100


def run() -> Iterator[Ratio]:
    """Processes from nothing to the first painted frame; the goal is 1.5 times the imports."""
    with tempfile.TemporaryDirectory() as folder:
        home = Path(folder) / "home"
        given = environment(home, Path(folder) / "bytecode")
        data = Path(folder) / "office"
        fill(data, home)

        def start(code: list[str]) -> None:
            subprocess.run(  # our own interpreter and our own code
                [sys.executable, *code], env=given, check=True, capture_output=True
            )

        ours = ["-m", "app", "--data", str(data), "--today", "2026-11-23", "--until-painted"]
        bare = ["-c", _BARE]
        for code in (ours, bare):
            start(code)  # compiles what is not compiled yet
        yield against(
            "start to a painted window, 10,000 occurrences",
            lambda: start(ours),
            lambda: start(bare),
            goal=1.5,
        )


def environment(home: Path, bytecode: Path) -> dict[str, str]:
    """An office's program is compiled when it is built; whoever measures may forbid bytecode."""
    kept = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    ours = {"PHOIHOP_HOME": str(home), "PYTHONPYCACHEPREFIX": str(bytecode)}
    return {**kept, "QT_QPA_PLATFORM": "offscreen", **ours}


def fill(data: Path, home: Path) -> None:
    store = Store(data, keyring=Keyring(home / "keys"))
    with store.changing("Thêm cơ quan") as session:
        agency = records.enter(session, "agency", {"name": "Công an tỉnh"})
    with store.changing("Thêm nghĩa vụ") as session:
        for n in range(_OBLIGATIONS):
            records.enter(
                session,
                "obligation",
                {
                    "title": f"Báo cáo nhanh {n}",
                    "lead_id": agency.id,
                    "recurrence": "hằng ngày",
                    "starts_on": date(2026, 11, 23) - timedelta(days=_DAYS),
                    "ends_on": date(2026, 11, 22),
                },
            )
    store.backup_if_due()
    store.close()
