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
from functools import cache
from pathlib import Path

from tools.environment import ROOT

APP = ROOT / "app"
CATALOGUES = ROOT / "resources/i18n"
_WORDING = APP / "export"
"""What documents say: it goes to other offices and is not translated."""
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
    "Line": ("label", "note", "more"),
    "About": (0,),
    "Above": (1,),
    "Column": (1,),
    "Facet": (1,),
    "Trait": (0, "hint"),
    "View": (1,),
    "Setting": (1, 2, "note"),
    "Card": (1,),
    "Scope": (1,),
    "Command": (1,),
    "Option": (1, 2),
    "Word": (0, 1),
    "FieldFault": (1,),
    "InvalidFields": (0,),
    "Key": (0,),
    "NotReadable": (0,),
    "ValueError": (0,),
    "WrongUsage": (0,),
}
"""What takes a text of ours and tells it later: a fault's sentence is told where it is raised."""
_CONTEXTUAL = ("QT_TRANSLATE_NOOP", "translate")
_WHY = "why"
"""Whatever names its reason so gives a sentence of ours: see `app.errors`."""
_KEPT = "kept"
"""What says a text that stays Vietnamese, for the register keeps it or it leaves the office."""
_ASKING = ("get", "has", "many")
"""What asks a table, or what was typed, for the thing of a name."""
_TYPED = "example"
"""What shows words that are typed, and typed in Vietnamese."""


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


@cache
def read(path: Path) -> Read:
    """The texts of one file of the program."""
    tree = _tree(path)
    texts = {
        id(node): node
        for each in _places(tree, is_ours=not path.is_relative_to(_WORDING))
        for node in _literals(each)
    }
    within = {
        id(part)
        for node in ast.walk(tree)
        if isinstance(node, ast.JoinedStr)
        for part in node.values
    }
    silent = _docstrings(tree) | _codes(tree)
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


def raised_unmarked(path: Path) -> list[Found]:
    """Texts within the making of an error, or given as its reason, that nobody would find."""
    tree = _tree(path)
    within: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Raise(exc=ast.Call() as made):
                within |= {each.lineno for each in ast.walk(made) if isinstance(each, ast.expr)}
            case ast.keyword(arg=name, value=value) if name == _WHY:
                within |= {each.lineno for each in ast.walk(value) if isinstance(each, ast.expr)}
    lines = {f"{path.relative_to(ROOT).as_posix()}:{line}" for line in within}
    return [text for text in read(path).unmarked if text.place in lines]


def marked() -> dict[str, str]:
    """Every text of the program that is marked, with the first place of it."""
    found: dict[str, str] = {}
    for path in sorted(APP.rglob("*.py")):
        for text in read(path).marked:
            found.setdefault(text.text, text.place)
    return {text: found[text] for text in sorted(found) if text.strip()}


@cache
def in_context() -> set[str]:
    """The texts that name a context, as a catalogue may translate them apart: `context|text`."""
    found: set[str] = set()
    for path in APP.rglob("*.py"):
        own, said = set(), set()  # the context of a file's `_tr`, and what it is asked for
        for node in ast.walk(_tree(path)):
            match node:
                case ast.Call(
                    args=[ast.Constant(value=str(context)), ast.Constant(value=str(text))]
                ):
                    found |= {f"{context}|{text}"} if _name(node.func) in _CONTEXTUAL else set()
                case ast.Call(args=[ast.Constant(value=str(context)), ast.Name()]):
                    own |= {context} if _name(node.func) == "translate" else set()
                case ast.Call(args=[ast.Constant(value=str(text))]) if _name(node.func) == "_tr":
                    said.add(text)
        found |= {f"{context}|{text}" for context in own for text in said}
    return found


def catalogues() -> dict[Path, dict[str, str]]:
    """Each catalogue there is."""
    return {path: json.loads(path.read_text("utf-8")) for path in sorted(CATALOGUES.glob("*.json"))}


def refresh() -> str:
    """Bring the catalogues in line with the code; says what there is left to translate."""
    texts, contexts = marked(), in_context()
    lines = []
    for path, before in catalogues().items():
        apart = {text: said for text, said in before.items() if text in contexts}
        after = {text: before.get(text, "") for text in texts} | apart
        after = {text: after[text] for text in sorted(after)}
        path.write_text(
            json.dumps(after, ensure_ascii=False, indent=0) + "\n", "utf-8", newline="\n"
        )
        missing = [f"  {texts.get(text, '')}: {text!r}" for text, said in after.items() if not said]
        gone = len(before.keys() - after.keys())
        lines += [
            f"{path.name}: {len(after)} texts, {len(missing)} not translated, {gone} gone.",
            *missing,
        ]
    return "\n".join(lines)


@cache
def _tree(path: Path) -> ast.Module:
    return ast.parse(path.read_text("utf-8"))


def places(text: str) -> list[str]:
    """The places of *text* that facts are put into, in order: `{name}`, or `{}` by number."""
    parts = [part for part in string.Formatter().parse(text) if part[1] is not None]
    return sorted(
        f"{name or at}!{conversion or ''}:{form or ''}"
        for at, (_, name, form, conversion) in enumerate(parts)
    )


def _places(tree: ast.Module, *, is_ours: bool) -> Iterator[ast.expr]:
    """The expressions that are texts to be told; with *is_ours* those of declarations too."""
    for node in ast.walk(tree):
        if isinstance(node, ast.Call):
            name = _name(node.func)
            declared = _DECLARING.get(name, ()) if is_ours else ()
            for at in (*_SAYING.get(name, ()), *declared, _WHY):
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


def _codes(tree: ast.Module) -> set[int]:
    """Strings that are kept, typed, or stand for a thing: the key of a table, a name compared."""
    found: set[int] = set()
    for node in ast.walk(tree):
        match node:
            case ast.Call() if _name(node.func) == _KEPT:
                parts: list[ast.AST] = list(node.args)
            case ast.keyword(arg=name, value=value) if name == _TYPED:
                parts = [value]
            case ast.Subscript(slice=key):
                parts = [key]
            case ast.Call(args=[key]) if _name(node.func) in _ASKING:
                parts = [key]
            case ast.Dict(keys=keys):
                parts = [key for key in keys if key is not None]
            case _:
                continue
        found |= {id(each) for part in parts for each in ast.walk(part)}
    return found


def _name(node: ast.expr) -> str:
    if isinstance(node, ast.Attribute):
        return node.attr
    return node.id if isinstance(node, ast.Name) else ""
