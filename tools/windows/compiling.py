"""The small Windows programs and libraries of tools/wine, compiled with mingw."""

from __future__ import annotations

import re
import subprocess
from pathlib import Path

from tools.stop import Stop

MINGW = "x86_64-w64-mingw32-"
_EXPORTED = re.compile(r"^\s*\[\s*\d+\][\s+]*(?:base\[\s*\d+\]\s+)?(?:[0-9a-f]{4}\s+)?(\w+)$")


def compile_into(home: Path, sources: Path) -> None:
    """Make python.exe, python3.dll, scanner.exe and the libraries that wine lacks in *home*."""
    dll = next(home.glob("python3??.dll"))
    names = exported(dll)
    definitions = home / "python.def"
    definitions.write_text(definition(dll.name, names), encoding="ascii")
    mingw("dlltool", "-d", definitions, "-l", home / "libpython.a")
    warn = ("-O2", "-s", "-Wall", "-Wextra", "-Werror")
    exe = (*warn, "-municode", "-o")
    mingw("gcc", *exe, home / "python.exe", sources / "python.c", home / "libpython.a")
    mingw("gcc", *exe, home / "scanner.exe", sources / "scanner.c")
    for name in ("icuuc", "bcryptprimitives"):
        mingw(
            "gcc", *warn, "-shared", "-o", home / f"{name}.dll", sources / f"{name}.c", "-ladvapi32"
        )
    definitions.write_text(forwarding(dll.stem, names), encoding="ascii")
    mingw("gcc", "-shared", "-nostdlib", "-s", "-o", home / "python3.dll", definitions)
    definitions.unlink()
    (home / "libpython.a").unlink()


def mingw(tool: str, *args: str | Path) -> str:
    """What the cross compiler's *tool* prints; Stop when it fails."""
    command = [MINGW + tool, *map(str, args)]
    done = subprocess.run(command, capture_output=True, text=True, check=False)
    if done.returncode:
        raise Stop(f"{args[-1]} could not be compiled:\n{done.stderr}")
    return done.stdout


def exported(dll: Path) -> list[str]:
    """The names that *dll* offers."""
    table = mingw("objdump", "-p", dll).partition("[Ordinal/Name Pointer] Table")[2]
    return [found[1] for line in table.splitlines() if (found := _EXPORTED.match(line))]


def definition(name: str, names: list[str]) -> str:
    """A module definition: what a linker may find in the library *name*."""
    return "\n".join([f"LIBRARY {name}", "EXPORTS", *names, ""])


def forwarding(stem: str, names: list[str]) -> str:
    """The definition of python3.dll, which hands every name on to the library of one version."""
    return definition("python3.dll", [f"{name}={stem}.{name}" for name in names])
