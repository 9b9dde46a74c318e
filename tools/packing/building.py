"""The whole way from the source to what an office gets, on Windows and, with wine, on Linux."""

from __future__ import annotations

import json
import sysconfig
from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from tools.environment import PYTHON, ROOT
from tools.packing import contents, installer, notices, portable, signing
from tools.stop import Stop, say
from tools.windows import Layout

NAME = "PhoiHop"
WINDOWS = ROOT / "dist" / "windows"  # where Linux puts the program for Windows
WORK = ROOT / "build" / "windows"
SPEC = ROOT / "build.spec"
QUIET = ("--noconfirm", "--log-level", "ERROR")  # it warns of drivers that we do not use


@dataclass(frozen=True)
class Packed:
    """A packed program: its *folder*, the packer's list of packages, and where those lie."""

    folder: Path
    owners: Path
    site: Path


def packed_by(layout: Layout) -> Packed:
    """Pack the program for Windows with wine. Raises Stop when the packer fails."""
    say("Packaging for Windows under wine (some 6 minutes) …")
    places = ("--distpath", WINDOWS, "--workpath", WORK)
    done = layout.python("-m", "PyInstaller", *QUIET, *places, SPEC)
    if done.code:
        raise Stop(f"PyInstaller under wine ended with code {done.code}:\n{done.said}")
    site = layout.home / "Lib" / "site-packages"
    return Packed(WINDOWS / NAME, WORK / SPEC.stem / "packed.json", site)


def packed_here() -> Packed:
    """What PyInstaller has just packed on this Windows."""
    site = Path(sysconfig.get_path("purelib", vars={"base": str(PYTHON.parents[1])}))
    return Packed(ROOT / "dist" / NAME, ROOT / "build" / SPEC.stem / "packed.json", site)


def finish(packed: Packed) -> Path:
    """Add the notices, sign the programs, and hold the folder to docs/PACKAGE.md."""
    owners = json.loads(packed.owners.read_text(encoding="utf-8"))
    notices.write(packed.folder, owners, packed.site)
    if signing.is_asked():
        for program in sorted(packed.folder.glob("*.exe")):
            signing.sign(program)
    size = contents.weigh(packed.folder)
    count = len(contents.files_in(packed.folder))
    say(f"The program: {size / 1e6:.1f} MB in {count} files.")
    return packed.folder


def release(folder: Path, out: Path, note: Callable[[str], object] = say) -> list[Path]:
    """Make what offices get from the program in *folder*: installer, portable ZIP, sums."""
    out.mkdir(parents=True, exist_ok=True)
    stem = f"PhoiHop-{installer.version()}"
    made = [
        installer.make(folder, out / f"{stem}-cai-dat.exe"),
        portable.make(folder, out / f"{stem}-di-dong.zip"),
    ]
    made.append(portable.write_sums(made, out / portable.SUMS))
    for path in made:
        note(f"  {path.name}  {path.stat().st_size / 1e6:.1f} MB")
    return made
