"""An office on the Windows disk, and the command line as its clerk types it there."""

from __future__ import annotations

import json
import shutil
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from tools.windows.tally import Failed
from tools.windows.wine import Done, Layout

PLACE = "phoi-hop"
"""The folder of the Windows disk below which all offices that we make lie."""

_LIMIT = 180.0  # seconds for one command
_HALF_WRITTEN = (".part", ".dang-ghi", ".tmp")


@dataclass(frozen=True)
class Office:
    """One office: its data, its own home with its keys, and the program that it uses."""

    layout: Layout
    name: str
    program: Sequence[str | Path]

    @property
    def place(self) -> Path:
        """The folder that holds all of it."""
        return self.layout.drive_c / PLACE / self.name

    @property
    def folder(self) -> Path:
        """Its data folder, where the program proposes it."""
        return self.place / "home" / "office"

    @property
    def register(self) -> Path:
        """The file that holds its records."""
        return self.folder / "so-phoi-hop.phop"

    def environment(self) -> dict[str, str]:
        """Where the program finds its home."""
        return {"PHOIHOP_HOME": on_windows(self.place / "home", self.layout)}

    def does(self, *words: str | Path, limit: float = _LIMIT) -> Done:
        """Run one command of the program."""
        program, *first = self.program
        told = [on_windows(w, self.layout) if isinstance(w, Path) else w for w in words]
        return self.layout.run_exe(program, *first, *told, env=self.environment(), timeout=limit)

    def done(self, *words: str | Path) -> Any:
        """Run a command that must succeed; what it tells as JSON. Raises Failed."""
        did = self.does(*words, "--json")
        if did.code:
            raise Failed(f"{self.name}: {' '.join(map(str, words))}: {did.said.strip()}")
        return json.loads(did.said)

    def check(self) -> None:
        """Raise Failed unless the register opens and agrees with its log."""
        did = self.does("check")
        if did.code:
            raise Failed(f"the register of {self.name} is wrong: {did.said.strip()}")


def new_office(layout: Layout, name: str, program: Sequence[str | Path] = ()) -> Office:
    """An office whose place is empty; it uses the source unless another *program* is named."""
    office = Office(layout, name, program or (layout.exe, "-m", "app"))
    shutil.rmtree(office.place, ignore_errors=True)
    office.place.mkdir(parents=True)
    return office


def on_windows(path: Path, layout: Layout) -> str:
    r"""*path* as the clerk knows it: what lies on the Windows disk is on C:."""
    return "C:\\" + str(path.relative_to(layout.drive_c)).replace("/", "\\")


def half_written(folder: Path) -> list[str]:
    """What bears a name of something unfinished anywhere in *folder*."""
    found = [path for path in folder.rglob("*") if any(m in path.name for m in _HALF_WRITTEN)]
    return sorted(str(path.relative_to(folder)) for path in found)
