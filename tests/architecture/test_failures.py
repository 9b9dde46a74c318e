"""A known error is a sentence for the clerk; a bug goes to the crash dialog. Nothing is hidden."""

from __future__ import annotations

import ast
from collections.abc import Iterator

from tests.architecture.sources import Source, program

MAY_CATCH_ALL = {"app/ui/crash.py", "app/ui/tasks.py", "app/__main__.py"}
TOO_BROAD = {"Exception", "BaseException"}


def test_only_the_last_line_of_defence_catches_everything():
    found = [
        source.at(node)
        for source in program()
        if source.place not in MAY_CATCH_ALL
        for node in _too_broad(source)
    ]
    assert not found


def test_no_error_is_swallowed_without_a_word():
    found = [
        source.at(node)
        for source in program()
        for node in source.nodes
        if isinstance(node, ast.ExceptHandler)
        and all(isinstance(step, ast.Pass) for step in node.body)
        and not (isinstance(node.type, ast.Name) and node.type.id == "Cancelled")
    ]
    assert not found, "say it with contextlib.suppress and a comment, or answer it"


def _too_broad(source: Source) -> Iterator[ast.AST]:
    for node in source.nodes:
        if isinstance(node, ast.ExceptHandler):
            broad = node.type is None or _names(node.type) & TOO_BROAD
            if broad and not _goes_on(node):
                yield node
        elif isinstance(node, ast.Call) and "suppress" in _names(node.func):
            yield from (node for argument in node.args if _names(argument) & TOO_BROAD)


def _goes_on(handler: ast.ExceptHandler) -> bool:
    """Whether it only tidies up and lets the error go its way."""
    last = handler.body[-1]
    return isinstance(last, ast.Raise) and last.exc is None


def _names(node: ast.AST) -> set[str]:
    names = {n.id for n in ast.walk(node) if isinstance(n, ast.Name)}
    return names | {n.attr for n in ast.walk(node) if isinstance(n, ast.Attribute)}
