"""The room Cơ quan: bodies, the names they bore, what became of them."""

from __future__ import annotations

from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _page() -> type[Page]:
    from app.ui.agency.page import AgencyPage

    return AgencyPage


ROOM = Room(
    key="agency",
    title=QT_TRANSLATE_NOOP("Room", "Cơ quan"),
    icon="agency",
    page=_page,
    group=1,
    opens=("agency_name", "agency_succession"),
)
