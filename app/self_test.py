"""The built program examines itself: everything that packaging can break is used once.

Nothing personal is touched: home and data lie in a temporary folder for the time being.
"""

from __future__ import annotations

import json
import os
import platform
import sys
import time
from collections.abc import Callable
from dataclasses import asdict, dataclass, field, replace
from datetime import date
from pathlib import Path

from app import __version__, bootstrap, durable, paths
from app.errors import Refused
from app.store import Store
from app.words import told

_REVIEW = "sơ kết 01 năm"
_MANY_KEYS = 50
"""A fault that spoils one key in two shows for certain."""


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

    A step that fails raises; the report then shows how far it came. On Windows the rooms are drawn
    as the clerk sees them, elsewhere in memory unless QT_QPA_PLATFORM says otherwise.
    """
    report = Report()
    if sys.platform != "win32":
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
    report.take("keys", lambda: _keys(place / "keys"))
    store = bootstrap.open_store(folder)
    try:
        report.take("sample", lambda: _sample(store, today))
        report.take("check", lambda: _check(store))
        report.take("backup", lambda: _backup(store))
    finally:
        store.close()
    store = bootstrap.open_store(folder)
    try:
        report.take("import", _import)
        report.take("exchange", lambda: _exchange(store, place / "other"))
        report.take("packet", lambda: _packet(store, today, place / "packets"))
        report.take("rooms", lambda: _rooms(store, today, place / "pictures"))
        report.take("print", lambda: _print(store, today, place / "in.pdf"))
    finally:
        store.close()


def _keys(folder: Path) -> str:
    """Each of many keys signs as it did when it was made: a byte changed on the way is found."""
    from app.journal.keys import Keyring

    keyring = Keyring(folder)
    made = dict(keyring.create() for _ in range(_MANY_KEYS))
    lost = [one for one, public in made.items() if bytes(keyring.signer(one).verify_key) != public]
    if lost:
        raise Refused(
            why=told("{lost} trên {made} khóa đọc lại thấy khác.", lost=len(lost), made=len(made))
        )
    return f"{len(made)} khóa"


def _sample(store: Store, today: date) -> str:
    from app.services import sample

    return ", ".join(f"{n} {word}" for word, n in sample.fill(store, today=today).words())


def _check(store: Store) -> str:
    from app.store.checking import check

    findings = check(store)
    if findings.problems:
        raise Refused(why="; ".join(findings.problems))
    return f"{findings.records} bản ghi"


def _backup(store: Store) -> str:
    """What was changed after a backup is as it was once the backup is put back."""
    before, kept = store.facts, store.backup()
    store.set_facts(replace(before, name=f"{before.name} (khác)"))
    store.restore(kept.path)
    if store.facts != before:
        raise Refused(why="khôi phục xong, tên văn phòng vẫn khác.")
    return kept.path.name


def _import() -> str:
    """A text file, and a Word 97 file, which is read by other means."""
    from app.importers.regulation_file import read_regulation

    said = []
    for name in ("quy-che-y-te.txt", "quy-che-cu.doc"):
        found = read_regulation(paths.resources() / "sample" / name)
        parts = sum(len(document.provisions) for document in found.documents)
        if not parts:
            raise Refused(why=told("không đọc được điều khoản nào trong {name}.", name=name))
        said.append(f"{name}: {parts} phần")
    return ", ".join(said)


def _exchange(store: Store, place: Path) -> str:
    """A package sealed here opens at another office, which has joined us and lies in *place*."""
    from app.journal.keys import Keyring
    from app.services.any_kind import records
    from app.services.sync import arrival, dispatch, joining
    from app.store import OfficeFacts, Store

    durable.make_folder(place)
    invited, asked, answer = (place / name for name in ("moi.phm", "xin.phr", "duyet.pha"))
    other = Store(place / "office", keyring=Keyring(place / "keys"))
    try:
        with other.changing("Thêm cơ quan") as session:
            body = records.enter(session, "agency", {"name": "Sở Tự kiểm tra"})
        other.set_facts(OfficeFacts("Văn phòng khác", (body.id,)))
        joining.begin(store)
        joining.invite(store, invited)
        joining.ask(other, invited, asked)
        joining.admit(store, asked, answer)
        joining.accept(other, answer)
        sent = dispatch.send(store, other.office, place)
        arrival.take(other, sent.path)
        return f"{sent.size} byte, {sent.sets} thay đổi"
    finally:
        other.close()


def _packet(store: Store, today: date, out: Path) -> str:
    from app.services.any_kind import lookup
    from app.services.any_kind.kinds import LISTED
    from app.services.review import packet

    with store.reading() as session:
        review = lookup.find(session, LISTED["review"], _REVIEW, today=today)
        kept = store.folder.packets
        result = packet.write(session, review.id, out, kept=kept, today=today, at=store.now())
    return ", ".join(file.name for file in result.files)


def _rooms(store: Store, today: date, folder: Path) -> str:
    from app.settings import Settings
    from app.ui import application
    from app.ui.common.parts.office import Office

    made = application.make_application(["phoihop"], Settings(paths.settings_file()))
    office = Office(store, today=lambda: today)
    drawn = application.draw_every_room(office, folder)
    troubles = [f"{room.room}: {room.trouble}" for room in drawn if room.trouble]
    office.tasks.wait()
    made.processEvents()
    if troubles:
        raise Refused(why="; ".join(troubles))
    return f"{len(drawn)} phòng"


def _print(store: Store, today: date, target: Path) -> str:
    from app.ui import application
    from app.ui.common.parts.office import Office

    office = Office(store, today=lambda: today)
    pages = application.print_list(office, "regulation", target)
    office.tasks.wait()
    if not target.read_bytes().startswith(b"%PDF-"):
        raise Refused(why="danh sách in ra không phải là tệp PDF.")
    return f"{pages} trang"
