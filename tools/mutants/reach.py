"""Which files of tests can reach a file of the program: by what they import, directly or through.

Tests of the window and of whole journeys reach everything. They are asked only about what nobody
else reaches: the window itself.
"""

from __future__ import annotations

import ast
from collections.abc import Iterator, Sequence
from functools import cache
from pathlib import Path

_EVERYWHERE = ("tests/ui/", "tests/e2e/", "tests/architecture/", "tests/tools/", "tests/installer/")


def those_reaching(root: Path, wanted: Sequence[Path]) -> list[str]:
    """The files of tests that reach one of *wanted*, nearest first."""
    is_window = any((root / "app/ui") in path.parents for path in wanted)
    far: list[tuple[int, str]] = []
    for path in sorted((root / "tests").rglob("test_*.py")):
        place = path.relative_to(root).as_posix()
        if place.startswith(_EVERYWHERE) and not (is_window and place.startswith("tests/ui/")):
            continue
        if (distance := _distance(root, path, set(wanted))) is not None:
            far.append((distance, place))
    return [place for _, place in sorted(far)]


def _distance(root: Path, test: Path, wanted: set[Path]) -> int | None:
    beside = [folder / "conftest.py" for folder in test.parents if root in folder.parents]
    ring, seen = {test, *(path for path in beside if path.exists())}, set[Path]()
    for distance in range(100):
        if ring & wanted:
            return distance
        seen |= ring
        ring = {found for path in ring for found in _imported(root, path)} - seen
        if not ring:
            break
    return None


@cache
def _imported(root: Path, path: Path) -> frozenset[Path]:
    """The project's own files that *path* imports."""
    named = _named(ast.parse(path.read_bytes()))
    candidates = (root.joinpath(*name.split(".")) for name in named)
    found = (each for way in candidates for each in (way.with_suffix(".py"), way / "__init__.py"))
    return frozenset(each for each in found if each.exists())


def _named(tree: ast.Module) -> Iterator[str]:
    for node in ast.walk(tree):
        if isinstance(node, ast.Import):
            yield from (alias.name for alias in node.names)
        elif isinstance(node, ast.ImportFrom) and node.module:
            yield node.module
            yield from (f"{node.module}.{alias.name}" for alias in node.names)
