"""What lies in the packed program's folder, held to what docs/PACKAGE.md says lies there."""

from __future__ import annotations

import re
from collections.abc import Collection
from fnmatch import fnmatch
from pathlib import Path

from tools.environment import ROOT
from tools.stop import Stop

PAGE = ROOT / "docs" / "PACKAGE.md"
LIMIT = 100_000_000
"""Bytes of the whole folder."""
LARGE = 1_000_000
"""Bytes from which a file must be named, with its reason, in the page's table."""

_NAMED = re.compile(r"^\| `([^`]+)` \|", re.MULTILINE)


def weigh(folder: Path, page: Path = PAGE) -> int:
    """The bytes of everything in *folder*.

    Raises Stop when that is more than LIMIT, or when a large file lies there without a reason.
    """
    sizes = {p.relative_to(folder).as_posix(): p.stat().st_size for p in files_in(folder)}
    whole = sum(sizes.values())
    strange = unnamed([name for name, size in sizes.items() if size >= LARGE], named_in(page))
    if strange:
        told = "\n".join(f"  {name} ({sizes[name] / 1e6:.1f} MB)" for name in strange)
        raise Stop(
            f"Large files without a reason in {page.name}:\n{told}\n"
            "Take them out in build.spec, or say why."
        )
    if whole > LIMIT:
        most = sorted(sizes, key=lambda name: -sizes[name])[:5]
        told = ", ".join(f"{name} {sizes[name] / 1e6:.1f}" for name in most)
        raise Stop(f"The program takes {whole / 1e6:.1f} MB, over {LIMIT / 1e6:.0f} MB: {told} …")
    return whole


def files_in(folder: Path) -> list[Path]:
    """Every file below *folder*, in a steady order."""
    return sorted(path for path in folder.rglob("*") if path.is_file())


def named_in(page: Path) -> list[str]:
    """The patterns of names in the first column of the page's tables."""
    return _NAMED.findall(page.read_text(encoding="utf-8"))


def unnamed(names: Collection[str], patterns: Collection[str]) -> list[str]:
    """Those of *names* that fit none of *patterns*, whatever the case of their letters."""
    small = [pattern.lower() for pattern in patterns]
    return [name for name in names if not any(fnmatch(name.lower(), each) for each in small)]
