"""Pieces of a regulation's text."""

from __future__ import annotations

from app.kinds.card import Above, Belonging, Card, Searched

CARD = Card(
    "provision",
    "Điều khoản",
    lambda provision: provision.called(),
    ("regulation_id", "kind", "number", "heading", "text"),
    aliases=("điều",),
    parts=(
        Belonging("provision", "parent_id", "children"),
        Belonging("obligation", "provision_id", "obligations"),
    ),
    under="parent_id",
    above=Above("parent_id", "Điều khoản chứa nó lại nằm bên trong chính điều khoản này."),
    searched=Searched(
        ("kind", "number", "heading"), ("text",), "regulation_id", "regulation", weight=1.0
    ),
    speaks_of=("regulation_id",),
    is_content=True,
)
