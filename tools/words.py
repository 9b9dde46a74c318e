"""The program's texts and their catalogues: what is marked in the code, what is translated.

A text is marked where it is written: as the argument of what says it (`tr`, `told`), as one of a
table that is `marked`, or as what a declaration says of itself (the label of a field, the word of
a card). `python3 dev.py words` brings `resources/i18n/*.json` in line with the code: what is gone
goes, what is new waits with an empty translation, which the tests do not let pass.
"""

from __future__ import annotations

import ast
import json
import re
import string
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from tools.environment import ROOT

APP = ROOT / "app"
CATALOGUES = ROOT / "resources/i18n"
_VIETNAMESE = re.compile("[À-ỹĐđ]")

Texts = Mapping[str, tuple[int | str, ...]]

_SAYING: Texts = {
    "tr": (0,),
    "_tr": (0,),
    "told": (0,),
    "marked": (0,),
    "QT_TRANSLATE_NOOP": (1,),
    "translate": (1,),
}
"""What says or marks a text, and where the text stands: by place, or by name."""
_DECLARING: Texts = {
    "field": (0, "hint"),
    "Above": (1,),
    "Card": (1,),
    "Scope": (1,),
    "Command": (1,),
    "Option": (1, 2),
    "Word": (0, 1),
    "FieldFault": (1,),
    "InvalidFields": (0,),
    "ValueError": (0,),
    "WrongUsage": (0,),
}
"""What takes a text of ours and tells it later: a fault's sentence is told where it is raised."""
_WHY = "why"
"""Whatever names its reason so gives a sentence of ours: see `app.errors`."""


@dataclass(frozen=True)
class Found:
    """A text of the program, and the place of its line."""

    text: str
    place: str


@dataclass(frozen=True)
class Read:
    """What one file says: the texts that are marked, and those that nobody would find."""

    marked: tuple[Found, ...]
    unmarked: tuple[Found, ...]


def read(path: Path) -> Read:
    """The texts of one file of the program."""
    tree = ast.parse(path.read_text("utf-8"))
    texts = {id(node): node for each in _places(tree) for node in _literals(each)}
    within = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    silent = _docstrings(tree)
    marked, unmarked = [], []
    for node in ast.walk(tree):
        if not isinstance(node, ast.Constant) or not isinstance(node.value, str):
            continue
        found = Found(node.value, f"{path.relative_to(ROOT).as_posix()}:{node.lineno}")
        if id(node) in texts and id(node) not in within:
            marked.append(found)
        elif id(node) not in silent and _VIETNAMESE.search(node.value):
            unmarked.append(found)
    return Read(tuple(marked), tuple(unmarked))


def marked() -> dict[str, str]:
    """Every text of the program that is marked, with the first place of it."""
    found: dict[str, str] = {}
    for path in sorted(APP.rglob("*.py")):
        for text in read(path).marked:
            found.setdefault(text.text, text.place)
    return {text: found[text] for text in sorted(found) if text.strip()}


def catalogues() -> dict[Path, dict[str, str]]:
    """Each catalogue there is."""
    return {path: json.loads(path.read_text("utf-8")) for path in sorted(CATALOGUES.glob("*.json"))}


def refresh() -> str:
    """Bring the catalogues in line with the code; says what there is left to translate."""
    texts = marked()
    lines = []
    for path, before in catalogues().items():
        after = {text: before.get(text, "") for text in texts}
        path.write_text(
            json.dumps(after, ensure_ascii=False, indent=0) + "\n", "utf-8", newline="\n"
        )
        missing = [f"  {texts[text]}: {text!r}" for text, said in after.items() if not said]
        gone = len(before.keys() - after.keys())
        lines += [
            f"{path.name}: {len(after)} texts, {len(missing)} not translated, {gone} gone.",
            *missing,
        ]
    return "\n".join(lines)


def places(text: str) -> list[str]:
    """The places of *text* that facts are put into, in order: `{name}`, or `{}` by number."""
    parts = [part for part in string.Formatter().parse(text) if part[1] is not None]
    return sorted(
        f"{name or at}!{conversion or ''}:{form or ''}"
        for at, (_, name, form, conversion) in enumerate(parts)
    )


def _places(tree: ast.Module) -> Iterator[ast.expr]:
    """The expressions that are texts to be told."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _name(node.func)
            for at in (*_SAYING.get(name, ()), *_DECLARING.get(name, ()), _WHY):
                if isinstance(at, int):
                    yield from node.args[at : at + 1]
                else:
                    yield from (each.value for each in node.keywords if each.arg == at)


def _literals(node: ast.expr) -> Iterator[ast.Constant]:
    """The texts of an expression: one, either of two, or those of a table (not its keys)."""
    match node:
        case ast.Constant(value=str()):
            yield node
        case ast.IfExp(body=one, orelse=other):
            yield from _literals(one)
            yield from _literals(other)
        case ast.Dict(values=parts) | ast.Tuple(elts=parts) | ast.List(elts=parts):
            for part in parts:
                yield from _literals(part)
        case ast.DictComp(value=part):
            yield from _literals(part)


def _docstrings(tree: ast.Module) -> set[int]:
    """Strings that stand as statements: they tell a reader of the code."""
    return {
        id(node.value)
        for node in ast.walk(tree)
        if isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant)
    }


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
