"""Quy chế: every coordinating instrument, its parties, text, obligations and what replaced what.

A regulation is entered in a form, or read out of a Word file and reviewed beside its source.
"""

from __future__ import annotations

from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _page() -> type[Page]:
    from app.ui.regulation.page import RegulationPage

    return RegulationPage


ROOM = Room(
    key="regulation",
    title=QT_TRANSLATE_NOOP("Room", "Quy chế"),
    icon="regulation",
    page=_page,
    opens=("provision", "party", "legal_basis", "relation"),
)
