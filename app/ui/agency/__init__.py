"""The room Cơ quan: bodies, the names they bore, what became of them."""

from app.ui.agency.page import AgencyPage
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP

ROOM = Room(
    key="agency",
    title=QT_TRANSLATE_NOOP("Room", "Cơ quan"),
    icon="agency",
    page=AgencyPage,
    group=1,
)
