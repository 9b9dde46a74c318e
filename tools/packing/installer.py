"""makensis and what it is told of the program: its version, its folder, the files it opens."""

from __future__ import annotations

import re
import shutil
import subprocess
from collections.abc import Sequence
from pathlib import Path

from app.carried import Carried
from tools.environment import ROOT
from tools.packing import contents, signing
from tools.stop import Stop

SCRIPT = ROOT / "installer" / "phoihop.nsi"
ICON = ROOT / "resources" / "app" / "phoihop.ico"
GONE: tuple[str, ...] = ()
"""What versions before this one had in their folder and this one has not: it is removed too."""

TITLES = {
    Carried.PACKAGE: "Gói đồng bộ Phối Hợp",
    Carried.INVITATION: "Thư mời Phối Hợp",
    Carried.REQUEST: "Tệp xin tham gia Phối Hợp",
    Carried.APPROVAL: "Tệp chấp thuận Phối Hợp",
}
"""What Explorer calls each kind of file."""


def version() -> str:
    """The program's version, which stands in app/__init__.py and nowhere else."""
    text = (ROOT / "app" / "__init__.py").read_text(encoding="utf-8")
    found = re.search(r'__version__ = "(\d+\.\d+\.\d+)"', text)
    if found is None:
        raise Stop("app/__init__.py không ghi phiên bản dạng 1.2.3.")
    return found[1]


def make(folder: Path, target: Path, *, number: str | None = None, fast: bool = False) -> Path:
    """Write the installer of the packed program in *folder* to *target*, and sign it if asked.

    *fast* compresses less; *number* says another version, for tests.
    """
    makensis = shutil.which("makensis")
    if makensis is None:
        raise Stop("Làm bộ cài cần lệnh makensis (gói nsis trên Debian/Ubuntu).")
    told = target.with_suffix(".nsh")
    told.write_text(parts_of(folder), encoding="utf-8-sig")
    size = sum(path.stat().st_size for path in contents.files_in(folder))
    defines = {
        "VERSION": number or version(),
        "PAYLOAD": str(folder),
        "OUT": str(target),
        "ICON": str(ICON),
        "SIZE_KB": str(size // 1024),
        "PARTS": str(told),
    }
    if signing.is_asked():
        defines["SIGN"] = signing.uninstaller_command()
    said = [f"-D{name}={value}" for name, value in defines.items()] + (["-DFAST"] if fast else [])
    run([makensis, "-V2", "-WX", "-INPUTCHARSET", "UTF8", *said, str(SCRIPT)])
    told.unlink()
    if signing.is_asked():
        signing.sign(target)
    return target


def run(command: Sequence[str]) -> None:
    """Run makensis; Stop with what it says when it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
        raise Stop(f"Không làm được bộ cài:\n{said}")


def parts_of(folder: Path) -> str:
    """What the script must know of the program, as the macros that it inserts."""
    names = sorted({path.name for path in folder.iterdir()} | set(GONE))
    kinds = [(str(kind), f"PhoiHop{kind}", TITLES[kind]) for kind in Carried]
    macros = {
        "CasesOfOurs": [f'${{Case}} "{name}"' for name in names],
        "RemoveOurs": [_removed(folder / name) for name in names],
        "OpenAll": [f'!insertmacro Opens "{e}" "{k}" "{title}"' for e, k, title in kinds],
        "ForgetAll": [f'!insertmacro Forgets "{e}" "{k}"' for e, k, _ in kinds],
    }
    lines = []
    for name, body in macros.items():
        lines += [f"!macro {name}", *(f"  {line}" for line in body), "!macroend"]
    return "\n".join(lines) + "\n"


def _removed(path: Path) -> str:
    verb = "Delete" if path.is_file() else "RMDir /r"
    return f'{verb} "$INSTDIR\\{path.name}"'
