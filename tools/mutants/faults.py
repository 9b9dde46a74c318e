"""The small faults that can be planted in a file of Python: found by its syntax, cut into its text.

Each is one that a person might make and no tool would see: a boundary a day off, a condition
turned round, a guard, a refusal, a filter or a parameter forgotten.
"""

from __future__ import annotations

import ast
import re
from collections import defaultdict
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from difflib import unified_diff
from pathlib import Path
from random import Random

_BOUNDARY = {ast.Lt: "<=", ast.LtE: "<", ast.Gt: ">=", ast.GtE: ">"}
_FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


@dataclass(frozen=True)
class Fault:
    """One change of the bytes from *start* to *end* of the file *place*.

    `function` is the first line of the function that it stands in, 0 outside of any.
    """

    place: str
    line: int
    kind: str
    start: int
    end: int
    instead: bytes
    function: int

    def planted(self, source: bytes) -> bytes:
        """*source* with the fault in it."""
        return source[: self.start] + self.instead + source[self.end :]

    def diff(self, source: bytes) -> str:
        """What was changed, as a patch would say it."""
        before, after = (
            text.decode("utf-8").splitlines() for text in (source, self.planted(source))
        )
        return "\n".join(list(unified_diff(before, after, lineterm="", n=1))[2:])


def faults_in(place: str, source: bytes) -> list[Fault]:
    """Every fault that can be planted in *source* and leaves it a program."""
    found = _Finder(place, source)
    found.visit(ast.parse(source))
    return [fault for fault in found.faults if _parses(fault.planted(source))]


def chosen(faults: Sequence[Fault], most: int, random: Random) -> list[Fault]:
    """Up to *most* of *faults*, as many of each kind as there are."""
    by_kind: dict[str, list[Fault]] = defaultdict(list)
    for fault in faults:
        by_kind[fault.kind].append(fault)
    for kind in by_kind.values():
        random.shuffle(kind)
    taken: list[Fault] = []
    while by_kind and len(taken) < most:
        for name in sorted(by_kind)[: most - len(taken)]:
            taken.append(by_kind[name].pop())
            if not by_kind[name]:
                del by_kind[name]
    return taken


def _parses(source: bytes) -> bool:
    try:
        ast.parse(source)
    except SyntaxError:
        return False
    return True


class _Finder(ast.NodeVisitor):
    def __init__(self, place: str, source: bytes) -> None:
        self.faults: list[Fault] = []
        self._place = place
        self._source = source
        lines = source.splitlines(keepends=True)
        self._starts = [sum(map(len, lines[:n])) for n in range(len(lines) + 1)]
        self._function = 0

    def visit_FunctionDef(self, node: ast.FunctionDef | ast.AsyncFunctionDef) -> None:
        outer, lines = self._function, [each.lineno for each in (*node.decorator_list, node)]
        self._function = min(lines)
        for child in (*node.args.defaults, *filter(None, node.args.kw_defaults), *node.body):
            self.visit(child)
        self._function = outer

    visit_AsyncFunctionDef = visit_FunctionDef  # noqa: N815

    def visit_AnnAssign(self, node: ast.AnnAssign) -> None:
        if node.value is not None:
            self.visit(node.value)

    def visit_Compare(self, node: ast.Compare) -> None:
        sides = (node.left, *node.comparators)
        for left, operator, right in zip(sides, node.ops, sides[1:], strict=False):
            if (instead := _BOUNDARY.get(type(operator))) is not None:
                self._between("boundary", left, right, rb"[<>]=?", instead)
        self.generic_visit(node)

    def visit_BoolOp(self, node: ast.BoolOp) -> None:
        word, instead = (rb"\band\b", "or") if isinstance(node.op, ast.And) else (rb"\bor\b", "and")
        for left, right in zip(node.values, node.values[1:], strict=False):
            self._between("and/or", left, right, word, instead)
        self.generic_visit(node)

    def visit_UnaryOp(self, node: ast.UnaryOp) -> None:
        if isinstance(node.op, ast.Not):
            start, _ = self._span(node)
            word = b"not " if self._source.startswith(b"not ", start) else b"not"
            self._add("not", (start, start + len(word)), "")
        self.generic_visit(node)

    def visit_Constant(self, node: ast.Constant) -> None:
        if type(node.value) is int:
            for other in (node.value + 1, node.value - 1):
                self._add("constant", self._span(node), str(other))

    def visit_If(self, node: ast.If) -> None:
        first = node.body[0]
        if isinstance(first, ast.Return) and len(node.body) == 1 and not node.orelse:
            self._add("guard", self._span(first), "pass")
        elif not isinstance(first, ast.Raise):
            self._add("branch", self._span(node.test), "False")
        if not (isinstance(node.test, ast.Name) and node.test.id == "TYPE_CHECKING"):
            self.generic_visit(node)

    def visit_ExceptHandler(self, node: ast.ExceptHandler) -> None:
        for child in node.body:  # which sentence says it is looked at elsewhere
            if not isinstance(child, ast.Raise):
                self.visit(child)

    def visit_Raise(self, node: ast.Raise) -> None:
        self._add("refusal", self._span(node), "pass")

    def visit_comprehension(self, node: ast.comprehension) -> None:
        for condition in node.ifs:
            self._add("filter", self._span(condition), "True")
        self.generic_visit(node)

    def visit_Call(self, node: ast.Call) -> None:
        given: list[ast.expr | ast.keyword] = sorted(
            (*node.args, *node.keywords), key=lambda each: self._span(each)[0]
        )
        for n, each in enumerate(given):
            if isinstance(each, ast.keyword) and each.arg is not None:
                self._add("keyword", self._with_comma(given, n), "")
        self.generic_visit(node)

    def _with_comma(self, given: Sequence[ast.expr | ast.keyword], n: int) -> tuple[int, int]:
        start, end = self._span(given[n])
        if n:
            return self._source.rfind(b",", 0, start), end
        return start, self._span(given[1])[0] if len(given) > 1 else end

    def _between(self, kind: str, left: ast.AST, right: ast.AST, word: bytes, instead: str) -> None:
        start, end = self._span(left)[1], self._span(right)[0]
        if found := re.search(word, self._source[start:end]):
            self._add(kind, (start + found.start(), start + found.end()), instead)

    def _span(self, node: ast.AST) -> tuple[int, int]:
        """Where *node* stands in the source: the offsets of the syntax tree count bytes too."""
        line, column, last, after = (
            getattr(node, name) for name in ("lineno", "col_offset", "end_lineno", "end_col_offset")
        )
        return self._starts[line - 1] + column, self._starts[last - 1] + after

    def _add(self, kind: str, span: tuple[int, int], instead: str) -> None:
        line = self._source.count(b"\n", 0, span[0]) + 1
        self.faults.append(Fault(self._place, line, kind, *span, instead.encode(), self._function))


def sources(root: Path, places: Sequence[str]) -> Iterator[Path]:
    """The files of Python in *places* of *root*: folders, files, or one line of a file."""
    for place in places:
        path = root / place.partition(":")[0]
        yield from sorted(path.rglob("*.py")) if path.is_dir() else [path]
