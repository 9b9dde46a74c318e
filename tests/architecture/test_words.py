"""Logic asks for a code; the Vietnamese word of it is only shown."""

from __future__ import annotations

import ast
import re

from tests.architecture.sources import program

VIETNAMESE = re.compile("[À-ỹĐđ]")
READERS = ("app/importers/", "app/models/recurrence/")
"""These read what people have written: there the words are the matter itself."""


def _words_in(node: ast.expr) -> bool:
    parts = node.elts if isinstance(node, ast.Tuple | ast.List | ast.Set) else [node]
    return any(
        isinstance(part, ast.Constant)
        and isinstance(part.value, str)
        and bool(VIETNAMESE.search(part.value))
        for part in parts
    )


def test_nothing_is_decided_by_comparing_with_a_vietnamese_word() -> None:
    found = [
        f"{source.place}:{node.lineno}"
        for source in program()
        if not source.place.startswith(READERS)
        for node in source.nodes
        if isinstance(node, ast.Compare) and any(map(_words_in, (node.left, *node.comparators)))
    ]
    assert found == [], "compare with a code: see app/models/states.py"


def test_no_file_but_one_says_how_a_day_is_written() -> None:
    assert [source.place for source in program() if "%d/%m" in source.text] == []
