"""How long files and functions may be, and what they may not be called."""

from __future__ import annotations

import ast
import re
from statistics import median, quantiles

from tests.architecture.sources import everything, program

LONGEST = 400
ALLOWED: dict[str, str] = {
    "tests/sync/test_carried_files.py": "one table: every way in which a carried file can be wrong",
    "tests/sync/test_identity.py": "one table: every way in which a writer can be doubled",
    "tests/sync/test_scope.py": "one table: who is sent what and who may write where",
    "tests/sync/world.py": "the simulated province, read from top to bottom",
}
"""Files that are longer, each with the reason."""

REFUSED = {"core", "utils", "util", "helpers", "helper", "manager", "controller", "base", "misc"}
UNFINISHED = re.compile(r"\b(TODO|FIXME|XXX|HACK)\b")
FUNCTION = (ast.FunctionDef, ast.AsyncFunctionDef)


def test_no_file_is_too_long_to_read_at_a_sitting():
    long = {s.place: s.text.count("\n") for s in everything() if s.text.count("\n") > LONGEST}
    assert not {place: lines for place, lines in long.items() if place not in ALLOWED}
    assert not set(ALLOWED) - set(long), "an exception that is needed no more"


def test_most_files_are_short():
    lengths = sorted(s.text.count("\n") for s in program() if s.text.strip())
    assert median(lengths) <= 120
    assert quantiles(lengths, n=10)[-1] <= 300


def test_most_functions_fit_in_a_glance():
    lengths = [_length(node) for s in program() for node in s.nodes if isinstance(node, FUNCTION)]
    assert median(lengths) <= 8
    assert quantiles(lengths, n=10)[-1] <= 25


def test_a_file_is_named_for_something_the_office_knows():
    named = {s.place: s.path.parts[-1].removesuffix(".py") for s in everything()}
    folders = {s.place: s.path.parent.name for s in everything()}
    assert not [p for p, name in (*named.items(), *folders.items()) if REFUSED & _words(name)]


def test_nothing_is_left_for_later():
    found = [
        f"{s.place}:{number}"
        for s in program()
        for number, line in enumerate(s.text.splitlines(), start=1)
        if UNFINISHED.search(line)
    ]
    unwritten = [
        s.at(node)
        for s in program()
        for node in s.nodes
        if isinstance(node, ast.Raise) and "NotImplementedError" in ast.dump(node)
    ]
    assert not found + unwritten


def _words(name: str) -> set[str]:
    return set(name.split("_"))


def _length(node: ast.AST) -> int:
    """Lines of a function without its docstring."""
    assert isinstance(node, FUNCTION)
    first = node.body[0]
    about = isinstance(first, ast.Expr) and isinstance(first.value, ast.Constant)
    docstring = (first.end_lineno or 0) - first.lineno + 1 if about else 0
    return (node.end_lineno or 0) - node.lineno + 1 - docstring
