"""Which records are in conflict, for lists, panes and reports to mark."""

from __future__ import annotations

from collections.abc import Iterable
from uuid import UUID

from sqlmodel import Session

from app.journal.raw import raw
from app.models import MODELS
from app.services.agreement import naming
from app.services.any_kind import records
from app.words import marked, told

WORD = marked("Xung đột")
_OWN_ROOM = ("obligation", "occurrence")


def disputed(session: Session) -> frozenset[UUID]:
    """The records in conflict, and the records in whose room they are shown."""
    rows = raw(session.connection()).execute("SELECT DISTINCT entity, record FROM conflict")
    by_kind: dict[str, list[UUID]] = {}
    for entity, record in rows.fetchall():
        by_kind.setdefault(entity, []).append(UUID(bytes=record))
    found = {id_ for ids in by_kind.values() for id_ in ids}
    for entity, ids in by_kind.items():
        if entity not in _OWN_ROOM:
            listed = records.by_id(session, MODELS[entity], ids).values()
            found |= {record.aggregate()[1] for record in listed}
    return frozenset(found)


def warning(session: Session, used: Iterable[tuple[str, UUID]]) -> str:
    """A sentence naming those of *used* (kind, id) that are in conflict; empty for none.

    A report that uses such a record says so, since its value is not yet decided.
    """
    marked = disputed(session)
    asked = [(kind, id_) for kind, id_ in dict.fromkeys(used) if id_ in marked]
    names: list[str] = []
    for kind in dict.fromkeys(kind for kind, _ in asked):
        ids = [id_ for each, id_ in asked if each == kind]
        held = records.by_id(session, MODELS[kind], ids).values()
        names += naming.full_names(session, held).values()
    if not names:
        return ""
    listed = ", ".join(names[:5]) + (
        told(" và {more} bản ghi khác", more=len(names) - 5) if len(names) > 5 else ""
    )
    return told(
        "Đang xung đột giữa các văn phòng: {listed}. Giải quyết ở Đồng bộ trước khi ký.",
        listed=listed,
    )
