"""Files are made, renamed and removed in one place, which knows what Windows does to them."""

from __future__ import annotations

import ast
from collections.abc import Iterator

import pytest

from tests.architecture.sources import Source, program

HOME = "app/durable.py"
OF_MODULES = {
    "os": {"open", "replace", "rename", "renames", "unlink", "remove", "rmdir", "fsync"},
    "shutil": {"rmtree", "move", "copy", "copy2", "copyfile", "copytree", "copyfileobj"},
    "tempfile": {"mkdtemp", "mkstemp", "TemporaryDirectory", "NamedTemporaryFile"},
}
"""A TemporaryFile has no name and goes with its handle, whatever happens."""
OF_PATHS = {"unlink", "rename", "replace", "rmdir", "write_text", "write_bytes", "touch"}
ALLOWED = {"app/__main__.py": "the null device stands in for a stream that nobody reads"}


def test_only_one_module_makes_renames_or_removes_files():
    found = [
        source.at(node)
        for source in program()
        if source.place != HOME and source.place not in ALLOWED
        for node in _barred(source)
    ]
    assert not found, "app/durable.py does that: it withstands other programs"


@pytest.mark.parametrize(
    "line",
    [
        "import os; os.open('a', 1)",
        "import shutil; shutil.rmtree(folder)",
        "path.unlink(missing_ok=True)",
        "part.replace(target)",
        "folder.rename(other)",
        "path.write_text('a', 'utf-8')",
        "path.open('wb')",
        "path.open(mode='x')",
        "open(path, 'a')",
    ],
)
def test_each_way_around_it_is_seen(line, tmp_path):
    (tmp_path / "a.py").write_text(line, "utf-8")
    assert list(_barred(Line(tmp_path / "a.py")))


@pytest.mark.parametrize(
    "line",
    [
        "words.replace('a', 'b')",
        "day.replace(day=1)",
        "structs.replace(a, b=1)",
        "path.open('rb')",
        "path.open()",
        "open(path)",
    ],
)
def test_what_writes_nothing_is_let_be(line, tmp_path):
    (tmp_path / "a.py").write_text(line, "utf-8")
    assert not list(_barred(Line(tmp_path / "a.py")))


class Line(Source):
    """A line on trial, which is no file of the program."""

    place = "line"


def _barred(source: Source) -> Iterator[ast.Call]:
    modules = {name.rpartition(".")[2] for name in source.imported}
    for node in source.nodes:
        if isinstance(node, ast.Call) and (_writes(node) or _names(node, modules)):
            yield node


def _names(node: ast.Call, modules: set[str]) -> bool:
    """Whether it is a call that renames, removes or writes by a path."""
    if not isinstance(node.func, ast.Attribute):
        return False
    of, name = node.func.value, node.func.attr
    if isinstance(of, ast.Name) and of.id in modules:
        return name in OF_MODULES.get(of.id, ())
    if name == "replace":  # a text takes two, a date or a struct names what changes
        return len(node.args) == 1 and not node.keywords
    return name in OF_PATHS


def _writes(node: ast.Call) -> bool:
    """Whether it opens a file for writing."""
    is_method = isinstance(node.func, ast.Attribute) and node.func.attr == "open"
    if not is_method and not (isinstance(node.func, ast.Name) and node.func.id == "open"):
        return False
    at = 0 if is_method else 1
    given = [k.value for k in node.keywords if k.arg == "mode"] or node.args[at : at + 1]
    mode = given[0].value if given and isinstance(given[0], ast.Constant) else "r"
    return isinstance(mode, str) and bool(set(mode) & set("wxa+"))
