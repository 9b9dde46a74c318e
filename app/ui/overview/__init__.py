"""Tổng quan: what waits today and this week, who is late, which regulations need attention.

Nothing is entered here; every number and every line opens the list or the record it counts.
"""

from __future__ import annotations

from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _page() -> type[Page]:
    from app.ui.overview.page import OverviewPage

    return OverviewPage


ROOM = Room(
    key="overview",
    title=QT_TRANSLATE_NOOP("Room", "Tổng quan"),
    icon="home",
    page=_page,
)
