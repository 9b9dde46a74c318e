"""The installer of a program that was really packed, on a machine under wine.

`dev.py windows` names the packed program's folder in PHOIHOP_PACKED; without it nothing here runs.
"""

from __future__ import annotations

import os
import shutil
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

import pytest

from tests.installer.machine import Machine
from tests.installer.stamping import stamp
from tools.packing import installer
from tools.windows import Layout
from tools.windows.layout import FOLDER, VERSION
from tools.windows.screen import screen

NEXT = "99.1.0"


@dataclass(frozen=True)
class Releases:
    """The packed program, its installer, and the installer of a later version of it."""

    packed: Path
    first: Path
    next: Path


@pytest.fixture(scope="session")
def releases(tmp_path_factory: pytest.TempPathFactory) -> Releases:
    packed = Path(os.environ.get("PHOIHOP_PACKED", ""))
    if not (packed / "PhoiHop.exe").is_file():
        pytest.skip("no packed program is named in PHOIHOP_PACKED")
    folder = tmp_path_factory.mktemp("bộ cài")
    later = folder / "PhoiHop"
    shutil.copytree(packed, later, copy_function=os.link)
    for name in ("PhoiHop.exe", "phoihop-cli.exe"):
        (later / name).unlink()
        shutil.copy(packed / name, later / name)
        stamp(later / name, NEXT)
    return Releases(
        packed,
        installer.make(packed, folder / "bộ cài.exe", fast=True),
        installer.make(later, folder / "bộ cài mới.exe", number=NEXT, fast=True),
    )


@pytest.fixture(scope="session")
def computer(releases: Releases, tmp_path_factory: pytest.TempPathFactory) -> Iterator[Machine]:
    """One machine for all: making one takes longer than wiping it."""
    del releases
    layout = Layout(FOLDER, FOLDER / "python{}{}".format(*VERSION))
    with screen():
        machine = Machine(layout, tmp_path_factory.mktemp("máy"))
        yield machine
        machine.turn_off()


@pytest.fixture
def machine(computer: Machine) -> Machine:
    """A machine on which nothing was ever installed."""
    computer.wipe()
    return computer
