"""The program's own text, parsed once for all the tests of this folder."""

from __future__ import annotations

import ast
from collections.abc import Iterator
from dataclasses import dataclass
from functools import cache, cached_property
from pathlib import Path

ROOT = Path(__file__).resolve().parents[2]
APP = ROOT / "app"


@dataclass(frozen=True)
class Source:
    """One file of Python; `place` is its path as the office of developers says it."""

    path: Path

    @property
    def place(self) -> str:
        return self.path.relative_to(ROOT).as_posix()

    @cached_property
    def text(self) -> str:
        return self.path.read_text(encoding="utf-8")

    @cached_property
    def tree(self) -> ast.Module:
        return ast.parse(self.text, self.place)

    @cached_property
    def nodes(self) -> tuple[ast.AST, ...]:
        return tuple(ast.walk(self.tree))

    @cached_property
    def imported(self) -> dict[str, int]:
        """Every module this file imports, and every name it takes from one, with its line."""
        found: dict[str, int] = {}
        for node in self.nodes:
            if isinstance(node, ast.Import):
                found |= {alias.name: node.lineno for alias in node.names}
            elif isinstance(node, ast.ImportFrom) and node.module:
                found[node.module] = node.lineno
                found |= {f"{node.module}.{alias.name}": node.lineno for alias in node.names}
        return found

    def at(self, node: ast.AST) -> str:
        return f"{self.place}:{getattr(node, 'lineno', 0)}"


@cache
def program() -> tuple[Source, ...]:
    """Every file of the program."""
    return tuple(Source(path) for path in sorted(APP.rglob("*.py")))


@cache
def everything() -> tuple[Source, ...]:
    """Every file of the program, of its tests and of its tools."""
    ours = [p for folder in ("tests", "tools", "benchmarks") for p in (ROOT / folder).rglob("*.py")]
    return (*program(), *(Source(path) for path in sorted([*ours, ROOT / "dev.py"])))


def under(*places: str) -> Iterator[Source]:
    """The program's files in some folders: `under("app/ui", "app/cli")`."""
    for source in program():
        if source.place.startswith(tuple(f"{place}/" for place in places)):
            yield source
