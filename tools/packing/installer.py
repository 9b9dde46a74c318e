"""makensis and what it is told of the program: its version, its folder, the files it opens."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import tempfile
import unicodedata
from collections.abc import Sequence
from pathlib import Path

from app.carried import Carried
from tools.environment import ROOT
from tools.packing import contents, signing
from tools.stop import Stop

SCRIPT = ROOT / "installer" / "phoihop.nsi"
ICON = ROOT / "resources" / "app" / "phoihop.ico"
HOME = "NSISDIR"
"""The environment's word for where NSIS lies, where it is not found beside makensis."""
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
        raise Stop("app/__init__.py names no version like 1.2.3.")
    return found[1]


def make(folder: Path, target: Path, *, number: str | None = None, fast: bool = False) -> Path:
    """Write the installer of the packed program in *folder* to *target*, and sign it if asked.

    *fast* compresses less; *number* says another version, for tests.
    """
    makensis = shutil.which("makensis")
    if makensis is None:
        raise Stop("The installer needs makensis (package nsis on Debian/Ubuntu).")
    size = sum(path.stat().st_size for path in contents.files_in(folder))
    with tempfile.TemporaryDirectory(prefix="nsis-") as scratch:
        parts = Path(scratch) / "parts.nsh"
        parts.write_text(parts_of(folder), encoding="utf-8-sig")
        compose(words_of(Path(makensis)), Path(scratch))
        defines = {
            "VERSION": number or version(),
            "PAYLOAD": str(folder.absolute()),
            "OUT": str(target.absolute()),
            "ICON": str(ICON),
            "SIZE_KB": str(size // 1024),
            "PARTS": str(parts),
            "WORDS": scratch,
        }
        if signing.is_asked():
            defines["SIGN"] = signing.uninstaller_command()
        said = [f"-D{name}={value}" for name, value in defines.items()]
        said += ["-DFAST"] if fast else []
        run([makensis, "-V2", "-WX", "-NOCD", "-INPUTCHARSET", "UTF8", *said, str(SCRIPT)])
    if signing.is_asked():
        signing.sign(target)
    return target


def words_of(makensis: Path) -> Path:
    """Where NSIS has its own sentences in each language."""
    homes = [Path(os.environ[HOME])] if HOME in os.environ else []
    homes += [makensis.parent, makensis.parent.parent, Path("/usr/share/nsis")]
    for home in homes:
        words = home / "Contrib" / "Language files"
        if words.is_dir():
            return words
    raise Stop(f"The folder Contrib of NSIS is not found; let {HOME} name where NSIS lies.")


def compose(source: Path, target: Path) -> None:
    """Put NSIS's Vietnamese into *target* with each letter in one piece.

    It is written with marks apart, and where a font draws those badly letters look broken.
    """
    for name in ("Vietnamese.nlf", "Vietnamese.nsh"):
        text = (source / name).read_text(encoding="utf-8-sig")
        composed = unicodedata.normalize("NFC", text)
        (target / name).write_text(composed, encoding="utf-8-sig")


def run(command: Sequence[str]) -> None:
    """Run makensis; Stop with what it says when it fails."""
    done = subprocess.run(command, cwd=ROOT, capture_output=True, check=False)
    if done.returncode:
        said = (done.stdout + done.stderr).decode("utf-8", "replace").strip()
        raise Stop(f"The installer could not be made:\n{said}")


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
