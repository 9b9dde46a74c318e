"""Every room has a title, an icon, help and keys that do not collide; every command a tip."""

from __future__ import annotations

import ast
import re
from collections import Counter
from typing import Any

import pytest

from tests.architecture.sources import ROOT, program

RESOURCES = ROOT / "resources"
SAYS = {"tr", "command", "Room", "Column", "Facet", "View", "Refused", "QT_TRANSLATE_NOOP"}
ENGLISH = re.compile(r"\b(the|is|are|was|of|not|cannot|please|file|with|and|for)\b", re.I)
FOR_THE_WHOLE_WINDOW = {"Ctrl+K", "Ctrl+Z", "Ctrl+Y", "Ctrl+Shift+Z", "F1", "Ctrl+/"}


@pytest.fixture(scope="module")
def rooms() -> tuple[Any, ...]:
    found = pytest.importorskip("app.ui.rooms", reason="there is no list of rooms yet").ROOMS
    if not found:
        pytest.skip("no room has been built yet")
    return tuple(found)


def test_every_room_has_a_key_a_title_and_an_icon(rooms):
    assert not [k for k, n in Counter(room.key for room in rooms).items() if n > 1]
    assert not [t for t, n in Counter(room.title for room in rooms).items() if n > 1]
    assert not [room.key for room in rooms if not room.title.strip()]
    assert not [r.key for r in rooms if not (RESOURCES / "icons" / f"{r.icon}.svg").exists()]


def test_every_room_has_help(rooms):
    missing = [r.key for r in rooms if not (RESOURCES / "help" / f"{r.key}.md").exists()]
    assert not missing


def test_every_command_has_a_tip(rooms):
    assert not [
        f"{room.key}.{name}" for room, name, said in _commands(rooms) if not said.tip.strip()
    ]


def test_every_icon_of_a_command_is_drawn(rooms):
    missing = {s.icon for _, _, s in _commands(rooms) if s.icon and not _icon(s.icon)}
    assert not missing


def test_a_key_does_one_thing_in_a_room(rooms):
    keys = Counter((room.key, said.shortcut) for room, _, said in _commands(rooms) if said.shortcut)
    assert not [pair for pair, times in keys.items() if times > 1]


def test_no_room_takes_a_key_of_the_whole_window(rooms):
    taken = [(r.key, s.shortcut) for r, _, s in _commands(rooms)]
    assert not [pair for pair in taken if pair[1] in FOR_THE_WHOLE_WINDOW]


def test_no_key_is_a_single_letter(rooms):
    """Typing Vietnamese by Telex would set them off."""
    assert not [(r.key, s.shortcut) for r, _, s in _commands(rooms) if len(s.shortcut) == 1]


def test_what_the_screen_says_is_vietnamese():
    found = [
        f"{source.at(node)} {text!r}"
        for source in program()
        for node in source.nodes
        if isinstance(node, ast.Call) and _called(node) in SAYS
        for text in _literals(node)
        if text.isascii() and len(ENGLISH.findall(text)) > 1
    ]
    assert not found


def _commands(rooms):
    from app.ui.actions import commands_of

    return [(room, name, said) for room in rooms for name, said in commands_of(room.shown)]


def _icon(name: str) -> bool:
    return (RESOURCES / "icons" / f"{name}.svg").exists()


def _called(node: ast.Call) -> str:
    named = node.func
    return named.attr if isinstance(named, ast.Attribute) else getattr(named, "id", "")


def _literals(node: ast.Call) -> list[str]:
    given = [*node.args, *(keyword.value for keyword in node.keywords)]
    return [a.value for a in given if isinstance(a, ast.Constant) and isinstance(a.value, str)]
