"""Coordination regulations, in whatever legal shape."""

from __future__ import annotations

from typing import TYPE_CHECKING

from app.kinds.card import Belonging, Card, Scope, Searched, Whose
from app.text import date_words

if TYPE_CHECKING:
    from app.models import Regulation


def _picked(regulation: Regulation) -> str:
    """Number, day, and what it is about."""
    day = date_words(regulation.signed_on, " ngày ")
    return f"{regulation.called()}{day}, {regulation.abstract}"


CARD = Card(
    "regulation",
    "Quy chế",
    lambda regulation: regulation.called(),
    ("number", "signed_on", "form", "standing", "field_of_work", "abstract"),
    aliases=("văn bản phối hợp",),
    parts=(
        Belonging("party", "regulation_id", "parties"),
        Belonging("legal_basis", "regulation_id", "basis"),
        Belonging("relation", "regulation_id", "relations"),
        Belonging("relation", "older_id", "newer"),
        Belonging("provision", "regulation_id", "provisions"),
        Belonging("obligation", "regulation_id", "obligations"),
    ),
    searched=Searched(
        ("number", "abstract"), ("field_of_work", "standing_unit", "focal_unit", "note")
    ),
    scope=Scope(Whose.NAMED, "Cơ quan của văn phòng này là một bên, hoặc được giao nghĩa vụ"),
    is_merged_by_people=True,
    picked=_picked,
    known_by=("abstract",),
    is_numbered=True,
    reference=("number", "place", "stored_at"),
)
