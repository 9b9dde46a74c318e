"""Nghĩa vụ: every due instance of every obligation, and what the clerk does about it.

One row is one period of one obligation; the obligation itself is entered and edited in a form.
"""

from __future__ import annotations

from app.services.obligation import schedule
from app.ui.common.parts.office import Office
from app.ui.common.parts.page import Page
from app.ui.room import Room
from app.words import QT_TRANSLATE_NOOP


def _overdue(office: Office) -> int:
    """The number at the door."""
    with office.store.reading() as session:
        return schedule.overdue_count(session, today=office.today())


def _page() -> type[Page]:
    from app.ui.obligation.page import ObligationPage

    return ObligationPage


ROOM = Room(
    key="obligation",
    title=QT_TRANSLATE_NOOP("Room", "Nghĩa vụ"),
    icon="obligation",
    page=_page,
    opens=("occurrence",),
    waiting=_overdue,
)
