"""The room Trao đổi thông tin: what went between bodies, and who still has to answer."""

from __future__ import annotations

from app.services import exchanges
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _overdue(office: Office) -> int:
    """The number at the door."""
    with office.store.reading() as session:
        return exchanges.overdue_count(session, today=office.today())


def _page() -> type[Page]:
    from app.ui.exchange.page import ExchangePage

    return ExchangePage


ROOM = Room(
    key="exchange",
    title=QT_TRANSLATE_NOOP("Room", "Trao đổi thông tin"),
    icon="exchange",
    page=_page,
    waiting=_overdue,
)
