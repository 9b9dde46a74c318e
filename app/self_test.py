"""The built program examines itself: everything that packaging can break is used once.

Nothing personal is touched: home and data lie in a temporary folder for the time being.
"""

from __future__ import annotations

import json
import os
import platform
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field
from datetime import date
from pathlib import Path

from app import __version__, bootstrap, durable, paths
from app.errors import Refused
from app.store import Store

_REVIEW = "sơ kết 01 năm"


@dataclass
class Examined:
    """One step of the examination; `ok` stays False when it never came to its end."""

    name: str
    ok: bool = False
    seconds: float = 0.0
    detail: str = ""


@dataclass
class Report:
    """What is written for whoever built the program."""

    version: str = __version__
    system: str = field(default_factory=platform.platform)
    python: str = field(default_factory=platform.python_version)
    ok: bool = False
    steps: list[Examined] = field(default_factory=list)

    def take(self, name: str, work: Callable[[], str]) -> None:
        """Do *work* and note what it says."""
        step = Examined(name)
        self.steps.append(step)
        began = time.monotonic()
        try:
            step.detail = work()
            step.ok = True
        finally:
            step.seconds = round(time.monotonic() - began, 3)


def self_test(target: Path) -> int:
    """Write the report to *target*; returns 0 if every step did what it should.

    A step that fails raises; the report then shows how far it came.
    """
    report = Report()
    os.environ.setdefault("QT_QPA_PLATFORM", "offscreen")
    try:
        with durable.scratch() as place:
            os.environ[paths.HOME_VARIABLE] = str(place / "home")
            _examine(report, place)
        report.ok = True
    finally:
        content = json.dumps(asdict(report), ensure_ascii=False, indent=2)
        durable.write_bytes(target, f"{content}\n".encode())
    return 0


def _examine(report: Report, place: Path) -> None:
    today = date.today()  # noqa: DTZ011 - offices work by their own wall clock
    folder = place / "office"
    store = bootstrap.open_store(folder)
    try:
        report.take("sample", lambda: _sample(store, today))
        report.take("check", lambda: _check(store))
    finally:
        store.close()
    store = bootstrap.open_store(folder)
    try:
        report.take("import", _import)
        report.take("packet", lambda: _packet(store, today, place / "packets"))
        report.take("rooms", lambda: _rooms(store, today, place / "pictures"))
    finally:
        store.close()


def _sample(store: Store, today: date) -> str:
    from app.services import sample

    return ", ".join(f"{n} {word}" for word, n in sample.fill(store, today=today).words())


def _check(store: Store) -> str:
    from app.store.checking import check

    findings = check(store)
    if findings.problems:
        raise Refused(why="; ".join(findings.problems))
    return f"{findings.records} bản ghi"


def _import() -> str:
    from app.importers.regulation_file import read_regulation

    found = read_regulation(paths.resources() / "sample" / "quy-che-y-te.txt")
    return f"{sum(len(document.provisions) for document in found.documents)} chương"


def _packet(store: Store, today: date, out: Path) -> str:
    from app.services import lookup, packet
    from app.services.kinds import KINDS

    with store.reading() as session:
        review = lookup.find(session, KINDS["review"], _REVIEW, today=today)
        result = packet.write(session, review.id, out, today=today, at=store.now())
    return ", ".join(file.name for file in result.files)


def _rooms(store: Store, today: date, folder: Path) -> str:
    from app.settings import Settings
    from app.ui import application
    from app.ui.common.office import Office

    made = application.make_application(["phoihop"], Settings(paths.settings_file()))
    office = Office(store, today=lambda: today)
    drawn = application.draw_every_room(office, folder)
    troubles = [f"{room.room}: {room.trouble}" for room in drawn if room.trouble]
    office.tasks.wait()
    made.processEvents()
    if troubles:
        raise Refused(why="; ".join(troubles))
    return f"{len(drawn)} phòng"
