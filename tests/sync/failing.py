"""Make the exchange fail at one named step, in a process of its own, and look at what is left.

    python -m tests.sync.failing FOLDER export|import

prints one JSON line for each step and way of failing. The process forks for each: the child
fails or is killed, the parent opens what it left. Nothing in the program knows of this: the
steps are its own functions, replaced in the child.
"""

from __future__ import annotations

import importlib
import json
import os
import shutil
import signal
import sys
from collections.abc import Callable
from functools import partial
from pathlib import Path
from typing import Any

from app import durable
from app.errors import AppError
from app.services.sync import joining
from app.store.checking import check
from tests.offices import at, open_store
from tests.sync.circles import Desk, circle, regulation
from tests.sync.states import everything, records_of

NOW = at(2026, 11, 23)
STEPS = {
    "export": {
        "chunk": "app.sync.outgoing:_write_chunk",
        "manifest": "app.sync.outgoing:_manifest",
        "seal": "app.sync.container:write",
        "sync": "os:fsync",
        "read back": "app.sync.stick:digest",
        "rename": "pathlib:Path.replace",
        "book": "app.sync.links:note_package",
        "commit": "sqlalchemy.engine.default:DefaultDialect.do_commit",
        "copy out": "app.sync.stick:copy_out",
    },
    "import": {
        "open": "app.sync.container:_decrypt",
        "manifest": "app.sync.manifest:decode",
        "judge": "app.sync.rights:judge",
        "store": "app.journal.log:store_change_sets",
        "apply": "app.journal.apply:apply",
        "conflicts": "app.journal.log:save_conflicts",
        "receipt": "app.sync.links:acknowledge",
        "book": "app.sync.links:note_package",
        "file": "app.sync.files:_stage",
        "file named": "app.sync.files:Taken.keep",
        "commit": "sqlalchemy.engine.default:DefaultDialect.do_commit",
    },
}
KINDS = ("killed before", "killed after", "ENOSPC", "EIO", "short")
_SHORT = frozenset({"seal", "file"})
"""Steps that write a file, and may write less than they say."""


def failing(real: Callable[..., Any], kind: str) -> Callable[..., Any]:
    """*real*, as it is when the machine fails it."""

    def step(*args: Any, **kwargs: Any) -> Any:
        if kind == "killed before":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind in ("ENOSPC", "EIO"):
            raise OSError(28 if kind == "ENOSPC" else 5, f"{kind} at this step")
        found = real(*args, **kwargs)
        if kind == "killed after":
            os.kill(os.getpid(), signal.SIGKILL)
        if kind == "short":
            _shorten(args)
        return found

    return step


def _shorten(args: tuple[Any, ...]) -> None:
    """The disk kept less than it was given, and said nothing."""
    for one in args:
        path = getattr(getattr(one, "_file", None), "name", one)
        if isinstance(path, str | Path) and durable.is_unfinished(Path(path)):
            if hasattr(one, "flush"):
                one.flush()
            os.truncate(path, max(0, Path(path).stat().st_size - 7))


def patch(step: str, kind: str) -> None:
    """Make one step of this process fail."""
    module, _, path = step.partition(":")
    owner: Any = importlib.import_module(module)
    *parts, name = path.split(".")
    for part in parts:
        owner = getattr(owner, part)
    setattr(owner, name, failing(getattr(owner, name), kind))


class Case:
    """Two offices on disk, in the state that an operation begins in."""

    def __init__(self, folder: Path) -> None:
        police, health = circle(folder, "Công an tỉnh", "Sở Y tế")
        rule = regulation(police, police.agency, health.agency)
        source = folder / "Quy chế.pdf"
        source.write_bytes(os.urandom(20_000))
        with police.store.changing("Đính kèm") as session:
            from app.models import Regulation
            from app.services import attachments
            from app.services.any_kind import records

            owner = records.get(session, Regulation, rule)
            attachments.attach(session, police.store.blobs, owner, source)
        self.folder = folder
        self.names = (police, health)
        self.package = police.send(health)
        for desk in (police, health):
            desk.store.close()

    def copy(self, to: Path) -> tuple[Path, Path]:
        """Both offices' folders afresh."""
        shutil.rmtree(to, ignore_errors=True)
        for n in ("0", "1"):
            shutil.copytree(self.folder / n, to / n)
        return to / "0", to / "1"

    def open(self, folder: Path, n: int) -> Desk:
        """One of the two."""
        return Desk(self.names[n].name, folder, open_store(folder, now=NOW), self.names[n].agency)


def do_export(case: Case, folders: tuple[Path, Path]) -> None:
    desk = case.open(folders[0], 0)
    stick = folders[0].parent / "stick"
    stick.mkdir(exist_ok=True)
    joining.export(desk.store, case.names[1].store.office, out=stick)
    desk.store.close()


def do_import(case: Case, folders: tuple[Path, Path]) -> None:
    desk = case.open(folders[1], 1)
    desk.take(case.package)
    desk.store.close()


DO = {"export": do_export, "import": do_import}


def look(case: Case, folders: tuple[Path, Path], what: str, before: Any) -> dict[str, Any]:
    """What the failure left, and whether the work can be done again."""
    police, health = case.open(folders[0], 0), case.open(folders[1], 1)
    found: dict[str, Any] = {"problems": [*check(police.store).problems]}
    found["problems"] += check(health.store).problems
    stick = folders[0].parent / "stick"
    if what == "export":
        found["whole"] = all(_opens(health, path) for path in stick.glob("*.phx"))
        joining.export(police.store, health.store.office, out=stick)
        again = health.take(max(stick.glob("*.phx"), key=lambda p: p.stat().st_mtime_ns))
    else:
        now = everything(health)
        found["whole"] = _is_all_or_nothing(before, now)
        again = health.take(case.package)
    found["again"] = again.sets > 0 or again.is_again
    found["left"] = [
        str(p) for f in (*folders, stick) for p in f.rglob("~*") if durable.is_unfinished(p)
    ]
    found["rules"] = len(records_of(health)["regulation"])
    found["problems"] += check(health.store).problems
    for desk in (police, health):
        desk.store.close()
    return found


def _opens(reader: Desk, path: Path) -> bool:
    return joining.receive(reader.store, path, keep=False).sets > 0


def _is_all_or_nothing(before: Any, now: Any) -> bool:
    tables = ("cset", "package", "regulation", "party", "attachment", "link")
    return all(before[t] == now[t] for t in tables) or all(
        len(now[t]) > len(before[t]) for t in tables[:-1]
    )


def main(folder: Path, what: str) -> None:
    """Fail at every step in every way."""
    case = Case(folder / "case")
    _, other = case.copy(folder / "pristine")
    desk = case.open(other, 1)
    before = everything(desk)
    desk.store.close()
    for name, step in STEPS[what].items():
        for kind in KINDS:
            if kind == "short" and name not in _SHORT:
                continue
            folders = case.copy(folder / "work")
            shutil.rmtree(folder / "work" / "stick", ignore_errors=True)
            ended = _in_child(partial(_attempt, case, folders, what, step, kind))
            told = look(case, folders, what, before)
            line = {"step": name, "kind": kind, "ended": ended, **told}
            sys.stdout.write(json.dumps(line) + "\n")


def _attempt(case: Case, folders: tuple[Path, Path], what: str, step: str, kind: str) -> int:
    patch(step, kind)
    try:
        DO[what](case, folders)
    except (AppError, OSError) as error:
        return 3 if isinstance(error, AppError) else 4
    return 0


def _in_child(work: Callable[[], int]) -> int:
    child = os.fork()
    if child == 0:
        code = 70
        try:
            code = work()
        finally:
            os._exit(code)
    _, status = os.waitpid(child, 0)
    return os.waitstatus_to_exitcode(status)


if __name__ == "__main__":
    main(Path(sys.argv[1]), sys.argv[2])
