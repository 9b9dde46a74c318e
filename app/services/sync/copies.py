"""Records whose copy here another office no longer keeps up to date: they left its scope.

Scope shrink stops the sending and marks the copy; it is never a deletion (sync design, section 3).
"""

from __future__ import annotations

from collections import defaultdict
from datetime import datetime
from uuid import UUID

from sqlmodel import Session

from app.journal.raw import raw
from app.sync.circle import office_names
from app.text import date_words
from app.words import QT_TRANSLATE_NOOP, told

_TOLD = QT_TRANSLATE_NOOP("Copies", "Không còn cập nhật từ {offices}.")


def sentences(session: Session) -> dict[UUID, str]:
    """What is to be said of each such family: regulation, review, report or lone obligation."""
    connection = session.connection()
    rows = raw(connection).execute("SELECT family_id, office, at FROM ended ORDER BY at").fetchall()
    if not rows:
        return {}
    names = office_names(connection)
    by_family: dict[bytes, list[str]] = defaultdict(list)
    for family, office, at in rows:
        day = datetime.fromisoformat(at).astimezone()
        name = names.get(office, told("(văn phòng không rõ)"))
        by_family[family].append(told("{name} từ {day}", name=name, day=date_words(day)))
    return {
        UUID(bytes=family): _TOLD.format(offices=", ".join(told))
        for family, told in by_family.items()
    }
